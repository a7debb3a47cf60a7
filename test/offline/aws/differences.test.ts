import assert from "node:assert/strict";

import * as fc from "fast-check";

import { policyMeaning } from "../../../offline/aws/policy-equality.ts";
import { UNKNOWN, secret } from "../../../offline/protocol/wire.ts";
import type { Wire } from "../../../offline/protocol/wire.ts";
import { changes, check, configured, created, urnOf } from "./support/simulation.ts";

const POLICY = "aws:iam/policy:Policy";
const DOCUMENT = "aws:ssm/document:Document";
const VPC = "aws:ec2/vpc:Vpc";

const texts = fc.array(fc.constantFrom("a:A", "b:B", "c:C", "*"), { minLength: 1, maxLength: 3 });
const statement = fc.record({
  Sid: fc.constantFrom("one", "two"),
  Effect: fc.constantFrom("Allow", "Deny"),
  Action: texts,
  Resource: texts,
});

describe("the meaning of a policy document", () => {
  it("does not depend on the order of statements and values", () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 4 }), (statements) => {
        const reversed = statements.toReversed().map((one) => ({ ...one, Action: one.Action.toReversed() }));
        return policyMeaning({ Statement: statements }) === policyMeaning({ Statement: reversed });
      }),
    );
  });

  it("depends on everything else", () => {
    fc.assert(
      fc.property(statement, (one) => {
        const meaning = policyMeaning({ Statement: [one] });
        const others: readonly Wire[] = [
          { ...one, Effect: one.Effect === "Allow" ? "Deny" : "Allow" },
          { ...one, Action: [...one.Action, "d:D"] },
          { ...one, Condition: { Bool: { k: "true" } } },
          { ...one, Principal: "*" },
        ];
        return others.every((other) => policyMeaning({ Statement: [other] }) !== meaning);
      }),
    );
  });

  it("takes one value for a list of it, an account for its root, everyone for every AWS principal", () => {
    const one = { Effect: "Allow", Action: "a:A", Resource: "*" };
    const same: readonly (readonly [Wire, Wire])[] = [
      [one, { ...one, Action: ["a:A"], Resource: ["*"] }],
      [
        { ...one, Principal: "*" },
        { ...one, Principal: { AWS: "*" } },
      ],
      [
        { ...one, Principal: { AWS: "123456789012" } },
        { ...one, Principal: { AWS: ["arn:aws:iam::123456789012:root"] } },
      ],
      [
        { ...one, Condition: { Bool: { k: "true" } } },
        { ...one, Condition: { Bool: { k: ["true"] } } },
      ],
    ];
    for (const [a, b] of same) {
      assert.equal(policyMeaning({ Statement: a }), policyMeaning({ Statement: [b] }));
    }
  });
});

describe("what changes", () => {
  it("is nothing where a policy is written differently", () => {
    const write = (action: Wire) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
      });
    assert.deepEqual(changes(POLICY, { policy: write("a:A") }, { policy: write(["a:A"]) }).diffs, []);
    assert.deepEqual(changes(POLICY, { policy: write("a:A") }, { policy: write("b:B") }).diffs, ["policy"]);
  });

  it("is nothing where a value only becomes secret", () => {
    const before = { cidrBlock: "10.0.0.0/16" };
    assert.deepEqual(changes(VPC, before, { cidrBlock: secret("10.0.0.0/16") }).diffs, []);
  });

  it("leaves out what is ignored", () => {
    const diff = configured().diff({
      urn: urnOf(VPC),
      type: VPC,
      id: "vpc-1",
      oldInputs: { cidrBlock: "10.0.0.0/16", tags: { a: "1" } },
      oldOutputs: {},
      news: { cidrBlock: "10.1.0.0/16", tags: { a: "2" } },
      ignoreChanges: ["tags.a"],
    });
    assert.deepEqual(diff.diffs, ["cidrBlock"]);
  });

  it("is every input of a type that is not modelled, and replaces nothing", () => {
    const type = "aws:unheard/of:Thing";
    assert.deepEqual(changes(type, { a: 1, b: [1] }, { a: 2, b: [1] }), { diffs: ["a"], replaces: [] });
  });
});

describe("an update in a preview", () => {
  const write = (description: string) =>
    JSON.stringify({ schemaVersion: "1.0", description, sessionType: "Standard_Stream", inputs: {} });

  it("keeps what stays the same, and leaves unknown what changes with it", () => {
    const before = { name: "shell", documentType: "Session", content: write("one") };
    const old = created(DOCUMENT, before);
    const { inputs } = check(DOCUMENT, { ...before, content: write("two") });
    const request = {
      urn: urnOf(DOCUMENT),
      type: DOCUMENT,
      name: "thing",
      id: old.id,
      inputs,
      oldInputs: check(DOCUMENT, before).inputs,
      oldOutputs: old.outputs,
    };
    const preview = configured().update({ ...request, preview: true });
    assert.equal(preview.outputs["arn"], old.outputs["arn"]);
    assert.equal(preview.outputs["hash"], UNKNOWN);
    assert.equal(preview.outputs["description"], UNKNOWN);
    const done = configured().update({ ...request, preview: false });
    assert.equal(done.outputs["description"], "two");
    assert.equal(done.outputs["arn"], old.outputs["arn"]);
    assert.equal(done.id, "shell");
  });
});

describe("a resource of a type that is not modelled", () => {
  const type = "aws:unheard/of:Thing";

  it("keeps its inputs as outputs, and gets an id", () => {
    const { id, outputs } = created(type, { a: 1, b: UNKNOWN });
    assert.match(id, /^thing-[0-9a-f]{7}$/u);
    assert.deepEqual(outputs, { a: 1, b: UNKNOWN });
    assert.equal(created(type, {}, { preview: true }).id, "");
  });
});
