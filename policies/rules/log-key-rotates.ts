import { type Encryption, keyNamed } from "../estate/encryption-key.ts";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { rotationOf } from "../estate/key-rotation.ts";
import { bucketEncryption, logGroupEncryption } from "../estate/log-encryption.ts";
import type { ResourceRecord } from "../estate/resource-record.ts";
import { isUnreadable } from "../reader/read.ts";
import { matchesAny, textList, wholeNumber } from "./config.ts";
import { distinct, distinctVerdicts } from "./distinct.ts";
import { logStoresOf, outsideStores, trustedDestinations, unseenStores } from "./logging/log-store.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

const QUESTION = "whether the keys of session logs rotate";

/** What KMS takes. Source: KMS API Reference, EnableKeyRotation. */
const SHORTEST_DAYS = 90;
const LONGEST_DAYS = 2560;

/**
 * What encrypts sessions and their logs does not stay the same for ever: KMS makes new key material by itself.
 *
 * Keys that AWS manages rotate; whether they may be there at all is for `session-logs-encrypted` to say.
 */
export const logKeyRotates: Rule = {
  id: "log-key-rotates",
  displayName: "Keys of session logs rotate",
  description: "KMS keys that encrypt sessions or their logs rotate automatically.",
  severity: "medium",
  framework: {
    name: "CIS AWS Foundations Benchmark",
    version: "3.0.0",
    reference: "3.6",
    specification: "Rotation is enabled for customer-created symmetric KMS keys.",
  },
  tags: ["logging", "encryption", "kms"],
  remediation:
    "Set `enableKeyRotation` to true on the key. Imported and asymmetric keys and those of a custom key store cannot rotate: use a symmetric key of KMS's own.",
  configSchema: {
    properties: {
      maximumPeriodDays: {
        type: "integer",
        minimum: SHORTEST_DAYS,
        maximum: LONGEST_DAYS,
        default: LONGEST_DAYS,
        description: "The most days that may pass between two rotations.",
      },
      trustedDestinations: trustedDestinations("to have keys that rotate"),
      trustedKeys: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Ids, ARNs or aliases of keys of other stacks that rotate. `*` stands for anything.",
      },
    },
  },
  decideResource: (facts) =>
    distinctVerdicts([...unseenStores(facts, QUESTION, ["bucket", "log-group"]), ...unseenSessionKey(facts)]),
  decideStack: (estate, config) => {
    const { stores, outside } = logStoresOf(estate, ["bucket", "log-group"]);
    return distinct([
      ...outsideStores(outside, "whether the key rotates", config),
      ...stores.flatMap(({ kind, name, record }) => {
        const encryptions =
          kind === "bucket" ? bucketEncryption(estate, record) : [logGroupEncryption(estate, record)];
        const use = `the ${kind === "bucket" ? "bucket" : "log group"} \`${name}\``;
        return encryptions.flatMap((encryption) => decideKey(estate, record, encryption, use, config));
      }),
      ...[...estate.facts.values()].flatMap((facts) => decideSessionKey(estate, facts, config)),
    ]);
  },
};

function unseenSessionKey({ sessionDocument: document }: ResourceFacts): readonly Verdict[] {
  return document?.kind === "read" && isUnreadable(document.sessionKey)
    ? [undecided({ id: "unreadable-value", what: QUESTION, cause: document.sessionKey })]
    : [];
}

/** The key that encrypts sessions from end to end. */
function decideSessionKey(
  estate: Estate,
  { record, sessionDocument: document }: ResourceFacts,
  config: RuleConfig,
): readonly Finding[] {
  if (document?.kind !== "read" || document.sessionKey.kind !== "known") {
    return [];
  }
  const encryption = keyNamed(estate, record, document.sessionKey.value, "inputs.kmsKeyId");
  return decideKey(estate, record, encryption, `the sessions of \`${record.name}\``, config);
}

function decideKey(
  estate: Estate,
  owner: ResourceRecord,
  encryption: Encryption,
  use: string,
  config: RuleConfig,
): readonly Finding[] {
  const outside = (urn: string, key: string): readonly Finding[] =>
    matchesAny(key, textList(config, "trustedKeys"))
      ? []
      : [{ urn, verdict: undecided({ id: "log-key-rotation-outside", use, key }) }];
  switch (encryption.kind) {
    case "no-customer-key":
      return [];
    case "outside-key":
      return outside(encryption.urn, encryption.key);
    case "unreadable":
      return [
        {
          urn: encryption.urn,
          verdict: undecided({
            id: "unreadable-value",
            what: `whether the key that encrypts ${use} rotates`,
            cause: encryption.cause,
          }),
        },
      ];
    case "customer-key":
      return encryption.keys.length === 0
        ? outside(owner.urn, encryption.key)
        : encryption.keys.flatMap((key) => decideRotation(estate, key, use, config, outside));
  }
}

function decideRotation(
  estate: Estate,
  key: ResourceRecord,
  use: string,
  config: RuleConfig,
  outside: (urn: string, key: string) => readonly Finding[],
): readonly Finding[] {
  const rotation = rotationOf(estate, key);
  const { urn } = rotation;
  const maximum = wholeNumber(config, "maximumPeriodDays", LONGEST_DAYS);
  switch (rotation.kind) {
    case "outside":
      return outside(urn, rotation.key);
    case "unreadable":
      return [
        {
          urn,
          verdict: undecided({
            id: "unreadable-value",
            what: `whether the key that encrypts ${use} rotates`,
            cause: rotation.cause,
          }),
        },
      ];
    case "never":
      return [{ urn, verdict: violation({ id: "log-key-does-not-rotate", use, why: rotation.why }) }];
    case "rotates": {
      const { days } = rotation;
      const inRange = days >= SHORTEST_DAYS && days <= maximum;
      return [
        {
          urn,
          verdict: inRange
            ? satisfied({ id: "log-key-rotates", use, days })
            : violation({ id: "log-key-rotates-late", use, days, minimum: SHORTEST_DAYS, maximum }),
        },
      ];
    }
  }
}
