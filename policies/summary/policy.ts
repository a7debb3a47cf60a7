import type {
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import { configFault, configProblems } from "../config-problems.ts";
import type { Recorder } from "../estate/recorder.ts";
import { stackOf } from "../estate/resource-record.ts";
import { stoppedText, summaryText } from "../messages/summary.ts";
import type { OperationNotes } from "../operation-notes.ts";
import { reportAtLevel, undecidedText } from "../report.ts";
import { Handover, type Stopped } from "./handover.ts";

/** The name of the policy that tells the summary. */
export const SUMMARY = "summary";

const CONFIG_SCHEMA: PolicyConfigSchema = {
  properties: {
    show: {
      type: "string",
      enum: ["findings", "always"],
      default: "findings",
      description:
        "When the summary is shown: where something was not proved, or always. Pulumi shows it as an advisory.",
    },
  },
};

interface SummaryConfig {
  readonly show?: unknown;
}

/**
 * The policy that comes after all rules: it tells of a resource, once, which of its values stops which rules, and of the
 * stack what they decided.
 *
 * A pack can tell people something only by reporting it, and Pulumi marks a stack with anything reported. So by default
 * a stack of which everything is proved stays unmarked.
 */
export function summaryPolicy(
  recorder: Recorder,
  notes: OperationNotes,
): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: SUMMARY,
    description: "What the pack decided of this stack, and what it could not.",
    displayName: "Summary",
    severity: "low",
    enforcementLevel: "advisory",
    tags: ["summary"],
    configSchema: CONFIG_SCHEMA,
    validateResource: ({ type, urn }, report) => {
      recorder.announce(SUMMARY, type, urn);
      const ofOperation = notes.of(urn);
      ofOperation.handover ??= new Handover();
      tellStopped(ofOperation.handover.take(), report);
    },
    validateStack: (args, report) => {
      const [first] = args.resources;
      if (first !== undefined) {
        tellStopped(notes.of(first.urn).handover?.take() ?? [], report);
        const config = args.getConfig<SummaryConfig>();
        const problems = configProblems(config, CONFIG_SCHEMA);
        if (problems.length > 0) {
          report(configFault(SUMMARY, problems));
        }
        tell(notes, `${stackOf(first.urn)}::`, config.show === "always", report);
      }
    },
  };
}

function tell(notes: OperationNotes, urnPrefix: string, always: boolean, report: ReportViolation): void {
  const { ledger } = notes.of(urnPrefix);
  const tallies = ledger.tallies();
  if (tallies.some(({ open }) => open.length > 0) || (always && tallies.length > 0)) {
    // With its own message alone: the description would say nothing new.
    reportAtLevel(report, { message: summaryText(tallies), urn: "", enforcementLevel: "advisory" });
  }
}

const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];

/** A value that stops one rule is that rule's finding; one that stops several is told once, for all of them. */
function tellStopped(all: readonly Stopped[], report: ReportViolation): void {
  for (const { urn, stop, answers } of all) {
    const [first, ...others] = [...new Map(answers.map((answer) => [answer.rule.id, answer])).values()];
    if (first !== undefined && others.length === 0) {
      const { id: name, description, severity } = first.rule;
      for (const message of new Set(answers.map((answer) => undecidedText(answer.message)))) {
        reportAtLevel(report, { name, description, severity, message, urn, enforcementLevel: "advisory" });
      }
    } else {
      const rules = answers.map(({ rule }) => rule);
      const severity = SEVERITIES.findLast((each) => rules.some((rule) => rule.severity === each));
      reportAtLevel(report, {
        message: stoppedText(
          stop,
          rules.map(({ id }) => id),
        ),
        urn,
        enforcementLevel: "advisory",
        ...(severity === undefined ? {} : { severity }),
      });
    }
  }
}
