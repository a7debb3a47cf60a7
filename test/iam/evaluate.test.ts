import assert from "node:assert/strict";
import {
  type ConditionBlock,
  evaluate,
  parsePolicyDocument,
  type PolicySet,
  type Principal,
  type RequestContext,
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
    [
      "ask every key of one operator",
      { StringEquals: { "aws:username": "a", "aws:userid": "b" } },
      { "aws:username": "a", "aws:userid": "c" },
      false,
    ],
    [
      "take the keys of tags in any case",
      { StringEquals: { "aws:ResourceTag/COST-Centre": "x" } },
      { "aws:ResourceTag/cost-centre": "x" },
      true,
    ],
    [
      "are true on an absent key when negated, with IfExists too",
      { StringNotEqualsIfExists: { "aws:username": "a" } },
      {},
      true,
    ],
    [
      "ask a present key with IfExists",
      { StringEqualsIfExists: { "aws:username": "a" } },
      { "aws:username": "b" },
      false,
    ],
    ["know a present key by Null true", { Null: { "aws:username": "true" } }, { "aws:username": "" }, false],
    [
      "are false on an empty key with ForAnyValue",
      { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } },
      { "aws:TagKeys": [] },
      false,
    ],
    [
      "ask no value to match with a negated ForAllValues",
      { "ForAllValues:StringNotEquals": { "aws:TagKeys": ["a", "b"] } },
      { "aws:TagKeys": ["c", "b"] },
      false,
    ],
    [
      "are met by one value that does not match with a negated ForAnyValue",
      { "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["a", "b"] } },
      { "aws:TagKeys": ["c", "b"] },
      true,
    ],
    [
      "take several values without a set operator where one matches",
      { StringEquals: { "aws:TagKeys": "a" } },
      { "aws:TagKeys": ["b", "a"] },
      true,
    ],
    [
      "take several values for a negated operator where none matches",
      { StringNotEquals: { "aws:TagKeys": "a" } },
      { "aws:TagKeys": ["b", "a"] },
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
      "take a question mark for one character under StringLike",
      { StringLike: { "aws:username": "a?c" } },
      { "aws:username": "a\u{1f600}c" },
      true,
    ],
    [
      "take a question mark for no less than one character",
      { StringLike: { "aws:username": "a?" } },
      { "aws:username": "a" },
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
      "take an address of version 6 alone as one address",
      { IpAddress: { "aws:SourceIp": "2001:db8::1" } },
      { "aws:SourceIp": "2001:db8::2" },
      false,
    ],
    [
      "take no address of version 6 for one of version 4",
      { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      { "aws:SourceIp": "::a00:1" },
      false,
    ],
    [
      "know an address of version 6 in each way to write it",
      { IpAddress: { "aws:SourceIp": "2001:db8::1" } },
      { "aws:SourceIp": "2001:0DB8:0:0:0:0:0:1" },
      true,
    ],
    [
      "take a range for the addresses of its first bits",
      { IpAddress: { "aws:SourceIp": "203.0.113.77/24" } },
      { "aws:SourceIp": "203.0.113.0" },
      true,
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
      "do not take a bound for less than itself",
      { NumericLessThan: { "aws:MultiFactorAuthAge": 300 } },
      { "aws:MultiFactorAuthAge": 300 },
      false,
    ],
    [
      "take a bound for no more than itself",
      { NumericLessThanEquals: { "aws:MultiFactorAuthAge": 300 } },
      { "aws:MultiFactorAuthAge": 300 },
      true,
    ],
    [
      "do not take an instant for later than itself, in another zone",
      { DateGreaterThan: { "aws:CurrentTime": "2030-01-01T02:00:00+02:00" } },
      { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
      false,
    ],
    [
      "take an instant for itself, in another zone",
      { DateEquals: { "aws:CurrentTime": "2030-01-01T02:00:00+0200" } },
      { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
      true,
    ],
    [
      "take booleans in any case, quoted or not",
      { Bool: { "aws:SecureTransport": "TRUE" } },
      { "aws:SecureTransport": true },
      true,
    ],
    [
      "compare binary values as base64",
      { BinaryEquals: { "aws:x": "QmFzdGlvbg==" } },
      { "aws:x": "QmFzdGlvbg==" },
      true,
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
    [
      "prefer a value to the default",
      own("${aws:username, 'nobody'}"),
      { "aws:username": "al", "aws:PrincipalTag/x": "nobody" },
      false,
    ],
    ["have defaults that are empty", own("a${aws:username, ''}b"), { "aws:PrincipalTag/x": "ab" }, true],
    ["escape a question mark", own("a${?}"), { "aws:PrincipalTag/x": "ab" }, false],
    [
      "stand for no key of several values",
      own("${aws:TagKeys}"),
      { "aws:TagKeys": ["a", "b"], "aws:PrincipalTag/x": "a" },
      false,
    ],
    [
      "take their own names in any case",
      own("${AWS:UserName}"),
      { "aws:username": "al", "aws:PrincipalTag/x": "al" },
      true,
    ],
    [
      "stand in ARN operators",
      { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/${aws:username}" } },
      { "aws:username": "al", "aws:PrincipalArn": "arn:aws:iam::1:user/al" },
      true,
    ],
    [
      "stand in StringEquals, where a star beside them is a star",
      { StringEquals: { "aws:PrincipalTag/x": "${aws:username}*" } },
      { "aws:username": "al", "aws:PrincipalTag/x": "al*" },
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

  it("before the fifth colon of a resource are counted on by an Allow, and not by a Deny, unless told otherwise", () => {
    const Resource = "arn:aws:ec2:*:${aws:PrincipalAccount}:instance/*";
    const context = { "aws:PrincipalAccount": "111122223333" };
    const granted = { identity: [document(allow(undefined, { Resource }))] };
    const taken = { identity: [document(allow(), deny(undefined, { Resource }))] };
    assert.equal(decision(granted, context), "allowed");
    assert.equal(decision(taken, context), "allowed");
    const request = { action: "ssm:StartSession", resource: INSTANCE, context };
    assert.equal(evaluate(request, taken, { resourceColons: "crossing" }).decision, "explicit-deny");
    const last = { Resource: "arn:aws:ec2:*:*:instance/${aws:username}" };
    const machine = { identity: [document(allow(), deny(undefined, last))] };
    assert.equal(decision(machine, { "aws:username": "i-1" }), "explicit-deny");
    const but = { Effect: "Allow", Action: "ssm:StartSession", NotResource: Resource } as const;
    assert.equal(decision({ identity: [document(but)] }, context), "allowed");
  });

  it("make a NotResource exclude nothing without a value", () => {
    const NotResource = "arn:aws:ec2:*:*:instance/${aws:username}*";
    const identity = [document({ Effect: "Allow", Action: "ssm:StartSession", NotResource })];
    assert.equal(decision({ identity }), "allowed");
    assert.equal(decision({ identity }, { "aws:username": "i-" }), "implicit-deny");
  });

  it("are literal text in an action", () => {
    const identity = [document(allow(undefined, { Action: "ssm:${aws:username}" }))];
    assert.equal(decision({ identity }, { "aws:username": "StartSession" }), "implicit-deny");
  });
});
