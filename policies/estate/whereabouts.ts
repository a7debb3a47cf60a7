import type { Estate } from "./estate.ts";
import { accountsOfKeys } from "./key-accounts.ts";
import type { Kind } from "./kind.ts";
import { accountOfProvider, credentialsOf, textOf } from "./provider-configuration.ts";
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
export function relation(
  estate: Estate,
  one: ResourceRecord,
  other: ResourceRecord,
  reach: "account" | "region",
): Relation {
  const account = compare(accountOf(estate, one), accountOf(estate, other), haveOneAccount(one, other));
  if (reach === "account" || account === "other") {
    return account;
  }
  const isOne = areOneProvider(one, other) && !saysRegion(one) && !saysRegion(other);
  const region = compare(regionOf(estate, one), regionOf(estate, other), isOne);
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

function haveOneAccount(one: ResourceRecord, other: ResourceRecord): boolean {
  if (areOneProvider(one, other)) {
    return true;
  }
  const mine = credentialsOf(one.providerInputs);
  return mine !== undefined && mine === credentialsOf(other.providerInputs);
}

/** Whether the resource names its Region itself, which counts before its provider's. */
function saysRegion({ inputs }: ResourceRecord): boolean {
  return inputs !== undefined && inputs["region"] !== undefined && inputs["region"] !== null;
}

/** A resource's Region; undefined where it cannot be told. */
export function regionOf(estate: Estate, record: ResourceRecord): string | undefined {
  return (
    identity(record, "region") ??
    arnPart(record, 3) ??
    (saysRegion(record)
      ? undefined
      : (textOf(record.providerInputs, "region") ?? only(toldBy(estate, record)?.regions)))
  );
}

/** A resource's account; undefined where it cannot be told. */
export function accountOf(estate: Estate, record: ResourceRecord): string | undefined {
  return (
    arnPart(record, 4) ??
    accountOfProvider(record.providerInputs) ??
    only(toldBy(estate, record)?.accounts) ??
    keysAccount(estate, record)
  );
}

/**
 * What names of IAM without a resource of their own are told apart by: one text for all resources that are known to be of
 * one account.
 */
export function accountScope(estate: Estate, record: ResourceRecord): string {
  const { provider = "" } = record;
  return (
    accountOf(estate, record) ??
    credentialsOf(record.providerInputs) ??
    (DEFAULT_PROVIDER.test(provider) ? "default" : provider)
  );
}

/** What the ARNs of resources that exist say of where their provider makes them. */
interface Told {
  readonly accounts: Set<string>;
  readonly regions: Set<string>;
}

const told = new WeakMap<Estate, ReadonlyMap<string, Told>>();

function toldBy(estate: Estate, { provider }: ResourceRecord): Told | undefined {
  if (provider === undefined) {
    return undefined;
  }
  let byProvider = told.get(estate);
  if (byProvider === undefined) {
    byProvider = readProviders(estate);
    told.set(estate, byProvider);
  }
  return byProvider.get(provider);
}

function readProviders(estate: Estate): ReadonlyMap<string, Told> {
  const byProvider = new Map<string, Told>();
  for (const { record } of estate.facts.values()) {
    const { provider } = record;
    const account = arnPart(record, 4);
    if (provider !== undefined && account !== undefined) {
      const said = byProvider.get(provider) ?? { accounts: new Set(), regions: new Set() };
      byProvider.set(provider, said);
      said.accounts.add(account);
      const region = saysRegion(record) ? undefined : arnPart(record, 3);
      if (region !== undefined) {
        said.regions.add(region);
      }
    }
  }
  return byProvider;
}

const keys = new WeakMap<Estate, ReadonlyMap<string, string>>();

function keysAccount(estate: Estate, { provider }: ResourceRecord): string | undefined {
  if (provider === undefined) {
    return undefined;
  }
  let accounts = keys.get(estate);
  if (accounts === undefined) {
    accounts = accountsOfKeys(estate);
    keys.set(estate, accounts);
  }
  return accounts.get(provider);
}

/** The one that all agree on. */
function only(values: ReadonlySet<string> | undefined): string | undefined {
  const [first, ...others] = values ?? [];
  return others.length === 0 ? first : undefined;
}

function arnPart(record: ResourceRecord, part: 3 | 4): string | undefined {
  const text = identity(record, "arn")?.split(":", 6)[part];
  return text === "" || text === "aws" ? undefined : text;
}

/** Whether an ARN that someone wrote down can be that of a resource whose own is not known yet. */
export function fitsArn(estate: Estate, record: ResourceRecord, arn: string): boolean {
  const [, , , region = "", account = ""] = arn.split(":", 6);
  return fits(regionOf(estate, record), region) && fits(accountOf(estate, record), account);
}

function fits(actual: string | undefined, written: string): boolean {
  return actual === undefined || written === "" || written === "*" || actual === written;
}
