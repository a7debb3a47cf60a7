import { type Data, isDataMap } from "../reader/data.ts";
import { at, type Place } from "../reader/place.ts";
import { readDocument } from "../reader/structured-text.ts";
import type { Estate } from "./estate.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/**
 * The account that each provider works in, as far as the policies of its keys tell, before anything exists. KMS refuses a
 * key whose policy does not let in whoever makes the key: their account is among those that it names.
 *
 * Source: KMS API Reference, CreateKey, `BypassPolicyLockoutSafetyCheck`.
 */
export function accountsOfKeys(estate: Estate): ReadonlyMap<string, string> {
  const named = new Map<string, ReadonlySet<string>>();
  for (const record of [...(estate.byKind.get("key") ?? []), ...(estate.byKind.get("key-policy") ?? [])]) {
    const { provider } = record;
    const accounts = provider === undefined ? undefined : accountsLetIn(record);
    if (provider !== undefined && accounts !== undefined) {
      const others = named.get(provider);
      named.set(provider, new Set([...accounts].filter((each) => others?.has(each) ?? true)));
    }
  }
  return new Map(
    [...named].flatMap(([provider, accounts]) =>
      accounts.size === 1 ? [...accounts].map((account) => [provider, account] as const) : [],
    ),
  );
}

/** Undefined where it cannot be told: no policy, one that is not known, or one that lets in others than accounts. */
function accountsLetIn(record: ResourceRecord): ReadonlySet<string> | undefined {
  const props = properties(record);
  const bypass = at(props, "bypassPolicyLockoutSafetyCheck").data ?? false;
  const policy = readDocument(at(props, "policy"), "json");
  if (policy.kind !== "known" || bypass !== false) {
    return undefined;
  }
  const root: Place = { data: policy.value, path: "policy" };
  const accounts = new Set<string>();
  for (const statement of oneOrMany(at(root, "Statement").data)) {
    const place: Place = { data: statement, path: "Statement" };
    if (at(place, "Effect").data !== "Allow") {
      continue;
    }
    const principals = principalsIn(at(place, "Principal").data);
    if (principals === undefined || at(place, "NotPrincipal").data !== undefined) {
      return undefined;
    }
    for (const principal of principals) {
      const [account] = /(?<!\d)\d{12}(?!\d)/.exec(principal) ?? [];
      if (account === undefined) {
        return undefined;
      }
      accounts.add(account);
    }
  }
  return accounts.size === 0 ? undefined : accounts;
}

/** Users, roles and accounts; services make no keys. Undefined where anybody is let in, or something is not known. */
function principalsIn(principal: Data | undefined): readonly string[] | undefined {
  if (!isDataMap(principal)) {
    return undefined;
  }
  const { AWS: some, Service: _, ...others } = principal;
  const texts = oneOrMany(some);
  return Object.keys(others).length === 0 && texts.every((each) => typeof each === "string")
    ? texts.map(String)
    : undefined;
}

function oneOrMany(data: Data | undefined): readonly Data[] {
  return data === undefined ? [] : Array.isArray(data) ? data : [data];
}
