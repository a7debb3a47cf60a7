import { relative } from "node:path";
import { simulatedAws } from "@bastionless/offline/aws/index.ts";
import { builtinAwsx } from "@bastionless/offline/awsx/index.ts";
import {
  previewEnvironment,
  type Finished,
  type Mode,
  type Outcome,
} from "@bastionless/offline/engine/index.ts";
import { readProject } from "@bastionless/offline/project/project.ts";
import { readStackConfig } from "@bastionless/offline/project/stack-config.ts";
import type { PackOnDisk } from "./real-engine.ts";

export interface OfflineOptions {
  readonly mode: Mode;
  readonly packs?: readonly PackOnDisk[];
}

/** Runs one stack of the project in `root` on the offline engine, as `npm run preview` does. */
export function previewOffline(root: string, stack: string, options: OfflineOptions): Promise<Outcome> {
  const project = readProject(root);
  const env = { ...process.env, PULUMI_CONFIG_PASSPHRASE: "" };
  return previewEnvironment({
    project: {
      name: project.name,
      root: project.root,
      main: relative(project.root, project.program) || ".",
      runtimeOptions: project.runtimeOptions,
    },
    stack,
    config: readStackConfig(project, stack, env),
    packs: options.packs ?? [],
    providers: [simulatedAws()],
    components: [builtinAwsx()],
    answers: [],
    mode: options.mode,
    env,
  });
}

/** The same, where the program is to end well. Throws with every problem where it does not. */
export async function finishOffline(root: string, stack: string, options: OfflineOptions): Promise<Finished> {
  const outcome = await previewOffline(root, stack, options);
  if (outcome.kind === "failed") {
    throw new Error(outcome.problems.map(({ message }) => message).join("\n"));
  }
  return outcome;
}
