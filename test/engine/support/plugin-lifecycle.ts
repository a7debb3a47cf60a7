import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { graphOfDeployment, resourcesOf } from "./deployment.ts";
import type { Graph } from "./graph.ts";
import { finishOffline } from "./offline.ts";
import { once } from "./once.ts";
import { REPOSITORY } from "./paths.ts";
import { copyProject } from "./project-copy.ts";
import type { RealEngine } from "./real-engine.ts";
import { stateGraphOfRecords } from "./records.ts";
import { ownStack } from "./stack.ts";

const POLICIES = { dir: join(REPOSITORY, "policies") };

/** The same program in TypeScript. */
const TWIN = fileURLToPath(new URL("../fixtures/plugin-twin", import.meta.url));

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

/** The graph of the twin as if its project had the name. */
async function twinOf(project: string): Promise<Graph> {
  const folder = await mkdtemp(join(tmpdir(), "bastionless-twin-"));
  try {
    const root = join(folder, "project");
    await copyProject(TWIN, root);
    // A link would be run where it leads to, which is another project's folder.
    await rm(join(root, "index.ts"));
    await cp(join(TWIN, "index.ts"), join(root, "index.ts"));
    const file = join(root, "Pulumi.yaml");
    await writeFile(file, (await readFile(file, "utf8")).replace(/^name: .*$/m, `name: ${project}`));
    const { resources } = await finishOffline(root, "dev", { mode: "resolved" });
    return stateGraphOfRecords(resources);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Declares the tests of an example in another language that says what `fixtures/plugin-twin` says, from its first preview
 * to its end.
 */
export function describePluginLifecycle(
  example: string,
  prepare: (engine: RealEngine) => Promise<void>,
): void {
  const engine = ownStack(join(REPOSITORY, "examples", example), "dev", { prepare });
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
    const [state, twin] = await Promise.all([exported(), twinOf(example)]);
    assert.deepEqual(substance(graphOfDeployment(state)), substance(twin));
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
}
