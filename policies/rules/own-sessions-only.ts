import { iam } from "../iam.ts";
import { statementName } from "./access/access-fix.ts";
import type { AccessRule } from "./access/access-question.ts";
import { ACCESS_CONFIG, decideAccess, decideDocuments } from "./access/access-rule.ts";
import type { Rule } from "./rule.ts";

const OWN_SESSIONS: AccessRule = {
  requirement: "own-session",
  questions: () =>
    (["ssm:TerminateSession", "ssm:ResumeSession"] as const).map((action) => ({
      question: iam().sessionsOfOthers(action),
      label: action,
      fix: (allowedBy) => ({ kind: "own-sessions", statement: statementName(allowedBy) }),
    })),
};

/**
 * People end and resume their own sessions, and nobody else's: who resumes a session types into it.
 *
 * AWS knows a session by its id, which begins with its user's name, and by a tag of its own with the user's id. Tags of the
 * machine are none of a session: a condition on them grants nothing.
 *
 * Source: Systems Manager User Guide, "Sample IAM policies for Session Manager".
 */
export const ownSessionsOnly: Rule = {
  id: "own-sessions-only",
  displayName: "Own sessions only",
  description:
    "No policy document allows `ssm:TerminateSession` or `ssm:ResumeSession` on somebody else's session.",
  severity: "medium",
  tags: ["access", "sessions"],
  remediation:
    'Allow both actions in a statement with `"StringEquals": {"ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}"}`, or on `arn:aws:ssm:*:*:session/${aws:username}-*`. Name those who may end every session, such as a breaker\'s role, in `exemptPrincipals`.',
  configSchema: { properties: { ...ACCESS_CONFIG } },
  decideResource: (facts, config) => decideDocuments(OWN_SESSIONS, facts, config),
  decideStack: (estate, config) => decideAccess(OWN_SESSIONS, estate, config),
};
