import type { Estate } from "../estate/estate.ts";
import { destinationName } from "../estate/log-encryption.ts";
import { bucketRetention, logGroupRetention, type Retention } from "../estate/retention.ts";
import { toggle, wholeNumber } from "./config.ts";
import { distinct } from "./distinct.ts";
import {
  type LogStore,
  logStoresOf,
  outsideStores,
  trustedDestinations,
  unseenStores,
} from "./logging/log-store.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { type Finding, satisfied, undecided, violation } from "./verdict.ts";

const QUESTION = "how long session logs are kept";

/** A month: what is shorter is gone before most intrusions are noticed. */
const DEFAULT_DAYS = 30;

/**
 * What people typed is kept as long as somebody decided: not for ever because nobody said anything, and not so short
 * that it is gone when it is needed.
 */
export const logRetentionSet: Rule = {
  id: "log-retention-set",
  displayName: "Retention of session logs set",
  description: "Log groups and buckets that keep session logs expire them, and not too early.",
  severity: "medium",
  framework: {
    name: "NIST SP 800-53",
    version: "Revision 5",
    reference: "AU-11",
    specification: "Audit records are retained for a defined time period (Security Hub: CloudWatch.16).",
  },
  otherFrameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "S3.13",
      specification: "Buckets have lifecycle configurations.",
    },
  ],
  tags: ["logging"],
  remediation:
    "Set `retentionInDays` on the log group, and `expiration.days` in an enabled lifecycle rule that covers the bucket's logs.",
  configSchema: {
    properties: {
      minimumDays: {
        type: "integer",
        minimum: 1,
        default: DEFAULT_DAYS,
        description: "The fewest days that logs must be kept.",
      },
      allowForever: {
        type: "boolean",
        default: false,
        description: "Whether logs may be kept without an end.",
      },
      trustedDestinations: trustedDestinations("to expire logs in time"),
    },
  },
  decideResource: (facts) => unseenStores(facts, QUESTION, ["bucket", "log-group"]),
  decideStack: (estate, config) => {
    const { stores, outside } = logStoresOf(estate, ["bucket", "log-group"]);
    return distinct([
      ...outsideStores(outside, QUESTION, config),
      ...stores.flatMap((store) =>
        retentionOf(estate, store).map((retention) => decide(store, retention, config)),
      ),
    ]);
  },
};

function retentionOf(estate: Estate, { kind, record, documents }: LogStore): readonly Retention[] {
  return kind === "log-group"
    ? [logGroupRetention(record)]
    : documents.flatMap(({ keyPrefix }) => bucketRetention(estate, record, keyPrefix));
}

function decide({ kind, record }: LogStore, retention: Retention, config: RuleConfig): Finding {
  const { urn } = retention;
  const name = destinationName(record);
  const minimum = wholeNumber(config, "minimumDays", DEFAULT_DAYS);
  switch (retention.kind) {
    case "unreadable":
      return {
        urn,
        verdict: undecided({
          id: "unreadable-value",
          what: `how long the ${kind === "bucket" ? "bucket" : "log group"} \`${name}\` keeps logs`,
          cause: retention.cause,
        }),
      };
    case "forever":
      return {
        urn,
        verdict: toggle(config, "allowForever")
          ? satisfied({ id: "log-kept", kind, name, days: undefined })
          : violation({ id: "log-kept-forever", kind, name, path: retention.path }),
      };
    case "until-date":
    case "days": {
      const days = retention.kind === "days" ? retention.days : undefined;
      return {
        urn,
        verdict:
          days !== undefined && days >= minimum
            ? satisfied({ id: "log-kept", kind, name, days })
            : violation({ id: "log-kept-too-short", kind, name, path: retention.path, days, minimum }),
      };
    }
  }
}
