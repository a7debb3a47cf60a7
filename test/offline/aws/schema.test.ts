import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { modelOf, modelledTypes, schemaOf } from "../../../offline/aws/catalogue.ts";
import { DESCRIBED_LOOKUPS, MODELLED_RESOURCES } from "./schema/modelled-types.ts";
import { readTypings } from "./schema/typings.ts";

const WRITTEN = new URL("../../../offline/aws/schema/schema.json", import.meta.url);

describe("the schema of the simulated AWS provider", () => {
  it("says what the typings of the installed @pulumi/aws say", function () {
    this.timeout(60_000);
    assert.deepEqual(
      JSON.parse(readFileSync(WRITTEN, "utf8")),
      readTypings(MODELLED_RESOURCES, DESCRIBED_LOOKUPS),
    );
  });

  it("covers the types that are modelled, and no others", () => {
    const covered = Object.keys(readCovered()).toSorted();
    assert.deepEqual(modelledTypes(), covered);
  });

  for (const type of modelledTypes()) {
    it(`knows the properties that the model of ${type} names`, () => {
      const model = modelOf(type);
      const schema = schemaOf(type);
      assert.ok(model !== undefined && schema !== undefined);
      const inputs = new Set(Object.keys(schema.inputs).map((name) => name.replace("?", "")));
      const outputs = new Set(Object.keys(schema.outputs).map((name) => name.replace("?", "")));
      const namedInputs = [
        ...model.replaces,
        ...Object.keys(model.defaults ?? {}),
        ...Object.keys(model.comparisons ?? {}),
        ...Object.keys(model.replacesPart ?? {}),
        ...(model.autoName === undefined ? [] : [model.autoName.property, ...(model.autoName.unless ?? [])]),
      ];
      const namedOutputs = [
        ...Object.keys(model.computed ?? {}),
        ...Object.keys(model.completed ?? {}),
        ...Object.keys(model.planned ?? {}),
      ];
      assert.deepEqual(
        namedInputs.filter((name) => !inputs.has(name)),
        [],
      );
      assert.deepEqual(
        namedOutputs.filter((name) => !outputs.has(name)),
        [],
      );
    });
  }
});

function readCovered(): object {
  const schema: unknown = JSON.parse(readFileSync(WRITTEN, "utf8"));
  assert.ok(typeof schema === "object" && schema !== null && "resources" in schema);
  assert.ok(typeof schema.resources === "object" && schema.resources !== null);
  return schema.resources;
}
