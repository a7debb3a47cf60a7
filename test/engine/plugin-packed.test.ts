import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import schema from "../../components/plugin/schema.json" with { type: "json" };
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { unpackComponents } from "./support/packed-components.ts";
import { REPOSITORY } from "./support/paths.ts";
import { twinOf } from "./support/plugin-lifecycle.ts";
import { pointAtComponents } from "./support/plugin-project.ts";
import { requireYaml } from "./support/require-host.ts";
import { ownStack } from "./support/stack.ts";

const EXAMPLE = join(REPOSITORY, "examples", "yaml");

describeOnRealEngine("the components as they are published, as a plugin, on the real engine", () => {
  requireYaml();
  const engine = ownStack(EXAMPLE, "dev", {
    prepare: async (prepared) => {
      await mkdir(prepared.file("packed"));
      await pointAtComponents(prepared, await unpackComponents(prepared.file("packed")));
    },
  });

  it("have the schema that is checked in", async () => {
    const folder = join(engine().file("packed"), "package");
    assert.deepEqual(JSON.parse(await readFile(join(folder, "plugin", "schema.json"), "utf8")), schema);
    const { config, ...served } = await engine().packageSchema(folder);
    assert.deepEqual(config, {});
    assert.deepEqual(served, schema);
  });

  it("build what the same program in TypeScript does, of compiled files alone", async () => {
    const [{ events }, { resources }] = await Promise.all([
      engine().preview(),
      twinOf("plugin-twin", "yaml", "preview"),
    ]);
    const urns = events.steps.filter(({ op }) => op === "create").map(({ urn }) => urn);
    assert.deepEqual(made(urns), made(resources.filter(({ external }) => !external).map(({ urn }) => urn)));
  });
});

/** What is of the program, and not of the engine. */
function made(urns: readonly string[]): readonly string[] {
  return urns.filter((urn) => !urn.includes("::pulumi:")).toSorted();
}
