import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import schema from "../../components/plugin/schema.json" with { type: "json" };
import { mapAt } from "./support/json.ts";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { REPOSITORY } from "./support/paths.ts";
import { describePluginLifecycle } from "./support/plugin-lifecycle.ts";
import { pointAtComponents } from "./support/plugin-project.ts";
import { requireYaml } from "./support/require-host.ts";
import { ownStack } from "./support/stack.ts";

const TWIN = fileURLToPath(new URL("fixtures/plugin-twin", import.meta.url));
const BAD = fileURLToPath(new URL("fixtures/plugin-bad", import.meta.url));

describeOnRealEngine("examples/yaml, through the plugin, on the real engine", () => {
  requireYaml();
  describePluginLifecycle("yaml", pointAtComponents);
});

describeOnRealEngine("bad arguments, through the plugin, on the real engine", () => {
  requireYaml();
  const engine = ownStack(BAD, "dev", { prepare: pointAtComponents });

  it("are all told at once, by name, before anything is registered", async () => {
    const { code, events, stdout } = await engine().preview({ mayFail: true });
    assert.notEqual(code, 0, stdout);
    const told = events.diagnostics.map(({ message }) => message).join("\n");
    for (const argument of ["retentionDays", "keyRotationDays", "s3KeyPrefix"]) {
      assert.equal(
        told.split(`property ${argument} `).length,
        2,
        `\`${argument}\` is not told of once:\n${told}`,
      );
    }
    assert.deepEqual(
      events.steps.map(({ urn }) => urn).filter((urn) => !urn.includes("::pulumi:")),
      [],
    );
  });
});

describeOnRealEngine("the plugin's schema, on the real engine", () => {
  const engine = ownStack(TWIN, "dev");

  it("is understood by the engine as it is checked in", async () => {
    const served = await engine().packageSchema(join(REPOSITORY, "components"));
    assert.deepEqual(Object.keys(mapAt(served, "types")), Object.keys(schema.types));
    assert.deepEqual(Object.keys(mapAt(served, "resources")), Object.keys(schema.resources));
    for (const [token, { inputProperties, properties }] of Object.entries(schema.resources)) {
      const resource = mapAt(mapAt(served, "resources"), token);
      assert.deepEqual(sorted(mapAt(resource, "inputProperties")), sorted(inputProperties), token);
      assert.deepEqual(sorted(mapAt(resource, "properties")), sorted(properties), token);
    }
  });
});

function sorted(properties: object): readonly string[] {
  return Object.keys(properties).toSorted();
}
