import type { CredentialKind } from "@bastionless/iam";
import type { PolicyConfigSchema } from "@pulumi/policy";
import type { ResourceFacts } from "../../estate/facts.ts";
import type { PolicyGrant } from "../../estate/policy-grant.ts";
import type { AccessRequirement, WithoutMfa } from "../../messages/access-message.ts";
import type { Message } from "../../messages/message.ts";
import { textList } from "../config.ts";
import { askTrust, type TrustAnswer } from "./role-trust.ts";
import type { RuleConfig } from "../rule.ts";
import { satisfied, undecided, type Verdict, violation } from "../verdict.ts";

/** What a role's session comes with where no MFA stands behind it. */
export const ROLE_CREDENTIALS: readonly CredentialKind[] = ["role", "federated"];

/** Configuration of rules about MFA: who else sees to it. */
export const MFA_CONFIG: { readonly [property: string]: PolicyConfigSchema["properties"][string] } = {
  identityCenterRequiresMfa: {
    type: "boolean",
    default: false,
    description:
      "IAM Identity Center asks for MFA at every sign-in: its permission sets are not held to this rule. AWS does not tell a policy of that MFA.",
  },
  trustedIdentityProviders: {
    type: "array",
    items: { type: "string" },
    default: [],
    description: "ARNs of SAML or OIDC providers that ask for MFA themselves. `*` stands for anything.",
  },
};

export interface RoleTrust {
  readonly role: string;
  readonly trust: TrustAnswer;
}

export function rolesTrust(roles: readonly ResourceFacts[], config: RuleConfig): readonly RoleTrust[] {
  return roles.map((role) => ({ role: role.record.name, trust: trustOf(role, config) }));
}

export function requiresMfa(role: ResourceFacts, config: RuleConfig): boolean {
  return trustOf(role, config).kind === "requires-mfa";
}

function trustOf(role: ResourceFacts, config: RuleConfig): TrustAnswer {
  return askTrust(role.trust, textList(config, "trustedIdentityProviders"));
}

/**
 * What a document without MFA comes to within the roles that hold it: their trust policies may require it instead, in
 * every way through them.
 *
 * @param alone what the document says of the roles' sessions by itself
 * @param roles the roles that may hold it; none: a role that is not in the stack
 */
export function behindTrust(
  alone: Verdict,
  { path }: PolicyGrant,
  requirement: AccessRequirement,
  roles: readonly RoleTrust[],
): Verdict {
  if (alone.kind === "satisfied") {
    return alone;
  }
  const [first] = roles;
  if (first !== undefined && roles.every(({ trust }) => trust.kind === "requires-mfa")) {
    return satisfied({ id: "trust-requires-mfa", path, role: first.role });
  }
  if (alone.kind === "undecided") {
    return alone;
  }
  for (const { role, trust } of roles) {
    if (trust.kind === "open") {
      return violation({
        id: "session-through-role",
        role,
        who: trust.who,
        trustStatement: trust.statement,
        session: withFixFor(trust.without, alone.message),
      });
    }
  }
  for (const { role, trust } of roles) {
    if (trust.kind === "undecided") {
      return undecided({ id: "trust-undecided", path, requirement, role, reason: trust.reason });
    }
  }
  return alone;
}

/** A condition on MFA would close the role to those whose sessions never tell of it, for good: something else is to do. */
function withFixFor(of: WithoutMfa | undefined, message: Message): Message {
  return of === undefined || message.id !== "session-allowed" || message.fix.kind === "other-policy"
    ? message
    : { ...message, fix: { kind: "without-mfa", statement: message.statement, of } };
}
