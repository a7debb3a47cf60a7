import { at, isAbsent, type Place } from "../reader/place.ts";
import { firstUnreadable, readBoolean, readInteger, readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { resolve } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** Whether KMS makes new material for a key by itself. `urn` is the resource that says so. */
export type Rotation =
  | { readonly kind: "rotates"; readonly urn: string; readonly days: number }
  | {
      readonly kind: "never";
      readonly urn: string;
      readonly why: "asymmetric" | "custom-key-store" | "imported" | "off";
    }
  /** A replica of a key that is not in the stack: the primary's rotation is its own. */
  | { readonly kind: "outside"; readonly urn: string; readonly key: string }
  | { readonly kind: "unreadable"; readonly urn: string; readonly cause: Unreadable };

/** KMS's own, where the key says nothing. Source: KMS Developer Guide, "Rotate AWS KMS keys". */
const DEFAULT_DAYS = 365;

/** The rotation of a key, or of the primary that it is a replica of. */
export function rotationOf(estate: Estate, key: ResourceRecord): Rotation {
  const { urn } = key;
  const props = properties(key);
  switch (key.type) {
    case "aws:kms/externalKey:ExternalKey":
    case "aws:kms/replicaExternalKey:ReplicaExternalKey":
      return { kind: "never", urn, why: "imported" };
    case "aws:kms/replicaKey:ReplicaKey":
      return primaryRotation(estate, key, at(props, "primaryKeyArn"));
    default:
      return ownRotation(urn, props);
  }
}

function primaryRotation(estate: Estate, replica: ResourceRecord, place: Place): Rotation {
  const { urn } = replica;
  const target = resolve(estate, replica, place, ["key"]);
  switch (target.kind) {
    case "absent":
      return { kind: "unreadable", urn, cause: { kind: "unknown", path: place.path } };
    case "unreadable":
      return { kind: "unreadable", urn, cause: target.cause };
    case "outside":
      return { kind: "outside", urn, key: target.value };
    case "found": {
      const primaries = target.records.filter(({ type }) => type === "aws:kms/key:Key");
      const rotations = primaries.map((record) => ownRotation(record.urn, properties(record)));
      return (
        rotations.find(({ kind }) => kind === "never") ??
        rotations.find(({ kind }) => kind === "unreadable") ??
        rotations[0] ?? { kind: "unreadable", urn, cause: { kind: "unknown", path: place.path } }
      );
    }
  }
}

function ownRotation(urn: string, props: Place): Rotation {
  const spec = readText(at(props, "customerMasterKeySpec"));
  const usage = readText(at(props, "keyUsage"));
  const enabled = readBoolean(at(props, "enableKeyRotation"));
  const period = readInteger(at(props, "rotationPeriodInDays"));
  if (
    (spec.kind === "known" && spec.value !== "SYMMETRIC_DEFAULT") ||
    (usage.kind === "known" && usage.value !== "ENCRYPT_DECRYPT")
  ) {
    return { kind: "never", urn, why: "asymmetric" };
  }
  if (!isAbsent(at(props, "customKeyStoreId")) || !isAbsent(at(props, "xksKeyId"))) {
    return { kind: "never", urn, why: "custom-key-store" };
  }
  if (enabled.kind === "absent" || (enabled.kind === "known" && !enabled.value)) {
    return { kind: "never", urn, why: "off" };
  }
  const cause = firstUnreadable(spec, usage, enabled, period);
  if (cause !== undefined) {
    return { kind: "unreadable", urn, cause };
  }
  return { kind: "rotates", urn, days: period.kind === "known" ? period.value : DEFAULT_DAYS };
}
