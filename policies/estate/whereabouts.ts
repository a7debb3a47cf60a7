import { type Data, type DataMap, isDataMap } from "../reader/data.ts";
import { at, root } from "../reader/place.ts";
import { readDocument } from "../reader/structured-text.ts";
import type { Kind } from "./kind.ts";
import { identity, type ResourceRecord } from "./resource-record.ts";

/** Whether two resources are in one account, and where it counts in one Region. */
export type Relation = "same" | "other" | "unsure";

/** Kinds whose names are unique in one account and Region only; ids and bucket names are unique everywhere. */
const NAMED_BY_REGION: ReadonlySet<Kind> = new Set([
  "alias",
  "key-pair",
  "launch-configuration",
  "launch-template",
  "log-group",
]);

/** Kinds whose names are unique in one account. */
const NAMED_BY_ACCOUNT: ReadonlySet<Kind> = new Set(["group", "instance-profile", "policy", "role", "user"]);

/** What a name alone says of where a resource of that kind is: `region`: that it is in the same one, and account. */
export function reachOfName(kind: Kind): "account" | "everywhere" | "region" {
  return NAMED_BY_REGION.has(kind) ? "region" : NAMED_BY_ACCOUNT.has(kind) ? "account" : "everywhere";
}

/**
 * Whether a name that one resource holds can mean the other. Pure.
 *
 * Law: symmetric.
 */
export function relation(one: ResourceRecord, other: ResourceRecord, reach: "account" | "region"): Relation {
  const account = compare(accountOf(one), accountOf(other), areOneProvider(one, other));
  if (reach === "account" || account === "other") {
    return account;
  }
  const isOne = areOneProvider(one, other) && !saysRegion(one) && !saysRegion(other);
  const region = compare(regionOf(one), regionOf(other), isOne);
  return region === "same" ? account : region;
}

function compare(one: string | undefined, other: string | undefined, otherwise: boolean): Relation {
  if (one !== undefined && other !== undefined) {
    return one === other ? "same" : "other";
  }
  return otherwise ? "same" : "unsure";
}

/** Default providers of several versions of one package share the stack's configuration. */
function areOneProvider(one: ResourceRecord, other: ResourceRecord): boolean {
  return (
    one.provider === other.provider ||
    (one.provider !== undefined &&
      other.provider !== undefined &&
      DEFAULT_PROVIDER.test(one.provider) &&
      DEFAULT_PROVIDER.test(other.provider))
  );
}

const DEFAULT_PROVIDER = /::default(?:_\d+)*$/;

/** Whether the resource names its Region itself, which counts before its provider's. */
function saysRegion({ inputs }: ResourceRecord): boolean {
  return inputs !== undefined && inputs["region"] !== undefined && inputs["region"] !== null;
}

/** A resource's Region; undefined where it cannot be told. */
export function regionOf(record: ResourceRecord): string | undefined {
  return (
    identity(record, "region") ??
    arnPart(record, 3) ??
    (saysRegion(record) ? undefined : textOf(record.providerInputs, "region"))
  );
}

/** A resource's account; undefined where it cannot be told. */
export function accountOf(record: ResourceRecord): string | undefined {
  return arnPart(record, 4) ?? providersAccount(record.providerInputs);
}

function arnPart(record: ResourceRecord, part: 3 | 4): string | undefined {
  const text = identity(record, "arn")?.split(":", 6)[part];
  return text === "" || text === "aws" ? undefined : text;
}

/** The account that a provider works in, where its configuration says so. */
function providersAccount(inputs: DataMap | undefined): string | undefined {
  const role = listOf(inputs, "assumeRoles").at(-1);
  const roleArn = isDataMap(role) ? textOf(role, "roleArn") : undefined;
  if (roleArn !== undefined) {
    return roleArn.split(":", 6)[4];
  }
  const [only, ...others] = listOf(inputs, "allowedAccountIds");
  return others.length === 0 && typeof only === "string" ? only : undefined;
}

/** A provider's configuration travels as texts, its lists as JSON. */
function listOf(inputs: DataMap | undefined, property: string): readonly Data[] {
  const value = readDocument(at(root(inputs ?? {}), property), "json");
  return value.kind === "known" && Array.isArray(value.value) ? value.value : [];
}

function textOf(inputs: DataMap | undefined, property: string): string | undefined {
  const value = isDataMap(inputs) ? inputs[property] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether an ARN that someone wrote down can be that of a resource whose own is not known yet. */
export function fitsArn(record: ResourceRecord, arn: string): boolean {
  const [, , , region = "", account = ""] = arn.split(":", 6);
  return fits(regionOf(record), region) && fits(accountOf(record), account);
}

function fits(known: string | undefined, written: string): boolean {
  return known === undefined || written === "" || written === "*" || known === written;
}
