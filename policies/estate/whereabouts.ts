import { type Data, type DataMap, isDataMap, mentionsUnknown, UNKNOWN } from "../reader/data.ts";
import { at, root } from "../reader/place.ts";
import { known } from "../reader/read.ts";
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
  const account = compare(accountOf(one), accountOf(other), haveOneAccount(one, other));
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

/** Providers with the same credentials work in one account, whatever their Regions: what they leave out is the same too. */
function haveOneAccount(one: ResourceRecord, other: ResourceRecord): boolean {
  if (areOneProvider(one, other)) {
    return true;
  }
  const mine = credentialsOf(one.providerInputs);
  return mine !== undefined && mine === credentialsOf(other.providerInputs);
}

/** What a provider's configuration says of who it is; in another account it says something else. */
const CREDENTIALS: readonly string[] = [
  "accessKey",
  "allowedAccountIds",
  "assumeRole",
  "assumeRoleWithWebIdentity",
  "assumeRoles",
  "ec2MetadataServiceEndpoint",
  "endpoints",
  "forbiddenAccountIds",
  "profile",
  "secretKey",
  "sharedConfigFiles",
  "sharedCredentialsFile",
  "sharedCredentialsFiles",
  "token",
];

const credentials = new WeakMap<DataMap, { readonly text: string | undefined }>();

/** Undefined where something of it is not known, or the pack was not told. */
function credentialsOf(inputs: DataMap | undefined): string | undefined {
  if (inputs === undefined) {
    return undefined;
  }
  let read = credentials.get(inputs);
  if (read === undefined) {
    const said = CREDENTIALS.map((property) => inputs[property] ?? null);
    read = { text: said.some(holdsUnknown) ? undefined : JSON.stringify(said) };
    credentials.set(inputs, read);
  }
  return read.text;
}

function holdsUnknown(data: Data): boolean {
  if (data === UNKNOWN || (typeof data === "string" && mentionsUnknown(data))) {
    return true;
  }
  if (Array.isArray(data)) {
    return data.some((member: Data) => holdsUnknown(member));
  }
  return isDataMap(data) && Object.values(data).some(holdsUnknown);
}

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
  // The roles are assumed one after another, the web identity's first.
  const chain = ["assumeRoleWithWebIdentity", "assumeRole", "assumeRoles"].flatMap((property) =>
    listOf(inputs, property),
  );
  const role = chain.at(-1);
  const roleArn = isDataMap(role) ? textOf(role, "roleArn") : undefined;
  if (roleArn !== undefined) {
    return /^\d{12}$/.exec(roleArn.split(":", 6)[4] ?? "")?.[0];
  }
  const [only, ...others] = listOf(inputs, "allowedAccountIds");
  return others.length === 0 && typeof only === "string" ? only : undefined;
}

/** A provider's configuration travels as texts, its lists as JSON. */
function listOf(inputs: DataMap | undefined, property: string): readonly Data[] {
  const place = at(root(inputs ?? {}), property);
  const value = Array.isArray(place.data) ? known(place.data) : readDocument(place, "json");
  if (value.kind !== "known") {
    return [];
  }
  return Array.isArray(value.value) ? value.value : [value.value];
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

function fits(told: string | undefined, written: string): boolean {
  return told === undefined || written === "" || written === "*" || told === written;
}
