import assert from "node:assert/strict";
import { logRetentionSet } from "@bastionless/policies/rules/log-retention-set.ts";
import fc from "fast-check";
import { capture } from "./support/capture.ts";

const MINIMUM = 30;

interface LifecycleRule {
  readonly status: string;
  readonly prefix: string;
  readonly days: number;
}

const lifecycleRule: fc.Arbitrary<LifecycleRule> = fc.record({
  status: fc.constantFrom("Enabled", "Enabled", "Disabled"),
  prefix: fc.constantFrom("", "s", "sessions", "sessions/", "sessions/a", "sessions-old/", "other/"),
  days: fc.constantFrom(1, 29, 30, 365),
});

/** Names that logs can have: `sessions/` and the id of a session. */
const LOGS = ["sessions/a.log", "sessions/b.log", "sessions/sessions/c.log"];

/** For each log, by every rule that is about it, the day on which it goes; by reading the rules one by one. */
function expiryOf(log: string, rules: readonly LifecycleRule[]): number {
  const days = rules
    .filter(({ status, prefix }) => status === "Enabled" && log.startsWith(prefix))
    .map((rule) => rule.days);
  return Math.min(Number.POSITIVE_INFINITY, ...days);
}

function found(rules: readonly LifecycleRule[], config: { readonly allowForever?: boolean } = {}) {
  return capture(
    logRetentionSet,
    [
      {
        type: "aws:ssm/document:Document",
        name: "shell",
        props: {
          documentType: "Session",
          content: JSON.stringify({
            sessionType: "Standard_Stream",
            inputs: { s3BucketName: "logs", s3KeyPrefix: "sessions" },
          }),
        },
      },
      { type: "aws:s3/bucket:Bucket", name: "bucket", props: { bucket: "logs" } },
      {
        type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        name: "lifecycle",
        props: {
          bucket: "logs",
          rules: rules.map(({ status, prefix, days }, index) => ({
            id: `rule-${index}`,
            status,
            filter: { prefix },
            expiration: { days },
          })),
        },
      },
    ],
    config,
  );
}

describe("how long a bucket keeps logs", () => {
  it("is what reading the rules for single logs says", () => {
    fc.assert(
      fc.property(fc.array(lifecycleRule, { maxLength: 4 }), fc.boolean(), (rules, allowForever) => {
        const expiries = LOGS.map((log) => expiryOf(log, rules));
        const ids = new Set(
          found(rules, { allowForever })
            .filter(({ kind }) => kind === "violation")
            .map(({ message }) => message.id),
        );
        assert.equal(
          ids.has("log-kept-too-short"),
          expiries.some((days) => days < MINIMUM),
        );
        assert.equal(
          ids.has("log-kept-forever"),
          !allowForever && expiries.includes(Number.POSITIVE_INFINITY),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("does not depend on the order of the rules", () => {
    fc.assert(
      fc.property(fc.array(lifecycleRule, { maxLength: 4 }), (rules) => {
        const kinds = (list: readonly LifecycleRule[]): readonly string[] =>
          found(list)
            .map(({ kind, message }) => `${kind} ${message.id}`)
            .toSorted();
        assert.deepEqual(kinds(rules.toReversed()), kinds(rules));
      }),
      { numRuns: 200 },
    );
  });
});
