import { UNKNOWN } from "../reader/data.ts";
import { at } from "../reader/place.ts";
import { readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { type Kind, kindOf } from "./kind.ts";
import { resolve } from "./reference.ts";
import { identity, properties, type ResourceRecord } from "./resource-record.ts";

/** Resources that set something on another one, such as a bucket's policy. */
export interface Settings {
  readonly mine: readonly ResourceRecord[];
  /** Those of which it cannot be told whose they are. */
  readonly perhaps: readonly { readonly urn: string; readonly cause: Unreadable }[];
}

/** The resources of a kind that name the target in a property, by name, ARN, id or property dependency. */
export function settingsOf(estate: Estate, target: ResourceRecord, kind: Kind, property: string): Settings {
  const mine: ResourceRecord[] = [];
  const perhaps: { urn: string; cause: Unreadable }[] = [];
  const targetKind = kindOf(target.type);
  for (const setting of estate.byKind.get(kind) ?? []) {
    const place = at(properties(setting), property);
    const found = resolve(estate, setting, place, targetKind === undefined ? [] : [targetKind]);
    if (found.kind === "unreadable") {
      perhaps.push({ urn: setting.urn, cause: found.cause });
    } else if (found.kind === "found" && found.records.some(({ urn }) => urn === target.urn)) {
      if (place.data === UNKNOWN && found.records.length > 1) {
        perhaps.push({ urn: setting.urn, cause: { kind: "unknown", path: place.path } });
      } else {
        mine.push(setting);
      }
    }
  }
  perhaps.push(...unmodelledSettings(estate, target, kind));
  return { mine, perhaps };
}

/** What resources of other providers that set the same are called by. */
const UNMODELLED: ReadonlyMap<Kind, RegExp> = new Map([
  ["bucket-acl", /_acl$/],
  ["bucket-encryption", /_server_side_encryption_configuration$/],
  ["bucket-lifecycle", /_lifecycle_configuration$/],
  ["bucket-ownership", /_ownership_controls$/],
  ["bucket-policy", /:BucketPolicy$|_policy$/],
  ["bucket-public-access", /_public_access_block$/],
]);

/** Settings of other providers that are on this bucket, or may be: what they say is not read. */
function unmodelledSettings(
  estate: Estate,
  target: ResourceRecord,
  kind: Kind,
): readonly { readonly urn: string; readonly cause: Unreadable }[] {
  const named = UNMODELLED.get(kind);
  return carriersOf(estate).flatMap((record) => {
    const bucket = readText(at(properties(record), "bucket"));
    const name = identity(target, "bucket");
    const isOther = bucket.kind === "known" && name !== undefined && bucket.value !== name;
    return named?.test(record.type) !== true || isOther
      ? []
      : [
          {
            urn: record.urn,
            cause: {
              kind: "malformed",
              path: "",
              expected: "a resource of the `aws` provider",
              found: record.type,
            } as const,
          },
        ];
  });
}

const carriers = new WeakMap<Estate, readonly ResourceRecord[]>();

function carriersOf(estate: Estate): readonly ResourceRecord[] {
  let known = carriers.get(estate);
  if (known === undefined) {
    known = [...estate.facts.values()]
      .filter(({ unmodelled }) => unmodelled.includes("bucket-settings"))
      .map(({ record }) => record);
    carriers.set(estate, known);
  }
  return known;
}
