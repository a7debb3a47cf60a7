import type { PolicyConfigSchema, ReportViolation, StackValidationPolicy } from "@pulumi/policy";
import { stackOf } from "../estate/resource-record.ts";
import { summaryText } from "../messages/summary.ts";
import type { OperationNotes } from "../operation-notes.ts";
import { reportAtLevel } from "../report.ts";

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
 * The policy that comes after all rules, and tells of the stack what they decided.
 *
 * A pack can tell people something only by reporting it, and Pulumi marks a stack with anything reported. So by default
 * a stack of which everything is proved stays unmarked.
 */
export function summaryPolicy(notes: OperationNotes): StackValidationPolicy {
  return {
    name: SUMMARY,
    description: "What the pack decided of this stack, and what it could not.",
    displayName: "Summary",
    severity: "low",
    enforcementLevel: "advisory",
    tags: ["summary"],
    configSchema: CONFIG_SCHEMA,
    validateStack: (args, report) => {
      const [first] = args.resources;
      if (first !== undefined) {
        const config = args.getConfig<SummaryConfig>();
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
