import type { Place } from "../reader/place.ts";
import { isUnreadable, readText, type Unreadable } from "../reader/read.ts";
import { type Estate, referenceKey } from "./estate.ts";
import { type Kind, kindOf, nameInArn } from "./kind.ts";
import { identity, type ResourceRecord } from "./resource-record.ts";

/** Where a reference leads. */
export type Resolution =
  | { readonly kind: "absent" }
  /**
   * Resources of the stack. Several: the name occurs more than once (in other accounts or regions), or the value is not
   * known yet and was computed from several; what holds for each of them holds.
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
  const named = kinds.flatMap((kind) => {
    const exact = estate.byName.get(referenceKey(kind, value));
    return exact ?? withUnknownArn(estate, kind, value);
  });
  if (named.length === 0) {
    return { kind: "outside", value };
  }
  // The same name in another account or region is another resource.
  const nearby = named.filter((record) => record.provider === from.provider);
  return { kind: "found", records: nearby.length > 0 ? nearby : named, by: "value" };
}

/** An ARN that someone wrote down, of a resource that does not exist yet: its name tells. */
function withUnknownArn(estate: Estate, kind: Kind, arn: string): readonly ResourceRecord[] {
  const name = nameInArn(kind, arn);
  const records = name === undefined ? undefined : estate.byName.get(referenceKey(kind, name));
  return records?.filter((record) => identity(record, "arn") === undefined) ?? [];
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
