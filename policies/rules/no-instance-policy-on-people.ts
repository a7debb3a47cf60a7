import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { awsManagedName } from "../estate/policy-attachment.ts";
import type { Holder, PolicyGrant } from "../estate/policy-grant.ts";
import { resolve } from "../estate/reference.ts";
import { iam } from "../iam.ts";
import type { InstancePolicyHolder } from "../messages/roles.ts";
import { matchesAny, textList } from "./config.ts";
import {
  holderNames,
  isExempt,
  isHolderUnnamed,
  isUnnamed,
  namesOf,
  rolesOf,
  unlessExempt,
} from "./access/holder.ts";
import { askInstancePolicy } from "./roles/instance-policy.ts";
import { TRUSTED_POLICIES } from "./access/outside-policies.ts";
import { askPeople } from "./roles/people-trust.ts";
import { roleWitness } from "./roles/role-witness.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/**
 * Nobody but a machine holds a machine's policy.
 *
 * `AmazonSSMManagedInstanceCore` lets an agent report itself and open its channels. People who are given it "to connect"
 * get no session by it, but can pass for a machine that Systems Manager manages. AWS's policies of that kind count, and
 * documents that allow the same by name. One that names all actions of a service, or all there are, is an
 * administrator's, and left to the rules about sessions.
 */
export const noInstancePolicyOnPeople: Rule = {
  id: "no-instance-policy-on-people",
  displayName: "No instance policy on people",
  description:
    "No user, group, permission set or role of people holds what makes a machine one of Systems Manager's.",
  severity: "medium",
  tags: ["access", "instance"],
  remediation:
    "Detach the policy. To let people connect, allow `ssm:StartSession` on tagged instances, with MFA; keep `AmazonSSMManagedInstanceCore` for roles that EC2 assumes.",
  configSchema: {
    properties: {
      exemptPrincipals: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of users, groups and roles that may pass for machines, such as one that tests the agent. `*` stands for anything.",
      },
      trustedPolicies: TRUSTED_POLICIES,
    },
  },
  decideResource: (facts, config) => [
    ...facts.grants.flatMap((grant) => decideHere(facts, grant, config)),
    ...readUnmodelled(facts, "permissions"),
  ],
  decideStack: (estate, config) =>
    [...estate.facts.values()].flatMap((facts) => [
      ...facts.grants.flatMap((grant) => decideInRole(estate, facts, grant, config)),
      ...facts.attachments.flatMap(({ policy, holder }) => {
        const target = resolve(estate, facts.record, policy, ["policy"]);
        if (target.kind === "found") {
          return target.records
            .flatMap(({ urn }) => estate.facts.get(urn)?.grants ?? [])
            .flatMap((grant) =>
              decideAttached(estate, facts, { ...grant, path: policy.path, holder }, config),
            );
        }
        const name = target.kind === "outside" ? target.value : "";
        return target.kind === "absent" || awsManagedName(policy) !== undefined
          ? []
          : decideOutside(estate, facts, { path: policy.path, holder, policy: name }, config);
      }),
    ]),
};

/** Documents of people, and those that stand in a role, by what the resource itself says. */
function decideHere(facts: ResourceFacts, grant: PolicyGrant, config: RuleConfig): readonly Verdict[] {
  const { kind } = grant.holder;
  switch (kind) {
    case "group":
    case "permission-set":
    case "user": {
      const names = holderNames(facts.record, grant);
      const held = verdict(grant, { kind, name: names[0], who: undefined }, isExempt(names, config));
      return [unlessExempt(held, isHolderUnnamed(facts.record, grant), config)];
    }
    case "this-role":
      return decideForRole(facts, grant, config, facts);
    case "anybody":
    case "role":
      return [];
  }
}

/** A document of a role of the stack. */
function decideForRole(
  facts: ResourceFacts,
  grant: PolicyGrant,
  config: RuleConfig,
  role: ResourceFacts,
): readonly Verdict[] {
  const names = [...holderNames(facts.record, grant), ...namesOf(role.record)];
  return decideBehindTrust(grant, names, role, config);
}

/** @param role undefined: it is not in the stack */
function decideBehindTrust(
  grant: PolicyGrant,
  names: readonly string[],
  role: ResourceFacts | undefined,
  config: RuleConfig,
): readonly Verdict[] {
  const people = askPeople(role?.trust);
  const name = role?.record.name ?? names[0];
  switch (people.kind) {
    case "services":
      return [satisfied({ id: "no-instance-policy", path: grant.path })];
    case "people":
      return [
        unlessExempt(
          verdict(grant, { kind: "role", name, who: people.who }, isExempt(names, config)),
          role !== undefined && isUnnamed(role.record),
          config,
        ),
      ];
    case "undecided": {
      const answer = verdict(grant, { kind: "role", name, who: undefined }, isExempt(names, config));
      return answer.kind === "violation"
        ? [
            undecided({
              id: "instance-policy-undecided",
              path: grant.path,
              reasons: [
                `\`${grant.document.name}\` is a machine's policy, and who can assume the role${name === undefined ? "" : ` \`${name}\``} is not known: ${people.reason}`,
              ],
            }),
          ]
        : [answer];
    }
  }
}

/** A document of its own, or AWS's, in a role that another resource makes. */
function decideInRole(
  estate: Estate,
  facts: ResourceFacts,
  grant: PolicyGrant,
  config: RuleConfig,
): readonly Finding[] {
  if (grant.holder.kind !== "role") {
    return [];
  }
  const roles = rolesOf(estate, facts.record, grant.holder.reference);
  const names = holderNames(facts.record, grant);
  const verdicts =
    roles.length === 0
      ? decideBehindTrust(grant, names, undefined, config)
      : roles.flatMap((role) => decideForRole(facts, grant, config, role));
  return worst(verdicts, roles.length).map((each) => ({ urn: facts.record.urn, verdict: each }));
}

/** A role that may be one of several: what holds for each of them holds. */
function worst(verdicts: readonly Verdict[], roles: number): readonly Verdict[] {
  const kinds = new Set(verdicts.map(({ kind }) => kind));
  const [first] = verdicts;
  if (roles < 2 || kinds.size < 2 || first === undefined) {
    return verdicts.slice(0, 1);
  }
  const path = "path" in first.message ? first.message.path : "";
  return [
    undecided({
      id: "instance-policy-undecided",
      path,
      reasons: ["which of several roles holds it is not known before the deployment"],
    }),
  ];
}

function decideAttached(
  estate: Estate,
  facts: ResourceFacts,
  grant: PolicyGrant,
  config: RuleConfig,
): readonly Finding[] {
  const { urn } = facts.record;
  return grant.holder.kind === "role"
    ? decideInRole(estate, facts, grant, config)
    : decideHere(facts, grant, config).map((each) => ({ urn, verdict: each }));
}

/** A policy of another stack: undecided, where people hold it or may. */
function decideOutside(
  estate: Estate,
  facts: ResourceFacts,
  { path, holder, policy }: { readonly path: string; readonly holder: Holder; readonly policy: string },
  config: RuleConfig,
): readonly Finding[] {
  const names = holderNames(facts.record, { holder });
  const isTrusted = policy !== "" && matchesAny(policy, textList(config, "trustedPolicies"));
  if (isTrusted || isExempt(names, config)) {
    return [];
  }
  const roles =
    holder.kind === "this-role"
      ? [facts]
      : holder.kind === "role"
        ? rolesOf(estate, facts.record, holder.reference)
        : [];
  const ofServices = roles.length > 0 && roles.every(({ trust }) => askPeople(trust).kind === "services");
  const isRole = holder.kind === "role" || holder.kind === "this-role";
  if (isRole && ofServices) {
    return [];
  }
  return [{ urn: facts.record.urn, verdict: undecided({ id: "people-policy-outside", path, policy }) }];
}

/** The document's own verdict, given that people hold it. */
function verdict(grant: PolicyGrant, holder: InstancePolicyHolder, exempt: boolean): Verdict {
  const { document, path } = grant;
  if (exempt) {
    return satisfied({ id: "principal-exempt", path });
  }
  const answer = askInstancePolicy(document, grant.published === true);
  switch (answer.kind) {
    case "none":
      return satisfied({ id: "no-instance-policy", path });
    case "undecided":
      return undecided({ id: "instance-policy-undecided", path, reasons: answer.reasons });
    case "witness": {
      const { anySession, decide } = iam();
      const sessions =
        document.kind === "document" && decide(anySession(), { identity: [document] }).kind === "witness";
      const witness = roleWitness(answer.witness);
      return violation({ id: "instance-policy-on-people", path, holder, sessions, witness });
    }
  }
}
