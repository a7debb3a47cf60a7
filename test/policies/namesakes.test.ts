import assert from "node:assert/strict";
import type { ExampleProvider, ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { sessionAccessRequiresMfa } from "@bastionless/policies/rules/session-access-requires-mfa.ts";
import { assuming, json } from "./support/environments.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

/*
 * A name of IAM's may mean somebody in another account. Where that cannot be told, what the document gives counts, and
 * what it takes away does not.
 */

const START = {
  Effect: "Allow",
  Action: "ssm:StartSession",
  Resource: "*",
};
const DENY = {
  Effect: "Deny",
  Action: "ssm:*",
  Resource: "*",
  Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
};

const OTHER = assuming("other", "999999999999", "eu-central-1");

function inProvider(provider: ExampleProvider | undefined): Partial<ExampleResource> {
  return provider === undefined ? {} : { provider };
}

function told(resources: readonly ExampleResource[]): readonly string[] {
  const config = { "session-access-requires-mfa": { scope: "principal" } };
  return runRules([sessionAccessRequiresMfa], toStack(resources), config).map(
    ({ on, kind }) => `${on} ${kind}`,
  );
}

const USER: ExampleResource = { type: "aws:iam/user:User", name: "alice", props: { name: "alice" } };
const MAY: ExampleResource = {
  type: "aws:iam/userPolicy:UserPolicy",
  name: "may",
  props: { user: "alice", policy: json(START) },
};

function denied(user: string, provider?: ExampleProvider): ExampleResource {
  return {
    type: "aws:iam/userPolicy:UserPolicy",
    name: "denied",
    props: { user, policy: json(DENY) },
    ...inProvider(provider),
  };
}

describe("a Deny for somebody of the same name", () => {
  it("counts in one account, however that is told", () => {
    assert.deepEqual(told([USER, MAY, denied("alice")]), []);
    const here = [USER, MAY].map((resource) => ({ ...resource, provider: OTHER }));
    assert.deepEqual(told([...here, denied("alice", { ...OTHER, name: "again" })]), []);
  });

  it("proves nothing where the accounts are not the same, or cannot be told apart", () => {
    assert.deepEqual(told([USER, MAY, denied("alice", OTHER)]), ["may violation"]);
    const here = assuming("here", "123456789012", "eu-central-1");
    const alice = [USER, MAY].map((resource) => ({ ...resource, provider: here }));
    assert.deepEqual(told([...alice, denied("alice", OTHER)]), ["may violation"]);
  });

  it("proves nothing through a group whose account cannot be told", () => {
    const group: ExampleResource = {
      type: "aws:iam/group:Group",
      name: "staff",
      props: { name: "staff" },
      provider: OTHER,
    };
    const deny: ExampleResource = {
      type: "aws:iam/groupPolicy:GroupPolicy",
      name: "denied",
      props: { group: "staff", policy: json(DENY) },
      provider: OTHER,
    };
    const member: ExampleResource = {
      type: "aws:iam/userGroupMembership:UserGroupMembership",
      name: "member",
      props: { user: "alice", groups: ["staff"] },
    };
    assert.deepEqual(told([USER, MAY, group, deny, member]), ["may violation"]);
    const here = [group, deny].map(({ type, name, props }) => ({ type, name, props }));
    assert.deepEqual(told([USER, MAY, ...here, member]), []);
  });
});

describe("what is allowed to somebody of the same name", () => {
  it("counts where the accounts cannot be told apart", () => {
    const may = { ...MAY, provider: OTHER };
    assert.deepEqual(told([USER, may]), ["may violation"]);
  });
});
