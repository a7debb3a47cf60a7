import type {
  PolicyConfigSchema,
  PolicyPackArgs,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { holdsPermissions } from "./estate/facts.ts";
import { Recorder } from "./estate/recorder.ts";
import { isIamLoaded, loadIam } from "./iam.ts";
import { reportVerdict, type UndecidedMode } from "./report.ts";
import { RULES } from "./rules/index.ts";
import type { Rule, RuleConfig } from "./rules/rule.ts";
import { type Finding, undecided, type Verdict } from "./rules/verdict.ts";

/** A policy that is called for each resource, and for the stack: one name, one level, one configuration. */
type RulePolicy = ResourceValidationPolicy & StackValidationPolicy;

/** The pack: every rule as a policy of its own, all of them over one model. Each call makes a model of its own. */
export function packArgs(rules: readonly Rule[] = RULES): PolicyPackArgs {
  const recorder = new Recorder();
  return {
    description:
      "Decides whether a stack opens an admin port, grants sessions without MFA or tags, or keeps session logs unencrypted.",
    displayName: "Bastionless",
    provider: "aws",
    tags: ["aws", "session-manager"],
    enforcementLevel: "mandatory",
    policies: rules.map((rule) => toPolicy(rule, recorder)),
  };
}

const UNDECIDED_SCHEMA: PolicyConfigSchema["properties"][string] = {
  type: "string",
  enum: ["report", "block"],
  default: "report",
  description:
    "What becomes of a question that cannot be decided: reported as an advisory, or held against the stack.",
};

function toPolicy(rule: Rule, recorder: Recorder): RulePolicy {
  return {
    name: rule.id,
    description: rule.description,
    displayName: rule.displayName,
    severity: rule.severity,
    ...(rule.enforcementLevel === undefined ? {} : { enforcementLevel: rule.enforcementLevel }),
    tags: [...rule.tags],
    remediationSteps: rule.remediation,
    ...(rule.framework === undefined ? {} : { framework: rule.framework }),
    configSchema: {
      ...rule.configSchema,
      properties: { ...rule.configSchema.properties, undecided: UNDECIDED_SCHEMA },
    },
    validateResource: (args, report) =>
      holdsPermissions(args.type)
        ? withIam(() => {
            validateResource(rule, recorder, args, report);
          })
        : validateResource(rule, recorder, args, report),
    validateStack: (args, report) =>
      args.resources.some(({ type }) => holdsPermissions(type))
        ? withIam(() => {
            validateStack(rule, recorder, args, report);
          })
        : validateStack(rule, recorder, args, report),
  };
}

/** Waits once; after that callbacks run without a wait, as the others do. */
function withIam(run: () => void): Promise<void> | void {
  return isIamLoaded() ? run() : loadIam().then(run);
}

function validateResource(
  rule: Rule,
  recorder: Recorder,
  args: ResourceValidationArgs,
  report: ReportViolation,
): void {
  const facts = recorder.visit(rule.id, args);
  if (facts === undefined) {
    return;
  }
  const config = args.getConfig<RuleConfig>();
  for (const verdict of guarded(rule, () => rule.decideResource(facts, config))) {
    reportVerdict(report, args.urn, verdict, undecidedMode(config));
  }
}

function validateStack(
  rule: Rule,
  recorder: Recorder,
  args: StackValidationArgs,
  report: ReportViolation,
): void {
  const estate = recorder.join(rule.id, args.resources);
  const config = args.getConfig<RuleConfig>();
  for (const facts of estate.facts.values()) {
    // What the resource callback has seen, it has decided.
    if (facts.record.inputs === undefined) {
      for (const verdict of guarded(rule, () => rule.decideResource(facts, config))) {
        reportVerdict(report, facts.record.urn, verdict, undecidedMode(config));
      }
    }
  }
  for (const { urn, verdict } of guardedFindings(rule, () => rule.decideStack?.(estate, config) ?? [])) {
    reportVerdict(report, urn, verdict, undecidedMode(config));
  }
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
