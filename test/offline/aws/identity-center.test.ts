import assert from "node:assert/strict";

import { asText } from "../../../offline/aws/values.ts";
import { LEAST } from "./support/samples.ts";
import { changes, created, refused } from "./support/simulation.ts";

const SET = "aws:ssoadmin/permissionSet:PermissionSet";
const INLINE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const REFERENCE = "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment";
const ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment";

const INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

describe("a simulated permission set", () => {
  it("has an ARN within its instance, and lasts an hour by default", () => {
    const { id, outputs } = created(SET, { instanceArn: INSTANCE, name: "operators" });
    const arn = asText(outputs["arn"]);
    assert.match(arn, /^arn:aws:sso:::permissionSet\/ssoins-1234567890abcdef\/ps-[0-9a-f]{16}$/);
    assert.equal(id, `${arn},${INSTANCE}`);
    assert.equal(outputs["sessionDuration"], "PT1H");
  });

  for (const [property, value, valid] of [
    ["name", "n".repeat(32), true],
    ["name", "n".repeat(33), false],
    ["name", "with space", false],
    ["sessionDuration", "PT1H", true],
    ["sessionDuration", "PT60M", true],
    ["sessionDuration", "PT1H30M", true],
    ["sessionDuration", "PT12H", true],
    ["sessionDuration", "PT59M", false],
    ["sessionDuration", "PT12H1M", false],
    ["sessionDuration", "3600", false],
    ["description", "d".repeat(700), true],
    ["description", "d".repeat(701), false],
    ["description", "", false],
    ["relayState", "r".repeat(241), false],
    ["instanceArn", "arn:aws-cn:sso:::instance/ssoins-1234567890abcdef", false],
    ["instanceArn", "arn:aws:sso:::instance/ssoins-1234", false],
    ["instanceArn", "ssoins-1234567890abcdef", false],
  ] as const) {
    it(`${valid ? "takes" : "refuses"} \`${value.slice(0, 40)}\` as its ${property}`, () => {
      const inputs = { instanceArn: INSTANCE, name: "n", [property]: value };
      assert.deepEqual(refused(SET, inputs), valid ? [] : [property]);
    });
  }

  it("is replaced with its name, and updated with its duration", () => {
    const least = { instanceArn: INSTANCE, name: "a" };
    assert.deepEqual(changes(SET, least, { ...least, name: "b" }).replaces, ["name"]);
    assert.deepEqual(changes(SET, least, { ...least, sessionDuration: "PT2H" }), {
      diffs: ["sessionDuration"],
      replaces: [],
    });
  });
});

describe("what a simulated permission set holds", () => {
  it("is one inline policy of at most 32768 characters, which names no principals", () => {
    const least = LEAST[INLINE] ?? {};
    const policy = (length: number): string => {
      const text = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "" }],
      });
      return text.replace('"Resource":""', `"Resource":"${"r".repeat(length - text.length)}"`);
    };
    assert.deepEqual(refused(INLINE, { ...least, inlinePolicy: policy(32_768) }), []);
    assert.deepEqual(refused(INLINE, { ...least, inlinePolicy: policy(32_769) }), ["inlinePolicy"]);
    assert.deepEqual(refused(INLINE, { ...least, inlinePolicy: "{" }), ["inlinePolicy"]);
    assert.deepEqual(refused(INLINE, { ...least, permissionSetArn: INSTANCE }), ["permissionSetArn"]);
  });

  it("is a managed policy by its name and path, without an ARN", () => {
    const least = LEAST[REFERENCE] ?? {};
    assert.match(
      created(REFERENCE, least).id,
      /^people,\/,arn:aws:sso:::permissionSet\/.*,arn:aws:sso:::instance/,
    );
    const reference = (value: { readonly name: string; readonly path?: string }): readonly string[] =>
      refused(REFERENCE, { ...least, customerManagedPolicyReference: value });
    assert.deepEqual(reference({ name: "people", path: "/teams/" }), []);
    assert.deepEqual(reference({ name: "arn:aws:iam::123456789012:policy/people" }), [
      "customerManagedPolicyReference.name",
    ]);
    assert.deepEqual(reference({ name: "people", path: "teams" }), ["customerManagedPolicyReference.path"]);
  });
});

describe("a simulated assignment", () => {
  const least = LEAST[ASSIGNMENT] ?? {};

  it("is known by all of its parts, and replaced with each", () => {
    const { id } = created(ASSIGNMENT, least);
    assert.equal(id.split(",").length, 6);
    const other = "22345678-1234-4123-8123-123456789012";
    assert.deepEqual(changes(ASSIGNMENT, least, { ...least, principalId: other }).replaces, ["principalId"]);
  });

  for (const [property, value] of [
    ["principalId", "sre"],
    ["principalType", "ROLE"],
    ["targetId", "1234"],
    ["targetType", "OU"],
  ] as const) {
    it(`refuses \`${value}\` as its ${property}`, () => {
      assert.deepEqual(refused(ASSIGNMENT, { ...least, [property]: value }), [property]);
    });
  }
});
