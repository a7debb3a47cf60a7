import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import schema from "../../components/plugin/schema.json" with { type: "json" };
import { graphOfDeployment, resourcesOf } from "./support/deployment.ts";
import type { Graph } from "./support/graph.ts";
import { mapAt } from "./support/json.ts";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { finishOffline } from "./support/offline.ts";
import { once } from "./support/once.ts";
import { REPOSITORY } from "./support/paths.ts";
import { pointAtComponents } from "./support/plugin-project.ts";
import { stateGraphOfRecords } from "./support/records.ts";
import { requireYaml } from "./support/require-host.ts";
import { ownStack } from "./support/stack.ts";

const POLICIES = { dir: join(REPOSITORY, "policies") };
const TWIN = fileURLToPath(new URL("fixtures/plugin-twin", import.meta.url));
const BAD = fileURLToPath(new URL("fixtures/plugin-bad", import.meta.url));

/** What a resource is, wherever the program that asked for it was written. */
function substance(graph: Graph): object {
  return Object.fromEntries(
    [...graph.values()]
      .filter(({ type, external }) => !type.startsWith("pulumi:") && !external)
      .map(({ urn, parent, custom, inputs, options }) => [
        urn,
        // Inputs of a component go to its constructor, and are recorded only where an engine hands them on.
        {
          parent,
          inputs: custom ? documentsOf(inputs) : {},
          protect: options.protect,
          ignores: options.ignoreChanges,
        },
      ]),
  );
}

/** With JSON documents taken apart: engines hand maps on in an order of their own, which shows in a policy's text. */
function documentsOf(inputs: WireMap): object {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]): readonly [string, unknown] => [
      name,
      typeof value === "string" && value.startsWith("{") ? JSON.parse(value) : value,
    ]),
  );
}

describeOnRealEngine("examples/yaml, through the plugin, on the real engine", () => {
  requireYaml();
  const engine = ownStack(join(REPOSITORY, "examples/yaml"), "dev", { prepare: pointAtComponents });
  const previewed = once(() => engine().preview({ packs: [POLICIES] }));
  const applied = once(async () => {
    await Promise.allSettled([previewed()]);
    return engine().up({ packs: [POLICIES] });
  });
  const exported = once(async () => {
    await applied();
    return engine().exportState();
  });
  const again = once(async () => {
    await Promise.allSettled([exported()]);
    return engine().preview();
  });

  it("is previewed, refuted by no policy, and undecided only where a key's ARN or a subnet is not known yet", async () => {
    const { events } = await previewed();
    const undecided = events.violations.filter(({ policy }) => policy !== "summary");
    assert.deepEqual(
      undecided.filter(({ enforcement }) => enforcement !== "advisory"),
      [],
    );
    const names = new Set(undecided.map(({ urn }) => urn.split("::").at(-1) ?? ""));
    assert.deepEqual([...names].toSorted(), [
      "app-amazon-linux-2023-arm64",
      "app-session-key",
      "operators-group-sre-key",
      "operators-key-policy",
    ]);
  });

  it("is created, and every policy is decided then", async () => {
    const { events } = await applied();
    assert.deepEqual(
      events.violations.filter(({ policy }) => policy !== "summary"),
      [],
    );
  });

  it("is, resource for resource, what the same program in TypeScript is", async () => {
    const [state, twin] = await Promise.all([exported(), finishOffline(TWIN, "dev", { mode: "resolved" })]);
    assert.deepEqual(substance(graphOfDeployment(state)), substance(stateGraphOfRecords(twin.resources)));
  });

  it("is not changed by a second preview", async () => {
    const { events } = await again();
    assert.deepEqual(Object.keys(events.changes), ["same"]);
  });

  it("leaves nothing when it is destroyed", async () => {
    await Promise.allSettled([again()]);
    await engine().destroy();
    assert.deepEqual(resourcesOf(await engine().exportState()), []);
  });
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
