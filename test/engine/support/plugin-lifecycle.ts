import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import type { Finished, Mode } from "@bastionless/offline/engine/index.ts";
import { graphOfDeployment, resourcesOf } from "./deployment.ts";
import type { Graph } from "./graph.ts";
import { finishOffline } from "./offline.ts";
import { once } from "./once.ts";
import { REPOSITORY } from "./paths.ts";
import { copyProject } from "./project-copy.ts";
import type { RealEngine } from "./real-engine.ts";
import { stateGraphOfRecords } from "./records.ts";
import { ownStack } from "./stack.ts";
import type { ComparableViolation } from "./violations.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures", import.meta.url));

const POLICIES = { dir: join(REPOSITORY, "policies") };

/** A program in another language, and the same program in TypeScript. */
export interface PluginProgram {
  /** The folder in examples. */
  readonly example: string;
  /** The folder in test/engine/fixtures. */
  readonly twin: string;
  readonly prepare: (engine: RealEngine) => Promise<void>;
}

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
      typeof value === "string" && value.startsWith('{"') ? JSON.parse(value) : value,
    ]),
  );
}

/** What the offline engine makes of a twin, by its folder in fixtures, as if its project had the name. */
export async function twinOf(name: string, project: string, mode: Mode): Promise<Finished> {
  const folder = await mkdtemp(join(tmpdir(), "bastionless-twin-"));
  try {
    const twin = join(FIXTURES, name);
    const root = join(folder, "project");
    await copyProject(twin, root);
    // A link would be run where it leads to, which is another project's folder.
    await rm(join(root, "index.ts"));
    await cp(join(twin, "index.ts"), join(root, "index.ts"));
    const file = join(root, "Pulumi.yaml");
    await writeFile(file, (await readFile(file, "utf8")).replace(/^name: .*$/m, `name: ${project}`));
    return await finishOffline(root, "dev", { mode, packs: [POLICIES] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What was found of which resource, each once. What a message says of a document may be in another order. */
function findings(
  violations: readonly Pick<ComparableViolation, "enforcement" | "policy" | "urn">[],
): readonly string[] {
  const found = violations
    .filter(({ policy }) => policy !== "summary")
    .map(({ enforcement, policy, urn }) => `${enforcement} ${policy} ${urn}`);
  return [...new Set(found)].toSorted();
}

/** Declares the tests of an example in another language, from its first preview to its end. */
export function describePluginLifecycle({ example, twin, prepare }: PluginProgram): void {
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

  const inTypeScript = {
    preview: once(() => twinOf(twin, example, "preview")),
    resolved: once(() => twinOf(twin, example, "resolved")),
  };

  it("is previewed, refuted by no policy, and undecided where the same program in TypeScript is", async () => {
    const [{ events }, offline] = await Promise.all([previewed(), inTypeScript.preview()]);
    assert.deepEqual(
      events.violations.filter(({ enforcement }) => enforcement !== "advisory"),
      [],
    );
    assert.ok(offline.violations.length > 0);
    const [found, foundThere] = [findings(events.violations), findings(offline.violations)];
    assert.deepEqual(
      foundThere.filter((finding) => !found.includes(finding)),
      [],
    );
    // An output of a component says of which component it is, and not of which subnet.
    assert.deepEqual(
      found.filter((finding) => !foundThere.includes(finding) && !finding.includes(" no-public-ip ")),
      [],
    );
  });

  it("is created, and decided then as the same program in TypeScript is", async () => {
    const [{ events }, offline] = await Promise.all([applied(), inTypeScript.resolved()]);
    assert.deepEqual(findings(events.violations), findings(offline.violations));
  });

  it("is, resource for resource, what the same program in TypeScript is", async () => {
    const [state, { resources }] = await Promise.all([exported(), inTypeScript.resolved()]);
    assert.deepEqual(substance(graphOfDeployment(state)), substance(stateGraphOfRecords(resources)));
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
