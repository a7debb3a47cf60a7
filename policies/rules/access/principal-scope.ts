import type { PolicyInput } from "@bastionless/iam";
import type { Estate } from "../../estate/estate.ts";
import { boundaryOf, known } from "../../estate/permissions-boundary.ts";
import type { PolicyGrant } from "../../estate/policy-grant.ts";
import { type Holding, type Principal, principalsOf, type UnreadHolding } from "../../estate/principal.ts";
import { type AccessRule, type Asking, verdictOf } from "./access-question.ts";
import { matchesAny, textList } from "../config.ts";
import { behindTrust, ROLE_CREDENTIALS, rolesTrust } from "../roles/role-mfa.ts";
import type { RuleConfig } from "../rule.ts";
import { askTogether } from "./session-decision.ts";
import { heldBy, holdingOf, inPrincipal } from "./together.ts";
import { type Finding, satisfied } from "../verdict.ts";

export interface PrincipalFindings {
  readonly findings: readonly Finding[];
  /** Whether somebody who is known holds the document, so that it was asked about. */
  readonly isHeld: (grant: PolicyGrant) => boolean;
  /** Whether the policy that cannot be read was taken into account. */
  readonly isAccounted: (urn: string, path: string) => boolean;
}

/**
 * Asks every principal of the stack what all its documents allow together: a Deny in one counts for the others, and so
 * does its permissions boundary.
 *
 * A policy that cannot be read here may allow and may deny: a witness is one only if nothing unread can deny it, and a
 * proof only if nothing unread can allow it. One in `trustedPolicies` allows nothing that breaks the rule, and may deny.
 */
export function decidePrincipals(
  rule: AccessRule,
  estate: Estate,
  config: RuleConfig,
  isExempt: (principal: Principal) => boolean,
): PrincipalFindings {
  const principals = principalsOf(estate);
  const held = new Set(principals.flatMap(({ holdings }) => holdings.map(({ grant }) => grant)));
  const accounted = new Set(
    principals.flatMap(({ unread }) => unread.map(({ urn, path }) => `${urn} ${path}`)),
  );
  return {
    findings: principals.flatMap((principal) =>
      isExempt(principal) ? [] : decidePrincipal(rule, estate, principal, config),
    ),
    isHeld: (grant) => held.has(grant),
    isAccounted: (urn, path) => accounted.has(`${urn} ${path}`),
  };
}

function decidePrincipal(
  rule: AccessRule,
  estate: Estate,
  principal: Principal,
  config: RuleConfig,
): readonly Finding[] {
  const { holdings, unread, facts } = principal;
  const [first] = holdings;
  const urn = facts?.record.urn ?? first?.urn ?? unread[0]?.urn ?? "";
  const documents = [
    ...holdings.map(({ grant }) => known(grant.document)),
    ...unread.map((each) => unreadDocument(each, config)),
  ];
  const grant = first?.grant ?? placeholder(unread, documents);
  if (grant === undefined) {
    return [];
  }
  const byTrust = rule.byTrust === true && principal.kind === "role";
  const asking: Asking = { config, credentials: byTrust ? ROLE_CREDENTIALS : undefined };
  const boundary = boundaryOf(estate, principal);
  let holding: Holding | undefined;
  const grantOf = (name: string | undefined): PolicyGrant => {
    holding = holdingOf(principal, name);
    return heldBy(principal, holding?.grant ?? grant);
  };
  const verdict = verdictOf(rule, grantOf, documents, asking, ({ question }) =>
    askTogether(documents, question, boundary),
  );
  const roles = facts === undefined ? [] : [facts];
  const told = byTrust ? behindTrust(verdict, grant, rule.requirement, rolesTrust(roles, config)) : verdict;
  if (told.kind === "satisfied") {
    return [{ urn, verdict: satisfied(told.message) }];
  }
  const names = documents.map(({ name }) => name);
  return [{ urn: holding?.urn ?? urn, verdict: inPrincipal(principal, names, told) }];
}

function unreadDocument({ path, policy }: UnreadHolding, config: RuleConfig): PolicyInput {
  const isTrusted = policy !== "" && matchesAny(policy, textList(config, "trustedPolicies"));
  return {
    kind: "unknown",
    name: policy === "" ? path : policy,
    reason:
      policy === ""
        ? `which policy \`${path}\` attaches is not known before the deployment`
        : `the policy \`${policy}\` is not in this stack`,
    mayAllow: !isTrusted,
  };
}

/** Where a principal holds nothing but what cannot be read, findings speak of that. */
function placeholder(
  [unread]: readonly UnreadHolding[],
  [document]: readonly PolicyInput[],
): PolicyGrant | undefined {
  return unread === undefined || document === undefined
    ? undefined
    : { path: unread.path, holder: { kind: "anybody" }, document };
}
