import { UNKNOWN } from "../reader/data.ts";
import type { Place } from "../reader/place.ts";
import { isUnreadable, readText, type Unreadable } from "../reader/read.ts";
import { type Estate, referenceKey } from "./estate.ts";
import { type Kind, kindOf, nameInArn } from "./kind.ts";
import { identity, type ResourceRecord } from "./resource-record.ts";
import { fitsArn, reachOfName, relation } from "./whereabouts.ts";

/** Where a reference leads. */
export type Resolution =
  | { readonly kind: "absent" }
  /**
   * Resources of the stack. Several: the name may mean each of them, or the value is not known yet and was computed from
   * several; what holds for each of them holds.
   */
  | {
      readonly kind: "found";
      readonly records: readonly ResourceRecord[];
      readonly by: "value" | "dependency";
    }
  /** A name that no resource of the stack has. */
  | { readonly kind: "outside"; readonly value: string }
  | { readonly kind: "unreadable"; readonly cause: Unreadable };

/**
 * Follows a reference by id, ARN, name or alias; while the value is not known yet, by what it was computed from.
 *
 * @param place where the reference stands; the first part of its path is the property that dependencies are kept for.
 */
export function resolve(
  estate: Estate,
  from: ResourceRecord,
  place: Place,
  kinds: readonly Kind[],
): Resolution {
  const read = readText(place);
  if (read.kind === "absent") {
    return { kind: "absent" };
  }
  if (isUnreadable(read)) {
    const candidates = read.kind === "unknown" ? computedFrom(estate, from, place, kinds) : [];
    return candidates.length > 0
      ? { kind: "found", records: candidates, by: "dependency" }
      : { kind: "unreadable", cause: read };
  }
  return resolveName(estate, from, read.value, kinds);
}

/** Follows a name that is known. */
export function resolveName(
  estate: Estate,
  from: ResourceRecord,
  value: string,
  kinds: readonly Kind[],
): Resolution {
  const records = kinds.flatMap((kind) => {
    const exact = estate.byName.get(referenceKey(kind, value));
    return exact === undefined
      ? withUnknownArn(estate, kind, value)
      : within(estate, from, exact, kind, value);
  });
  return records.length === 0 ? { kind: "outside", value } : { kind: "found", records, by: "value" };
}

/**
 * Those that a name means where it stands: the same name in another account or Region is another resource. Where that
 * cannot be told, a name of IAM's means what there is, as most stacks have one account; a name of a Region means
 * nothing of the stack.
 */
function within(
  estate: Estate,
  from: ResourceRecord,
  records: readonly ResourceRecord[],
  kind: Kind,
  value: string,
): readonly ResourceRecord[] {
  const reach = reachOfName(kind);
  if (reach === "everywhere" || value.startsWith("arn:")) {
    const nearby = records.filter((record) => record.provider === from.provider);
    return nearby.length > 0 ? nearby : records;
  }
  const related = records.map((record) => ({ record, relation: relation(estate, from, record, reach) }));
  const same = related.filter((each) => each.relation === "same");
  const chosen =
    same.length === 0 && reach === "account" ? related.filter((each) => each.relation === "unsure") : same;
  return chosen.map(({ record }) => record);
}

/** An ARN that someone wrote down, of a resource that does not exist yet: its name tells. */
function withUnknownArn(estate: Estate, kind: Kind, arn: string): readonly ResourceRecord[] {
  const name = nameInArn(kind, arn);
  const records = name === undefined ? undefined : estate.byName.get(referenceKey(kind, name));
  return (
    records?.filter((record) => identity(record, "arn") === undefined && fitsArn(estate, record, arn)) ?? []
  );
}

/**
 * Resources of a kind of IAM's whose name the program computes from what is not known yet: a name that is written in the
 * same account may mean them.
 */
export function unnamed(estate: Estate, from: ResourceRecord, kind: Kind): readonly ResourceRecord[] {
  return (estate.byKind.get(kind) ?? []).filter(
    (record) =>
      record.inputs?.["name"] === UNKNOWN &&
      identity(record, "name") === undefined &&
      relation(estate, from, record, "account") !== "other",
  );
}

function computedFrom(
  estate: Estate,
  from: ResourceRecord,
  place: Place,
  kinds: readonly Kind[],
): readonly ResourceRecord[] {
  const [property = ""] = place.path.split(/[.[]/, 1);
  const urns = (from.dependencies[property] ?? []).flatMap((urn) => withinComponent(estate, urn));
  return [...new Set(urns)].flatMap((urn) => {
    const record = estate.facts.get(urn)?.record;
    const kind = record === undefined ? undefined : kindOf(record.type);
    return record !== undefined && kind !== undefined && kinds.includes(kind) ? [record] : [];
  });
}

/** A component's outputs come from its children, at any depth. */
function withinComponent(estate: Estate, urn: string): readonly string[] {
  const found: string[] = [];
  const open = [urn];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    if (estate.members.get(next)?.type.startsWith("aws:") === true) {
      continue;
    }
    for (const child of estate.children.get(next) ?? []) {
      if (!seen.has(child.urn)) {
        seen.add(child.urn);
        open.push(child.urn);
      }
    }
  }
  return found;
}
