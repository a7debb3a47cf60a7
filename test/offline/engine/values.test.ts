import assert from "node:assert/strict";
import fc from "fast-check";
import {
  containsSecret,
  containsUnknown,
  downgradeOutputs,
  keepSecrets,
  outputDependencies,
  upgradeToOutputs,
  withDependencies,
  withoutInternalKeys,
  withoutResources,
  withoutSecrets,
} from "@bastionless/offline/engine/values.ts";
import { fromStruct, fromValue, toStruct, toValue } from "@bastionless/offline/engine/struct.ts";
import type { Wire } from "@bastionless/offline/protocol/wire.ts";
import {
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  secret,
  SIGNATURE_KEY,
  UNKNOWN,
} from "@bastionless/offline/protocol/wire.ts";

const { value: wire } = fc.letrec<{ value: Wire; plain: Wire }>((tie) => ({
  plain: fc.oneof(
    { withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.string(),
    fc.constant(UNKNOWN),
  ),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("plain"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 3, noNullPrototype: true },
    ),
    tie("plain").map((value) => secret(value)),
  ),
}));

function output(fields: { readonly [key: string]: Wire }): Wire {
  return { [SIGNATURE_KEY]: OUTPUT_SIGNATURE, ...fields };
}

describe("property values", () => {
  it("come back from protobuf as they went", () => {
    fc.assert(
      fc.property(wire, (value) => {
        assert.deepEqual(fromValue(toValue(value)), value);
        assert.deepEqual(fromStruct(toStruct({ value })), { value });
      }),
    );
  });

  it("lose nothing when they become output values and back", () => {
    fc.assert(
      fc.property(wire, (value) => {
        assert.deepEqual(downgradeOutputs(upgradeToOutputs(value)), value);
      }),
    );
  });

  it("without secrets hold none, and as many unknowns", () => {
    fc.assert(
      fc.property(wire, (value) => {
        const bare = withoutSecrets(value);
        assert.equal(containsSecret(bare), false);
        assert.equal(containsUnknown(bare), containsUnknown(value));
      }),
    );
  });

  it("are the same object where nothing has to change", () => {
    const value: Wire = { a: [1, { b: "c" }] };
    for (const change of [downgradeOutputs, upgradeToOutputs, withoutSecrets, withoutResources]) {
      assert.equal(change(value), value);
    }
  });

  it("tell what their outputs depend on, at any depth", () => {
    const value = {
      a: [output({ value: output({ value: 1, dependencies: ["urn:1"] }), dependencies: ["urn:2"] })],
      b: output({ dependencies: ["urn:3"], secret: true }),
    };
    assert.deepEqual([...outputDependencies(value)].toSorted(), ["urn:1", "urn:2", "urn:3"]);
    assert.deepEqual(downgradeOutputs(value), { a: [1], b: secret(UNKNOWN) });
  });

  it("take on dependencies, once", () => {
    const one = withDependencies("x", new Set(["urn:1"]));
    assert.deepEqual(one, output({ value: "x", dependencies: ["urn:1"] }));
    assert.equal(withDependencies(one, new Set(["urn:1"])), one);
    assert.deepEqual(
      withDependencies(one, new Set(["urn:2"])),
      output({ value: "x", dependencies: ["urn:1", "urn:2"] }),
    );
  });

  it("name resources by id, by URN where they have none, and as unknown where it is not known", () => {
    const reference = (id?: string): Wire => ({
      [SIGNATURE_KEY]: RESOURCE_SIGNATURE,
      urn: "urn:1",
      ...(id === undefined ? {} : { id }),
    });
    assert.deepEqual(withoutResources([reference("i-1"), reference(), reference("")]), [
      "i-1",
      "urn:1",
      UNKNOWN,
    ]);
  });

  it("stay secret where a policy hands them back in the clear", () => {
    assert.deepEqual(
      keepSecrets(
        { a: "x", b: { c: "y", d: 1 }, e: [1], f: 2 },
        { a: secret("x"), b: { c: secret("y"), d: 1 }, e: [secret(1)] },
      ),
      { a: secret("x"), b: { c: secret("y"), d: 1 }, e: secret([1]), f: 2 },
    );
  });

  it("hide the engine's own keys at the top, and only there", () => {
    assert.deepEqual(withoutInternalKeys({ __defaults: [], a: { __defaults: [] } }), {
      a: { __defaults: [] },
    });
  });
});
