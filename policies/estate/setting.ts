import { UNKNOWN } from "../reader/data.ts";
import { at } from "../reader/place.ts";
import { readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { type Kind, kindOf } from "./kind.ts";
import { resolve } from "./reference.ts";
import { identity, properties, type ResourceRecord } from "./resource-record.ts";
import { relation } from "./whereabouts.ts";

/** Resources that set something on another one, such as a bucket's policy. */
export interface Settings {
  readonly mine: readonly ResourceRecord[];
  /** Those of which it cannot be told whose they are. */
  readonly perhaps: readonly { readonly urn: string; readonly cause: Unreadable }[];
}

/** The resources of a kind that name the target in a property, by name, ARN, id or property dependency. */
export function settingsOf(estate: Estate, target: ResourceRecord, kind: Kind, property: string): Settings {
  const { mine, perhaps } = settingsBy(estate, kind, property, kindOf(target.type));
  return {
    mine: mine.get(target.urn) ?? [],
    perhaps: [
      ...perhaps.filter(({ of, setting }) =>
        of === undefined ? relation(estate, setting, target, "account") !== "other" : of === target.urn,
      ),
      ...unmodelledSettings(estate, target, kind),
    ],
  };
}

/** All settings of a kind, by the URN of what they are on. */
interface SettingsByTarget {
  readonly mine: ReadonlyMap<string, readonly ResourceRecord[]>;
  /** `of` undefined: it may be on anything. */
  readonly perhaps: readonly (Settings["perhaps"][number] & {
    readonly of: string | undefined;
    readonly setting: ResourceRecord;
  })[];
}

const joined = new WeakMap<Estate, Map<string, SettingsByTarget>>();

function settingsBy(
  estate: Estate,
  kind: Kind,
  property: string,
  targetKind: Kind | undefined,
): SettingsByTarget {
  const byForm = joined.get(estate) ?? new Map<string, SettingsByTarget>();
  joined.set(estate, byForm);
  const form = `${kind} ${property} ${targetKind}`;
  let settings = byForm.get(form);
  if (settings === undefined) {
    settings = joinSettings(estate, kind, property, targetKind);
    byForm.set(form, settings);
  }
  return settings;
}

function joinSettings(
  estate: Estate,
  kind: Kind,
  property: string,
  targetKind: Kind | undefined,
): SettingsByTarget {
  const mine = new Map<string, ResourceRecord[]>();
  const perhaps: SettingsByTarget["perhaps"][number][] = [];
  for (const setting of estate.byKind.get(kind) ?? []) {
    const { urn } = setting;
    const place = at(properties(setting), property);
    const found = resolve(estate, setting, place, targetKind === undefined ? [] : [targetKind]);
    if (found.kind === "unreadable") {
      perhaps.push({ urn, cause: found.cause, of: undefined, setting });
    } else if (found.kind === "found") {
      const isOneOfSeveral = place.data === UNKNOWN && found.records.length > 1;
      for (const of of new Set(found.records.map((record) => record.urn))) {
        if (isOneOfSeveral) {
          perhaps.push({ urn, cause: { kind: "unknown", path: place.path }, of, setting });
        } else {
          mine.set(of, [...(mine.get(of) ?? []), setting]);
        }
      }
    }
  }
  return { mine, perhaps };
}

/** What resources of other providers that set the same are called by. */
const UNMODELLED: ReadonlyMap<Kind, RegExp> = new Map([
  ["bucket-acl", /(?:_acl|BucketACL)$/i],
  ["bucket-encryption", /(?:_server_side_encryption_configuration|BucketServerSideEncryptionConfiguration)$/],
  ["bucket-lifecycle", /(?:_lifecycle_configuration|BucketLifecycleConfiguration)$/],
  ["bucket-ownership", /(?:_ownership_controls|BucketOwnershipControls)$/],
  ["bucket-policy", /(?:_policy|BucketPolicy)$/],
  ["bucket-public-access", /(?:_public_access_block|BucketPublicAccessBlock)$/],
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
