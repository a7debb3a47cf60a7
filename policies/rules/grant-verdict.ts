import type { StatementRef } from "@bastionless/iam";
import type { PolicyGrant } from "../estate/policy-grant.ts";
import type { AccessFix, SessionRequirement } from "../messages/access-message.ts";
import { statementName } from "./access-fix.ts";
import type { DocumentAnswer } from "./session-decision.ts";
import { satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/**
 * The answer about one document as a verdict.
 *
 * @param fix the smallest change, given the statement that allows the witness
 */
export function grantVerdict(
  grant: PolicyGrant,
  answer: DocumentAnswer,
  requirement: SessionRequirement,
  fix: (allowedBy: StatementRef) => AccessFix,
): Verdict {
  const { path } = grant;
  switch (answer.kind) {
    case "none":
      return satisfied({
        id: "session-excluded",
        path,
        requirement,
        excludedBy: answer.excludedBy.map(({ statement }) => statementName(statement)),
      });
    case "invalid":
      return undecided({ id: "document-invalid", path, at: answer.path, problem: answer.problem });
    case "undecided":
      return undecided({
        id: "session-undecided",
        path,
        requirement,
        reasons: answer.reasons.map(({ message }) => message),
      });
    case "witness": {
      const [check] = answer.checks;
      const [statement] = check?.allowedBy ?? [];
      if (check === undefined || statement === undefined) {
        throw new Error("a witness without a check that a statement allows");
      }
      return violation({
        id: "session-allowed",
        path,
        requirement,
        scenario: answer.scenario,
        action: check.request.action,
        resource: check.request.resource,
        context: check.request.context,
        holder: grant.holder.kind === "this-role" ? "role" : grant.holder.kind,
        statement: statementName(statement),
        fix: fix(statement),
      });
    }
  }
}
