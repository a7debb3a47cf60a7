import type { PolicyInput, PolicySet } from "@bastionless/iam";
import type { Estate } from "../../estate/estate.ts";
import { type Principal, principalsOf } from "../../estate/principal.ts";
import { properties, type ResourceRecord } from "../../estate/resource-record.ts";
import { accountScope, relation } from "../../estate/whereabouts.ts";
import { atFirst } from "../../reader/place.ts";
import { readText } from "../../reader/read.ts";
import { DENYING_AWS_POLICIES } from "../access/denying-aws-policies.ts";
import { namesOf } from "../access/holder.ts";
import { unplacedInRoles } from "../machines/unplaced.ts";
import { accessOf } from "../roles/role-access.ts";
import type { RuleConfig } from "../rule.ts";

/** A document that may be given to a role, and is not read; `role` is the name that it gives, where that is known. */
export interface UnreadGrant {
  readonly role: string | undefined;
  readonly document: PolicyInput;
  /** The resource that says so. */
  readonly record: ResourceRecord | undefined;
}

/** All that the stack gives a role. What it attaches of AWS's that the table of them leaves out may allow logging. */
export function identityOf(
  estate: Estate,
  principal: Principal,
  elsewhere: readonly UnreadGrant[],
  config: RuleConfig,
): PolicySet {
  const { facts } = principal;
  const { documents, boundary } = accessOf(estate, principal, config);
  const withoutText = principal.withoutText.map((name): PolicyInput => ({
    kind: "unknown",
    name,
    reason: `this pack does not have the text of AWS's policy \`${name}\``,
    mayDeny: DENYING_AWS_POLICIES.has(name),
  }));
  const names = facts === undefined ? [principal.name] : namesOf(facts.record);
  const unread = elsewhere.filter(
    ({ role, record }) =>
      (role === undefined || names.includes(role)) &&
      (record === undefined ||
        facts === undefined ||
        relation(estate, record, facts.record, "account") !== "other"),
  );
  return {
    identity: [...documents, ...withoutText, ...unread.map(({ document }) => document)],
    ...(boundary === undefined ? {} : { boundary }),
  };
}

/** Roles that nothing is given to as far as it can be told: a document whose role is not known may be theirs. */
export function bareRoles(estate: Estate): readonly Principal[] {
  const given = new Set(principalsOf(estate).map(({ facts }) => facts));
  return (estate.byKind.get("role") ?? []).flatMap((record): readonly Principal[] => {
    const facts = estate.facts.get(record.urn);
    return facts === undefined || given.has(facts)
      ? []
      : [
          {
            kind: "role",
            name: record.name,
            facts,
            scope: accountScope(estate, record),
            holdings: [],
            unread: [],
            maybe: [],
            withoutText: [],
          },
        ];
  });
}

/** Policies for roles that cannot be told, and such as other providers make. */
const ROLE_POLICIES =
  /^aws-native:iam:(ManagedPolicy|Policy|RolePolicy)$|:tf:aws_iam_(policy|role_policy)\w*$/;

export function unreadGrants(estate: Estate): readonly UnreadGrant[] {
  const unplaced = unplacedInRoles(estate).map(({ path, urn }): UnreadGrant => ({
    record: estate.facts.get(urn)?.record,
    role: undefined,
    document: { kind: "unknown", name: path, reason: `which role \`${path}\` is given to is not known` },
  }));
  const others = [...estate.facts.values()]
    .filter(({ record }) => ROLE_POLICIES.test(record.type))
    .map(({ record }): UnreadGrant => {
      const role = readText(atFirst(properties(record), "roleName", "role"));
      return {
        record,
        role: role.kind === "known" ? role.value : undefined,
        document: {
          kind: "unknown",
          name: record.name,
          reason: `this pack does not read \`${record.type}\``,
        },
      };
    });
  return [...unplaced, ...others];
}
