import assert from "node:assert/strict";

import { secret, UNKNOWN } from "../../../offline/protocol/wire.ts";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { changes, configured, created, refused } from "./support/simulation.ts";

const TRAIL = "aws:cloudtrail/trail:Trail";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const WORKGROUP = "aws:athena/workgroup:Workgroup";
const QUERY = "aws:athena/namedQuery:NamedQuery";
const DATABASE = "aws:glue/catalogDatabase:CatalogDatabase";
const TABLE = "aws:glue/catalogTable:CatalogTable";

const of = (type: string, inputs: WireMap): readonly string[] => refused(type, { ...LEAST[type], ...inputs });

describe("a simulated trail", () => {
  for (const name of ["ab", "a".repeat(129), "-audit", "audit-", "my__trail", "my trail", "10.0.0.1"]) {
    it(`refuses the name ${name}`, () => {
      assert.deepEqual(of(TRAIL, { name }), ["name"]);
    });
  }

  it("takes a log group by its ARN with `:*`, together with a role, or neither", () => {
    const group = "arn:aws:logs:us-east-1:123456789012:log-group:trail";
    const role = "arn:aws:iam::123456789012:role/trail";
    assert.deepEqual(of(TRAIL, { cloudWatchLogsGroupArn: `${group}:*`, cloudWatchLogsRoleArn: role }), []);
    assert.deepEqual(of(TRAIL, { cloudWatchLogsGroupArn: group, cloudWatchLogsRoleArn: role }), [
      "cloudWatchLogsGroupArn",
    ]);
    assert.deepEqual(of(TRAIL, { cloudWatchLogsGroupArn: `${group}:*` }), ["cloudWatchLogsGroupArn"]);
    assert.deepEqual(of(TRAIL, { cloudWatchLogsRoleArn: role }), ["cloudWatchLogsRoleArn"]);
  });

  it("includes global services where it is of all Regions", () => {
    assert.deepEqual(of(TRAIL, { isMultiRegionTrail: true, includeGlobalServiceEvents: false }), [
      "includeGlobalServiceEvents",
    ]);
  });

  it("is replaced with its name alone, and has its Region's ARN", () => {
    const one = { name: "one", s3BucketName: "trail" };
    assert.deepEqual(changes(TRAIL, one, { ...one, name: "two" }).replaces, ["name"]);
    assert.deepEqual(changes(TRAIL, one, { ...one, s3BucketName: "other" }).replaces, []);
    const { outputs } = created(TRAIL, one, { provider: configured({ region: "cn-north-1" }) });
    assert.equal(outputs["arn"], "arn:aws-cn:cloudtrail:cn-north-1:123456789012:trail/one");
    assert.equal(outputs["homeRegion"], "cn-north-1");
  });
});

describe("a simulated rule of EventBridge", () => {
  const patterns: readonly [what: string, pattern: unknown][] = [
    ["that is empty", {}],
    ["with a plain value", { source: "aws.ssm" }],
    ["with an empty list", { source: [] }],
    ["with an empty object", { detail: {} }],
    ["with an unknown comparison", { source: [{ contains: "ssm" }] }],
    ["with two comparisons in one", { source: [{ prefix: "a", suffix: "b" }] }],
    ["with a list in a list", { source: [["aws.ssm"]] }],
    ["with a choice of one", { $or: [{ source: ["aws.ssm"] }] }],
    ["with a fault within a choice", { $or: [{ source: ["aws.ssm"] }, { source: "x" }] }],
  ];
  for (const [what, pattern] of patterns) {
    it(`refuses a pattern ${what}`, () => {
      assert.deepEqual(of(RULE, { eventPattern: JSON.stringify(pattern) }), ["eventPattern"]);
    });
  }

  it("refuses what is no JSON, and a rule without a pattern or a schedule", () => {
    assert.deepEqual(of(RULE, { eventPattern: "{" }), ["eventPattern"]);
    assert.equal(refused(RULE, {}).length, 1);
    assert.deepEqual(refused(RULE, { eventPattern: UNKNOWN }), []);
    assert.deepEqual(refused(RULE, { scheduleExpression: "every day" }), ["scheduleExpression"]);
  });

  it("compares patterns as JSON", () => {
    assert.deepEqual(
      changes(RULE, { eventPattern: '{"source":["aws.ssm"]}' }, { eventPattern: '{ "source": ["aws.ssm"] }' })
        .diffs,
      [],
    );
  });

  it("refuses names of more than 64 characters, and a state beside `isEnabled`", () => {
    assert.deepEqual(of(RULE, { name: "a".repeat(65) }), ["name"]);
    assert.deepEqual(of(RULE, { isEnabled: true, state: "ENABLED" }), ["isEnabled"]);
  });

  it("refuses a target with two inputs, and paths that are none", () => {
    assert.deepEqual(of(TARGET, { input: "{}", inputPath: "$.detail" }), ["input"]);
    assert.deepEqual(
      of(TARGET, { inputTransformer: { inputPaths: { who: "detail" }, inputTemplate: '"<who>"' } }),
      ['inputTransformer.inputPaths["who"]'],
    );
    assert.deepEqual(of(TARGET, { arn: "topic" }), ["arn"]);
  });
});

describe("a simulated dashboard", () => {
  const widget = { type: "metric", x: 0, y: 0, width: 24, height: 6, properties: {} };
  for (const [what, body] of [
    ["without widgets", {}],
    ["with a widget of an unknown type", { widgets: [{ ...widget, type: "chart" }] }],
    ["with a widget beyond the columns", { widgets: [{ ...widget, x: 1 }] }],
    ["with a widget without properties", { widgets: [{ type: "text" }] }],
    ["with 501 widgets", { widgets: Array.from({ length: 501 }, () => widget) }],
  ] as const) {
    it(`refuses a body ${what}`, () => {
      assert.deepEqual(of(DASHBOARD, { dashboardBody: JSON.stringify(body) }), ["dashboardBody"]);
    });
  }

  it("takes one within them", () => {
    assert.deepEqual(of(DASHBOARD, { dashboardBody: JSON.stringify({ widgets: [widget] }) }), []);
    assert.deepEqual(of(DASHBOARD, { dashboardName: "a b" }), ["dashboardName"]);
  });
});

describe("a simulated topic", () => {
  it("refuses names that SNS does, and a FIFO topic by another name", () => {
    assert.deepEqual(of(TOPIC, { name: "a b" }), ["name"]);
    assert.deepEqual(of(TOPIC, { name: "a".repeat(257) }), ["name"]);
    assert.deepEqual(of(TOPIC, { name: "events", fifoTopic: true }), ["name"]);
    assert.deepEqual(of(TOPIC, { name: "events.fifo" }), ["name"]);
    assert.deepEqual(of(TOPIC, { name: "events.fifo", fifoTopic: true }), []);
  });

  it("is known by its ARN", () => {
    assert.equal(created(TOPIC, { name: "events" }).id, "arn:aws:sns:us-east-1:123456789012:events");
  });

  for (const [protocol, endpoint] of [
    ["email", "nobody"],
    ["https", "http://example.org"],
    ["sms", "0123"],
    ["sqs", "queue"],
    ["pigeon", "x"],
  ] as const) {
    it(`refuses a subscription of ${protocol} to ${endpoint}`, () => {
      assert.equal(of(SUBSCRIPTION, { protocol, endpoint }).length, 1);
    });
  }

  it("waits for whoever is subscribed by e-mail", () => {
    assert.equal(created(SUBSCRIPTION, LEAST[SUBSCRIPTION] ?? {}).outputs["pendingConfirmation"], true);
  });

  it("says nothing of an address that is secret", () => {
    assert.deepEqual(of(SUBSCRIPTION, { endpoint: secret("a@b.c") }), []);
  });
});

describe("a simulated workgroup", () => {
  const results = (encryption: WireMap): WireMap => ({
    configuration: { resultConfiguration: { encryptionConfiguration: encryption } },
  });
  const path = "configuration.resultConfiguration.encryptionConfiguration";

  it("needs a key for KMS, and takes none for S3's own encryption", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-4123-8123-123456789012";
    assert.deepEqual(of(WORKGROUP, results({ encryptionOption: "SSE_KMS", kmsKeyArn })), []);
    assert.deepEqual(of(WORKGROUP, results({ encryptionOption: "SSE_KMS", kmsKeyArn: UNKNOWN })), []);
    assert.deepEqual(of(WORKGROUP, results({ encryptionOption: "SSE_KMS" })), [`${path}.kmsKeyArn`]);
    assert.deepEqual(of(WORKGROUP, results({ encryptionOption: "SSE_S3", kmsKeyArn })), [
      `${path}.kmsKeyArn`,
    ]);
    assert.deepEqual(of(WORKGROUP, results({ encryptionOption: "none", kmsKeyArn })), [
      `${path}.encryptionOption`,
    ]);
  });

  it("stops queries at ten megabytes or more", () => {
    assert.deepEqual(of(WORKGROUP, { configuration: { bytesScannedCutoffPerQuery: 10_485_760 } }), []);
    assert.deepEqual(of(WORKGROUP, { configuration: { bytesScannedCutoffPerQuery: 10_485_759 } }), [
      "configuration.bytesScannedCutoffPerQuery",
    ]);
  });

  it("has queries that are replaced with whatever changes in them", () => {
    const query = { database: "audit", name: "q", query: "SELECT 1" };
    assert.deepEqual(changes(QUERY, query, { ...query, query: "SELECT 2" }).replaces, ["query"]);
    assert.deepEqual(of(QUERY, { query: "" }), ["query"]);
  });
});

describe("a simulated table of Glue's", () => {
  const projected = {
    partitionKeys: [{ name: "day", type: "string" }],
    parameters: {
      "projection.enabled": "true",
      "projection.day.type": "date",
      "projection.day.range": "NOW-1DAYS,NOW",
      "projection.day.format": "yyyy/MM/dd",
      "storage.location.template": "s3://trail/${day}",
    },
  };
  const without = (name: string): WireMap => ({
    ...projected,
    parameters: Object.fromEntries(Object.entries(projected.parameters).filter(([key]) => key !== name)),
  });

  it("refuses names with capitals", () => {
    assert.deepEqual(of(DATABASE, { name: "Audit" }), ["name"]);
    assert.deepEqual(of(TABLE, { name: "Trail" }), ["name"]);
  });

  it("has a projection for every partition, or none at all", () => {
    assert.deepEqual(of(TABLE, projected), []);
    for (const name of ["projection.day.type", "projection.day.range", "projection.day.format"]) {
      assert.deepEqual(of(TABLE, without(name)), ["parameters"], name);
    }
    assert.deepEqual(of(TABLE, without("projection.enabled")), []);
    const elsewhere = { ...projected.parameters, "storage.location.template": "s3://trail/" };
    assert.deepEqual(of(TABLE, { ...projected, parameters: elsewhere }), ["parameters"]);
  });

  it("lies in S3", () => {
    assert.deepEqual(of(TABLE, { storageDescriptor: { location: "/trail" } }), [
      "storageDescriptor.location",
    ]);
  });
});
