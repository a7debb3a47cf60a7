import assert from "node:assert/strict";
import type { Request, RequestContext } from "@bastionless/iam";
import { bucketPolicy } from "../../../components/logging/bucket-policy.ts";
import { decisionOf, parsed } from "../support/policies.ts";

const IDENTITY = {
  accountId: "111122223333",
  region: "eu-west-1",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
};
const POLICY = parsed(bucketPolicy(IDENTITY, "logs"), "resource");
const ALLOW_ALL = parsed([{ Sid: "All", Effect: "Allow", Action: "s3:*", Resource: "*" }]);
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** What becomes of a request that the caller's own policies allow. */
function decision(
  action: string,
  context: RequestContext,
  resource = "arn:aws:s3:::logs/session.log",
): string {
  const request: Request = {
    action,
    resource,
    principal: {
      kind: "role-session",
      id: "arn:aws:sts::111122223333:assumed-role/app/i-1",
      roleArn: "arn:aws:iam::111122223333:role/app",
    },
    context: { "aws:SecureTransport": true, "s3:TlsVersion": 1.3, ...context },
  };
  return decisionOf(request, { identity: [ALLOW_ALL], resource: [POLICY] });
}

const HEADER = "s3:x-amz-server-side-encryption";
const KEY_HEADER = "s3:x-amz-server-side-encryption-aws-kms-key-id";

describe("the policy of the log bucket", () => {
  it("lets the bucket's own encryption apply: an upload that names none", () => {
    assert.equal(decision("s3:PutObject", {}), "allowed");
  });

  const refused: readonly [what: string, context: RequestContext][] = [
    ["another algorithm", { [HEADER]: "AES256" }],
    ["dual-layer encryption", { [HEADER]: "aws:kms:dsse" }],
    ["KMS without a key, which means the AWS managed one", { [HEADER]: "aws:kms" }],
    ["another key", { [HEADER]: "aws:kms", [KEY_HEADER]: KEY }],
    ["a key alone", { [KEY_HEADER]: KEY }],
    ["a key of the customer's", { "s3:x-amz-server-side-encryption-customer-algorithm": "AES256" }],
  ];
  for (const [what, context] of refused) {
    it(`refuses an upload with ${what}`, () => {
      assert.equal(decision("s3:PutObject", context), "explicit-deny");
    });
  }

  it("refuses everything without TLS, and TLS before 1.2", () => {
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]) {
      assert.equal(decision(action, { "aws:SecureTransport": false }), "explicit-deny");
      assert.equal(decision(action, { "s3:TlsVersion": 1.1 }), "explicit-deny");
      assert.equal(decision(action, { "s3:TlsVersion": 1.2 }), "allowed");
    }
    assert.equal(
      decision("s3:ListBucket", { "aws:SecureTransport": false }, "arn:aws:s3:::logs"),
      "explicit-deny",
    );
  });

  it("grants nothing", () => {
    assert.ok(POLICY.statements.every(({ effect }) => effect === "Deny"));
  });

  it("names the bucket in its own partition", () => {
    const resources = bucketPolicy({ ...IDENTITY, partition: "aws-cn" }, "logs").flatMap(
      ({ Resource }) => Resource ?? [],
    );
    assert.deepEqual([...new Set(resources)], ["arn:aws-cn:s3:::logs", "arn:aws-cn:s3:::logs/*"]);
  });
});
