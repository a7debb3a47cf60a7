import assert from "node:assert/strict";
import { UNKNOWN, type WireMap } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { refused } from "./support/simulation.ts";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:topic";
const ROOT = { AWS: "arn:aws:iam::123456789012:root" };

function policy(statement: WireMap): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Resource: "*", ...statement }],
  });
}

const of = (type: string, inputs: WireMap): readonly string[] => refused(type, { ...LEAST[type], ...inputs });

describe("the policy of a simulated topic", () => {
  const put = (statement: WireMap): readonly string[] =>
    of("aws:sns/topicPolicy:TopicPolicy", { policy: policy(statement) });

  it("is about this topic, or about everything", () => {
    assert.deepEqual(put({ Action: "sns:Publish", Resource: TOPIC }), []);
    assert.deepEqual(put({ Action: ["SNS:Publish", "sns:Subscribe"], Resource: "*" }), []);
    assert.deepEqual(put({ Action: "sns:Publish", Resource: `${TOPIC}-2` }), ["policy"]);
    assert.deepEqual(put({ Action: "sns:Publish", Resource: [TOPIC, "arn:aws:s3:::logs"] }), ["policy"]);
  });

  it("names calls of SNS", () => {
    assert.deepEqual(put({ Action: "*" }), []);
    assert.deepEqual(put({ Action: ["sns:Publish", "kms:Decrypt"] }), ["policy"]);
  });

  it("is decided when the topic is known", () => {
    assert.deepEqual(
      of("aws:sns/topicPolicy:TopicPolicy", {
        arn: UNKNOWN,
        policy: policy({ Action: "sns:Publish", Resource: `${TOPIC}-2` }),
      }),
      [],
    );
  });
});

describe("the policy of a simulated bucket", () => {
  const put = (statement: WireMap): readonly string[] =>
    of("aws:s3/bucketPolicy:BucketPolicy", { bucket: "logs-bucket", policy: policy(statement) });

  it("is about this bucket and its objects", () => {
    for (const resource of ["arn:aws:s3:::logs-bucket", "arn:aws-cn:s3:::logs-bucket/a/*", "*"]) {
      assert.deepEqual(put({ Action: "s3:*", Resource: resource }), [], resource);
    }
    for (const resource of ["arn:aws:s3:::logs-bucket-2/*", "arn:aws:s3:::log*", "logs-bucket/*", TOPIC]) {
      assert.deepEqual(put({ Action: "s3:*", Resource: resource }), ["policy"], resource);
    }
  });

  it("names calls of S3", () => {
    assert.deepEqual(put({ Action: "s3:PutObject" }), []);
    assert.deepEqual(put({ Action: "kms:Decrypt" }), ["policy"]);
    assert.deepEqual(put({ NotAction: "sns:Publish" }), ["policy"]);
  });
});

describe("the policy of a simulated key", () => {
  const key = (statement: WireMap, inputs: WireMap = {}): readonly string[] =>
    of("aws:kms/key:Key", { policy: policy(statement), ...inputs });

  it("lets somebody of an account change it", () => {
    for (const action of [
      "kms:*",
      "*",
      "kms:Put*",
      ["kms:Decrypt", "KMS:putkeypolicy"],
      "kms:???KeyPolicy",
    ]) {
      assert.deepEqual(key({ Action: action, Principal: ROOT }), [], JSON.stringify(action));
    }
    assert.deepEqual(key({ NotAction: "kms:Decrypt", Principal: ROOT }), []);
    assert.deepEqual(key({ NotAction: "kms:Put*", Principal: ROOT }), ["policy"]);
  });

  it("is refused where nobody could change it any more", () => {
    assert.deepEqual(key({ Action: "kms:Decrypt", Principal: ROOT }), ["policy"]);
    assert.deepEqual(key({ Action: "kms:Put", Principal: ROOT }), ["policy"]);
    assert.deepEqual(key({ Action: "kms:*", Principal: { Service: "logs.amazonaws.com" } }), ["policy"]);
    assert.deepEqual(key({ Action: "kms:*", Principal: ROOT, Effect: "Deny" }), ["policy"]);
  });

  it("is not held to that where the check is bypassed", () => {
    const bypass = { bypassPolicyLockoutSafetyCheck: true };
    assert.deepEqual(key({ Action: "kms:Decrypt", Principal: ROOT }, bypass), []);
  });

  it("is held to it by itself, too", () => {
    assert.deepEqual(
      of("aws:kms/keyPolicy:KeyPolicy", { policy: policy({ Action: "kms:Decrypt", Principal: ROOT }) }),
      ["policy"],
    );
  });
});
