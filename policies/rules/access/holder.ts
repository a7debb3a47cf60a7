import type { Estate } from "../../estate/estate.ts";
import type { ResourceFacts } from "../../estate/facts.ts";
import type { Holder } from "../../estate/policy-grant.ts";
import { resolve } from "../../estate/reference.ts";
import { identity, type ResourceRecord } from "../../estate/resource-record.ts";
import { UNKNOWN } from "../../reader/data.ts";
import type { Place } from "../../reader/place.ts";
import { isUnreadable, readText } from "../../reader/read.ts";
import { matchesAny, textList } from "../config.ts";
import type { RuleConfig } from "../rule.ts";
import { undecided, type Verdict } from "../verdict.ts";

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

/** Whether the name of a principal, by which configuration may exempt it, is yet to be known. */
export function isUnnamed(record: ResourceRecord): boolean {
  return record.inputs?.["name"] === UNKNOWN && identity(record, "name") === undefined;
}

/** Whether the name of whoever holds a document is yet to be known. */
export function isHolderUnnamed(record: ResourceRecord, { holder }: { readonly holder: Holder }): boolean {
  switch (holder.kind) {
    case "anybody":
      return false;
    case "this-role":
      return isUnnamed(record);
    case "group":
    case "permission-set":
    case "role":
    case "user":
      return isUnreadable(readText(holder.reference));
  }
}

/** A violation of a principal whom configuration may exempt by a name that is not known yet is none for certain. */
export function unlessExempt(verdict: Verdict, unnamed: boolean, config: RuleConfig): Verdict {
  return verdict.kind === "violation" && unnamed && textList(config, "exemptPrincipals").length > 0
    ? undecided({ id: "exemption-undecided", finding: verdict.message })
    : verdict;
}
