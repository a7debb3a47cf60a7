import assert from "node:assert/strict";

import { modelledTypes, schemaOf } from "../../../offline/aws/catalogue.ts";
import { UNKNOWN } from "../../../offline/protocol/wire.ts";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { changes, check, created } from "./support/simulation.ts";

/** Outputs that a preview of the real provider can tell although no input gives them. */
function unknowns(outputs: WireMap): readonly string[] {
  return Object.keys(outputs).filter((name) => outputs[name] === UNKNOWN);
}

function promised(type: string): readonly string[] {
  return Object.keys(schemaOf(type)?.outputs ?? {}).filter((name) => !name.endsWith("?"));
}

/** Nested objects for which the provider has nothing to read back where none was given. */
const OBJECTS_LEFT_OUT = new Set([
  "accelerationStatus",
  "capacityReservationSpecification",
  "instanceMarketOptions",
  "logging",
  "networkInterfaces",
  "objectLockConfiguration",
  "primaryNetworkInterface",
  "replicationConfiguration",
  "storageDescriptor",
  "viewDefinition",
  "website",
]);

describe("every modelled type", () => {
  for (const type of modelledTypes()) {
    const least = LEAST[type];

    it(`${type} is accepted with the least that it needs`, () => {
      assert.ok(least !== undefined, "no sample");
      assert.deepEqual(check(type, least).failures, []);
    });

    it(`${type} has an id and a value for every output that its typings promise`, () => {
      const { id, outputs } = created(type, least ?? {});
      assert.notEqual(id, "");
      assert.notEqual(id, UNKNOWN);
      assert.deepEqual(unknowns(outputs), []);
      assert.deepEqual(
        promised(type).filter((name) => outputs[name] === undefined && !OBJECTS_LEFT_OUT.has(name)),
        [],
      );
    });

    it(`${type} shows in a preview its inputs, and no value that only AWS can tell`, () => {
      const { inputs } = check(type, least ?? {});
      const { id, outputs } = created(type, least ?? {}, { preview: true });
      assert.equal(id, "");
      for (const [name, value] of Object.entries(outputs)) {
        assert.deepEqual(value, inputs[name] ?? UNKNOWN, name);
      }
      assert.deepEqual(
        promised(type).filter((name) => outputs[name] === undefined),
        [],
      );
    });

    it(`${type} does not differ from itself`, () => {
      assert.deepEqual(changes(type, least ?? {}, least ?? {}), { diffs: [], replaces: [] });
    });

    it(`${type} takes unknowns in the place of its inputs, without a failure and without a value made of them`, () => {
      const unknownInputs = Object.fromEntries(Object.keys(least ?? {}).map((name) => [name, UNKNOWN]));
      assert.deepEqual(check(type, unknownInputs).failures, []);
      const { outputs } = created(type, unknownInputs);
      for (const name of Object.keys(least ?? {})) {
        assert.ok(outputs[name] === undefined || outputs[name] === UNKNOWN, name);
      }
    });
  }

  it("is sampled, and nothing else is", () => {
    assert.deepEqual(Object.keys(LEAST).toSorted(), [...modelledTypes()]);
  });
});
