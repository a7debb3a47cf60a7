import assert from "node:assert/strict";
import { SessionAudit, type SessionAuditArgs, SessionDocument } from "@bastionless/components";
import { ACCOUNT, mapAt, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { text } from "../support/values.ts";

type Args = Partial<SessionAuditArgs>;

function audit(args: Args = {}, region = "eu-west-1"): Promise<MockedProgram<SessionAudit>> {
  return runMocked(() => new SessionAudit("audit", { loggedDocuments: ["shop-dev-shell"], ...args }), {
    region,
  });
}

function names(program: MockedProgram<unknown>, type: string): readonly string[] {
  return program.mocks.resources
    .filter((resource) => resource.type === type)
    .map(({ name }) => name)
    .toSorted();
}

const TRAIL = "aws:cloudtrail/trail:Trail";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const BUCKET = "aws:s3/bucket:Bucket";
const KINDS = ["command", "denied", "end", "resume", "start", "tunnel"];

describe("an audit", () => {
  it("has a trail of all Regions, validated, encrypted, into a bucket and a log group", async () => {
    const program = await audit();
    const trail = program.inputs(TRAIL, "audit-trail");
    const key = await valueOf(program.result.keyArn);
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(trail).filter(
          ([name]) => !["cloudWatchLogsRoleArn", "region", "tagsAll"].includes(name),
        ),
      ),
      {
        name: "shop-dev-audit",
        s3BucketName: `shop-dev-trail-${ACCOUNT}`,
        kmsKeyId: key,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        enableLogging: true,
        isOrganizationTrail: false,
        cloudWatchLogsGroupArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/shop-dev/audit/trail:*`,
        tags: { Project: "shop", Environment: "dev" },
      },
    );
    assert.equal(program.inputs(BUCKET, "audit-trail-bucket")["bucket"], `shop-dev-trail-${ACCOUNT}`);
  });

  it("has a rule for every kind of event, which leads to the log group, and to the topic where it is asked to", async () => {
    const program = await audit({ notifyOn: ["tunnel"] });
    assert.deepEqual(
      names(program, RULE),
      KINDS.map((kind) => `audit-rule-${kind}`),
    );
    assert.deepEqual(
      names(program, TARGET),
      [...KINDS.map((kind) => `audit-rule-${kind}-log`), "audit-rule-tunnel-topic"].toSorted(),
    );
    const log = program.inputs(TARGET, "audit-rule-start-log");
    assert.equal(log["arn"], `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/events/shop-dev-sessions`);
    assert.equal(log["roleArn"], undefined);
    assert.equal(
      program.inputs(TARGET, "audit-rule-tunnel-topic")["arn"],
      `arn:aws:sns:eu-west-1:${ACCOUNT}:shop-dev-session-events`,
    );
  });

  it("has alarms on the trail's log group that tell the topic", async () => {
    const program = await audit({ breakGlassRoleArns: [`arn:aws:iam::${ACCOUNT}:role/break-glass`] });
    const kinds = ["break-glass", "denied", "root", "unlogged"];
    assert.deepEqual(
      names(program, ALARM),
      kinds.map((kind) => `audit-alarm-${kind}`),
    );
    const topic = await valueOf(program.result.topicArn);
    for (const kind of kinds) {
      const filter = program.inputs(FILTER, `audit-filter-${kind}`);
      const alarm = program.inputs(ALARM, `audit-alarm-${kind}`);
      const metric = mapAt(filter, "metricTransformation");
      assert.equal(filter["logGroupName"], "/shop-dev/audit/trail");
      assert.deepEqual([alarm["namespace"], alarm["metricName"]], [metric["namespace"], metric["name"]]);
      assert.deepEqual(alarm["alarmActions"], [topic]);
    }
  });

  it("has a table over its trail in every Region that the account has enabled, and queries that name it", async () => {
    const program = await audit();
    const table = program.inputs("aws:glue/catalogTable:CatalogTable", "audit-table");
    const parameters = mapAt(table, "parameters");
    const location = `s3://shop-dev-trail-${ACCOUNT}/AWSLogs/`;
    assert.equal(mapAt(table, "storageDescriptor")["location"], location);
    assert.equal(
      parameters["storage.location.template"],
      `${location}\${account}/CloudTrail/\${region}/\${day}`,
    );
    assert.equal(parameters["projection.account.values"], ACCOUNT);
    const regions = text(parameters["projection.region.values"]).split(",");
    assert.ok(regions.includes("eu-west-1") && regions.includes("us-east-1") && regions.length > 10);
    const queries = names(program, "aws:athena/namedQuery:NamedQuery");
    assert.deepEqual(
      queries.map((name) => name.replace("audit-query-", "")),
      Object.keys(program.result.queryIds ?? {}).toSorted(),
    );
    for (const name of queries) {
      const query = program.inputs("aws:athena/namedQuery:NamedQuery", name);
      assert.deepEqual([query["database"], query["workgroup"]], ["shop_dev_audit", "shop-dev-audit"]);
      assert.ok(!text(query["query"]).includes("{"), name);
    }
  });

  it("keeps results encrypted in a bucket of their own, whatever a client asks for", async () => {
    const program = await audit({ queryLimitGib: 1 });
    const configuration = mapAt(
      program.inputs("aws:athena/workgroup:Workgroup", "audit-workgroup"),
      "configuration",
    );
    assert.equal(configuration["enforceWorkgroupConfiguration"], true);
    assert.equal(configuration["bytesScannedCutoffPerQuery"], 1024 ** 3);
    assert.deepEqual(configuration["resultConfiguration"], {
      outputLocation: `s3://shop-dev-sql-${ACCOUNT}-eu-west-1/results/`,
      expectedBucketOwner: ACCOUNT,
      encryptionConfiguration: {
        encryptionOption: "SSE_KMS",
        kmsKeyArn: await valueOf(program.result.keyArn),
      },
    });
  });

  it("reads a trail that is there, of an organization, and makes none", async () => {
    const program = await audit({
      trail: {
        bucketName: "org-trail",
        s3KeyPrefix: "main",
        organizationId: "o-a1b2c3d4e5",
        logGroupName: "/org/trail",
      },
      accountIds: [ACCOUNT, "444455556666"],
      regions: ["eu-west-1"],
    });
    assert.deepEqual(names(program, TRAIL), []);
    assert.deepEqual(names(program, BUCKET), ["audit-result-bucket"]);
    const table = program.inputs("aws:glue/catalogTable:CatalogTable", "audit-table");
    assert.equal(
      mapAt(table, "parameters")["storage.location.template"],
      "s3://org-trail/main/AWSLogs/o-a1b2c3d4e5/${account}/CloudTrail/${region}/${day}",
    );
    assert.equal(program.inputs(FILTER, "audit-filter-root")["logGroupName"], "/org/trail");
    const key = program.document("aws:kms/key:Key", "audit-key");
    assert.ok(!JSON.stringify(key).includes("cloudtrail"));
    assert.equal(program.result.trailArn, undefined);
  });

  it("leaves out what is not asked for", async () => {
    const program = await audit({ history: false, alarms: false, trailLogGroup: false });
    const types = new Set(program.mocks.resources.map(({ type }) => type));
    for (const type of [
      ALARM,
      FILTER,
      "aws:athena/workgroup:Workgroup",
      "aws:glue/catalogTable:CatalogTable",
      "aws:cloudwatch/dashboard:Dashboard",
      "aws:iam/role:Role",
      "aws:sns/topicSubscription:TopicSubscription",
    ]) {
      assert.ok(!types.has(type), type);
    }
    assert.equal(program.result.workgroupName, undefined);
    assert.equal(program.result.trailLogGroupName, undefined);
  });

  it("locks the trail, and not the results", async () => {
    const program = await audit({ objectLockDays: 400, objectLockMode: "COMPLIANCE" });
    const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
    assert.deepEqual(names(program, lock), ["audit-trail-bucket-object-lock"]);
    assert.equal(program.inputs(BUCKET, "audit-trail-bucket")["objectLockEnabled"], true);
    assert.equal(program.inputs(BUCKET, "audit-result-bucket")["objectLockEnabled"], false);
  });

  it("takes the names of documents that are made beside it", async () => {
    const program = await runMocked(() => {
      const shell = new SessionDocument("shell", { shell: { logging: { s3BucketName: "logs" } } });
      return new SessionAudit("audit", {
        loggedDocuments: [shell.documentName],
        tunnelDocuments: [shell.documentName.apply((name) => `${name}-db`)],
      });
    });
    const pattern = text(program.inputs(FILTER, "audit-filter-unlogged")["pattern"]);
    assert.ok(pattern.includes('!= "shop-dev-shell"') && pattern.includes('!= "shop-dev-shell-db"'), pattern);
    const rule = text(program.inputs(RULE, "audit-rule-tunnel")["eventPattern"]);
    assert.ok(rule.includes('{"suffix":"shop-dev-shell-db"}'), rule);
  });

  it("has a dashboard of what it counts and of the latest events", async () => {
    const program = await audit({ dashboard: true });
    const dashboard = program.inputs("aws:cloudwatch/dashboard:Dashboard", "audit-dashboard");
    const body = text(dashboard["dashboardBody"]);
    for (const part of [
      "UnloggedSessions",
      "alarm:shop-dev-sessions-root",
      "/aws/events/shop-dev-sessions",
    ]) {
      assert.ok(body.includes(part), part);
    }
    const plain = await audit({ dashboard: true, alarms: false });
    const widgets = text(
      plain.inputs("aws:cloudwatch/dashboard:Dashboard", "audit-dashboard")["dashboardBody"],
    );
    assert.ok(!widgets.includes('"alarm"') && widgets.includes('"log"'));
  });

  for (const [region, partition] of [
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ] as const) {
    it(`names nothing of another partition in ${partition}`, async () => {
      const program = await audit({ dashboard: true, emails: ["a@b.c"] }, region);
      const inputs = JSON.stringify(program.mocks.resources.map((resource) => resource.inputs));
      assert.ok(!inputs.includes("arn:aws:"));
      assert.ok(inputs.includes(`arn:${partition}:cloudtrail:${region}:${ACCOUNT}:trail/shop-dev-audit`));
    });
  }

  it("tags everything that takes tags", async () => {
    const program = await audit({ tags: { Owner: "security" }, dashboard: true });
    const tagged = [TRAIL, RULE, ALARM, BUCKET, "aws:sns/topic:Topic", "aws:athena/workgroup:Workgroup"];
    for (const type of [...tagged, "aws:glue/catalogDatabase:CatalogDatabase", "aws:iam/role:Role"]) {
      for (const name of names(program, type)) {
        assert.deepEqual(
          program.inputs(type, name)["tags"],
          { Project: "shop", Environment: "dev", Owner: "security" },
          `${type} ${name}`,
        );
      }
    }
  });

  it("lets a transform change one child of several", async () => {
    const program = await audit({
      transform: {
        alarm: (args, _opts, name) => {
          if (name === "audit-alarm-root") {
            args.evaluationPeriods = 2;
          }
        },
        trail: { isOrganizationTrail: true },
      },
    });
    assert.equal(program.inputs(ALARM, "audit-alarm-root")["evaluationPeriods"], 2);
    assert.equal(program.inputs(ALARM, "audit-alarm-denied")["evaluationPeriods"], 1);
    assert.equal(program.inputs(TRAIL, "audit-trail")["isOrganizationTrail"], true);
  });

  it("refuses bad arguments before it registers anything", async () => {
    await assert.rejects(() => audit({ emails: ["nobody"] }), /emails\[0\]/u);
  });
});
