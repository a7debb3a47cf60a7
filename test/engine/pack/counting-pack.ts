import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { numberAt, parseMap } from "../support/json.ts";
import { REPOSITORY } from "../support/paths.ts";
import type { RealEngine } from "../support/real-engine.ts";

/** How often properties of resources were made into plain values. */
export interface Counts {
  /** For rules and the model: once is enough for a resource, and too often for one that no rule reads. */
  readonly forRules: number;
  /** For remediations, before any policy is asked: the SDK does so for every resource. */
  readonly forRemediations: number;
}

export interface CountingPack {
  readonly dir: string;
  /** Of the last operation, once it has ended. */
  readonly counts: () => Promise<Counts>;
}

/**
 * The project's pack with a counter in the place where @pulumi/policy makes properties into plain values. It stands in a
 * folder of the test's own, and the pack itself is loaded unchanged.
 */
export async function makeCountingPack(engine: RealEngine): Promise<CountingPack> {
  const dir = engine.file("counting");
  const counted = join(dir, "counts.json");
  await mkdir(dir);
  // The runner is looked for upwards from the pack's folder.
  await symlink(join(REPOSITORY, "node_modules"), join(dir, "node_modules"));
  await writeFile(
    join(dir, "PulumiPolicy.yaml"),
    "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  await writeFile(
    join(dir, "package.json"),
    JSON.stringify({ name: "counting", version: "0.0.1", type: "module", main: "index.js" }),
  );
  await writeFile(
    join(dir, "index.js"),
    `import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
const deserialize = createRequire(${quoted(join(REPOSITORY, "policies", "index.ts"))})("@pulumi/policy/deserialize");
const { deserializeProperties } = deserialize;
const counts = { forRules: 0, forRemediations: 0 };
deserialize.deserializeProperties = (struct, proxySecrets) => {
  counts[proxySecrets ? "forRemediations" : "forRules"] += 1;
  writeFileSync(${quoted(counted)}, JSON.stringify(counts));
  return deserializeProperties(struct, proxySecrets);
};
import(${quoted(pathToFileURL(join(REPOSITORY, "policies", "index.ts")).href)});
`,
  );
  return {
    dir,
    counts: async () => {
      const map = parseMap(await readFile(counted, "utf8"));
      return { forRules: numberAt(map, "forRules"), forRemediations: numberAt(map, "forRemediations") };
    },
  };
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
