import assert from "node:assert/strict";

import { asText } from "../../../offline/aws/values.ts";
import { UNKNOWN, secret } from "../../../offline/protocol/wire.ts";
import type { Wire } from "../../../offline/protocol/wire.ts";
import { changes, check, configured, created, failures, refused, urnOf } from "./support/simulation.ts";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

function document(
  statement: Wire,
  rest: { readonly [key: string]: Wire } = { Version: "2012-10-17" },
): string {
  return JSON.stringify({ ...rest, Statement: statement });
}

const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const TRUST = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };

describe("a simulated role", () => {
  it("has the ARN that IAM gives it, with its path and without a region", () => {
    const { id, outputs } = created(ROLE, {
      name: "operator",
      path: "/people/",
      assumeRolePolicy: document(TRUST),
    });
    assert.equal(id, "operator");
    assert.equal(outputs["arn"], "arn:aws:iam::123456789012:role/people/operator");
    assert.match(asText(outputs["uniqueId"]), /^AROA[0-9A-Z]{17}$/u);
  });

  it("takes a document as an object, and knows none of it where a part is unknown", () => {
    const whole = { Version: "2012-10-17", Statement: [TRUST] };
    assert.equal(check(ROLE, { assumeRolePolicy: whole }).inputs["assumeRolePolicy"], JSON.stringify(whole));
    const part = { Version: "2012-10-17", Statement: [{ ...TRUST, Principal: { AWS: UNKNOWN } }] };
    assert.equal(check(ROLE, { assumeRolePolicy: part }).inputs["assumeRolePolicy"], UNKNOWN);
    const hidden = { Version: "2012-10-17", Statement: [{ ...TRUST, Sid: secret("a") }] };
    assert.deepEqual(
      check(ROLE, { assumeRolePolicy: hidden }).inputs["assumeRolePolicy"],
      secret(JSON.stringify({ Version: "2012-10-17", Statement: [{ ...TRUST, Sid: "a" }] })),
    );
  });

  for (const [what, policy] of [
    ["text that is no JSON", "{"],
    ["a list", "[]"],
    ["a version of no year", document(TRUST, { Version: "2020-01-01" })],
    ["no statement", JSON.stringify({ Version: "2012-10-17" })],
    ["a statement without an effect", document({ ...TRUST, Effect: "Permit" })],
    ["a statement without an action", document({ Effect: "Allow", Principal: "*" })],
    ["a statement with a resource", document({ ...TRUST, Resource: "*" })],
    ["a statement without a principal", document({ Effect: "Allow", Action: "sts:AssumeRole" })],
  ] as const) {
    it(`refuses as its trust policy ${what}`, () => {
      assert.deepEqual(refused(ROLE, { assumeRolePolicy: policy }), ["assumeRolePolicy"]);
    });
  }

  it("refuses names, paths and durations that IAM refuses", () => {
    const assumeRolePolicy = document(TRUST);
    assert.deepEqual(refused(ROLE, { assumeRolePolicy, name: "a b" }), ["name"]);
    assert.deepEqual(refused(ROLE, { assumeRolePolicy, name: "r".repeat(65) }), ["name"]);
    assert.deepEqual(refused(ROLE, { assumeRolePolicy, path: "people" }), ["path"]);
    assert.deepEqual(refused(ROLE, { assumeRolePolicy, maxSessionDuration: 3599 }), ["maxSessionDuration"]);
    assert.deepEqual(refused(ROLE, { assumeRolePolicy, maxSessionDuration: 43_200 }), []);
    assert.deepEqual(
      refused(ROLE, { assumeRolePolicy, permissionsBoundary: "arn:aws-cn:iam::aws:policy/X" }),
      ["permissionsBoundary"],
    );
  });

  it("has a made-up name of at most 64 characters, or none", () => {
    const { inputs } = check(ROLE, { assumeRolePolicy: document(TRUST) }, "r".repeat(56));
    assert.equal(asText(inputs["name"]).length, 64);
    assert.deepEqual(
      check(ROLE, { assumeRolePolicy: document(TRUST) }, "r".repeat(57)).failures.map(
        (failure) => failure.property,
      ),
      ["name"],
    );
  });

  it("is replaced with its name and path, updated with the rest, and untouched by white space", () => {
    const least = { name: "a", assumeRolePolicy: document(TRUST) };
    assert.deepEqual(changes(ROLE, least, { ...least, name: "b" }).replaces, ["name"]);
    assert.deepEqual(changes(ROLE, least, { ...least, path: "/p/" }).replaces, ["path"]);
    assert.deepEqual(changes(ROLE, least, { ...least, description: "d" }), {
      diffs: ["description"],
      replaces: [],
    });
    const spaced = JSON.stringify(JSON.parse(least.assumeRolePolicy), undefined, 4);
    assert.deepEqual(changes(ROLE, least, { ...least, assumeRolePolicy: spaced }).diffs, []);
  });
});

describe("a simulated policy", () => {
  for (const [what, policy] of [
    ["a principal", document({ ...ALLOW, Principal: "*" })],
    ["no resource", document({ Effect: "Allow", Action: "s3:GetObject" })],
    ["an action and its negation", document({ ...ALLOW, NotAction: "s3:*" })],
    ["a statement id with a hyphen", document({ ...ALLOW, Sid: "a-b" })],
    [
      "one statement id twice",
      document([
        { ...ALLOW, Sid: "a" },
        { ...ALLOW, Sid: "a" },
      ]),
    ],
    ["no statement", document([])],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(refused(POLICY, { policy }), ["policy"]);
    });
  }

  it("holds 6144 characters besides white space", () => {
    const full = (length: number): string => {
      const empty = document({ ...ALLOW, Resource: "" });
      return document({ ...ALLOW, Resource: "r".repeat(length - empty.length) });
    };
    assert.deepEqual(refused(POLICY, { policy: full(6144) }), []);
    assert.deepEqual(refused(POLICY, { policy: full(6145) }), ["policy"]);
    const spaced = JSON.stringify(JSON.parse(full(6144)), undefined, 8);
    assert.deepEqual(refused(POLICY, { policy: spaced }), []);
  });

  it("does not show a secret document", () => {
    const [failure] = failures(POLICY, { policy: secret("hush") });
    assert.ok(failure !== undefined && !failure.reason.includes("hush"));
  });

  it("is identified by its ARN", () => {
    const { id, outputs } = created(POLICY, { name: "p", path: "/team/", policy: document(ALLOW) });
    assert.equal(id, "arn:aws:iam::123456789012:policy/team/p");
    assert.equal(outputs["arn"], id);
    assert.match(asText(outputs["policyId"]), /^ANPA[0-9A-Z]{17}$/u);
  });

  it("tells its name and path where only its ARN is known", () => {
    const id = "arn:aws:iam::123456789012:policy/team/p";
    const read = configured().read({
      urn: urnOf(POLICY),
      type: POLICY,
      name: "p",
      id,
      inputs: {},
      state: {},
    });
    assert.equal(read?.outputs["name"], "p");
    assert.equal(read?.outputs["path"], "/team/");
    assert.equal(read?.outputs["arn"], id);
    assert.equal(read?.outputs["policy"], UNKNOWN);
  });
});

describe("a simulated inline policy", () => {
  it("belongs to its role", () => {
    const news = { role: "operator", name: "read", policy: document(ALLOW) };
    assert.equal(created(ROLE_POLICY, news).id, "operator:read");
    assert.deepEqual(changes(ROLE_POLICY, news, { ...news, role: "other" }).replaces, ["role"]);
    assert.deepEqual(
      refused(ROLE_POLICY, { ...news, policy: document({ ...ALLOW, Resource: "r".repeat(10_240) }) }),
      ["policy"],
    );
  });

  it("has no id while the role is unknown", () => {
    assert.equal(created(ROLE_POLICY, { role: UNKNOWN, name: "read", policy: document(ALLOW) }).id, "");
  });
});

describe("a simulated access key", () => {
  it("keeps its secret", () => {
    const { outputs } = created("aws:iam/accessKey:AccessKey", { user: "someone" });
    assert.ok(JSON.stringify(outputs["secret"]).includes("1b47061264138c4ac30d75fd1eb44270"));
  });
});
