import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Estate } from "../../estate/estate.ts";
import type { ResourceFacts } from "../../estate/facts.ts";
import type { PolicyGrant } from "../../estate/policy-grant.ts";
import type { Principal } from "../../estate/principal.ts";
import { type AccessRule, type Asking, verdictOf } from "./access-question.ts";
import { toggle } from "../config.ts";
import { holderNames, isExempt, namesOf, rolesOf } from "./holder.ts";
import { outsidePolicies, TRUSTED_POLICIES } from "./outside-policies.ts";
import { decidePrincipals, type PrincipalFindings } from "./principal-scope.ts";
import { behindTrust, requiresMfa, ROLE_CREDENTIALS, rolesTrust } from "../roles/role-mfa.ts";
import type { RuleConfig } from "../rule.ts";
import { SCOPE, scopeOf } from "./scope.ts";
import { ask } from "./session-decision.ts";
import { decideTogether } from "./together.ts";
import { readUnmodelled } from "../unmodelled-verdict.ts";
import { type Finding, satisfied, type Verdict } from "../verdict.ts";

/** Configuration of every rule about permissions. */
export const ACCESS_CONFIG: { readonly [property: string]: PolicyConfigSchema["properties"][string] } = {
  exemptPrincipals: {
    type: "array",
    items: { type: "string" },
    default: [],
    description:
      "Names of roles, users and groups whose own documents are not held to this rule, such as a pipeline's role. `*` stands for anything.",
  },
  scope: SCOPE,
  trustedPolicies: TRUSTED_POLICIES,
};

/** What one resource's documents say, each by itself; nothing where whole principals are asked. */
export function decideDocuments(
  rule: AccessRule,
  facts: ResourceFacts,
  config: RuleConfig,
): readonly Verdict[] {
  return [
    ...(scopeOf(config) === "principal"
      ? []
      : facts.grants
          // What a role's trust may still close is left to the stack.
          .filter(({ holder }) => !(rule.byTrust === true && holder.kind === "role"))
          .map((grant) => decideAlone(rule, facts, grant, config))),
    ...readUnmodelled(facts, "permissions"),
  ];
}

/** What takes the stack: documents in roles, several documents of one principal, policies of other stacks. */
export function decideAccess(rule: AccessRule, estate: Estate, config: RuleConfig): readonly Finding[] {
  if (scopeOf(config) === "principal") {
    const { findings, isHeld, isAccounted } = principals(rule, estate, config);
    return [
      ...aloneIn(rule, estate, config, (grant) => !isHeld(grant)),
      ...outside(rule, estate, config, isAccounted),
      ...findings,
    ];
  }
  return [
    ...aloneIn(rule, estate, config, ({ holder }) => rule.byTrust === true && holder.kind === "role"),
    ...outside(rule, estate, config),
    ...decideTogether(rule, estate, config, (principal) => isPrincipalExempt(rule, principal, config)),
  ];
}

/** The same for a rule whose questions come from the stack, so that no document has been asked before. */
export function decideAfter(rule: AccessRule, estate: Estate, config: RuleConfig): readonly Finding[] {
  if (scopeOf(config) === "principal") {
    const { findings, isHeld } = principals(rule, estate, config);
    return [...aloneIn(rule, estate, config, (grant) => !isHeld(grant)), ...findings];
  }
  return [
    ...aloneIn(rule, estate, config, () => true),
    ...decideTogether(rule, estate, config, (principal) => isPrincipalExempt(rule, principal, config)),
  ];
}

function principals(rule: AccessRule, estate: Estate, config: RuleConfig): PrincipalFindings {
  return decidePrincipals(rule, estate, config, (principal) => isPrincipalExempt(rule, principal, config));
}

function outside(
  rule: AccessRule,
  estate: Estate,
  config: RuleConfig,
  isAccounted?: PrincipalFindings["isAccounted"],
): readonly Finding[] {
  return [...estate.facts.values()].flatMap((facts) =>
    outsidePolicies(estate, facts, rule.requirement, config, isAccounted),
  );
}

/** Documents that are asked each by itself, once the stack is complete. */
function aloneIn(
  rule: AccessRule,
  estate: Estate,
  config: RuleConfig,
  isAsked: (grant: PolicyGrant) => boolean,
): readonly Finding[] {
  return [...estate.facts.values()].flatMap((facts) =>
    facts.grants
      .filter(isAsked)
      .map((grant) => ({ urn: facts.record.urn, verdict: decideOne(rule, estate, facts, grant, config) })),
  );
}

function decideOne(
  rule: AccessRule,
  estate: Estate,
  facts: ResourceFacts,
  grant: PolicyGrant,
  config: RuleConfig,
): Verdict {
  return rule.byTrust === true && grant.holder.kind === "role"
    ? decideInRole(rule, estate, facts, grant, config)
    : decideAlone(rule, facts, grant, config);
}

function decideAlone(
  rule: AccessRule,
  facts: ResourceFacts,
  grant: PolicyGrant,
  config: RuleConfig,
): Verdict {
  const { path, holder } = grant;
  if (isExempt(holderNames(facts.record, grant), config)) {
    return satisfied({ id: "principal-exempt", path });
  }
  if (
    rule.byTrust === true &&
    holder.kind === "permission-set" &&
    toggle(config, "identityCenterRequiresMfa")
  ) {
    return satisfied({ id: "identity-center-mfa", path });
  }
  if (rule.byTrust === true && holder.kind === "this-role") {
    const alone = answerVerdict(rule, grant, { config, credentials: ROLE_CREDENTIALS });
    return behindTrust(alone, grant, rule.requirement, rolesTrust([facts], config));
  }
  return answerVerdict(rule, grant, { config, credentials: undefined });
}

/** A document that stands in, or is attached to, a role of the stack or of another one. */
function decideInRole(
  rule: AccessRule,
  estate: Estate,
  facts: ResourceFacts,
  grant: PolicyGrant,
  config: RuleConfig,
): Verdict {
  const { path, holder } = grant;
  const roles = holder.kind === "role" ? rolesOf(estate, facts.record, holder.reference) : [];
  const names = [...holderNames(facts.record, grant), ...roles.flatMap(({ record }) => namesOf(record))];
  if (isExempt(names, config)) {
    return satisfied({ id: "principal-exempt", path });
  }
  const alone = answerVerdict(rule, grant, { config, credentials: ROLE_CREDENTIALS });
  return behindTrust(alone, grant, rule.requirement, rolesTrust(roles, config));
}

function answerVerdict(rule: AccessRule, grant: PolicyGrant, asking: Asking): Verdict {
  const documents = [grant.document];
  return verdictOf(
    rule,
    () => grant,
    documents,
    asking,
    ({ question }) => ask(grant.document, question),
  );
}

/** Exempt by configuration; for MFA, also by a trust policy or an identity provider that sees to it. */
function isPrincipalExempt(rule: AccessRule, { kind, name, facts }: Principal, config: RuleConfig): boolean {
  return (
    isExempt([name, ...(facts === undefined ? [] : namesOf(facts.record))], config) ||
    (rule.byTrust === true &&
      ((kind === "permission-set" && toggle(config, "identityCenterRequiresMfa")) ||
        (kind === "role" && facts !== undefined && requiresMfa(facts, config))))
  );
}
