import { at, type Place } from "../reader/place.ts";
import { readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { kindOf } from "./kind.ts";
import { type Resolution, resolve, resolveName } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** What encrypts something at rest. */
export type Encryption =
  /** A key that the account's owner made, and can look after. */
  | {
      readonly kind: "customer-key";
      /** For messages. */
      readonly key: string;
      /** The keys behind the name, aliases followed; none where what the name leads to is not in the stack. */
      readonly keys: readonly ResourceRecord[];
    }
  /** `AES256`, or no configuration: a key of S3's own. `aws-managed`: `aws/s3` and the like. `service`: CloudWatch's own. */
  | {
      readonly kind: "no-customer-key";
      readonly instead: "aes256" | "aws-managed" | "service-owned";
      /** The resource that says so. */
      readonly urn: string;
      readonly path: string;
    }
  /** A key that is not in the stack: whose it is cannot be seen. */
  | { readonly kind: "outside-key"; readonly key: string; readonly urn: string; readonly path: string }
  | { readonly kind: "unreadable"; readonly cause: Unreadable; readonly urn: string };

/** Names of aliases that only AWS makes, for the keys it manages. */
const AWS_ALIAS = /^(arn:[^:]*:kms:[^:]*:[^:]*:)?alias\/aws\//;
const ANY_ALIAS = /^(arn:[^:]*:kms:[^:]*:[^:]*:)?alias\//;

/** Whose key a property names. */
export function keyEncryption(estate: Estate, owner: ResourceRecord, place: Place): Encryption {
  const key = readText(place);
  return key.kind === "known"
    ? keyNamed(estate, owner, key.value, place.path)
    : keyBehind(estate, owner, place.path, resolve(estate, owner, place, ["key", "alias"]));
}

/** Whose key a name that is known means: a key's id or ARN, or an alias. */
export function keyNamed(estate: Estate, owner: ResourceRecord, name: string, path: string): Encryption {
  if (AWS_ALIAS.test(name)) {
    return { kind: "no-customer-key", instead: "aws-managed", urn: owner.urn, path };
  }
  const target = resolveName(estate, owner, name, ["key", "alias"]);
  return ANY_ALIAS.test(name)
    ? {
        kind: "customer-key",
        key: name,
        keys: target.kind === "found" ? target.records.flatMap((record) => keysOf(estate, record)) : [],
      }
    : keyBehind(estate, owner, path, target);
}

function keyBehind(estate: Estate, owner: ResourceRecord, path: string, target: Resolution): Encryption {
  const { urn } = owner;
  switch (target.kind) {
    case "absent":
      return { kind: "no-customer-key", instead: "aws-managed", urn, path };
    case "found":
      return {
        kind: "customer-key",
        key: target.records.map((record) => record.urn).join(", "),
        keys: target.records.flatMap((record) => keysOf(estate, record)),
      };
    case "outside":
      return { kind: "outside-key", key: target.value, urn, path };
    case "unreadable":
      return { kind: "unreadable", cause: target.cause, urn };
  }
}

/** The key itself, or the one that an alias leads to. */
function keysOf(estate: Estate, record: ResourceRecord): readonly ResourceRecord[] {
  if (kindOf(record.type) !== "alias") {
    return [record];
  }
  const target = resolve(estate, record, at(properties(record), "targetKeyId"), ["key"]);
  return target.kind === "found" ? target.records : [];
}
