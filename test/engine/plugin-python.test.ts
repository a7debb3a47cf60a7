import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { REPOSITORY } from "./support/paths.ts";
import { describePluginLifecycle } from "./support/plugin-lifecycle.ts";
import { pointAtComponents } from "./support/plugin-project.ts";
import type { RealEngine } from "./support/real-engine.ts";
import { requirePython } from "./support/require-host.ts";

const EXAMPLE = join(REPOSITORY, "examples", "python");

/** The command writes to requirements.txt, where a copied project has links to the original. */
async function install(engine: RealEngine): Promise<void> {
  const files = (await readdir(EXAMPLE)).filter((name) => /\.(?:py|txt)$/.test(name));
  await Promise.all(
    files.map(async (name) => {
      await rm(join(engine.project, name));
      await cp(join(EXAMPLE, name), join(engine.project, name));
    }),
  );
  await pointAtComponents(engine);
  await engine.install();
}

describeOnRealEngine("examples/python, through the plugin, on the real engine", () => {
  requirePython();
  describePluginLifecycle({ example: "python", twin: "plugin-twin-everything", prepare: install });
});
