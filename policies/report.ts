import type { ReportViolation, Severity } from "@pulumi/policy";
import type { Message } from "./messages/message.ts";
import { render } from "./messages/render.ts";
import type { Verdict } from "./rules/verdict.ts";

/** What becomes of an undecided verdict: told as an advisory, or held against the stack like a violation. */
export type UndecidedMode = "report" | "block";

/**
 * What `reportViolation` takes besides a text: a finding that sets its own level.
 *
 * Source: @pulumi/policy 1.21, server.js, `makeReportViolationFun`; the type leaves it out.
 */
interface FindingAtLevel {
  /** The policy that it is a finding of, where it is another one's than that which reports it; and what that says. */
  readonly name?: string;
  readonly description?: string;
  readonly severity?: Severity;
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel: "advisory";
}

/** Tells the engine of a verdict: a violation at the rule's level, undecided as configured, satisfied not at all. */
export function reportVerdict(
  report: ReportViolation,
  urn: string,
  verdict: Verdict,
  mode: UndecidedMode,
): void {
  switch (verdict.kind) {
    case "satisfied":
      return;
    case "violation":
      report(render(verdict.message), urn);
      return;
    case "undecided": {
      const text = undecidedText(verdict.message);
      if (mode === "block" || verdict.message.id === "fault") {
        // A fault of the pack holds the deployment, or breaking the pack would be a way around it.
        report(text, urn);
      } else {
        reportAtLevel(report, { message: text, urn, enforcementLevel: "advisory" });
      }
    }
  }
}

/** What people read of an answer that could not be given. */
export function undecidedText(message: Message): string {
  return `undecided: ${render(message)}`;
}

/** Reports a finding at a level that is not its policy's. An empty URN stands for the stack. */
export function reportAtLevel(report: ReportViolation, finding: FindingAtLevel): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see FindingAtLevel: wider than its published type
  const reportFinding = report as unknown as (finding: FindingAtLevel) => void;
  reportFinding(finding);
}
