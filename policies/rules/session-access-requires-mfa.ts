import type { CredentialKind } from "@bastionless/iam";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import type { PolicyGrant } from "../estate/policy-grant.ts";
import type { Principal } from "../estate/principal.ts";
import type { ResourceRecord } from "../estate/resource-record.ts";
import { iam } from "../iam.ts";
import { mfaFix, statementName } from "./access-fix.ts";
import { textList, toggle } from "./config.ts";
import { grantVerdict } from "./grant-verdict.ts";
import { holderNames, isExempt, namesOf, rolesOf } from "./holder.ts";
import { outsidePolicies, TRUSTED_POLICIES } from "./outside-policies.ts";
import { askTrust, type TrustAnswer } from "./role-trust.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { ask, type DocumentAnswer } from "./session-decision.ts";
import { decideTogether } from "./together.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/** What a role's session comes with where no MFA stands behind it. */
const ROLE_CREDENTIALS: readonly CredentialKind[] = ["role", "federated"];

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
  configSchema: {
    properties: {
      exemptPrincipals: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of roles, users and groups whose own documents are not held to this rule, such as a pipeline's role. `*` stands for anything.",
      },
      identityCenterRequiresMfa: {
        type: "boolean",
        default: false,
        description:
          "IAM Identity Center asks for MFA at every sign-in: its permission sets are not held to this rule. AWS does not tell a policy of that MFA.",
      },
      trustedPolicies: TRUSTED_POLICIES,
      trustedIdentityProviders: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "ARNs of SAML or OIDC providers that ask for MFA themselves. `*` stands for anything.",
      },
    },
  },
  decideResource: (facts, config) => [
    ...facts.grants.flatMap((grant) => decideAlone(facts, grant, config)),
    ...readUnmodelled(facts, "permissions"),
  ],
  decideStack: (estate, config) => [
    ...[...estate.facts.values()].flatMap((facts) => [
      ...facts.grants.flatMap((grant) => decideInRole(estate, facts, grant, config)),
      ...outsidePolicies(estate, facts, "mfa", config),
    ]),
    ...decideTogether(estate, {
      requirement: "mfa",
      isExempt: (principal) => isPrincipalExempt(principal, config),
      ask: ({ kind }, documents) => {
        const { decide, sessionWithoutMfa } = iam();
        const options = kind === "role" ? { credentials: ROLE_CREDENTIALS } : {};
        return decide(sessionWithoutMfa(options), { identity: documents });
      },
      fix: (allowedBy) => ({ kind: "require-mfa", statement: statementName(allowedBy) }),
    }),
  ],
};

/** What the document says by itself. What a role's trust may still close is left to {@link decideInRole}. */
function decideAlone(facts: ResourceFacts, grant: PolicyGrant, config: RuleConfig): readonly Verdict[] {
  const { holder } = grant;
  if (holder.kind === "role") {
    return [];
  }
  if (isExempt(holderNames(facts.record, grant), config)) {
    return [satisfied({ id: "principal-exempt", path: grant.path })];
  }
  if (holder.kind === "permission-set" && toggle(config, "identityCenterRequiresMfa")) {
    return [satisfied({ id: "identity-center-mfa", path: grant.path })];
  }
  if (holder.kind === "this-role") {
    return [decideForRoles(facts.record, grant, [{ record: facts.record, trust: trustOf(facts, config) }])];
  }
  return [mfaVerdict(grant, ask(grant.document, iam().sessionWithoutMfa()))];
}

/** A document of its own that stands in a role of the stack, or of another one. */
function decideInRole(
  estate: Estate,
  facts: ResourceFacts,
  grant: PolicyGrant,
  config: RuleConfig,
): readonly Finding[] {
  if (grant.holder.kind !== "role") {
    return [];
  }
  const { urn } = facts.record;
  const roles = rolesOf(estate, facts.record, grant.holder.reference);
  if (
    isExempt([...holderNames(facts.record, grant), ...roles.flatMap(({ record }) => namesOf(record))], config)
  ) {
    return [{ urn, verdict: satisfied({ id: "principal-exempt", path: grant.path }) }];
  }
  const trusts = roles.map((role) => ({ record: role.record, trust: trustOf(role, config) }));
  return [{ urn, verdict: decideForRoles(facts.record, grant, trusts) }];
}

/** Exempt by configuration, or by a trust policy that sees to MFA. */
function isPrincipalExempt({ kind, name, facts }: Principal, config: RuleConfig): boolean {
  return (
    isExempt([name, ...(facts === undefined ? [] : namesOf(facts.record))], config) ||
    (kind === "permission-set" && toggle(config, "identityCenterRequiresMfa")) ||
    (kind === "role" && facts !== undefined && trustOf(facts, config).kind === "requires-mfa")
  );
}

function mfaVerdict(grant: PolicyGrant, answer: DocumentAnswer): Verdict {
  const { document } = grant;
  return grantVerdict(grant, answer, "mfa", (allowedBy) =>
    document.kind === "document"
      ? mfaFix(document, allowedBy)
      : { kind: "require-mfa", statement: statementName(allowedBy) },
  );
}

function trustOf(role: ResourceFacts, config: RuleConfig): TrustAnswer {
  return askTrust(role.trust, textList(config, "trustedIdentityProviders"));
}

interface RoleTrust {
  readonly record: ResourceRecord;
  readonly trust: TrustAnswer;
}

/** @param roles the roles that may hold the document; none: a role that is not in the stack. */
function decideForRoles(record: ResourceRecord, grant: PolicyGrant, roles: readonly RoleTrust[]): Verdict {
  const alone = mfaVerdict(
    grant,
    ask(grant.document, iam().sessionWithoutMfa({ credentials: ROLE_CREDENTIALS })),
  );
  if (alone.kind === "satisfied") {
    return alone;
  }
  if (roles.length > 0 && roles.every(({ trust }) => trust.kind === "requires-mfa")) {
    return satisfied({
      id: "trust-requires-mfa",
      path: grant.path,
      role: roles[0]?.record.name ?? record.name,
    });
  }
  const open = roles.find(({ trust }) => trust.kind === "open");
  if (alone.kind === "undecided") {
    return alone;
  }
  if (open?.trust.kind === "open") {
    return violation({
      id: "session-through-role",
      role: open.record.name,
      who: open.trust.who,
      trustStatement: open.trust.statement,
      session: alone.message,
    });
  }
  const unsure = roles.find(({ trust }) => trust.kind === "undecided");
  return unsure?.trust.kind === "undecided"
    ? undecided({
        id: "trust-undecided",
        path: grant.path,
        role: unsure.record.name,
        reason: unsure.trust.reason,
      })
    : alone;
}
