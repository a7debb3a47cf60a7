import assert from "node:assert/strict";
import { noInboundAdminPorts } from "@bastionless/policies/rules/no-inbound-admin-ports.ts";
import { noSshKeyPair } from "@bastionless/policies/rules/no-ssh-key-pair.ts";
import { sessionLogsEncrypted } from "@bastionless/policies/rules/session-logs-encrypted.ts";
import { startRules } from "./support/run-rules.ts";
import { toStack, type StackResource } from "./support/stack.ts";

const OPEN = { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] };

function group(props: StackResource["inputs"], stack: string, name = "group"): readonly StackResource[] {
  return toStack([{ type: "aws:ec2/securityGroup:SecurityGroup", name, props }], stack);
}

const DOCUMENT = {
  type: "aws:ssm/document:Document",
  name: "shell",
  props: {
    documentType: "Session",
    content: JSON.stringify({
      sessionType: "Standard_Stream",
      inputs: { cloudWatchLogGroupName: "sessions", cloudWatchEncryptionEnabled: true },
    }),
  },
};

function logs(kmsKeyId: unknown, stack: string): readonly StackResource[] {
  return toStack(
    [
      DOCUMENT,
      { type: "aws:cloudwatch/logGroup:LogGroup", name: "logs", props: { name: "sessions", kmsKeyId } },
    ],
    stack,
  );
}

const ALIAS = "arn:aws:kms:eu-central-1:123456789012:alias/logs";

describe("the model of a stack", () => {
  it("tells once what the resource callback has told", () => {
    const running = startRules([noInboundAdminPorts]);
    const stack = group(OPEN, "one");
    assert.equal(stack.flatMap((resource) => running.visit(resource)).length, 1);
    assert.equal(running.join(stack).length, 0);
  });

  it("decides by outputs what no resource callback was called for, such as a resource that was looked up", () => {
    const running = startRules([noInboundAdminPorts]);
    assert.deepEqual(
      running.join(group(OPEN, "one")).map(({ kind, on, by }) => ({ kind, on, by })),
      [{ kind: "violation", on: "group", by: "stack" }],
    );
  });

  it("decides by outputs what an exported state has no inputs of: a resource that was looked up", () => {
    const running = startRules([noInboundAdminPorts, noSshKeyPair]);
    const lookedUp = [
      ...group(OPEN, "one"),
      ...toStack([{ type: "aws:ec2/instance:Instance", name: "server", props: { keyName: "jo" } }], "one"),
    ].map((resource) => ({ ...resource, inputs: {} }));
    assert.deepEqual(
      [...lookedUp.flatMap((resource) => running.visit(resource)), ...running.join(lookedUp)]
        .map(({ kind, on, by }) => `${kind} ${on} ${by}`)
        .toSorted(),
      ["violation group stack", "violation server stack"],
    );
  });

  it("decides nothing of a resource that is looked up by an id that is not known yet", () => {
    const running = startRules([noInboundAdminPorts]);
    const later = group({}, "one");
    assert.deepEqual(
      running.join(later).map(({ kind, on }) => `${kind} ${on}`),
      ["undecided group"],
    );
  });

  it("decides a resource that is asked for without any input", () => {
    const running = startRules([noInboundAdminPorts]);
    const bare = group({}, "one");
    assert.deepEqual([...bare.flatMap((resource) => running.visit(resource)), ...running.join(bare)], []);
  });

  it("keeps an input that is not known, although it is missing in the outputs", () => {
    const running = startRules([sessionLogsEncrypted]);
    const stack = toStack([{ ...DOCUMENT, props: { ...DOCUMENT.props, content: { unknown: true } } }]);
    assert.deepEqual(stack[0]?.outputs, { documentType: "Session" });
    const told = [...stack.flatMap((resource) => running.visit(resource)), ...running.join(stack)];
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ["undecided"],
    );
  });

  it("does not mix stacks that pass through one process at the same time", () => {
    const running = startRules([sessionLogsEncrypted]);
    const good = logs(ALIAS, "good");
    const bad = logs(null, "bad");
    for (const resource of [good[0], bad[0], bad[1], good[1]]) {
      assert.ok(resource !== undefined);
      running.visit(resource);
    }
    assert.equal(running.join(good).length, 0);
    assert.deepEqual(
      running.join(bad).map(({ kind }) => kind),
      ["violation"],
    );
    assert.equal(running.join(good).length, 0);
  });

  it("begins anew with the next operation on the same stack", () => {
    const running = startRules([noInboundAdminPorts, sessionLogsEncrypted]);
    const before = logs(null, "one");
    const after = logs(ALIAS, "one");
    for (const resource of before) {
      running.visit(resource);
    }
    assert.equal(running.join(before).length, 1);
    for (const resource of after) {
      running.visit(resource);
    }
    assert.equal(running.join(after).length, 0);
    // A third, of which nothing but the stack callback is called.
    assert.equal(running.join(before).length, 1);
  });

  it("forgets an operation that ended before its stack callback", () => {
    const running = startRules([noInboundAdminPorts]);
    const root = toStack([{ type: "pulumi:pulumi:Stack", name: "one", props: {} }], "one");
    const closed = group({}, "one");
    for (const resource of [...root, ...closed]) {
      running.visit(resource);
    }
    // The next operation visits nothing but the root: the group was not targeted, and is open by now.
    for (const resource of root) {
      running.visit(resource);
    }
    assert.deepEqual(
      running.join([...root, ...group(OPEN, "one")]).map(({ kind }) => kind),
      ["violation"],
    );
  });

  it("tells findings in the order of their resources, whatever order the engine has", () => {
    const stack = [...group(OPEN, "one", "b"), ...group(OPEN, "one", "a"), ...group(OPEN, "one", "c")];
    const orders = [stack, stack.toReversed()].map((resources) =>
      startRules([noInboundAdminPorts])
        .join(resources)
        .map(({ on }) => on),
    );
    assert.deepEqual(orders, [
      ["a", "b", "c"],
      ["a", "b", "c"],
    ]);
  });
});
