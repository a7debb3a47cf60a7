import type { ResourceFacts } from "./facts.ts";
import { identitiesOf, type Kind, kindOf, nameInArn } from "./kind.ts";
import { identity, type ResourceRecord } from "./resource-record.ts";

/** A resource of the stack, whether rules read it or not: what follows references needs to know of it. */
export interface StackMember {
  readonly urn: string;
  readonly type: string;
  readonly parent: string | undefined;
}

/** All that is known of one stack, joined. */
export interface Estate {
  /** By URN, in the order of their URNs; a further resource of one URN stands under a key of its own. */
  readonly facts: ReadonlyMap<string, ResourceFacts>;
  readonly members: ReadonlyMap<string, StackMember>;
  readonly byKind: ReadonlyMap<Kind, readonly ResourceRecord[]>;
  /** Resources by what references call them; see {@link referenceKey}. */
  readonly byName: ReadonlyMap<string, readonly ResourceRecord[]>;
  readonly children: ReadonlyMap<string, readonly StackMember[]>;
}

export function buildEstate(facts: Iterable<ResourceFacts>, members: Iterable<StackMember>): Estate {
  const sorted = [...facts].toSorted((a, b) => compare(a.record.urn, b.record.urn));
  const byKind = new Map<Kind, ResourceRecord[]>();
  const byName = new Map<string, ResourceRecord[]>();
  for (const { record } of sorted) {
    const kind = kindOf(record.type);
    if (kind === undefined) {
      continue;
    }
    push(byKind, kind, record);
    const arn = identity(record, "arn");
    // An ARN holds the id, which not all providers answer among the outputs.
    const id = arn === undefined ? undefined : nameInArn(kind, arn);
    const names = identitiesOf(record.type).flatMap((property) => identity(record, property) ?? []);
    if (id !== undefined) {
      names.push(id);
    }
    for (const name of new Set(names)) {
      push(byName, referenceKey(kind, name), record);
    }
  }
  const all = [...members];
  const children = new Map<string, StackMember[]>();
  for (const member of all) {
    if (member.parent !== undefined) {
      push(children, member.parent, member);
    }
  }
  return {
    facts: byUrn(sorted),
    members: new Map(all.map((member) => [member.urn, member])),
    byKind,
    byName,
    children,
  };
}

/** Nothing is dropped where a URN comes twice, as with what a replacement has left to be deleted. */
function byUrn(sorted: readonly ResourceFacts[]): ReadonlyMap<string, ResourceFacts> {
  const facts = new Map<string, ResourceFacts>();
  for (const fact of sorted) {
    const { urn } = fact.record;
    let key = urn;
    for (let count = 2; facts.has(key); count++) {
      key = `${urn} (${count})`;
    }
    facts.set(key, fact);
  }
  return facts;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export function referenceKey(kind: Kind, name: string): string {
  return `${kind} ${name}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}
