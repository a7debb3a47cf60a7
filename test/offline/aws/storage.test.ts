import assert from "node:assert/strict";

import { UNKNOWN } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { changes, check, created, configured, refused } from "./support/simulation.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

describe("a simulated bucket", () => {
  for (const bucket of [
    "ab",
    "Logs",
    "logs_",
    "-logs",
    "logs-",
    "a..b",
    "10.0.0.1",
    "xn--logs",
    "logs-s3alias",
    "l".repeat(64),
  ]) {
    it(`refuses the name ${bucket}`, () => {
      assert.deepEqual(refused(BUCKET, { bucket }), ["bucket"]);
    });
  }

  it("makes a name in lower case of a logical name that is not", () => {
    assert.match(
      JSON.stringify(check(BUCKET, {}, "SessionLogs").inputs["bucket"]),
      /^"sessionlogs-[0-9a-f]{7}"$/u,
    );
  });

  it("is addressed as S3 addresses buckets, in China too", () => {
    const provider = configured({ region: "cn-north-1" });
    const { id, outputs } = created(BUCKET, { bucket: "logs-1" }, { provider });
    assert.equal(id, "logs-1");
    assert.equal(outputs["arn"], "arn:aws-cn:s3:::logs-1");
    assert.equal(outputs["bucketDomainName"], "logs-1.s3.amazonaws.com.cn");
    assert.equal(outputs["bucketRegionalDomainName"], "logs-1.s3.cn-north-1.amazonaws.com.cn");
  });

  it("is replaced with its name and its object lock", () => {
    assert.deepEqual(changes(BUCKET, { bucket: "one" }, { bucket: "two" }).replaces, ["bucket"]);
    assert.deepEqual(
      changes(BUCKET, { bucket: "one" }, { bucket: "one", objectLockEnabled: true }).replaces,
      ["objectLockEnabled"],
    );
  });
});

describe("a bucket's simulated settings", () => {
  const bucket = "logs-1";

  it("refuse a key with AES256, and algorithms that S3 does not have", () => {
    const rules = (rule: { readonly sseAlgorithm: string; readonly kmsMasterKeyId?: string }) => ({
      bucket,
      rules: [{ applyServerSideEncryptionByDefault: rule }],
    });
    const path = "rules[0].applyServerSideEncryptionByDefault";
    assert.deepEqual(refused(ENCRYPTION, rules({ sseAlgorithm: "AES256", kmsMasterKeyId: "k" })), [
      `${path}.kmsMasterKeyId`,
    ]);
    assert.deepEqual(refused(ENCRYPTION, rules({ sseAlgorithm: "kms" })), [`${path}.sseAlgorithm`]);
    assert.deepEqual(refused(ENCRYPTION, rules({ sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN })), []);
  });

  it("refuse a lock of days and years, and one of neither", () => {
    const rule = (retention: { readonly days?: number; readonly years?: number }) => ({
      bucket,
      rule: { defaultRetention: { mode: "GOVERNANCE", ...retention } },
    });
    assert.deepEqual(refused(LOCK, rule({ days: 30 })), []);
    assert.deepEqual(refused(LOCK, rule({ days: 30, years: 1 })), ["rule.defaultRetention.days"]);
    assert.deepEqual(refused(LOCK, rule({})), ["rule.defaultRetention"]);
    assert.deepEqual(refused(LOCK, rule({ days: 0 })), ["rule.defaultRetention.days"]);
  });

  it("refuse objects that expire before they move, and infrequent access before 30 days", () => {
    const rule = (move: number, expire: number, storageClass = "GLACIER") => ({
      bucket,
      rules: [
        {
          id: "r",
          status: "Enabled",
          transitions: [{ days: move, storageClass }],
          expiration: { days: expire },
        },
      ],
    });
    assert.deepEqual(refused(LIFECYCLE, rule(90, 365)), []);
    assert.deepEqual(refused(LIFECYCLE, rule(90, 90)), ["rules[0].expiration.days"]);
    assert.deepEqual(refused(LIFECYCLE, rule(29, 365, "STANDARD_IA")), ["rules[0].transitions[0].days"]);
    assert.deepEqual(refused(LIFECYCLE, rule(30, 365, "COLD")), ["rules[0].transitions[0].storageClass"]);
  });
});

describe("a simulated key", () => {
  for (const [inputs, refusedProperties] of [
    [{ deletionWindowInDays: 6 }, ["deletionWindowInDays"]],
    [{ deletionWindowInDays: 7 }, []],
    [{ deletionWindowInDays: 31 }, ["deletionWindowInDays"]],
    [{ enableKeyRotation: true, rotationPeriodInDays: 89 }, ["rotationPeriodInDays"]],
    [{ enableKeyRotation: true, rotationPeriodInDays: 2560 }, []],
    [{ rotationPeriodInDays: 90 }, ["rotationPeriodInDays"]],
    [{ enableKeyRotation: true, customerMasterKeySpec: "RSA_2048" }, ["enableKeyRotation"]],
    [{ policy: "{}" }, ["policy"]],
  ] as const) {
    it(`${refusedProperties.length === 0 ? "takes" : "refuses"} ${JSON.stringify(inputs)}`, () => {
      assert.deepEqual(refused(KEY, inputs), refusedProperties);
    });
  }

  it("has a UUID, and one with mrk- where it is for several regions", () => {
    assert.match(created(KEY, {}).id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/u);
    assert.match(created(KEY, { multiRegion: true }).id, /^mrk-[0-9a-f]{32}$/u);
  });

  it("lets its account decide by IAM where it has no policy of its own", () => {
    assert.ok(JSON.stringify(created(KEY, {}).outputs["policy"]).includes("arn:aws:iam::123456789012:root"));
    assert.equal(created(KEY, {}, { preview: true }).outputs["policy"], UNKNOWN);
  });
});

describe("a simulated alias", () => {
  const targetKeyId = "12345678-1234-4123-8123-123456789012";

  it("starts with alias/, made up or given", () => {
    assert.match(
      JSON.stringify(check(ALIAS, { targetKeyId }, "logs").inputs["name"]),
      /^"alias\/logs-[0-9a-f]{7}"$/u,
    );
    assert.deepEqual(refused(ALIAS, { targetKeyId, name: "logs" }), ["name"]);
    assert.deepEqual(refused(ALIAS, { targetKeyId, name: "alias/aws/logs" }), ["name"]);
    assert.deepEqual(refused(ALIAS, { targetKeyId, name: "alias/logs" }), []);
  });

  it("names its key by ARN", () => {
    const { outputs } = created(ALIAS, { targetKeyId, name: "alias/logs" });
    assert.equal(outputs["targetKeyArn"], `arn:aws:kms:us-east-1:123456789012:key/${targetKeyId}`);
    assert.equal(outputs["arn"], "arn:aws:kms:us-east-1:123456789012:alias/logs");
  });
});

describe("a simulated alarm", () => {
  it("may act on an instance by itself, and on topics", () => {
    const alarm = LEAST["aws:cloudwatch/metricAlarm:MetricAlarm"] ?? {};
    const alarmActions = [
      "arn:aws:automate:us-east-1:ec2:recover",
      "arn:aws:sns:us-east-1:123456789012:alarms",
    ];
    assert.deepEqual(refused("aws:cloudwatch/metricAlarm:MetricAlarm", { ...alarm, alarmActions }), []);
    const short = ["arn:aws:sns:us-east-1:1234:alarms"];
    assert.deepEqual(refused("aws:cloudwatch/metricAlarm:MetricAlarm", { ...alarm, alarmActions: short }), [
      "alarmActions[0]",
    ]);
  });
});

describe("a simulated log group", () => {
  it("keeps events for as long as CloudWatch offers", () => {
    assert.deepEqual(refused(LOG_GROUP, { retentionInDays: 31 }), ["retentionInDays"]);
    assert.deepEqual(refused(LOG_GROUP, { retentionInDays: 3653 }), []);
    assert.equal(check(LOG_GROUP, {}).inputs["retentionInDays"], 0);
  });

  it("refuses names with a space, and a key that is no ARN", () => {
    assert.deepEqual(refused(LOG_GROUP, { name: "a b" }), ["name"]);
    assert.deepEqual(refused(LOG_GROUP, { name: "/a", kmsKeyId: "alias/logs" }), ["kmsKeyId"]);
  });

  it("has an ARN without the stars that policies need", () => {
    assert.equal(
      created(LOG_GROUP, { name: "/sessions" }).outputs["arn"],
      "arn:aws:logs:us-east-1:123456789012:log-group:/sessions",
    );
  });
});
