import type { Place } from "../reader/place.ts";
import { type GrantedDocument, readPolicyDocument } from "./policy-grant.ts";
import type { ResourceRecord } from "./resource-record.ts";

const read = new WeakMap<ResourceRecord, Map<string, GrantedDocument | undefined>>();

/**
 * A policy that stands on a bucket or a key. Read once for all rules, and only where a rule asks: most stacks have
 * buckets and keys that no session is logged to.
 */
export function readResourcePolicy(record: ResourceRecord, place: Place): GrantedDocument | undefined {
  const documents = read.get(record) ?? new Map<string, GrantedDocument | undefined>();
  read.set(record, documents);
  if (!documents.has(place.path)) {
    documents.set(place.path, readPolicyDocument(place, record.name, "resource"));
  }
  return documents.get(place.path);
}
