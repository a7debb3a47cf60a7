import assert from "node:assert/strict";
import type { Principal, RequestContext } from "@bastionless/iam";
import { keyPolicy, type KeyUses } from "../../../components/logging/key-policy.ts";
import type { KnownIdentity } from "../../../components/core/identity.ts";
import { decisionOf, parsed } from "../support/policies.ts";

const IDENTITY: KnownIdentity = {
  accountId: "111122223333",
  region: "eu-west-1",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
};
const USES: KeyUses = { bucketName: "logs", logGroupName: "/shop-dev/sessions", sessions: true };
const ALLOW_ALL = parsed([{ Sid: "All", Effect: "Allow", Action: "kms:*", Resource: "*" }]);
const POLICY = parsed(keyPolicy(IDENTITY, USES), "resource");
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const LOGS: Principal = { kind: "service", id: "logs.eu-west-1.amazonaws.com" };

const ROLE: Principal = {
  kind: "role-session",
  id: "arn:aws:sts::111122223333:assumed-role/app/i-1",
  roleArn: "arn:aws:iam::111122223333:role/app",
};
const SESSION = { "kms:EncryptionContext:aws:ssm:SessionId": "jane-0123" };
const IN_S3 = {
  "kms:ViaService": "s3.eu-west-1.amazonaws.com",
  "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::logs",
};

/** What becomes of a call by a principal whose own policies allow everything of KMS. */
function decision(action: string, context: RequestContext, principal: Principal = ROLE): string {
  const request = { action, resource: KEY, principal, context };
  return principal.kind === "service"
    ? decisionOf(request, { resource: [POLICY] })
    : decisionOf(request, { identity: [ALLOW_ALL], resource: [POLICY], combine: "both" });
}

describe("the policy of the session key", () => {
  it("lets sessions be encrypted and decrypted, and nothing else be, by principals of the account", () => {
    assert.equal(decision("kms:GenerateDataKey", SESSION), "allowed");
    assert.equal(decision("kms:Decrypt", SESSION), "allowed");
    assert.equal(decision("kms:GenerateDataKey", {}), "implicit-deny");
    assert.equal(decision("kms:Decrypt", {}), "implicit-deny");
    assert.equal(decision("kms:Encrypt", SESSION), "implicit-deny");
    assert.equal(decision("kms:CreateGrant", SESSION), "implicit-deny");
  });

  it("lets S3 use it for the log bucket, with a bucket key or without", () => {
    assert.equal(decision("kms:GenerateDataKey", IN_S3), "allowed");
    const object = { ...IN_S3, "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::logs/a.log" };
    assert.equal(decision("kms:Decrypt", object), "allowed");
  });

  it("lets S3 use it for no other bucket, and nobody use it directly", () => {
    const other = { ...IN_S3, "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::logs-of-others" };
    assert.equal(decision("kms:Decrypt", other), "implicit-deny");
    const { "kms:ViaService": _, ...direct } = IN_S3;
    assert.equal(decision("kms:Decrypt", direct), "implicit-deny");
  });

  it("lets CloudWatch Logs use it for the one log group", () => {
    const group = (name: string): RequestContext => ({
      "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:111122223333:log-group:${name}`,
    });
    for (const action of ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptTo", "kms:GenerateDataKey"]) {
      assert.equal(decision(action, group("/shop-dev/sessions"), LOGS), "allowed");
      assert.equal(decision(action, group("/shop-prod/sessions"), LOGS), "implicit-deny");
      assert.equal(decision(action, {}, LOGS), "implicit-deny");
    }
  });

  it("lets administrators manage the key and not use it", () => {
    for (const action of [
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:EnableKeyRotation",
      "kms:DescribeKey",
    ]) {
      assert.equal(decision(action, {}), "allowed", action);
    }
  });

  it("lets other accounts do nothing", () => {
    const other: Principal = {
      ...ROLE,
      id: ROLE.id.replace("111122223333", "444455556666"),
      roleArn: "arn:aws:iam::444455556666:role/app",
    };
    assert.equal(decision("kms:Decrypt", SESSION, other), "implicit-deny");
    assert.equal(decision("kms:PutKeyPolicy", {}, other), "implicit-deny");
  });

  it("has no statement for what is not there", () => {
    const sids = (uses: KeyUses): string[] => keyPolicy(IDENTITY, uses).map(({ Sid }) => Sid);
    assert.deepEqual(sids(USES), ["Administration", "SessionEncryption", "LogBucket", "LogGroup"]);
    assert.deepEqual(sids({ bucketName: undefined, logGroupName: undefined, sessions: false }), [
      "Administration",
    ]);
  });

  it("has the names of its partition, and S3's both in China", () => {
    const china = { ...IDENTITY, partition: "aws-cn", region: "cn-north-1", dnsSuffix: "amazonaws.com.cn" };
    const text = JSON.stringify(keyPolicy(china, USES));
    assert.ok(!text.includes("arn:aws:"));
    assert.deepEqual(keyPolicy(china, USES)[3]?.Principal, { Service: "logs.cn-north-1.amazonaws.com.cn" });
    assert.deepEqual(keyPolicy(china, USES)[2]?.Condition?.["StringEquals"], {
      "kms:ViaService": ["s3.cn-north-1.amazonaws.com", "s3.cn-north-1.amazonaws.com.cn"],
    });
  });
});
