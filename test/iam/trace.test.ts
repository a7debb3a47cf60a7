import assert from "node:assert/strict";
import {
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
