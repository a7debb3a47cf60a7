import assert from "node:assert/strict";
import {
  anySession,
  type Answer,
  assumeRoleWithoutMfa,
  CREDENTIALS_WITHOUT_MFA,
  decide,
  parsePolicyDocument,
  type PolicySet,
  type Principal,
  type Question,
  sessionWithoutMfa,
  type Statement,
} from "@bastionless/iam";
import { allow, deny, document, MFA, named } from "./support/documents.ts";

const withMfa = allow({ Bool: { [MFA]: "true" } });
const all = named("all", allow(undefined, { Action: "*" }));
const strict = named("strict", withMfa);
const elsewhere = named("elsewhere", allow(undefined, { Action: "s3:*" }));

function kind(policies: PolicySet, question: Question = sessionWithoutMfa()): Answer["kind"] {
  return decide(question, policies).kind;
}

describe("deciding across layers", () => {
  it("takes a principal's documents together, groups' too: one Deny counts for all of them", () => {
    const own = named("own", allow());
    const group = named("group", deny({ BoolIfExists: { [MFA]: "false" } }));
    assert.equal(kind({ identity: [own, group] }), "none");
    assert.equal(kind({ identity: [own] }), "witness");
    assert.equal(kind({ identity: [group] }), "none");
  });

  const limits: readonly (readonly [string, (limit: typeof all) => PolicySet])[] = [
    ["a boundary", (limit) => ({ identity: [all], boundary: [limit] })],
    ["a session policy", (limit) => ({ identity: [all], session: [limit] })],
    ["a service control policy of one level", (limit) => ({ identity: [all], scps: [[all], [limit]] })],
  ];
  for (const [name, policies] of limits) {
    it(`${name} limits what the identity's documents allow`, () => {
      assert.equal(kind(policies(all)), "witness");
      assert.equal(kind(policies(strict)), "none");
      assert.equal(kind(policies(elsewhere)), "none");
      assert.equal(kind(policies(named("deny", allow(undefined, { Action: "*" }), deny()))), "none");
    });

    it(`${name} grants nothing by itself`, () => {
      const { boundary, session, scps } = policies(all);
      const rest = { ...(boundary && { boundary }), ...(session && { session }), ...(scps && { scps }) };
      assert.equal(kind({ identity: [elsewhere], ...rest }), "none");
    });
  }

  it("says which layer's statement keeps a session from starting", () => {
    const found = decide(sessionWithoutMfa(), { identity: [all], boundary: [strict] });
    assert.deepEqual(
      found.kind === "none" && found.excludedBy.map(({ statement }) => [statement.layer, statement.document]),
      [["boundary", "strict"]],
    );
  });

  const user = "arn:aws:iam::111122223333:user/alice";
  const role = "arn:aws:iam::111122223333:role/operator";
  const session = "arn:aws:sts::111122223333:assumed-role/operator/alice";
  const grant = (AWS: string): PolicySet => ({
    identity: [elsewhere],
    boundary: [elsewhere],
    session: [elsewhere],
    resource: [named("resource", { ...allow(), Principal: { AWS } })],
  });
  const grants: readonly (readonly [string, string, Answer["kind"]])[] = [
    ["a user's ARN passes boundary and session policy", user, "witness"],
    ["a session's ARN passes them too", session, "witness"],
    ["a role's ARN stays within them", role, "none"],
    ["an account only delegates", "111122223333", "none"],
  ];
  for (const [name, AWS, expected] of grants) {
    it(`a resource policy: ${name}`, () => {
      assert.equal(kind(grant(AWS), anySession()), expected);
    });
  }

  it("a resource policy that grants to a role is within what boundary and session policy allow", () => {
    const policies = { ...grant(role), boundary: [all], session: [strict] };
    assert.equal(kind(policies, anySession()), "witness");
    assert.equal(kind(policies), "none");
  });

  it("no resource policy passes a service control policy, or a Deny", () => {
    const alone = [named("resource", { ...allow(), Principal: { AWS: user } })];
    assert.equal(kind({ resource: alone, scps: [[elsewhere]] }, anySession()), "none");
    assert.equal(kind({ resource: alone, scps: [[all]] }, anySession()), "witness");
    assert.equal(kind({ ...grant(user), scps: [[elsewhere]] }, anySession()), "none");
    assert.equal(
      kind({ ...grant(user), boundary: [elsewhere, named("deny", deny())] }, anySession()),
      "none",
    );
  });

  it("a trust or key policy must allow by itself, whatever the identity's documents say", () => {
    const resource = [
      named("resource", { ...allow(), Principal: { AWS: user }, Condition: { Bool: { [MFA]: "true" } } }),
    ];
    assert.equal(kind({ identity: [all], resource, combine: "resource" }), "none");
    assert.equal(kind({ identity: [all], resource }), "witness");
    assert.equal(kind({ identity: [all], resource, combine: "both" }), "none");
  });
});

describe("MFA of a role's sessions", () => {
  const trust = (Condition?: Statement["Condition"]): PolicySet => ({
    resource: [
      document({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { AWS: "111122223333" },
        ...(Condition === undefined ? {} : { Condition }),
      }),
    ],
  });
  /** The reading of the page that says that the trust policy must ask for MFA. */
  const credentialsBehind = (policies: PolicySet): typeof CREDENTIALS_WITHOUT_MFA =>
    decide(assumeRoleWithoutMfa(), policies).kind === "none"
      ? CREDENTIALS_WITHOUT_MFA.filter((each) => each !== "role")
      : CREDENTIALS_WITHOUT_MFA;
  const onlyWithKey = { identity: [document(allow({ Null: { [MFA]: "false" } }))] };

  it("is asked about, unless told otherwise", () => {
    const found = decide(sessionWithoutMfa({ credentials: ["role"] }), onlyWithKey);
    assert.equal(found.kind === "witness" && found.checks[0]?.request.context[MFA], "false");
    assert.ok(CREDENTIALS_WITHOUT_MFA.includes("role"));
  });

  it("counts where every way through the trust policy asks for it, and then only", () => {
    const ofRole = (policies: PolicySet): Answer["kind"] =>
      kind(
        onlyWithKey,
        sessionWithoutMfa({
          credentials: credentialsBehind(policies).filter(
            (each) => each.startsWith("role") || each === "federated",
          ),
        }),
      );
    assert.equal(ofRole(trust()), "witness");
    assert.equal(ofRole(trust({ BoolIfExists: { [MFA]: "true" } })), "witness");
    assert.equal(ofRole(trust({ Bool: { [MFA]: "true" } })), "none");
  });

  it("is carried into the session, by the other page: a policy that asks for it lets such a session in", () => {
    const policies = { identity: [document(withMfa)] };
    assert.equal(kind(policies, anySession({ credentials: ["role-mfa"] })), "witness");
    assert.equal(kind(policies, anySession({ credentials: ["role"] })), "none");
  });
});

describe("calls that a service makes with a user's credentials", () => {
  it("come without MFA: a Deny that leaves them out lets them in", () => {
    const found = decide(sessionWithoutMfa(), {
      identity: [
        document(allow(), deny({ BoolIfExists: { [MFA]: "false" }, Bool: { "aws:ViaAWSService": "false" } })),
      ],
    });
    const context = found.kind === "witness" ? found.checks[0]?.request.context : {};
    assert.equal(context?.["aws:ViaAWSService"], "true");
    assert.notEqual(context?.[MFA], "true");
  });

  it("never come with it", () => {
    const both = allow({ Bool: { [MFA]: "true", "aws:ViaAWSService": "true" } });
    assert.equal(kind({ identity: [document(both)] }, anySession()), "none");
  });
});

describe("principals of resource policies", () => {
  const who = (found: Answer): Principal | undefined =>
    found.kind === "witness" ? found.checks[0]?.request.principal : undefined;

  it("stand in the witness by name", () => {
    const user = "arn:aws:iam::111122223333:user/alice";
    const resource = [document({ ...allow(), Principal: { AWS: user } })];
    assert.equal(who(decide(sessionWithoutMfa(), { resource }))?.id, user);
  });

  it("are each of those that are named, where a key can tell them apart", () => {
    const users = ["alice", "bob"].map((name) => `arn:aws:iam::111122223333:user/${name}`);
    const [, bob = ""] = users;
    for (const condition of [{ "aws:username": "bob" }, { "aws:PrincipalArn": bob }]) {
      const resource = [document({ ...allow({ StringEquals: condition }), Principal: { AWS: users } })];
      assert.equal(who(decide(sessionWithoutMfa(), { resource }))?.id, bob);
    }
  });

  it("are somebody else where a Deny names some", () => {
    const user = "arn:aws:iam::111122223333:user/alice";
    const resource = [document({ ...allow(), Principal: "*" }, { ...deny(), Principal: { AWS: user } })];
    const found = who(decide(sessionWithoutMfa(), { resource }));
    assert.ok(found !== undefined && found.id !== user);
  });

  it("are unknown where a name in it is: undecided, unless another name settles it", () => {
    const parse = (AWS: readonly string[], Condition?: Statement["Condition"]): PolicySet => {
      const statement = { ...allow(Condition), Principal: { AWS } };
      const read = parsePolicyDocument(
        { Version: "2012-10-17", Statement: statement },
        { name: "trust", unknown: (value) => (value === "?" ? "`Role`" : undefined) },
      );
      return { resource: read.kind === "parsed" ? [read.document] : [] };
    };
    const found = decide(sessionWithoutMfa(), parse(["?"]));
    assert.deepEqual(
      found.kind === "undecided" && found.reasons.map(({ code, subject }) => [code, subject]),
      [["unknown-value", "trust"]],
    );
    assert.equal(kind(parse(["?", "111122223333"])), "witness");
    assert.equal(kind(parse(["?"], { Bool: { [MFA]: "true" } })), "none");
  });

  it("are unknown where the document does not say yet: undecided, with its name", () => {
    const resource = [{ kind: "unknown", name: "trust", reason: "not computed" } as const];
    const found = decide(sessionWithoutMfa(), { resource });
    assert.deepEqual(found.kind === "undecided" && found.reasons.map(({ subject }) => subject), ["trust"]);
  });
});
