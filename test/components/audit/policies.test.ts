import assert from "node:assert/strict";
import type { Principal, RequestContext } from "@bastionless/iam";
import { resultBucketPolicy, trailBucketPolicy } from "../../../components/audit/bucket-policies.ts";
import {
  type AuditFacts,
  auditorKeyStatements,
  auditorStatements,
} from "../../../components/audit/grants.ts";
import { auditKeyPolicy, type AuditKeyUses } from "../../../components/audit/key-policy.ts";
import { logGroupStatements } from "../../../components/audit/notifications.ts";
import type { KnownIdentity } from "../../../components/core/identity.ts";
import type { PolicyStatement } from "../../../components/core/policy-document.ts";
import { decisionOf, parsed } from "../support/policies.ts";

const IDENTITY: KnownIdentity = {
  accountId: "111122223333",
  region: "eu-west-1",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
};
const CHINA: KnownIdentity = {
  ...IDENTITY,
  region: "cn-north-1",
  partition: "aws-cn",
  dnsSuffix: "amazonaws.com.cn",
};
const USES: AuditKeyUses = {
  namePrefix: "shop-dev",
  ownTrail: true,
  bucketNames: ["shop-dev-trail-111122223333", "shop-dev-sql-111122223333-eu-west-1"],
  logGroupNames: ["/aws/events/shop-dev-sessions", "/shop-dev/audit/trail"],
};
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:shop-dev-session-events";
const TRAIL = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/shop-dev-audit";
const BUCKET = "arn:aws:s3:::shop-dev-trail-111122223333";

const service = (id: string): Principal => ({ kind: "service", id });
const PERSON: Principal = {
  kind: "role-session",
  id: "arn:aws:sts::111122223333:assumed-role/auditor/jane",
  roleArn: "arn:aws:iam::111122223333:role/auditor",
};
const STRANGER: Principal = {
  kind: "role-session",
  id: "arn:aws:sts::444455556666:assumed-role/auditor/jane",
  roleArn: "arn:aws:iam::444455556666:role/auditor",
};
const EVERYTHING = parsed([{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }]);

/** What becomes of a call on a resource that has a policy, by somebody whose own policies allow everything. */
function decision(
  policy: readonly PolicyStatement[],
  call: { action: string; resource: string; principal: Principal; context?: RequestContext },
  combine: "both" | "either" = "either",
): string {
  const request = { ...call, context: call.context ?? {} };
  const resource = [parsed(policy, "resource")];
  return call.principal.kind === "service"
    ? decisionOf(request, { resource })
    : decisionOf(request, { identity: [EVERYTHING], resource, ...(combine === "both" && { combine }) });
}

describe("the policy of an audit's key", () => {
  const policy = auditKeyPolicy(IDENTITY, USES);
  const use = (principal: Principal, context: RequestContext, action = "kms:GenerateDataKey"): string =>
    decision(policy, { action, resource: KEY, principal, context }, "both");
  const toTopic = { "kms:EncryptionContext:aws:sns:topicArn": TOPIC };

  it("lets EventBridge use it for the topic, whatever it says of its source, and for nothing else", () => {
    assert.equal(use(service("events.amazonaws.com"), toTopic), "allowed");
    assert.equal(use(service("events.amazonaws.com"), toTopic, "kms:Decrypt"), "allowed");
    assert.equal(use(service("events.amazonaws.com"), {}), "implicit-deny");
    assert.equal(
      use(service("events.amazonaws.com"), { "kms:EncryptionContext:aws:sns:topicArn": `${TOPIC}-2` }),
      "implicit-deny",
    );
  });

  it("lets alarms of the account use it for the topic", () => {
    const alarms = service("cloudwatch.amazonaws.com");
    assert.equal(use(alarms, { ...toTopic, "aws:SourceAccount": "111122223333" }), "allowed");
    assert.equal(use(alarms, { ...toTopic, "aws:SourceAccount": "444455556666" }), "implicit-deny");
    assert.equal(use(alarms, toTopic), "implicit-deny");
  });

  it("lets CloudTrail use it for the one trail", () => {
    const trail = service("cloudtrail.amazonaws.com");
    for (const action of ["kms:GenerateDataKey", "kms:Decrypt", "kms:DescribeKey"]) {
      assert.equal(use(trail, { "aws:SourceArn": TRAIL }, action), "allowed", action);
      assert.equal(use(trail, { "aws:SourceArn": `${TRAIL}-2` }, action), "implicit-deny", action);
      assert.equal(use(trail, {}, action), "implicit-deny", action);
    }
    const existing = auditKeyPolicy(IDENTITY, { ...USES, ownTrail: false });
    assert.ok(!existing.some(({ Sid }) => Sid.startsWith("Trail")));
  });

  it("lets CloudWatch Logs use it for the two log groups", () => {
    const logs = service("logs.eu-west-1.amazonaws.com");
    const group = (name: string): RequestContext => ({
      "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:111122223333:log-group:${name}`,
    });
    for (const name of USES.logGroupNames) {
      assert.equal(use(logs, group(name), "kms:Encrypt"), "allowed", name);
    }
    assert.equal(use(logs, group("/shop-prod/audit/trail"), "kms:Encrypt"), "implicit-deny");
  });

  it("lets people of the account use it through S3 for the two buckets, and not directly", () => {
    const through = (bucket: string): RequestContext => ({
      "kms:ViaService": "s3.eu-west-1.amazonaws.com",
      "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${bucket}`,
    });
    for (const bucket of USES.bucketNames) {
      assert.equal(use(PERSON, through(bucket), "kms:Decrypt"), "allowed", bucket);
      assert.equal(use(STRANGER, through(bucket), "kms:Decrypt"), "implicit-deny", bucket);
    }
    assert.equal(use(PERSON, through("another"), "kms:Decrypt"), "implicit-deny");
    assert.equal(use(PERSON, {}, "kms:Decrypt"), "implicit-deny");
    assert.equal(use(PERSON, {}, "kms:PutKeyPolicy"), "allowed");
  });

  it("names its partition, and S3 both ways in China", () => {
    const text = JSON.stringify(auditKeyPolicy(CHINA, USES));
    assert.ok(!text.includes("arn:aws:"));
    assert.ok(text.includes("logs.cn-north-1.amazonaws.com.cn"));
    assert.ok(text.includes('"s3.cn-north-1.amazonaws.com","s3.cn-north-1.amazonaws.com.cn"'));
  });
});

describe("the policy of a trail's bucket", () => {
  const policy = trailBucketPolicy(IDENTITY, "shop-dev-trail-111122223333", "shop-dev");
  const cloudTrail = service("cloudtrail.amazonaws.com");
  const tls = { "aws:SecureTransport": true, "s3:TlsVersion": 1.3 };
  const delivery = {
    ...tls,
    "aws:SourceArn": TRAIL,
    "s3:x-amz-acl": "bucket-owner-full-control",
    "aws:PrincipalIsAWSService": true,
    "s3:x-amz-server-side-encryption": "aws:kms",
    "s3:x-amz-server-side-encryption-aws-kms-key-id": KEY,
  };
  const write = (principal: Principal, context: RequestContext, path = "AWSLogs/111122223333/x.gz"): string =>
    decision(policy, { action: "s3:PutObject", resource: `${BUCKET}/${path}`, principal, context });

  it("lets the one trail write, where its files go", () => {
    assert.equal(write(cloudTrail, delivery), "allowed");
    assert.equal(write(cloudTrail, delivery, "AWSLogs/111122223333/CloudTrail-Digest/x.gz"), "allowed");
    assert.equal(write(cloudTrail, delivery, "AWSLogs/444455556666/x.gz"), "implicit-deny");
    assert.equal(write(cloudTrail, { ...delivery, "aws:SourceArn": `${TRAIL}-2` }), "implicit-deny");
    const { "s3:x-amz-acl": _, ...withoutAcl } = delivery;
    assert.equal(write(cloudTrail, withoutAcl), "implicit-deny");
    assert.equal(
      decision(policy, {
        action: "s3:GetBucketAcl",
        resource: BUCKET,
        principal: cloudTrail,
        context: { ...tls, "aws:SourceArn": TRAIL },
      }),
      "allowed",
    );
  });

  it("lets nobody else write, whatever their own policies say", () => {
    assert.equal(write(PERSON, { ...tls, "aws:PrincipalIsAWSService": false }), "explicit-deny");
  });

  it("lets nobody come without TLS 1.2, and so the results", () => {
    const results = resultBucketPolicy(IDENTITY, "shop-dev-trail-111122223333");
    for (const each of [policy, results]) {
      const read = (context: RequestContext): string =>
        decision(each, { action: "s3:GetObject", resource: `${BUCKET}/x`, principal: PERSON, context });
      assert.equal(read(tls), "allowed");
      assert.equal(read({ ...tls, "aws:SecureTransport": false }), "explicit-deny");
      assert.equal(read({ ...tls, "s3:TlsVersion": 1.1 }), "explicit-deny");
    }
  });
});

describe("the policy of the events' log group", () => {
  const policy = logGroupStatements(IDENTITY, "shop-dev");
  const group = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/shop-dev-sessions";
  const events = service("events.amazonaws.com");
  const rule = (name: string): RequestContext => ({
    "aws:SourceArn": `arn:aws:events:eu-west-1:111122223333:rule/${name}`,
  });
  const put = (resource: string, context: RequestContext): string =>
    decision(policy, { action: "logs:PutLogEvents", resource, principal: events, context });

  it("lets the audit's rules write to the one group", () => {
    const stream = `${group}:log-stream:x`;
    assert.equal(
      decision(policy, { action: "logs:CreateLogStream", resource: stream, principal: events }),
      "allowed",
    );
    assert.equal(put(stream, rule("shop-dev-session-start")), "allowed");
    assert.equal(put(stream, rule("shop-prod-session-start")), "implicit-deny");
    assert.equal(
      put(stream.replace("shop-dev", "shop-prod"), rule("shop-dev-session-start")),
      "implicit-deny",
    );
  });
});

describe("what auditors may", () => {
  const facts: AuditFacts = {
    identity: IDENTITY,
    namePrefix: "shop-dev",
    trailBucketName: "shop-dev-trail-111122223333",
    keyPrefix: undefined,
    history: true,
    logGroupNames: ["/aws/events/shop-dev-sessions"],
  };
  const own = parsed(auditorStatements(facts));
  const may = (action: string, resource: string): string =>
    decisionOf({ action, resource, principal: PERSON, context: {} }, { identity: [own] });

  it("is to run queries and read what they read", () => {
    const results = "arn:aws:s3:::shop-dev-sql-111122223333-eu-west-1/results/x.csv";
    for (const [action, resource] of [
      ["athena:StartQueryExecution", "arn:aws:athena:eu-west-1:111122223333:workgroup/shop-dev-audit"],
      ["glue:GetTable", "arn:aws:glue:eu-west-1:111122223333:table/shop_dev_audit/cloudtrail"],
      ["s3:GetObject", `${BUCKET}/AWSLogs/111122223333/CloudTrail/x.gz`],
      ["s3:PutObject", results],
      ["s3:GetObject", results],
      ["logs:FilterLogEvents", "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/shop-dev-sessions"],
    ] as const) {
      assert.equal(may(action, resource), "allowed", action);
    }
  });

  it("is to change nothing, and to use no other workgroup", () => {
    for (const [action, resource] of [
      ["athena:StartQueryExecution", "arn:aws:athena:eu-west-1:111122223333:workgroup/primary"],
      ["athena:UpdateWorkGroup", "arn:aws:athena:eu-west-1:111122223333:workgroup/shop-dev-audit"],
      ["glue:UpdateTable", "arn:aws:glue:eu-west-1:111122223333:table/shop_dev_audit/cloudtrail"],
      ["s3:PutObject", `${BUCKET}/AWSLogs/111122223333/CloudTrail/x.gz`],
      ["s3:DeleteObject", `${BUCKET}/AWSLogs/111122223333/CloudTrail/x.gz`],
      ["cloudtrail:StopLogging", TRAIL],
    ] as const) {
      assert.equal(may(action, resource), "implicit-deny", action);
    }
  });

  it("is to decrypt the trail and results, through S3", () => {
    const keys = parsed(auditorKeyStatements(facts, KEY, KEY));
    const decrypt = (action: string, bucket: string): string =>
      decisionOf(
        {
          action,
          resource: KEY,
          principal: PERSON,
          context: {
            "kms:ViaService": "s3.eu-west-1.amazonaws.com",
            "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${bucket}`,
          },
        },
        { identity: [keys] },
      );
    assert.equal(decrypt("kms:Decrypt", "shop-dev-trail-111122223333"), "allowed");
    assert.equal(decrypt("kms:GenerateDataKey", "shop-dev-sql-111122223333-eu-west-1"), "allowed");
    assert.equal(decrypt("kms:GenerateDataKey", "shop-dev-trail-111122223333"), "implicit-deny");
    assert.equal(decrypt("kms:Decrypt", "another"), "implicit-deny");
    assert.deepEqual(auditorKeyStatements({ ...facts, history: false }, KEY, KEY), []);
    assert.equal(auditorKeyStatements(facts, KEY, undefined).length, 1);
  });
});
