import type { Encryption } from "../estate/encryption-key.ts";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { bucketEncryption, destinationsNamed, logGroupEncryption } from "../estate/log-encryption.ts";
import type { ResourceRecord } from "../estate/resource-record.ts";
import type { LogDestination } from "../estate/session-document.ts";
import { isUnreadable } from "../reader/read.ts";
import { matchesAny, textList } from "./config.ts";
import { distinct } from "./distinct.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { insistOnEncryption } from "./logging/session-logs-remedy.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

const QUESTION = "whether session logs are encrypted";

/**
 * What people type and see in sessions is kept encrypted with a key of the account's own.
 *
 * The document must insist on encryption, so that a session to an unencrypted destination does not start; and the
 * bucket or log group it names must be encrypted with a customer managed key. Keys that AWS manages are refused: nobody
 * can limit or revoke who reads with them.
 */
export const sessionLogsEncrypted: Rule = {
  id: "session-logs-encrypted",
  displayName: "Session logs encrypted",
  description: "Session documents insist on encrypted logs, kept under a customer managed KMS key.",
  severity: "high",
  tags: ["logging", "encryption"],
  remediation:
    "Set `s3EncryptionEnabled` and `cloudWatchEncryptionEnabled` to true in the document, `aws:kms` with a customer managed key on the bucket, and `kmsKeyId` on the log group.",
  configSchema: {
    properties: {
      trustedDestinations: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of buckets and log groups of other stacks that are known to be encrypted. `*` stands for anything.",
      },
      trustedKeys: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Ids or ARNs of customer managed keys of other stacks. `*` stands for anything.",
      },
    },
  },
  decideResource: (facts) => [...decideDocument(facts), ...readUnmodelled(facts, "session-logs")],
  decideStack: (estate, config) =>
    distinct([...estate.facts.values()].flatMap((facts) => decideJoined(estate, facts, config))),
  remediate: insistOnEncryption,
};

/** What the document alone says. */
function decideDocument({ sessionDocument: document }: ResourceFacts): readonly Verdict[] {
  if (document === undefined) {
    return [];
  }
  if (document.kind === "unreadable") {
    return [undecided({ id: "unreadable-value", what: QUESTION, cause: document.cause })];
  }
  return document.destinations.map(decideInsists);
}

function decideInsists(destination: LogDestination): Verdict {
  const { kind, name, insists, insistsPath } = destination;
  if (isUnreadable(name)) {
    return undecided({ id: "unreadable-value", what: QUESTION, cause: name });
  }
  if (insists.kind === "known" && insists.value) {
    return satisfied({ id: "log-encryption-required", path: insistsPath });
  }
  return insists.kind === "unknown"
    ? undecided({ id: "unreadable-value", what: QUESTION, cause: insists })
    : violation({
        id: "log-encryption-not-required",
        kind,
        name: name.kind === "known" ? name.value : "",
        path: insistsPath,
        found: insists.kind === "malformed" ? insists.found : undefined,
      });
}

/** What the bucket or log group behind the document says. */
function decideJoined(estate: Estate, facts: ResourceFacts, config: RuleConfig): readonly Finding[] {
  const { record, sessionDocument: document } = facts;
  if (document?.kind !== "read") {
    return [];
  }
  return document.destinations.flatMap(({ kind, name }) =>
    name.kind === "known" ? decideDestination(estate, record, kind, name.value, config) : [],
  );
}

function decideDestination(
  estate: Estate,
  document: ResourceRecord,
  kind: LogDestination["kind"],
  name: string,
  config: RuleConfig,
): readonly Finding[] {
  const records = destinationsNamed(estate, document, kind, name);
  if (records.length === 0) {
    return matchesAny(name, textList(config, "trustedDestinations"))
      ? []
      : [{ urn: document.urn, verdict: undecided({ id: "log-destination-outside", kind, name }) }];
  }
  return records
    .flatMap((record) =>
      kind === "bucket" ? bucketEncryption(estate, record) : [logGroupEncryption(estate, record)],
    )
    .map((encryption) => decideEncryption(document, kind, name, encryption, config));
}

function decideEncryption(
  document: ResourceRecord,
  kind: LogDestination["kind"],
  name: string,
  encryption: Encryption,
  config: RuleConfig,
): Finding {
  switch (encryption.kind) {
    case "customer-key":
      return {
        urn: document.urn,
        verdict: satisfied({ id: "log-encrypted", kind, name, key: encryption.key }),
      };
    case "no-customer-key":
      return {
        urn: encryption.urn,
        verdict: violation({
          id: "log-not-encrypted",
          kind,
          name,
          document: document.name,
          instead: encryption.instead,
          path: encryption.path,
        }),
      };
    case "outside-key":
      return matchesAny(encryption.key, textList(config, "trustedKeys"))
        ? { urn: document.urn, verdict: satisfied({ id: "log-encrypted", kind, name, key: encryption.key }) }
        : {
            urn: encryption.urn,
            verdict: undecided({
              id: "log-key-outside",
              kind,
              name,
              key: encryption.key,
              path: encryption.path,
            }),
          };
    case "unreadable":
      return {
        urn: encryption.urn,
        verdict: undecided({
          id: "unreadable-value",
          what: `whether the ${kind === "bucket" ? "bucket" : "log group"} \`${name}\` is encrypted with a customer managed key`,
          cause: encryption.cause,
        }),
      };
  }
}
