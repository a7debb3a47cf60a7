import assert from "node:assert/strict";
import {
  decide,
  decideRefused,
  equals,
  parsePolicyDocument,
  type ParsedDocument,
  type PolicySet,
  type Principal,
  type Question,
} from "@bastionless/iam";

const ROLE: Principal = {
  kind: "role-session",
  id: "arn:aws:sts::111122223333:assumed-role/machine/i-0123456789abcdef0",
  roleArn: "arn:aws:iam::111122223333:role/machine",
};

function document(statement: object): ParsedDocument {
  const parsed = parsePolicyDocument({ Version: "2012-10-17", Statement: statement });
  assert.equal(parsed.kind, "parsed");
  return parsed.kind === "parsed" ? parsed.document : assert.fail();
}

function upload(keys: Question["scenarios"][number]["keys"] = []): Question {
  return {
    name: "write a log",
    scenarios: [
      {
        name: "a log",
        checks: [
          { name: "object", actions: ["s3:PutObject"], resources: ["arn:{partition}:s3:::logs/{name}"] },
        ],
        keys,
        credentials: ["role"],
      },
    ],
    principal: ROLE,
  };
}

function both(question: Question, policies: PolicySet): readonly string[] {
  return [decide(question, policies).kind, decideRefused(question, policies).kind];
}

const ALLOW = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" };
const ONE_ENDPOINT = { StringEquals: { "aws:SourceVpce": "vpce-1" } };

describe("what is refused", () => {
  it("is nothing where every request is allowed", () => {
    assert.deepEqual(both(upload(), { identity: [document(ALLOW)] }), ["witness", "none"]);
  });

  it("is everything where none is", () => {
    const other = document({ ...ALLOW, Resource: "arn:aws:s3:::other/*" });
    assert.deepEqual(both(upload(), { identity: [other] }), ["none", "witness"]);
  });

  it("is told apart by a condition, which the witness shows", () => {
    const narrow = { identity: [document({ ...ALLOW, Condition: ONE_ENDPOINT })] };
    assert.deepEqual(both(upload(), narrow), ["witness", "witness"]);
    assert.deepEqual(both(upload([equals("aws:SourceVpce", "vpce-1")]), narrow), ["witness", "none"]);
    const answer = decideRefused(upload(), narrow);
    assert.ok(answer.kind === "witness");
    assert.equal(answer.checks[0]?.evaluation.decision, "implicit-deny");
    assert.deepEqual(answer.checks[0]?.allowedBy, []);
  });

  it("is what a Deny covers, wherever it stands", () => {
    const policies: PolicySet = {
      identity: [document(ALLOW)],
      resource: [
        document({
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
        }),
      ],
    };
    assert.deepEqual(both(upload(), policies), ["witness", "witness"]);
    assert.deepEqual(both(upload([equals("aws:SourceVpce", "vpce-1")]), policies), ["witness", "none"]);
  });

  it("is not certain while a document is not known", () => {
    const unknown = { kind: "unknown", name: "later", reason: "it is not known" } as const;
    assert.equal(decideRefused(upload(), { identity: [document(ALLOW), unknown] }).kind, "undecided");
    assert.equal(
      decideRefused(upload(), { identity: [document(ALLOW), { ...unknown, mayDeny: false }] }).kind,
      "none",
    );
    assert.equal(
      decideRefused(upload(), { identity: [document({ ...ALLOW, Action: "s3:GetObject" }), unknown] }).kind,
      "undecided",
    );
  });
});

describe("a question about one principal", () => {
  const policyOf = (principal: object): PolicySet => ({
    resource: [document({ ...ALLOW, Principal: principal })],
  });

  it("is not answered by another that a policy names", () => {
    assert.deepEqual(both(upload(), policyOf({ AWS: "arn:aws:iam::111122223333:role/other" })), [
      "none",
      "witness",
    ]);
    assert.deepEqual(both(upload(), policyOf({ AWS: "arn:aws:iam::111122223333:role/machine" })), [
      "witness",
      "none",
    ]);
  });

  it("may be about a service", () => {
    const question: Question = { ...upload(), principal: { kind: "service", id: "logs.amazonaws.com" } };
    assert.deepEqual(both(question, policyOf({ Service: "logs.amazonaws.com" })), ["witness", "none"]);
    assert.deepEqual(both(question, policyOf({ Service: "s3.amazonaws.com" })), ["none", "witness"]);
  });
});
