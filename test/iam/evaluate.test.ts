import assert from "node:assert/strict";
import {
  type ConditionBlock,
  evaluate,
  parsePolicyDocument,
  type PolicySet,
  type Principal,
  type RequestContext,
  type Statement,
} from "@bastionless/iam";
import { allow, deny, document } from "./support/documents.ts";

const INSTANCE = "arn:aws:ec2:us-east-1:111122223333:instance/i-1";

function decision(policies: PolicySet, context: RequestContext = {}, principal?: Principal): string {
  const who = principal === undefined ? {} : { principal };
  return evaluate({ action: "ssm:StartSession", resource: INSTANCE, context, ...who }, policies).decision;
}

function holds(condition: ConditionBlock, context: RequestContext): boolean {
  return decision({ identity: [document(allow(condition))] }, context) === "allowed";
}

describe("conditions", () => {
  const cases: readonly (readonly [
    name: string,
    condition: ConditionBlock,
    context: RequestContext,
    holds: boolean,
  ])[] = [
    [
      "take one of several values",
      { StringEquals: { "aws:username": ["a", "b"] } },
      { "aws:username": "b" },
      true,
    ],
    [
      "take none of several values when negated",
      { StringNotEquals: { "aws:username": ["a", "b"] } },
      { "aws:username": "b" },
      false,
    ],
    ["take key names in any case", { StringEquals: { "AWS:UserName": "a" } }, { "aws:username": "a" }, true],
    ["take values by their case", { StringEquals: { "aws:username": "A" } }, { "aws:username": "a" }, false],
    [
      "ask every operator and every key",
      { StringEquals: { "aws:username": "a" }, Bool: { "aws:ViaAWSService": "true" } },
      { "aws:username": "a" },
      false,
    ],
    ["are false on an absent key", { StringEquals: { "aws:username": "a" } }, {}, false],
    ["are true on an absent key when negated", { StringNotEquals: { "aws:username": "a" } }, {}, true],
    ["are true on an absent key with IfExists", { StringEqualsIfExists: { "aws:username": "a" } }, {}, true],
    ["know an absent key by Null true", { Null: { "aws:username": "true" } }, {}, true],
    ["know a present key by Null false", { Null: { "aws:username": false } }, { "aws:username": "" }, true],
    [
      "are true on an absent key with ForAllValues",
      { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } },
      {},
      true,
    ],
    [
      "are true on an empty key with ForAllValues",
      { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } },
      { "aws:TagKeys": [] },
      true,
    ],
    [
      "are false on an absent key with ForAnyValue",
      { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } },
      {},
      false,
    ],
    [
      "are false on an absent key with a negated ForAnyValue",
      { "ForAnyValue:StringNotEquals": { "aws:TagKeys": "a" } },
      {},
      false,
    ],
    [
      "ask all values with ForAllValues",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
      { "aws:TagKeys": ["a", "c"] },
      false,
    ],
    [
      "ask any value with ForAnyValue",
      { "ForAnyValue:StringEquals": { "aws:TagKeys": ["a", "b"] } },
      { "aws:TagKeys": ["a", "c"] },
      true,
    ],
    [
      "take a star literally under StringEquals",
      { StringEquals: { "aws:username": "a*" } },
      { "aws:username": "ab" },
      false,
    ],
    [
      "cross colons under StringLike",
      { StringLike: { "aws:userid": "A*z" } },
      { "aws:userid": "AROA:xyz" },
      true,
    ],
    [
      "keep to segments under ArnLike",
      { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/a" } },
      { "aws:PrincipalArn": "arn:aws:iam::1:2:user/a" },
      false,
    ],
    [
      "treat ArnEquals as ArnLike",
      { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } },
      { "aws:PrincipalArn": "arn:aws:iam::1:role/a/b" },
      true,
    ],
    [
      "compare dates in either form",
      { DateLessThan: { "aws:CurrentTime": "1900000000" } },
      { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
      true,
    ],
    [
      "compare epoch seconds as dates",
      { DateGreaterThan: { "aws:EpochTime": "2030-01-01" } },
      { "aws:EpochTime": 1900000000 },
      true,
    ],
    [
      "take an address alone as one address",
      { IpAddress: { "aws:SourceIp": "10.0.0.1" } },
      { "aws:SourceIp": "10.0.0.2" },
      false,
    ],
    [
      "take ranges of version 6",
      { IpAddress: { "aws:SourceIp": "2001:db8::/32" } },
      { "aws:SourceIp": "2001:db8:1::7" },
      true,
    ],
    [
      "are true outside every range with NotIpAddress",
      { NotIpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
      { "aws:SourceIp": "9.9.9.9" },
      false,
    ],
    [
      "read numbers as numbers",
      { NumericEquals: { "aws:MultiFactorAuthAge": "300.0" } },
      { "aws:MultiFactorAuthAge": 300 },
      true,
    ],
    [
      "are false on what is no number",
      { NumericLessThan: { "aws:MultiFactorAuthAge": 10 } },
      { "aws:MultiFactorAuthAge": "x" },
      false,
    ],
  ];
  for (const [name, condition, context, expected] of cases) {
    it(name, () => assert.equal(holds(condition, context), expected));
  }
});

describe("policy variables", () => {
  const own = (value: string): ConditionBlock => ({ StringLike: { "aws:PrincipalTag/x": value } });
  const cases: readonly (readonly [
    name: string,
    condition: ConditionBlock,
    context: RequestContext,
    holds: boolean,
  ])[] = [
    [
      "stand for the request's value",
      own("${aws:username}-*"),
      { "aws:username": "al", "aws:PrincipalTag/x": "al-1" },
      true,
    ],
    [
      "stand for it literally, wildcards included",
      own("${aws:username}"),
      { "aws:username": "*", "aws:PrincipalTag/x": "y" },
      false,
    ],
    ["have defaults", own("${aws:username, 'nobody'}"), { "aws:PrincipalTag/x": "nobody" }, true],
    ["fail a positive operator without a value", own("${aws:username}"), { "aws:PrincipalTag/x": "" }, false],
    [
      "meet a negated operator without a value",
      { StringNotLike: { "aws:PrincipalTag/x": "${aws:username}" } },
      { "aws:PrincipalTag/x": "y" },
      true,
    ],
    ["escape a star", own("a${*}"), { "aws:PrincipalTag/x": "ab" }, false],
    ["escape a dollar", own("${$}{x}"), { "aws:PrincipalTag/x": "${x}" }, true],
    [
      "are text where they are not closed",
      own("${aws:username"),
      { "aws:PrincipalTag/x": "${aws:username" },
      true,
    ],
  ];
  for (const [name, condition, context, expected] of cases) {
    it(name, () => assert.equal(holds(condition, context), expected));
  }

  it("are literal text in version 2008-10-17", () => {
    const read = parsePolicyDocument({
      Statement: allow({ StringEquals: { "aws:PrincipalTag/x": "${aws:username}" } }),
    });
    assert.equal(read.kind, "parsed");
    const identity = read.kind === "parsed" ? [read.document] : [];
    assert.equal(decision({ identity }, { "aws:username": "a", "aws:PrincipalTag/x": "a" }), "implicit-deny");
    assert.equal(
      decision({ identity }, { "aws:username": "a", "aws:PrincipalTag/x": "${aws:username}" }),
      "allowed",
    );
  });

  it("make a resource match nothing without a value", () => {
    const identity = [document(allow(undefined, { Resource: "arn:aws:ec2:*:*:instance/${aws:username}*" }))];
    assert.equal(decision({ identity }), "implicit-deny");
    assert.equal(decision({ identity }, { "aws:username": "i-" }), "allowed");
  });
});

describe("layers", () => {
  const yes = [document(allow())];
  const no = [document(allow(undefined, { Action: "s3:*" }))];
  it("must all allow", () => {
    assert.equal(decision({ identity: yes, boundary: yes, session: yes, scps: [yes, yes] }), "allowed");
    assert.equal(decision({ identity: yes, boundary: no }), "implicit-deny");
    assert.equal(decision({ identity: yes, session: no }), "implicit-deny");
    assert.equal(decision({ identity: yes, scps: [yes, no] }), "implicit-deny");
  });

  it("are all silenced by one Deny", () => {
    for (const layer of ["identity", "boundary", "session", "resource"] as const) {
      assert.equal(decision({ identity: yes, [layer]: [document(allow(), deny())] }), "explicit-deny");
    }
    assert.equal(decision({ identity: yes, scps: [[document(allow(), deny())]] }), "explicit-deny");
  });

  const user: Principal = { kind: "user", id: "arn:aws:iam::111122223333:user/alice" };
  const session: Principal = {
    kind: "role-session",
    id: "arn:aws:sts::111122223333:assumed-role/operator/alice",
    roleArn: "arn:aws:iam::111122223333:role/operator",
  };
  const grant = (AWS: string): readonly ReturnType<typeof document>[] => {
    const statement: Statement = { ...allow(), Principal: { AWS } };
    return [document(statement)];
  };
  const cases: readonly (readonly [name: string, names: string, who: Principal, decision: string])[] = [
    ["a user by ARN passes a boundary that is silent", user.id, user, "allowed"],
    ["a session by ARN passes too", session.id, session, "allowed"],
    ["a role by ARN stays limited", "arn:aws:iam::111122223333:role/operator", session, "implicit-deny"],
    ["an account only delegates", "111122223333", user, "implicit-deny"],
    ["somebody else is granted nothing", "arn:aws:iam::111122223333:user/bob", user, "implicit-deny"],
  ];
  for (const [name, names, who, expected] of cases) {
    it(`a resource policy: ${name}`, () => {
      assert.equal(decision({ identity: no, boundary: no, resource: grant(names) }, {}, who), expected);
    });
  }

  it("an account's id is its root", () => {
    for (const AWS of ["111122223333", "arn:aws:iam::111122223333:root"]) {
      assert.equal(decision({ resource: grant(AWS) }, {}, user), "allowed");
    }
  });
});

describe("the trace", () => {
  it("says of every statement whether it matches, and what kept it from it", () => {
    const identity = [
      document(
        allow({ Bool: { "aws:MultiFactorAuthPresent": "true" } }),
        allow(undefined, { Action: "s3:*" }),
        allow(undefined, { Resource: "arn:aws:s3:::b" }),
        allow(),
      ),
    ];
    const { trace, decidedBy } = evaluate(
      { action: "ssm:StartSession", resource: INSTANCE, context: {} },
      { identity },
    );
    assert.deepEqual(
      trace.map(({ matches, why }) => [matches, why?.path]),
      [
        ["no", '$.Statement[0].Condition.Bool["aws:MultiFactorAuthPresent"]'],
        ["no", "$.Statement[1].Action"],
        ["no", "$.Statement[2].Resource"],
        ["yes", undefined],
      ],
    );
    assert.deepEqual(
      decidedBy.map(({ path }) => path),
      ["$.Statement[3]"],
    );
  });

  it("takes a star within a segment beyond a colon for an Allow only, unless told otherwise", () => {
    const pattern = { Resource: "arn:aws:ec2:us*east:*" };
    const request = {
      action: "ssm:StartSession",
      resource: "arn:aws:ec2:us-west:east:instance/i-1",
      context: {},
    };
    const decide = (
      statements: readonly Statement[],
      resourceColons: "safe" | "crossing" | "segmented",
    ): string => evaluate(request, { identity: [document(...statements)] }, { resourceColons }).decision;
    assert.equal(decide([allow(undefined, pattern)], "safe"), "allowed");
    assert.equal(decide([allow(), deny(undefined, pattern)], "safe"), "allowed");
    assert.equal(decide([allow(undefined, pattern)], "segmented"), "implicit-deny");
    assert.equal(decide([allow(), deny(undefined, pattern)], "crossing"), "explicit-deny");
  });
});
