import assert from "node:assert/strict";
import { evaluate, parsePolicyDocument, type ParsedDocument, type Principal } from "@bastionless/iam";
import { loadIam } from "@bastionless/policies/iam.ts";
import {
  plainHttpAnswer,
  strangerAnswer,
} from "@bastionless/policies/rules/logging/bucket-policy-question.ts";
import { logBucketPrivate } from "@bastionless/policies/rules/log-bucket-private.ts";
import fc from "fast-check";
import { capture } from "./support/capture.ts";

await loadIam();

const BUCKET = "logs";
const ARN = `arn:aws:s3:::${BUCKET}`;

const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Principal: fc.constantFrom<unknown>(
    "*",
    { AWS: "*" },
    { AWS: "111122223333" },
    { AWS: "arn:aws:iam::111122223333:role/writer" },
    { Service: "logging.s3.amazonaws.com" },
  ),
  Action: fc.constantFrom<unknown>("*", "s3:*", "s3:Get*", ["s3:PutObject", "s3:ListBucket"], "s3:getobject"),
  Resource: fc.constantFrom<unknown>("*", ARN, `${ARN}/*`, [ARN, `${ARN}/*`], `${ARN}*`, `${ARN}/secret/*`),
  Condition: fc.constantFrom<unknown>(
    {},
    { Bool: { "aws:SecureTransport": "false" } },
    { BoolIfExists: { "aws:SecureTransport": "false" } },
    { Bool: { "aws:SecureTransport": "true" } },
    { Null: { "aws:SecureTransport": "true" } },
    { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } },
    { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
    { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
    { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/writer" } },
  ),
});

const TLS_ONLY = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function parse(statements: readonly object[]): ParsedDocument {
  const parsed = parsePolicyDocument({ Version: "2012-10-17", Statement: [...statements] });
  assert.ok(parsed.kind === "parsed");
  return parsed.document;
}

/** Half of them begin with the statement that refuses plain requests: few refuse them by chance. */
const documents = fc
  .tuple(fc.boolean(), fc.array(statement, { minLength: 1, maxLength: 4 }))
  .map(([tlsOnly, statements]) => (tlsOnly ? [TLS_ONLY, ...statements] : statements));

const PEOPLE: readonly Principal[] = [
  { kind: "user", id: "arn:aws:iam::111122223333:user/jo" },
  { kind: "user", id: "arn:aws:iam::444455556666:user/stranger" },
  {
    kind: "role-session",
    id: "arn:aws:sts::111122223333:assumed-role/writer/i-0",
    roleArn: "arn:aws:iam::111122223333:role/writer",
  },
  {
    kind: "role-session",
    id: "arn:aws:sts::444455556666:assumed-role/other/i-0",
    roleArn: "arn:aws:iam::444455556666:role/other",
  },
];

/** Requests without TLS, of which a policy can tell many apart. */
const plainRequests = PEOPLE.flatMap((principal) =>
  ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteBucket"].flatMap((action) =>
    [ARN, `${ARN}/a`, `${ARN}/secret/b`].flatMap((resource) =>
      ["192.0.2.7", "198.51.100.7"].map((address) => ({
        action,
        resource,
        principal,
        context: {
          "aws:SecureTransport": "false",
          "aws:SourceIp": address,
          "aws:PrincipalAccount": principal.id.split(":")[4] ?? "",
          "aws:PrincipalArn": principal.roleArn ?? principal.id,
        },
      })),
    ),
  ),
);

describe("whether a bucket's policy refuses plain requests", () => {
  it("is not contradicted by any of many requests", () => {
    let proofs = 0;
    fc.assert(
      fc.property(documents, (statements) => {
        const policy = parse(statements);
        const answer = plainHttpAnswer(policy, BUCKET);
        assert.notEqual(answer.kind, "undecided");
        const denied = (request: (typeof plainRequests)[number]): boolean =>
          evaluate(request, { resource: [policy] }).decision === "explicit-deny";
        if (answer.kind === "none") {
          proofs += 1;
          assert.deepEqual(
            plainRequests.filter((request) => !denied(request)),
            [],
          );
        } else if (answer.kind === "witness") {
          const [check] = answer.checks;
          assert.ok(check !== undefined);
          assert.notEqual(evaluate(check.request, { resource: [policy] }).decision, "explicit-deny");
          assert.equal(check.request.context["aws:SecureTransport"], "false");
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(proofs > 50, `${proofs} policies of 200 refuse plain requests: too few to say anything`);
  });

  it("depends on its Denies alone, and another one never opens it", () => {
    fc.assert(
      fc.property(documents, statement, (statements, more) => {
        const denies = statements.filter(({ Effect: effect }) => effect === "Deny");
        const kind = plainHttpAnswer(parse(statements), BUCKET).kind;
        if (denies.length > 0) {
          assert.equal(plainHttpAnswer(parse(denies), BUCKET).kind, kind);
        }
        if (kind === "none") {
          assert.equal(plainHttpAnswer(parse([...statements, more]), BUCKET).kind, "none");
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("whether a bucket's policy lets strangers in", () => {
  it("is shown by a request of somebody whom it does not name", () => {
    fc.assert(
      fc.property(documents, (statements) => {
        const policy = parse(statements);
        const answer = strangerAnswer(policy, BUCKET);
        assert.notEqual(answer.kind, "undecided");
        if (answer.kind === "witness") {
          const [check] = answer.checks;
          assert.ok(check?.request.principal !== undefined);
          const account = check.request.principal.id.split(":")[4] ?? "";
          assert.ok(!JSON.stringify(statements).includes(account), account);
          assert.equal(evaluate(check.request, { resource: [policy] }).decision, "allowed");
        } else {
          const stranger = plainRequests.filter(
            ({ principal, context }) =>
              principal.id.includes("444455556666:user") && context["aws:SourceIp"] === "198.51.100.7",
          );
          assert.deepEqual(
            stranger.filter((request) => evaluate(request, { resource: [policy] }).decision === "allowed"),
            [],
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a stranger's address", () => {
  const answer = (condition: object): string =>
    strangerAnswer(
      parse([
        {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: `${ARN}/*`,
          Condition: condition,
        },
      ]),
      BUCKET,
    ).kind;

  it("is in every range that is wider than anybody's own", () => {
    for (const range of [
      "0.0.0.0/0",
      "0.0.0.0/1",
      "128.0.0.0/1",
      "52.0.0.0/7",
      "::/0",
      "::/1",
      "2a00::/31",
    ]) {
      assert.equal(answer({ IpAddress: { "aws:SourceIp": range } }), "witness", range);
    }
    assert.equal(answer({ IpAddress: { "AWS:sourceip": ["192.0.2.0/24", "64.0.0.0/2"] } }), "witness");
  });

  it("is in no range that may be somebody's own", () => {
    for (const range of ["10.0.0.0/8", "52.0.0.0/8", "192.0.2.0/24", "52.1.2.3", "2a00::/32", "fd00::/32"]) {
      assert.equal(answer({ IpAddress: { "aws:SourceIp": range } }), "none", range);
    }
  });
});

describe("log-bucket-private", () => {
  it("names the request that is not refused", () => {
    const document = {
      type: "aws:ssm/document:Document",
      name: "shell",
      props: {
        documentType: "Session",
        content: '{"sessionType":"Standard_Stream","inputs":{"s3BucketName":"logs"}}',
      },
    };
    const onlyObjects = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: `${ARN}/*`,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const found = capture(logBucketPrivate, [
      document,
      { type: "aws:s3/bucket:Bucket", name: "bucket", props: { bucket: BUCKET } },
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        name: "policy",
        props: { bucket: BUCKET, policy: JSON.stringify({ Version: "2012-10-17", Statement: onlyObjects }) },
      },
    ]);
    assert.deepEqual(
      found.flatMap(({ on, message }) =>
        message.id === "log-bucket-plain-http" ? [[on, message.witness]] : [],
      ),
      [["policy", { action: "s3:ListBucket", resource: ARN }]],
    );
  });
});
