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
    [
      "do not stand in Bool",
      { Bool: { "aws:SecureTransport": "${aws:PrincipalTag/x}" } },
      { "aws:PrincipalTag/x": "true", "aws:SecureTransport": "true" },
      false,
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

  it("a resource policy that must allow by itself is not helped by an identity's Allow", () => {
    const resource = grant("arn:aws:iam::111122223333:user/bob");
    assert.equal(decision({ identity: yes, resource, combine: "resource" }, {}, user), "implicit-deny");
    assert.equal(
      decision({ identity: yes, resource: grant(user.id), combine: "resource" }, {}, user),
      "allowed",
    );
    assert.equal(
      decision({ identity: no, resource: grant(user.id), combine: "both" }, {}, user),
      "implicit-deny",
    );
    assert.equal(decision({ identity: yes, resource, combine: "both" }, {}, user), "implicit-deny");
    assert.equal(decision({ identity: yes, resource: grant(user.id), combine: "both" }, {}, user), "allowed");
    assert.equal(
      decision({ identity: no, resource: grant(user.id), combine: "identity" }, {}, user),
      "implicit-deny",
    );
  });

  it("a resource policy for everyone passes a boundary for a user, and not for a role's session", () => {
    const resource = [document({ ...allow(), Principal: "*" })];
    assert.equal(decision({ identity: no, boundary: no, resource }, {}, user), "allowed");
    assert.equal(decision({ identity: no, boundary: no, resource }, {}, session), "implicit-deny");
    assert.equal(
      decision({ identity: no, boundary: yes, session: no, resource }, {}, session),
      "implicit-deny",
    );
    assert.equal(decision({ identity: no, boundary: yes, session: yes, resource }, {}, session), "allowed");
  });

  it("the closest of a statement's names counts", () => {
    const AWS = ["111122223333", "arn:aws:iam::111122223333:role/operator", session.id];
    const resource = [document({ ...allow(), Principal: { AWS } })];
    assert.equal(decision({ identity: no, boundary: no, resource }, {}, session), "allowed");
  });

  it("a Deny for all but some names whoever is left", () => {
    const resource = [document({ ...deny(), NotPrincipal: { AWS: user.id } })];
    assert.equal(decision({ identity: yes, resource }, {}, user), "allowed");
    assert.equal(decision({ identity: yes, resource }, {}, session), "explicit-deny");
  });

  it("a service is named by its own name only", () => {
    const service: Principal = { kind: "service", id: "ec2.amazonaws.com" };
    const trusting = (Principal: NonNullable<Statement["Principal"]>): PolicySet => ({
      resource: [document({ ...allow(), Principal })],
    });
    assert.equal(decision(trusting({ Service: "ec2.amazonaws.com" }), {}, service), "allowed");
    assert.equal(decision(trusting({ Service: "ssm.amazonaws.com" }), {}, service), "implicit-deny");
    assert.equal(decision(trusting({ AWS: "*" }), {}, service), "implicit-deny");
    assert.equal(decision(trusting("*"), {}, service), "allowed");
  });

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

  it("says of an Allow that a Deny overrode that it matches, and names the Deny as what decided", () => {
    const {
      decision: decided,
      decidedBy,
      trace,
    } = evaluate(
      { action: "ssm:StartSession", resource: INSTANCE, context: {} },
      { identity: [document(allow(), deny(), deny({ Null: { "aws:username": false } }))] },
    );
    assert.equal(decided, "explicit-deny");
    assert.deepEqual(
      decidedBy.map(({ index }) => index),
      [1],
    );
    assert.deepEqual(
      trace.map(({ matches }) => matches),
      ["yes", "yes", "no"],
    );
    assert.equal(trace[2]?.why?.detail, "`Null` does not hold: `aws:username` is absent");
  });

  it("names the layers that allow nothing", () => {
    const { silentLayers } = evaluate(
      { action: "ssm:StartSession", resource: INSTANCE, context: {} },
      {
        identity: [document(allow())],
        boundary: [document(deny(undefined, { Action: "s3:*" }))],
        session: [],
      },
    );
    assert.deepEqual(silentLayers, ["boundary", "session"]);
  });

  it("takes a star beyond a slash within a segment", () => {
    const pattern = { Resource: "arn:aws:s3:::bucket/*/log" };
    const { decision: decided } = evaluate(
      { action: "ssm:StartSession", resource: "arn:aws:s3:::bucket/a/b/log", context: {} },
      { identity: [document(allow(undefined, pattern))] },
      { resourceColons: "segmented" },
    );
    assert.equal(decided, "allowed");
  });

  it("is undecided where what is not known could change it, and names it", () => {
    const unknown = { kind: "unknown", name: "later", reason: "not computed" } as const;
    const request = { action: "ssm:StartSession", resource: INSTANCE, context: {} };
    const run = (policies: PolicySet): unknown => {
      const { decision: decided, unknown: open } = evaluate(request, policies);
      return [decided, open.length];
    };
    assert.deepEqual(run({ identity: [document(allow()), unknown] }), ["undecided", 1]);
    assert.deepEqual(run({ identity: [document(allow()), { ...unknown, mayDeny: false }] }), ["allowed", 0]);
    assert.deepEqual(run({ identity: [unknown] }), ["undecided", 2]);
    assert.deepEqual(run({ identity: [{ ...unknown, mayAllow: false }] }), ["implicit-deny", 0]);
    assert.deepEqual(run({ identity: [document(deny()), unknown] }), ["explicit-deny", 0]);
  });

  it("keeps a question mark, and a star before more of its segment, within the segment where told so", () => {
    const run = (Resource: string, resource: string, Effect: "Allow" | "Deny" = "Allow"): string =>
      evaluate(
        { action: "ssm:StartSession", resource, context: {} },
        { identity: [document(allow(), { ...allow(undefined, { Resource }), Effect })] },
        { resourceColons: Effect === "Deny" ? "safe" : "segmented" },
      ).decision;
    assert.equal(run("arn:aws:x:us?:1:a", "arn:aws:x:us::1:a", "Deny"), "allowed");
    assert.equal(run("arn:aws:x:us?:1:a", "arn:aws:x:us1:1:a", "Deny"), "explicit-deny");
    assert.equal(run("arn:aws:x:u*s:1:a", "arn:aws:x:u:s:1:a", "Deny"), "allowed");
    assert.equal(run("arn:aws:x:us:1:a?b", "arn:aws:x:us:1:a:b", "Deny"), "explicit-deny");
    assert.equal(run("arn:aws:x:us*:1:a", "arn:aws:x:us:east:1:a", "Deny"), "explicit-deny");
  });

  it("reads NotResource so that an Allow takes more and a Deny takes less, too", () => {
    const excluded = { Action: "ssm:StartSession", NotResource: "arn:aws:x:u*e:1:a" };
    const run = (
      statements: readonly Statement[],
      resourceColons: "safe" | "crossing" | "segmented",
    ): string =>
      evaluate(
        { action: "ssm:StartSession", resource: "arn:aws:x:us:e:1:a", context: {} },
        { identity: [document(...statements)] },
        { resourceColons },
      ).decision;
    const allowed: readonly Statement[] = [{ Effect: "Allow", ...excluded }];
    const denied: readonly Statement[] = [allow(), { Effect: "Deny", ...excluded }];
    assert.deepEqual(
      (["safe", "crossing", "segmented"] as const).map((colons) => run(allowed, colons)),
      ["allowed", "implicit-deny", "allowed"],
    );
    assert.deepEqual(
      (["safe", "crossing", "segmented"] as const).map((colons) => run(denied, colons)),
      ["allowed", "allowed", "explicit-deny"],
    );
  });

  it("is undecided by values that are not known, in each element", () => {
    const unknown = (value: unknown): string | undefined => (value === "?" ? "`Key`" : undefined);
    const run = (parts: object): string => {
      const read = parsePolicyDocument(
        { Version: "2012-10-17", Statement: { ...allow(), ...parts } },
        { unknown },
      );
      const identity = read.kind === "parsed" ? [read.document] : [];
      return decision({ identity }, { "aws:username": "al" });
    };
    assert.equal(run({ Action: "?" }), "undecided");
    assert.equal(run({ Resource: ["arn:aws:s3:::b", "?"] }), "undecided");
    assert.equal(run({ Condition: { StringEquals: { "aws:username": ["bob", "?"] } } }), "undecided");
    assert.equal(run({ Condition: { StringEquals: { "aws:username": ["al", "?"] } } }), "allowed");
    assert.equal(run({ Condition: { StringNotEquals: { "aws:username": ["al", "?"] } } }), "implicit-deny");
    assert.equal(run({ Condition: { StringNotEquals: { "aws:username": ["bob", "?"] } } }), "undecided");
    assert.equal(run({ Condition: { StringEquals: { "aws:userid": "?" } } }), "implicit-deny");
    assert.equal(run({ Condition: { Null: { "aws:username": "?" } } }), "undecided");
    assert.equal(run({ Condition: { Null: { "aws:username": ["?", "false"] } } }), "allowed");
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
