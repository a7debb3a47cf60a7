import assert from "node:assert/strict";
import type { PolicyStatement } from "../../../components/core/policy-document.ts";
import { agentBuckets, packageBuckets } from "../../../components/network/agent-buckets.ts";
import { s3EndpointStatements } from "../../../components/network/s3-endpoint-policy.ts";

const LOGGING: PolicyStatement = {
  Sid: "WriteSessionLogs",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::shop-dev-logs-111122223333-eu-west-1/*",
};

/** The buckets that statements let anyone read objects of. */
function readable(statements: readonly PolicyStatement[]): string[] {
  return statements
    .filter(({ Action }) => Action === "s3:GetObject")
    .flatMap(({ Resource }) => Resource ?? [])
    .map((arn) => arn.replace(/^arn:[a-z-]+:s3:::(.*)\/\*$/, "$1"));
}

describe("the S3 endpoint's policy", () => {
  it("lets the agent's buckets and Amazon Linux's packages be read, and nothing else, by default", () => {
    const statements = s3EndpointStatements({
      partition: "aws",
      region: "eu-west-1",
      loggingStatements: [],
      readableBuckets: [],
    });
    assert.deepEqual(readable(statements), [
      "aws-windows-downloads-eu-west-1",
      "amazon-ssm-eu-west-1",
      "amazon-ssm-packages-eu-west-1",
      "eu-west-1-birdwatcher-prod",
      "aws-ssm-distributor-file-eu-west-1",
      "aws-ssm-document-attachments-eu-west-1",
      "aws-ssm-eu-west-1",
      "aws-patchmanager-macos-eu-west-1",
      "patch-baseline-snapshot-eu-west-1",
      "aws-patch-manager-eu-west-1-5522fb710",
      "al2023-repos-eu-west-1-de612dc2",
    ]);
    assert.deepEqual(
      statements.map(({ Action }) => Action),
      ["s3:GetObject", "s3:GetObject"],
    );
  });

  it("adds what logging needs, as logging states it", () => {
    const statements = s3EndpointStatements({
      partition: "aws",
      region: "eu-west-1",
      loggingStatements: [LOGGING],
      readableBuckets: [],
    });
    assert.equal(statements.length, 3);
    assert.equal(statements[2], LOGGING);
  });

  it("adds listing and reading of buckets that were named, and not writing", () => {
    const statements = s3EndpointStatements({
      partition: "aws",
      region: "eu-west-1",
      loggingStatements: [],
      readableBuckets: ["shop-artifacts"],
    });
    assert.deepEqual(statements.slice(2), [
      {
        Sid: "ReadNamedBuckets",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: ["arn:aws:s3:::shop-artifacts/*"],
      },
      {
        Sid: "ListNamedBuckets",
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:ListBucket", "s3:GetBucketLocation"],
        Resource: ["arn:aws:s3:::shop-artifacts"],
      },
    ]);
  });

  for (const [partition, region] of [
    ["aws-cn", "cn-north-1"],
    ["aws-us-gov", "us-gov-west-1"],
  ] as const) {
    it(`is written for the partition ${partition}`, () => {
      const resources = s3EndpointStatements({
        partition,
        region,
        loggingStatements: [],
        readableBuckets: ["shop-artifacts"],
      }).flatMap(({ Resource }) => Resource ?? []);
      assert.ok(resources.every((arn) => arn.startsWith(`arn:${partition}:s3:::`)));
      assert.ok(resources.includes(`arn:${partition}:s3:::amazon-ssm-${region}/*`));
    });
  }

  it("names buckets without a wildcard, which would match somebody else's", () => {
    for (const region of ["us-east-1", "me-south-1", "cn-north-1", "us-gov-east-1"]) {
      for (const bucket of [...agentBuckets(region), ...packageBuckets(region)]) {
        assert.match(bucket, /^[a-z0-9-]+$/);
        assert.ok(bucket.includes(region), bucket);
      }
    }
  });

  it("names the suffixed bucket of patch baseline snapshots only where AWS has one", () => {
    assert.ok(agentBuckets("me-south-1").includes("patch-baseline-snapshot-me-south-1-uduvl7q8"));
    assert.ok(!agentBuckets("me-south-1").includes("patch-baseline-snapshot-me-south-1"));
    assert.ok(agentBuckets("us-east-1").includes("patch-baseline-snapshot-us-east-1"));
  });

  it("names no Patch Manager bucket where AWS publishes none", () => {
    assert.ok(!agentBuckets("cn-north-1").some((bucket) => bucket.startsWith("aws-patch-manager-")));
  });
});
