import type {
  PolicyConfigSchema,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { configProblems } from "../config-problems.ts";
import type { Recorder } from "../estate/recorder.ts";
import { stackOf } from "../estate/resource-record.ts";
import { expiredExemption } from "../messages/summary.ts";
import { reportAtLevel } from "../report.ts";
import { type MaybeLater, withIamFor } from "../with-iam.ts";
import type { OperationNotes } from "../operation-notes.ts";
import { tooLong } from "./longest.ts";
import { parseExemptions, type ParsedExemptions } from "./parse.ts";
import { readExemptionFile } from "./read-file.ts";
import { ExemptionRegister } from "./register.ts";

/** The name of the policy that carries the exemptions' configuration. */
export const EXEMPTIONS = "exemptions";

const CONFIG_SCHEMA: PolicyConfigSchema = {
  properties: {
    file: {
      type: "string",
      description:
        "A YAML file of exemptions, under the key `exemptions`; a relative path begins at the pack's folder.",
    },
    entries: {
      type: "array",
      items: { type: "object" },
      default: [],
      description:
        "Exemptions written here, besides those of the file: each has `rule`, `urn` (`*` stands for anything), `reason` and `expires` (the last day, such as 2026-12-31).",
    },
  },
};

interface ExemptionsConfig {
  readonly file?: unknown;
  readonly entries?: unknown;
}

export interface ExemptionsArgs {
  readonly recorder: Recorder;
  readonly notes: OperationNotes;
  readonly ruleIds: readonly string[];
  /** The date in UTC, `2026-11-21`. */
  readonly today: () => string;
}

/**
 * The policy that knows what is exempt. It comes before the rules: Pulumi gives a policy's configuration to that policy
 * alone, so this one is called first for each resource and for the stack, and the rules find what it read.
 *
 * Its own findings are exemptions that are wrong: then none counts; and those that are expired. Which ones nothing needs
 * is told after the rules ({@link import("./unused.ts").unusedExemptionsPolicy}).
 */
export function exemptionsPolicy({
  recorder,
  notes,
  ruleIds,
  today,
}: ExemptionsArgs): ResourceValidationPolicy & StackValidationPolicy {
  const open = (urn: string, config: ExemptionsConfig, report: (problems: string) => void): void => {
    const ofOperation = notes.of(urn);
    if (ofOperation.register === undefined) {
      const { exemptions, problems: written } = readConfig(config, ruleIds);
      const problems = [...unknownProperties(config), ...written, ...tooLong(exemptions, today())];
      ofOperation.register = new ExemptionRegister(problems.length === 0 ? exemptions : [], today());
      if (problems.length > 0) {
        report(`nothing is exempt until this is mended:\n${problems.join("\n")}`);
      }
    }
  };
  return {
    name: EXEMPTIONS,
    description: "Exemptions are well-formed: a rule, a URN, a reason, and the day they end.",
    displayName: "Exemptions",
    severity: "medium",
    tags: ["exemptions"],
    remediationSteps: "Mend the exemption at the place that the finding names, or delete it.",
    configSchema: CONFIG_SCHEMA,
    validateResource: (args, report) => {
      recorder.announce(EXEMPTIONS, args.type, args.urn);
      open(args.urn, args.getConfig<ExemptionsConfig>(), (problems) => {
        report(problems, args.urn);
      });
    },
    validateStack: (args: StackValidationArgs, report): MaybeLater =>
      withIamFor(args.resources, () => {
        recorder.join(EXEMPTIONS, args.resources);
        const [first] = args.resources;
        if (first !== undefined) {
          open(first.urn, args.getConfig<ExemptionsConfig>(), (problems) => {
            report(problems);
          });
          const prefix = `${stackOf(first.urn)}::`;
          for (const exemption of notes.of(prefix).register?.expired(prefix) ?? []) {
            const message = expiredExemption(exemption);
            reportAtLevel(report, { message, urn: "", enforcementLevel: "advisory" });
          }
        }
      }),
  };
}

/** What is wrong with those that there are, is told where they are read. */
function unknownProperties(config: ExemptionsConfig): readonly string[] {
  const { file: _file, entries: _entries, ...others } = config;
  return configProblems(others, CONFIG_SCHEMA);
}

function readConfig({ file, entries }: ExemptionsConfig, ruleIds: readonly string[]): ParsedExemptions {
  const written: ParsedExemptions =
    file === undefined || file === null || file === ""
      ? { exemptions: [], problems: [] }
      : typeof file === "string"
        ? readExemptionFile(file, ruleIds)
        : { exemptions: [], problems: [`\`file\` is \`${JSON.stringify(file)}\`, expected a path`] };
  const inline = parseExemptions(
    entries ?? [],
    (index) => (index < 0 ? "entries" : `entries[${index}]`),
    ruleIds,
  );
  return {
    exemptions: [...written.exemptions, ...inline.exemptions],
    problems: [...written.problems, ...inline.problems],
  };
}
