import type { StackValidationPolicy } from "@pulumi/policy";
import { stackOf } from "../estate/resource-record.ts";
import { unusedExemption } from "../messages/summary.ts";
import type { OperationNotes } from "../operation-notes.ts";
import { reportAtLevel } from "../report.ts";
import { EXEMPTIONS } from "./policy.ts";

/** The name of the policy that tells which exemptions were not needed. */
export const UNUSED_EXEMPTIONS = "unused-exemptions";

/**
 * The policy that tells, as findings of `exemptions`, which of them no finding needed. It comes after all rules: before
 * they have spoken nobody knows; and is one of its own, so that it speaks whatever else is disabled.
 */
export function unusedExemptionsPolicy(notes: OperationNotes): StackValidationPolicy {
  return {
    name: UNUSED_EXEMPTIONS,
    description: "Every exemption is needed by a finding.",
    displayName: "Unused exemptions",
    severity: "low",
    enforcementLevel: "advisory",
    tags: ["exemptions"],
    remediationSteps: "Delete the exemption, or name the stack it is for in its URN.",
    validateStack: ({ resources: [first] }, report) => {
      if (first === undefined) {
        return;
      }
      const prefix = `${stackOf(first.urn)}::`;
      for (const exemption of notes.of(prefix).register?.unused(prefix) ?? []) {
        const message = unusedExemption(exemption);
        reportAtLevel(report, { name: EXEMPTIONS, message, urn: "", enforcementLevel: "advisory" });
      }
    },
  };
}
