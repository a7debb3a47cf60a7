import { at, type Place } from "../reader/place.ts";
import { readOneOrList, readText } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import type { ResourceFacts } from "./facts.ts";
import { awsManagedName } from "./policy-attachment.ts";
import type { Holder, PolicyGrant } from "./policy-grant.ts";
import { resolve } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** A document that a principal holds, and the resource it stands in or is attached by. */
export interface Holding {
  readonly urn: string;
  readonly grant: PolicyGrant;
}

/** A managed policy that a principal holds, and that cannot be read here: of another stack, or not known. */
export interface UnreadHolding {
  readonly urn: string;
  readonly path: string;
  /** ARN or name; empty: not known. */
  readonly policy: string;
}

/** A role, user, group or permission set, and every document that the stack gives it. */
export interface Principal {
  readonly kind: "group" | "permission-set" | "role" | "user";
  readonly name: string;
  /** The principal, where it is a resource of the stack. */
  readonly facts: ResourceFacts | undefined;
  /** Its own, attached ones, and for a user those of its groups. */
  readonly holdings: readonly Holding[];
  /** In the same way. */
  readonly unread: readonly UnreadHolding[];
  /** Attached policies of AWS that give no access, which the pack has no text of; not those of groups. */
  readonly withoutText: readonly string[];
}

const USER_MEMBERSHIP = "aws:iam/userGroupMembership:UserGroupMembership";
const GROUP_MEMBERSHIP = "aws:iam/groupMembership:GroupMembership";

/** Resources that say which users are in which groups. */
export const MEMBERSHIP_TYPES: ReadonlySet<string> = new Set([USER_MEMBERSHIP, GROUP_MEMBERSHIP]);

interface Collected {
  readonly kind: Principal["kind"];
  readonly name: string;
  readonly facts: ResourceFacts | undefined;
  readonly holdings: Holding[];
  readonly unread: UnreadHolding[];
  readonly withoutText: string[];
}

const joined = new WeakMap<Estate, readonly Principal[]>();

/** Joins documents with those who hold them. A principal that is not known is left out: its documents stand alone. */
export function principalsOf(estate: Estate): readonly Principal[] {
  let principals = joined.get(estate);
  if (principals === undefined) {
    principals = joinPrincipals(estate);
    joined.set(estate, principals);
  }
  return principals;
}

function joinPrincipals(estate: Estate): readonly Principal[] {
  const collected = new Map<string, Collected>();
  for (const facts of estate.facts.values()) {
    const { urn } = facts.record;
    for (const grant of facts.grants) {
      for (const principal of find(estate, collected, facts, grant.holder)) {
        principal.holdings.push({ urn, grant });
      }
    }
    for (const { policy, holder } of facts.attachments) {
      const target = resolve(estate, facts.record, policy, ["policy"]);
      const records = target.kind === "found" ? target.records : [];
      const grants = records.flatMap((record) => estate.facts.get(record.urn)?.grants ?? []);
      const awsName = awsManagedName(policy);
      const isUnread = (target.kind === "outside" || target.kind === "unreadable") && awsName === undefined;
      for (const principal of find(estate, collected, facts, holder)) {
        principal.holdings.push(...grants.map((grant) => ({ urn, grant })));
        if (awsName !== undefined && !facts.grants.some(({ path }) => path === policy.path)) {
          principal.withoutText.push(awsName);
        }
        if (isUnread) {
          const name = target.kind === "outside" ? target.value : "";
          principal.unread.push({ urn, path: policy.path, policy: name });
        }
      }
    }
  }
  inheritFromGroups(estate, collected);
  return [...collected.values()];
}

function find(
  estate: Estate,
  collected: Map<string, Collected>,
  facts: ResourceFacts,
  holder: Holder,
): readonly Collected[] {
  switch (holder.kind) {
    case "anybody":
      return [];
    case "this-role":
      return [entry(collected, "role", facts.record.urn, facts.record.name, facts)];
    case "group":
    case "permission-set":
    case "role":
    case "user":
      return named(estate, collected, facts.record, holder.kind, holder.reference);
  }
}

function named(
  estate: Estate,
  collected: Map<string, Collected>,
  from: ResourceRecord,
  kind: Principal["kind"],
  reference: Place,
): readonly Collected[] {
  const target = resolve(estate, from, reference, [kind]);
  switch (target.kind) {
    case "found":
      return target.records.map((record) =>
        entry(collected, kind, record.urn, record.name, estate.facts.get(record.urn)),
      );
    case "outside":
      return [entry(collected, kind, `${kind} ${target.value}`, target.value, undefined)];
    case "absent":
    case "unreadable":
      return [];
  }
}

function entry(
  collected: Map<string, Collected>,
  kind: Principal["kind"],
  key: string,
  name: string,
  facts: ResourceFacts | undefined,
): Collected {
  const existing = collected.get(key);
  if (existing !== undefined) {
    return existing;
  }
  const made: Collected = { kind, name, facts, holdings: [], unread: [], withoutText: [] };
  collected.set(key, made);
  return made;
}

function inheritFromGroups(estate: Estate, collected: Map<string, Collected>): void {
  for (const { record } of estate.facts.values()) {
    if (!MEMBERSHIP_TYPES.has(record.type)) {
      continue;
    }
    const [usersProperty, groupsProperty] =
      record.type === USER_MEMBERSHIP ? ["user", "groups"] : ["users", "group"];
    const each = (kind: "group" | "user", property: string): readonly Collected[] => {
      const list = readOneOrList(at(properties(record), property));
      const places = list.kind === "known" ? list.value : [];
      return places
        .filter((place) => readText(place).kind !== "absent")
        .flatMap((place) => named(estate, collected, record, kind, place));
    };
    const groups = each("group", groupsProperty);
    for (const user of each("user", usersProperty)) {
      user.holdings.push(...groups.flatMap(({ holdings }) => holdings));
      user.unread.push(...groups.flatMap(({ unread }) => unread));
    }
  }
}
