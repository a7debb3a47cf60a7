import assert from "node:assert/strict";
import { SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN } from "@bastionless/offline/protocol/wire.ts";
import { graphOfDeployment, STATE_LACKS } from "./support/deployment.ts";
import { differences, graphOf, type Node } from "./support/graph.ts";
import { graphOfPlan } from "./support/plan.ts";
import { wireForm } from "./support/wire-form.ts";

const NODE: Node = {
  urn: "urn:pulumi:dev::p::t:i:T::a",
  type: "t:i:T",
  custom: true,
  external: false,
  parent: "",
  provider: "",
  id: "a-1",
  inputs: { size: 1, tags: { a: "b" }, list: [1, 2] },
  outputs: {},
  dependencies: [],
  propertyDependencies: {},
  options: {
    protect: false,
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    customTimeouts: { create: 0, update: 0, delete: 0 },
    retainOnDelete: false,
    replaceOnChanges: [],
    hideDiffs: [],
    deletedWith: "",
    importId: "",
    aliases: [],
  },
};

describe("comparing graphs", () => {
  it("finds no difference between a graph and itself", () => {
    assert.deepEqual(differences(graphOf([NODE]), graphOf([{ ...NODE }])), []);
  });

  it("names resources that only one of them has", () => {
    const other = { ...NODE, urn: "urn:pulumi:dev::p::t:i:T::b" };
    assert.deepEqual(differences(graphOf([NODE]), graphOf([other])), [
      `missing: ${NODE.urn}`,
      `unexpected: ${other.urn}`,
    ]);
  });

  it("names the place of a difference, and both values", () => {
    const changed = { ...NODE, inputs: { size: 1, tags: { a: "c" }, list: [1, 3] } };
    assert.deepEqual(differences(graphOf([NODE]), graphOf([changed])), [
      `${NODE.urn}\n    inputs.list[1]: expected 2, is 3`,
      `${NODE.urn}\n    inputs.tags.a: expected "b", is "c"`,
    ]);
  });

  it("sees a difference in every part of a resource", () => {
    const changes: readonly Partial<Node>[] = [
      { type: "t:i:U" },
      { custom: false },
      { external: true },
      { parent: "urn:x" },
      { provider: "urn:y" },
      { id: "a-2" },
      { outputs: { arn: "x" } },
      { dependencies: ["urn:z"] },
      { propertyDependencies: { size: [] } },
      { options: { ...NODE.options, protect: true } },
      { options: { ...NODE.options, deleteBeforeReplace: false } },
      { options: { ...NODE.options, aliases: ["urn:w"] } },
    ];
    for (const change of changes) {
      assert.equal(
        differences(graphOf([NODE]), graphOf([{ ...NODE, ...change }])).length,
        1,
        JSON.stringify(change),
      );
    }
  });

  it("leaves out what one of them cannot know", () => {
    const other = { ...NODE, id: undefined, options: { ...NODE.options, aliases: ["urn:w"] } };
    assert.deepEqual(differences(graphOf([NODE]), graphOf([other]), ["id", "aliases"]), []);
  });
});

describe("bringing values into one form", () => {
  it("gives secrets of a state, a plan and a record the same form", () => {
    const secret = { [SIGNATURE_KEY]: SECRET_SIGNATURE };
    assert.deepEqual(wireForm({ ...secret, plaintext: '{"a":1}' }), { secret: { a: 1 } });
    assert.deepEqual(wireForm({ ...secret, value: { a: 1 } }), { secret: { a: 1 } });
    assert.throws(() => wireForm({ ...secret, ciphertext: "v1:x" }), /without its plain text/);
  });

  it("takes every kind of unknown for unknown", () => {
    assert.deepEqual(wireForm(["6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", "no"]), [UNKNOWN, "no"]);
  });
});

describe("reading what the engine wrote", () => {
  it("reads a resource of a state", () => {
    const graph = graphOfDeployment({
      version: 3,
      deployment: {
        resources: [
          {
            urn: NODE.urn,
            custom: true,
            id: "a-1",
            type: "t:i:T",
            inputs: { __internal: {}, size: 1, tags: { a: "b" }, list: [1, 2] },
            created: "2026-01-01T00:00:00Z",
          },
        ],
      },
    });
    assert.deepEqual(differences(graphOf([NODE]), graph, STATE_LACKS), []);
  });

  it("refuses a plan in which a provider exists already: it is not that of a new stack", () => {
    const goal = { type: "t:i:T", provider: "urn:pulumi:dev::p::pulumi:providers:t::default::1de4e2b0" };
    assert.throws(
      () => graphOfPlan({ resourcePlans: { [NODE.urn]: { goal } } }),
      /names a provider with an id/,
    );
  });
});
