import type { Witness } from "@bastionless/iam";
import type { GrantMessage, SessionRequirement } from "../messages/message.ts";
import type { PolicyGrant } from "../estate/policy-grant.ts";
import type { DocumentAnswer } from "./session-decision.ts";
import { satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/** The answer about one document as a verdict. */
export function grantVerdict(
  grant: PolicyGrant,
  answer: DocumentAnswer,
  requirement: SessionRequirement,
): Verdict {
  const { path } = grant;
  switch (answer.kind) {
    case "none":
      return satisfied({
        id: "session-excluded",
        path,
        requirement,
        excludedBy: answer.excludedBy.map(({ statement }) => statement.sid ?? statement.path),
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
    case "witness":
      return violation(sessionAllowed(grant, answer, requirement));
  }
}

function sessionAllowed(grant: PolicyGrant, witness: Witness, requirement: SessionRequirement): GrantMessage {
  const { document } = grant;
  const [check] = witness.checks;
  const [statement] = check?.allowedBy ?? [];
  const parsed =
    document.kind === "document" && statement !== undefined
      ? document.statements[statement.index]
      : undefined;
  return {
    id: "session-allowed",
    path: grant.path,
    requirement,
    scenario: witness.scenario,
    action: check?.request.action ?? "",
    resource: check?.request.resource ?? "",
    context: check?.request.context ?? {},
    statement: statement?.sid ?? statement?.path ?? "",
    conditions: (parsed?.conditions ?? []).map(({ operator, key }) => ({ operator: operator.text, key })),
  };
}
