import { iam } from "../iam.ts";
import { mfaFix, statementName } from "./access/access-fix.ts";
import type { AccessRule } from "./access/access-question.ts";
import { ACCESS_CONFIG, decideAccess, decideDocuments } from "./access/access-rule.ts";
import { MFA_CONFIG } from "./roles/role-mfa.ts";
import type { Rule } from "./rule.ts";

const MFA: AccessRule = {
  requirement: "mfa",
  byTrust: true,
  questions: (_, { credentials }) => [
    {
      question: iam().sessionWithoutMfa(credentials === undefined ? {} : { credentials }),
      fix: (allowedBy, document) =>
        document === undefined
          ? { kind: "require-mfa", statement: statementName(allowedBy) }
          : mfaFix(document, allowedBy),
    },
  ],
};

/**
 * Nobody starts a session without MFA.
 *
 * Each document is held to it alone, as somebody else may receive it. A document in a role reaches that role's sessions
 * only: there MFA may be required by the role's trust policy instead, in every way through it.
 */
export const sessionAccessRequiresMfa: Rule = {
  id: "session-access-requires-mfa",
  displayName: "Session access requires MFA",
  description: "No policy document allows `ssm:StartSession` to credentials without MFA.",
  severity: "critical",
  tags: ["access", "mfa"],
  remediation:
    'Add `"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}` to every statement that allows `ssm:StartSession`. `BoolIfExists` lets long-term access keys in.',
  configSchema: { properties: { ...ACCESS_CONFIG, ...MFA_CONFIG } },
  decideResource: (facts, config) => decideDocuments(MFA, facts, config),
  decideStack: (estate, config) => decideAccess(MFA, estate, config),
};
