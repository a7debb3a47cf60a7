import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Estate } from "../../estate/estate.ts";
import type { ResourceFacts } from "../../estate/facts.ts";
import { destinationsNamed } from "../../estate/log-encryption.ts";
import type { ResourceRecord } from "../../estate/resource-record.ts";
import type { LogDestination } from "../../estate/session-document.ts";
import { isUnreadable, type Read } from "../../reader/read.ts";
import { matchesAny, textList } from "../config.ts";
import { distinctVerdicts } from "../distinct.ts";
import type { RuleConfig } from "../rule.ts";
import { readUnmodelled } from "../unmodelled-verdict.ts";
import { type Finding, undecided, type Verdict } from "../verdict.ts";

/** A bucket or log group of the stack that sessions are logged to. */
export interface LogStore {
  readonly kind: LogDestination["kind"];
  /** As the documents call it. */
  readonly name: string;
  readonly record: ResourceRecord;
  /** The session documents that name it. */
  readonly documents: readonly LoggingDocument[];
}

export interface LoggingDocument {
  readonly record: ResourceRecord;
  /** For a bucket: the folder of the logs. */
  readonly keyPrefix: Read<string>;
}

/** Configuration of rules about buckets and log groups. */
export function trustedDestinations(known: string): PolicyConfigSchema["properties"][string] {
  return {
    type: "array",
    items: { type: "string" },
    default: [],
    description: `Names of buckets and log groups of other stacks that are known ${known}. \`*\` stands for anything.`,
  };
}

/** What a rule about log stores cannot see of a document, told before the document is created. */
export function unseenStores(
  facts: ResourceFacts,
  question: string,
  kinds: readonly LogDestination["kind"][],
): readonly Verdict[] {
  const document = facts.sessionDocument;
  const causes =
    document?.kind === "read"
      ? document.destinations.flatMap(({ kind, name }) =>
          kinds.includes(kind) && isUnreadable(name) ? [name] : [],
        )
      : document === undefined
        ? []
        : [document.cause];
  return distinctVerdicts([
    ...causes.map((cause) => undecided({ id: "unreadable-value", what: question, cause })),
    ...readUnmodelled(facts, "session-logs"),
  ]);
}

/** Where the documents of the stack send their logs, each store once. */
export function logStoresOf(
  estate: Estate,
  kinds: readonly LogDestination["kind"][],
): { readonly stores: readonly LogStore[]; readonly outside: readonly OutsideStore[] } {
  const stores = new Map<string, LogStore & { readonly documents: LoggingDocument[] }>();
  const outside: OutsideStore[] = [];
  for (const { record: document, sessionDocument } of estate.facts.values()) {
    if (sessionDocument?.kind !== "read") {
      continue;
    }
    for (const { kind, name } of sessionDocument.destinations) {
      if (name.kind !== "known" || !kinds.includes(kind)) {
        continue;
      }
      const records = destinationsNamed(estate, document, kind, name.value);
      if (records.length === 0) {
        outside.push({ kind, name: name.value, document });
      }
      for (const record of records) {
        const store = stores.get(record.urn) ?? { kind, name: name.value, record, documents: [] };
        store.documents.push({ record: document, keyPrefix: sessionDocument.keyPrefix });
        stores.set(record.urn, store);
      }
    }
  }
  return { stores: [...stores.values()], outside };
}

/** A destination that no resource of the stack is. */
export interface OutsideStore {
  readonly kind: LogDestination["kind"];
  readonly name: string;
  readonly document: ResourceRecord;
}

/** Undecided, for every destination of another stack that configuration does not vouch for. */
export function outsideStores(
  outside: readonly OutsideStore[],
  question: string,
  config: RuleConfig,
): readonly Finding[] {
  const trusted = textList(config, "trustedDestinations");
  return outside
    .filter(({ name }) => !matchesAny(name, trusted))
    .map(({ kind, name, document }) => ({
      urn: document.urn,
      verdict: undecided({ id: "log-store-outside", kind, name, question }),
    }));
}
