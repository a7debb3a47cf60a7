import type { StatementRef, UndecidedReason } from "@bastionless/iam";
import type { PolicyGrant } from "../../estate/policy-grant.ts";
import type { AccessFix, AccessRequirement } from "../../messages/access-message.ts";
import { statementName } from "./access-fix.ts";
import type { DocumentAnswer } from "./session-decision.ts";
import { satisfied, undecided, type Verdict, violation } from "../verdict.ts";

export interface GrantVerdictOptions {
  readonly requirement: AccessRequirement;
  /** The check of a witness to speak of. Default: the first. */
  readonly about?: string | undefined;
  /** What else is open in the same way. Default: nothing. */
  readonly also?: readonly string[];
  /** The smallest change, given the statement that allows the witness. */
  readonly fix: (allowedBy: StatementRef) => AccessFix;
}

/** The answer about one document as a verdict. */
export function grantVerdict(
  grant: PolicyGrant,
  answer: DocumentAnswer,
  { requirement, about, also = [], fix }: GrantVerdictOptions,
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
        reasons: telling(answer.reasons).map(({ message }) => message),
      });
    case "witness": {
      const check = answer.checks.find(({ name }) => name === about) ?? answer.checks[0];
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
        also,
        fix: fix(statement),
      });
    }
  }
}

/** What is not known explains an answer; that a question's own variable was not settled then follows from it. */
function telling(reasons: readonly UndecidedReason[]): readonly UndecidedReason[] {
  const unknown = reasons.filter(({ code }) => code === "unknown-document" || code === "unknown-value");
  return unknown.length === 0 ? reasons : unknown;
}
