import { at, isAbsent } from "../reader/place.ts";
import type { Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import type { GrantedDocument } from "./policy-grant.ts";
import { readResourcePolicy } from "./resource-policy.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";
import { settingsOf } from "./setting.ts";

/** A key's policy, and the resource that says it. */
export type KeyPolicy =
  | { readonly kind: "policy"; readonly urn: string; readonly document: GrantedDocument }
  /** KMS writes one that leaves everything to the account's IAM policies, and lets no service in. */
  | { readonly kind: "default"; readonly urn: string }
  | { readonly kind: "unreadable"; readonly urn: string; readonly cause: Unreadable };

/**
 * The policies of a key, which must all let a request in: a resource of its own stands in the place of the key's
 * property.
 *
 * Source: KMS Developer Guide, "Default key policy".
 */
export function keyPoliciesOf(estate: Estate, key: ResourceRecord): readonly KeyPolicy[] {
  const { mine, perhaps } = settingsOf(estate, key, "key-policy", "keyId");
  const places = (mine.length > 0 ? mine : [key])
    .map((record) => ({ record, place: at(properties(record), "policy") }))
    .filter(({ place }) => !isAbsent(place) && place.data !== "");
  const found = places.flatMap(({ record, place }): readonly KeyPolicy[] => {
    const document = readResourcePolicy(record, place);
    return document === undefined ? [] : [{ kind: "policy", urn: record.urn, document }];
  });
  const doubts = perhaps.map((each): KeyPolicy => ({ kind: "unreadable", ...each }));
  return found.length + doubts.length > 0 ? [...found, ...doubts] : [{ kind: "default", urn: key.urn }];
}
