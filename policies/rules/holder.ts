import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import type { Holder } from "../estate/policy-grant.ts";
import { resolve } from "../estate/reference.ts";
import { identity, type ResourceRecord } from "../estate/resource-record.ts";
import type { Place } from "../reader/place.ts";
import { readText } from "../reader/read.ts";
import { matchesAny, textList } from "./config.ts";
import type { RuleConfig } from "./rule.ts";

/** Names by which configuration can call whoever holds a document, as far as the document's resource tells. */
export function holderNames(
  record: ResourceRecord,
  { holder }: { readonly holder: Holder },
): readonly string[] {
  switch (holder.kind) {
    case "anybody":
      return [];
    case "this-role":
      return namesOf(record);
    case "group":
    case "permission-set":
    case "role":
    case "user": {
      const name = readText(holder.reference);
      return name.kind === "known" ? [name.value] : [];
    }
  }
}

/** The name that AWS knows a principal by, and the one that the program does. */
export function namesOf(record: ResourceRecord): readonly string[] {
  const name = identity(record, "name");
  return name === undefined ? [record.name] : [name, record.name];
}

/** The roles of the stack that a reference means; none where it is a role of another stack, or not known. */
export function rolesOf(estate: Estate, from: ResourceRecord, reference: Place): readonly ResourceFacts[] {
  const target = resolve(estate, from, reference, ["role"]);
  return target.kind === "found"
    ? target.records.flatMap((record) => estate.facts.get(record.urn) ?? [])
    : [];
}

/** Whether configuration exempts one of these principals: `exemptPrincipals`. */
export function isExempt(names: readonly string[], config: RuleConfig): boolean {
  const exempt = textList(config, "exemptPrincipals");
  return names.some((name) => matchesAny(name, exempt));
}
