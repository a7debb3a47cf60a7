import { at, type Place } from "../reader/place.ts";
import { readOneOrList } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import type { ResourceFacts } from "./facts.ts";
import { awsManagedName, type PolicyAttachment } from "./policy-attachment.ts";
import type { Holder, PolicyGrant } from "./policy-grant.ts";
import { resolve, unnamed } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";
import { accountOf, accountScope, reachOfName, relation } from "./whereabouts.ts";

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
  /** Its account, as far as it can be told: the same name in another account is somebody else. */
  readonly scope: string;
  /** Its own, attached ones, and for a user those of its groups. */
  readonly holdings: readonly Holding[];
  /** In the same way. */
  readonly unread: readonly UnreadHolding[];
  /** Documents that it may hold as well: whom they are given to, or which groups it is in, is not known. */
  readonly maybe: readonly Holding[];
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
  readonly scope: string;
  readonly holdings: Holding[];
  readonly unread: UnreadHolding[];
  readonly maybe: Holding[];
  readonly withoutText: string[];
}

const joined = new WeakMap<Estate, readonly Principal[]>();

/**
 * Joins documents with those who hold them. What is given to somebody who is not known stands with everybody of that
 * kind, as something that they may hold.
 */
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
  const unplaced: Unplaced[] = [];
  const give = (facts: ResourceFacts, holder: Holder, given: Given): void => {
    const { sure, maybe, namesakes = [] } = find(estate, collected, facts, holder);
    for (const principal of namesakes) {
      principal.holdings.push(...given.holdings.filter((holding) => !denies(holding)));
      principal.maybe.push(...given.holdings.filter(denies));
      principal.unread.push(...given.unread);
      principal.withoutText.push(...given.withoutText);
    }
    for (const principal of sure) {
      principal.holdings.push(...given.holdings);
      principal.unread.push(...given.unread);
      principal.withoutText.push(...given.withoutText);
    }
    if (maybe === "all" && holder.kind !== "anybody" && holder.kind !== "this-role") {
      const { kind } = holder;
      unplaced.push({ kind, account: accountOf(estate, facts.record), holdings: given.holdings });
    } else if (maybe !== "all") {
      maybe.forEach((principal) => principal.maybe.push(...given.holdings));
    }
  };
  for (const facts of estate.facts.values()) {
    const { urn } = facts.record;
    for (const grant of facts.grants) {
      give(facts, grant.holder, { holdings: [{ urn, grant }], unread: [], withoutText: [] });
    }
    for (const attachment of facts.attachments) {
      give(facts, attachment.holder, attachedBy(estate, facts, attachment));
    }
  }
  inheritFromGroups(estate, collected, unplaced);
  // One list for everybody of a kind and an account: there may be many of both.
  const anybodys = new Map<string, readonly Holding[]>();
  return [...collected.values()].map((principal) => {
    const { kind, facts } = principal;
    const account = facts === undefined ? undefined : accountOf(estate, facts.record);
    const form = `${kind} ${account}`;
    const given = anybodys.get(form) ?? mayBeGiven(unplaced, kind, account);
    anybodys.set(form, given);
    const maybe = principal.maybe.length === 0 ? given : [...new Set([...principal.maybe, ...given])];
    return { ...principal, maybe };
  });
}

/** Whether a document takes something away, which nobody's proof may rest on who may not hold it. */
function denies({ grant: { document } }: Holding): boolean {
  return document.kind === "document" && document.statements.some(({ effect }) => effect === "Deny");
}

/** What is given to somebody who is not known. */
interface Unplaced {
  readonly kind: Principal["kind"];
  /** Undefined: not known. */
  readonly account: string | undefined;
  readonly holdings: readonly Holding[];
}

/** What somebody of a kind may be given, in an account: nobody of another one gets it. */
function mayBeGiven(
  unplaced: readonly Unplaced[],
  kind: Principal["kind"],
  account: string | undefined,
): readonly Holding[] {
  return unplaced
    .filter(
      (each) =>
        each.kind === kind &&
        (each.account === undefined || account === undefined || each.account === account),
    )
    .flatMap(({ holdings }) => holdings);
}

/** What a principal gets at once. */
type Given = Pick<Collected, "holdings" | "unread" | "withoutText">;

function attachedBy(estate: Estate, facts: ResourceFacts, { policy }: PolicyAttachment): Given {
  const { urn } = facts.record;
  const target = resolve(estate, facts.record, policy, ["policy"]);
  const records = target.kind === "found" ? target.records : [];
  const grants = records.flatMap((record) => estate.facts.get(record.urn)?.grants ?? []);
  const awsName = awsManagedName(policy);
  const isUnread = (target.kind === "outside" || target.kind === "unreadable") && awsName === undefined;
  const name = target.kind === "outside" ? target.value : "";
  const hasText = facts.grants.some(({ path }) => path === policy.path);
  return {
    holdings: grants.map((grant) => ({ urn, grant })),
    unread: isUnread ? [{ urn, path: policy.path, policy: name }] : [],
    withoutText: awsName === undefined || hasText ? [] : [awsName],
  };
}

interface Found {
  readonly sure: readonly Collected[];
  /** `all`: anybody of that kind. */
  readonly maybe: readonly Collected[] | "all";
  /**
   * Those that have the name, where it cannot be told whether their account is the one that is meant. What is given to the
   * name counts for them where it allows, and may not be theirs where it denies.
   */
  readonly namesakes?: readonly Collected[];
}

function find(
  estate: Estate,
  collected: Map<string, Collected>,
  facts: ResourceFacts,
  holder: Holder,
): Found {
  switch (holder.kind) {
    case "anybody":
      return { sure: [], maybe: [] };
    case "this-role":
      return { sure: [inStack(estate, collected, "role", facts.record)], maybe: [] };
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
): Found {
  const target = resolve(estate, from, reference, [kind]);
  switch (target.kind) {
    case "found": {
      const principals = target.records.map((record) => inStack(estate, collected, kind, record));
      // Computed from several, it is one of them.
      if (target.by === "dependency" && principals.length > 1) {
        return { sure: [], maybe: principals };
      }
      const isName = target.by === "value" && reachOfName(kind) === "account" && !isArn(reference);
      const isElsewhere = (record: ResourceRecord): boolean =>
        isName && relation(estate, from, record, "account") === "unsure";
      return target.records.some(isElsewhere)
        ? { sure: [], maybe: [], namesakes: principals }
        : { sure: principals, maybe: [] };
    }
    case "outside": {
      const scope = accountScope(estate, from);
      const key = target.value.startsWith("arn:") ? target.value : `${target.value} of ${scope}`;
      return {
        sure: [entry(collected, kind, `${kind} ${key}`, target.value, undefined, scope)],
        // A name that is not known yet may turn out to be this one.
        maybe: unnamed(estate, from, kind).map((record) => inStack(estate, collected, kind, record)),
      };
    }
    case "absent":
      return { sure: [], maybe: [] };
    case "unreadable":
      return { sure: [], maybe: "all" };
  }
}

function isArn({ data }: Place): boolean {
  return typeof data === "string" && data.startsWith("arn:");
}

function inStack(
  estate: Estate,
  collected: Map<string, Collected>,
  kind: Principal["kind"],
  record: ResourceRecord,
): Collected {
  const { urn, name } = record;
  return entry(collected, kind, urn, name, estate.facts.get(urn), accountScope(estate, record));
}

function entry(
  collected: Map<string, Collected>,
  kind: Principal["kind"],
  key: string,
  name: string,
  facts: ResourceFacts | undefined,
  scope: string,
): Collected {
  const existing = collected.get(key);
  if (existing !== undefined) {
    return existing;
  }
  const made: Collected = { kind, name, facts, scope, holdings: [], unread: [], maybe: [], withoutText: [] };
  collected.set(key, made);
  return made;
}

/** Users have what their groups have; where a membership is not known, they may. */
function inheritFromGroups(
  estate: Estate,
  collected: Map<string, Collected>,
  unplaced: readonly Unplaced[],
): void {
  for (const { record } of estate.facts.values()) {
    if (!MEMBERSHIP_TYPES.has(record.type)) {
      continue;
    }
    const [usersProperty, groupsProperty] =
      record.type === USER_MEMBERSHIP ? ["user", "groups"] : ["users", "group"];
    const groups = membersOf(estate, collected, record, "group", groupsProperty);
    const users = membersOf(estate, collected, record, "user", usersProperty);
    const toSomeGroup = mayBeGiven(unplaced, "group", accountOf(estate, record));
    for (const user of users.sure) {
      for (const group of groups.sure) {
        user.holdings.push(...group.holdings);
        user.unread.push(...group.unread);
        user.maybe.push(...group.maybe, ...toSomeGroup);
      }
      user.maybe.push(...groups.maybe.flatMap(({ holdings }) => holdings));
    }
    for (const user of users.maybe) {
      user.maybe.push(...[...groups.sure, ...groups.maybe].flatMap(({ holdings }) => holdings));
    }
  }
}

/** The groups or users that a membership names; what it names without telling may be any of them. */
function membersOf(
  estate: Estate,
  collected: Map<string, Collected>,
  record: ResourceRecord,
  kind: "group" | "user",
  property: string,
): { readonly sure: readonly Collected[]; readonly maybe: readonly Collected[] } {
  const place = at(properties(record), property);
  const list = readOneOrList(place);
  const places = list.kind === "known" ? list.value : list.kind === "absent" ? [] : [place];
  const found = places.map((each) => named(estate, collected, record, kind, each));
  const account = accountOf(estate, record);
  const everybody = [...collected.values()].filter((each) => {
    const its = each.facts === undefined ? undefined : accountOf(estate, each.facts.record);
    return each.kind === kind && (its === undefined || account === undefined || its === account);
  });
  return {
    sure: found.flatMap(({ sure }) => sure),
    maybe: found.flatMap(({ maybe, namesakes = [] }) =>
      maybe === "all" ? everybody : [...maybe, ...namesakes],
    ),
  };
}
