import assert from "node:assert/strict";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import {
  allow,
  CHECK,
  documentArn,
  groupPolicy,
  INSTANCES,
  LATER,
  MFA,
  ofAws,
  policy,
  sessionDocument,
  UNKNOWN,
} from "@bastionless/policies/rules/examples/people.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { RuleConfig } from "@bastionless/policies/rules/rule.ts";
import { runRules, type Told } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

function tell(rule: string, resources: readonly ExampleResource[], config: RuleConfig = {}): readonly Told[] {
  const rules = RULES.filter(({ id }) => id === rule);
  assert.equal(rules.length, 1, rule);
  return runRules(rules, toStack(resources), { [rule]: config });
}

function summary(told: readonly Told[]): readonly string[] {
  return told.map(({ on, kind, by }) => `${by}: ${kind} on ${on}`).toSorted();
}

const START = "ssm:StartSession";
const ANY_PORT = sessionDocument("acme-ports", {
  sessionType: "Port",
  parameters: { portNumber: { type: "String" } },
  properties: { portNumber: "{{ portNumber }}" },
});

describe("findings about access", () => {
  it("are told once, where one policy is open to AWS's documents, the stack's and others'", () => {
    for (const scope of ["document", "principal"]) {
      const told = tell("no-unlogged-session-path", [ANY_PORT, groupPolicy("open", "people", allow(START))], {
        scope,
      });
      assert.equal(told.filter(({ kind }) => kind === "violation").length, scope === "document" ? 1 : 2);
      if (scope === "document") {
        assert.deepEqual(summary(told), ["resource: violation on open"]);
      }
    }
  });

  it("are told once, where one policy is open to the stack's documents and others'", () => {
    const open = groupPolicy(
      "open",
      "people",
      allow(START, { Resource: [INSTANCES, documentArn("acme-*")], Condition: CHECK }),
    );
    assert.deepEqual(summary(tell("no-unlogged-session-path", [ANY_PORT, open])), [
      "stack: violation on open",
    ]);
  });

  it("are told of each document that is open by itself, and not of both together again", () => {
    const told = tell("session-access-requires-mfa", [
      groupPolicy("one", "people", allow(START)),
      groupPolicy("other", "people", allow("ssm:*")),
    ]);
    assert.deepEqual(summary(told), ["resource: violation on one", "resource: violation on other"]);
  });

  it("are told of an unknown document once by each rule, with what is not known and nothing else", () => {
    for (const rule of [
      "no-unlogged-session-path",
      "own-sessions-only",
      "session-access-requires-mfa",
      "session-access-requires-tags",
      "session-documents-pinned",
      "side-doors-guarded",
    ]) {
      const told = tell(rule, [LATER]);
      assert.deepEqual(summary(told), ["resource: undecided on later"], rule);
      assert.ok(!told[0]?.message.includes("(question)"), told[0]?.message);
    }
  });

  it("are told of an unread policy once by each rule, though it asks two questions", () => {
    const elsewhere: ExampleResource = {
      type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      name: "elsewhere",
      props: { user: "jo", policyArn: UNKNOWN },
    };
    for (const scope of ["document", "principal"]) {
      assert.deepEqual(summary(tell("side-doors-guarded", [elsewhere], { scope })), [
        "stack: undecided on elsewhere",
      ]);
    }
  });

  it("are one for all doors that a statement opens, and name them all", () => {
    const told = tell("side-doors-guarded", [
      groupPolicy("open", "people", allow(["ssm:SendCommand", "ssm:CreateAssociation"], { Condition: MFA })),
    ]);
    assert.deepEqual(summary(told), ["resource: violation on open"]);
    assert.match(told[0]?.message ?? "", /ssm:SendCommand/);
    assert.match(told[0]?.message ?? "", /ssm:CreateAssociation/);
  });

  it("say of AWS's own policies what can be changed about them", () => {
    for (const scope of ["document", "principal"]) {
      const told = tell("own-sessions-only", [ofAws("AmazonSSMFullAccess")], { scope });
      assert.equal(told.length, 1);
      assert.match(told[0]?.message ?? "", /`AmazonSSMFullAccess` is AWS's own/);
    }
  });

  it("count what a policy of AWS's denies, where whole principals are asked", () => {
    const stack = [groupPolicy("open", "people", allow(START)), ofAws("AWSDenyAll")];
    const rule = "session-access-requires-mfa";
    assert.deepEqual(summary(tell(rule, stack)), ["resource: violation on open"]);
    assert.deepEqual(summary(tell(rule, stack, { scope: "principal" })), []);
  });

  it("take a question mark in a document's name for what it is", () => {
    const named = (name: string) =>
      groupPolicy(
        "people",
        "people",
        allow(START, { Resource: [INSTANCES, documentArn(name)], Condition: CHECK }),
      );
    const config = { documents: ["acme-?", "acme-prod-*"] };
    assert.deepEqual(summary(tell("session-documents-pinned", [named("acme-1")], config)), [
      "resource: violation on people",
    ]);
    assert.deepEqual(summary(tell("session-documents-pinned", [named("acme-prod-1")], config)), []);
  });

  it("know a machine's tag by EC2's name where the door is EC2's", () => {
    const send = (key: string) =>
      groupPolicy(
        "people",
        "people",
        allow("ec2-instance-connect:SendSSHPublicKey", {
          Condition: { ...MFA, StringEquals: { [key]: "prod" } },
        }),
      );
    assert.deepEqual(summary(tell("side-doors-guarded", [send("ec2:ResourceTag/Environment")])), []);
    assert.deepEqual(summary(tell("side-doors-guarded", [send("ec2:osuser")])), [
      "resource: violation on people",
    ]);
  });

  it("hold a role's documents that are read late to the same as those that stand in it", () => {
    const trust = policy({
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Action: "sts:AssumeRole",
      Condition: MFA,
    });
    const role: ExampleResource = {
      type: "aws:iam/role:Role",
      name: "operator",
      props: { name: "operator", assumeRolePolicy: trust },
    };
    const commands: ExampleResource = {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "commands",
      props: { role: UNKNOWN, policy: policy(allow("ssm:SendCommand")) },
      from: { role: ["operator"] },
    };
    const config = { allow: ["ssm:Get*"], tags: { Environment: [] } };
    // The trust sees to MFA, and not to tags.
    assert.deepEqual(summary(tell("side-doors-guarded", [role, commands], config)), [
      "resource: violation on commands",
    ]);
  });
});
