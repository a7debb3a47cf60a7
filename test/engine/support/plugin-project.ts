import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { REPOSITORY } from "./paths.ts";
import type { RealEngine } from "./real-engine.ts";

/** Points a copied project at the repository's components, to which its own `Pulumi.yaml` has a relative path. */
export async function pointAtComponents(
  engine: RealEngine,
  components = join(REPOSITORY, "components"),
): Promise<void> {
  const file = join(engine.project, "Pulumi.yaml");
  const text = await readFile(file, "utf8");
  const pointed = text.replace(/(bastionless: )(?:\.\.\/)+components$/m, `$1${components}`);
  if (pointed === text) {
    throw new Error(`\`${file}\` names no relative path to components`);
  }
  await writeFile(file, pointed);
}
