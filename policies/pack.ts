import type {
  PolicyConfigSchema,
  PolicyPackArgs,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { configFault, configProblems } from "./config-problems.ts";
import { documentationUrl } from "./documentation-url.ts";
import { isRelevant } from "./estate/facts.ts";
import { Recorder, ROOT_TYPE } from "./estate/recorder.ts";
import { hasInputs } from "./estate/resource-record.ts";
import { EXEMPTIONS, exemptionsPolicy } from "./exemptions/policy.ts";
import { unusedExemptionsPolicy } from "./exemptions/unused.ts";
import { type Notes, OperationNotes } from "./operation-notes.ts";
import { readProps } from "./reader/data.ts";
import { applyChanges } from "./remediation.ts";
import { unknownValueOf } from "./messages/unknown-value.ts";
import { reportVerdict, type UndecidedMode } from "./report.ts";
import { RULES } from "./rules/index.ts";
import type { Rule, RuleConfig } from "./rules/rule.ts";
import { type Finding, undecided, type Verdict } from "./rules/verdict.ts";
import { STACK } from "./summary/ledger.ts";
import { summaryPolicy } from "./summary/policy.ts";
import { withIamFor } from "./with-iam.ts";

/** A policy that is called for each resource, and for the stack: one name, one level, one configuration. */
type RulePolicy = ResourceValidationPolicy & StackValidationPolicy;

export interface PackOptions {
  /** Holds what the pack learns of stacks. @default a new one */
  readonly recorder?: Recorder;
  /** The date that exemptions are held to, such as `2026-11-21`. @default today's, in UTC */
  readonly today?: () => string;
}

/** What the callbacks of all policies share. */
interface Shared {
  readonly recorder: Recorder;
  readonly notes: OperationNotes;
}

/**
 * The pack: every rule as a policy of its own, all of them over one model; before them the policy that knows the
 * exemptions, after them the one that tells the summary. Each call makes a model of its own.
 */
export function packArgs(rules: readonly Rule[] = RULES, options: PackOptions = {}): PolicyPackArgs {
  const { recorder = new Recorder(), today = utcToday } = options;
  const notes = new OperationNotes(recorder);
  return {
    description:
      "Decides whether a stack opens an admin port, grants sessions without MFA or tags, or keeps session logs unencrypted.",
    displayName: "Bastionless",
    provider: "aws",
    tags: ["aws", "session-manager"],
    enforcementLevel: "mandatory",
    policies: [
      exemptionsPolicy({ recorder, notes, ruleIds: rules.map(({ id }) => id), today }),
      ...rules.map((rule) => toPolicy(rule, { recorder, notes })),
      unusedExemptionsPolicy(notes),
      summaryPolicy(recorder, notes),
    ],
  };
}

/**
 * Whether a policy of the pack does anything when it is called for a resource of a type: rules do for types that one of
 * them reads, and for the stack itself, with which operations begin. The exemptions are read whatever comes first.
 */
export function isCalledFor({ name }: { readonly name: string }, type: string): boolean {
  return name === EXEMPTIONS || type === ROOT_TYPE || isRelevant(type);
}

const UNDECIDED_SCHEMA: PolicyConfigSchema["properties"][string] = {
  type: "string",
  enum: ["report", "block"],
  default: "report",
  description:
    "What becomes of a question that cannot be decided: reported as an advisory, or held against the stack.",
};

function utcToday(): string {
  return new Date().toISOString().slice(0, "2026-11-21".length);
}

function toPolicy(rule: Rule, shared: Shared): RulePolicy {
  const url = documentationUrl(rule.id);
  return {
    name: rule.id,
    description: rule.description,
    displayName: rule.displayName,
    severity: rule.severity,
    ...(rule.enforcementLevel === undefined ? {} : { enforcementLevel: rule.enforcementLevel }),
    tags: [...rule.tags],
    remediationSteps: rule.remediation,
    ...(rule.framework === undefined ? {} : { framework: rule.framework }),
    ...(url === undefined ? {} : { url }),
    configSchema: schemaOf(rule),
    ...remediation(rule, shared),
    validateResource: (args, report) =>
      withIamFor([args], () => {
        validateResource(rule, shared, args, report);
      }),
    validateStack: (args, report) =>
      withIamFor(args.resources, () => {
        validateStack(rule, shared, args, report);
      }),
  };
}

function schemaOf({ configSchema }: Rule): PolicyConfigSchema {
  return { ...configSchema, properties: { ...configSchema.properties, undecided: UNDECIDED_SCHEMA } };
}

/**
 * Whether a rule can decide by its configuration. Where it cannot, that is reported once in an operation, on whatever
 * comes first: the stack's own resource, where nothing was created yet.
 */
function isConfigured(
  rule: Rule,
  { configured, ledger }: Notes,
  config: RuleConfig,
  report: (problems: string) => void,
): boolean {
  let known = configured.get(rule.id);
  if (known === undefined) {
    const problems = configProblems(config, schemaOf(rule));
    known = problems.length === 0;
    configured.set(rule.id, known);
    if (!known) {
      const verdict = undecided({ id: "config-wrong", policy: rule.id, problems });
      ledger.note({ rule: rule.id, subject: CONFIG, urn: "", verdict, exemption: undefined });
      report(configFault(rule.id, problems));
    }
  }
  return known;
}

/** The subject of what is said of a rule's configuration. */
const CONFIG = "configuration";

function remediation(rule: Rule, { notes }: Shared): Pick<RulePolicy, "remediateResource"> {
  const { remediate } = rule;
  if (remediate === undefined) {
    return {};
  }
  return {
    remediateResource: (args) => {
      const { urn, type, name, props, opts, provider } = args;
      if (!isRelevant(type) || notes.of(urn).register?.has(rule.id, urn) === true) {
        return undefined;
      }
      const config = args.getConfig<RuleConfig>();
      if (configProblems(config, schemaOf(rule)).length > 0) {
        return undefined; // What is wrong with it is told when the resource is decided.
      }
      const record = {
        urn,
        type,
        name,
        inputs: readProps(props),
        outputs: undefined,
        dependencies: {},
        parent: opts.parent,
        provider: provider?.urn,
      };
      return applyChanges(props, remediate(record, config)) ? props : undefined;
    },
  };
}

function validateResource(
  rule: Rule,
  { recorder, notes }: Shared,
  args: ResourceValidationArgs,
  report: ReportViolation,
): void {
  const facts = recorder.visit(rule.id, args);
  if (facts === undefined && args.type !== ROOT_TYPE) {
    return;
  }
  const config = args.getConfig<RuleConfig>();
  const ofOperation = notes.of(args.urn);
  const isReady = isConfigured(rule, ofOperation, config, (problems) => {
    report(problems, args.urn);
  });
  if (facts === undefined || !isReady) {
    return;
  }
  const tell = teller(rule, ofOperation, config, report);
  tell.about(args.urn);
  for (const verdict of guarded(rule, () => rule.decideResource(facts, config))) {
    tell.verdict(args.urn, verdict);
  }
}

function validateStack(
  rule: Rule,
  { recorder, notes }: Shared,
  args: StackValidationArgs,
  report: ReportViolation,
): void {
  const [first] = args.resources;
  const estate = recorder.join(rule.id, args.resources);
  if (first === undefined) {
    return;
  }
  const config = args.getConfig<RuleConfig>();
  const ofOperation = notes.of(first.urn);
  if (!isConfigured(rule, ofOperation, config, report)) {
    return;
  }
  const tell = teller(rule, ofOperation, config, report);
  for (const facts of estate.facts.values()) {
    // What the resource callback has seen, it has decided.
    if (!hasInputs(facts.record)) {
      tell.about(facts.record.urn);
      for (const verdict of guarded(rule, () => rule.decideResource(facts, config))) {
        tell.verdict(facts.record.urn, verdict);
      }
    }
  }
  tell.about(STACK);
  for (const { urn, verdict } of guardedFindings(rule, () => rule.decideStack?.(estate, config) ?? [])) {
    tell.verdict(urn, verdict);
  }
}

/** Notes each verdict, and reports it unless it is exempt, or the summary tells it with what the same value stops. */
function teller(
  rule: Rule,
  { ledger, register, handover }: Notes,
  config: RuleConfig,
  report: ReportViolation,
) {
  const mode = undecidedMode(config);
  let subject = STACK;
  return {
    about(next: string): void {
      subject = next;
      ledger.begin(rule.id, subject);
    },
    verdict(urn: string, verdict: Verdict): void {
      // A fault of the pack is no finding that anybody could accept: breaking the pack would be a way around it.
      const mayBeExempt = verdict.kind !== "satisfied" && verdict.message.id !== "fault";
      const exemption = mayBeExempt ? register?.use(rule.id, urn) : undefined;
      ledger.note({ rule: rule.id, subject, urn, verdict, exemption });
      if (exemption !== undefined) {
        return;
      }
      const stop =
        verdict.kind === "undecided" && mode === "report"
          ? unknownValueOf(verdict.message, urn.split("::").at(-1) ?? "")
          : undefined;
      if (verdict.kind === "undecided" && stop !== undefined && handover !== undefined) {
        handover.add({ rule, urn, message: verdict.message, stop });
      } else {
        reportVerdict(report, urn, verdict, mode);
      }
    },
  };
}

function undecidedMode(config: RuleConfig): UndecidedMode {
  return config["undecided"] === "block" ? "block" : "report";
}

function guarded(rule: Rule, decide: () => readonly Verdict[]): readonly Verdict[] {
  try {
    return decide();
  } catch (error) {
    return [fault(rule, error)];
  }
}

function guardedFindings(rule: Rule, decide: () => readonly Finding[]): readonly Finding[] {
  try {
    return decide();
  } catch (error) {
    return [{ urn: "", verdict: fault(rule, error) }];
  }
}

function fault(rule: Rule, error: unknown): Verdict {
  return undecided({
    id: "fault",
    rule: rule.id,
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  });
}
