import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { listStacks, readProject, readRuntime } from "@bastionless/offline/project/project.ts";
import { REPOSITORY } from "./paths.ts";

export interface Example {
  readonly name: string;
  readonly root: string;
  readonly stack: string;
  /** Whether the project's policies are to reject it: its folder is called `bad-…`. */
  readonly bad: boolean;
}

/**
 * Every Pulumi program in examples/ that is in TypeScript, by its folder, with its first stack. Those in other languages
 * need hosts of their own, and have tests of their own.
 */
export function examples(): readonly Example[] {
  const folder = join(REPOSITORY, "examples");
  return readdirSync(folder)
    .filter((name) => !name.startsWith(".") && existsSync(join(folder, name, "Pulumi.yaml")))
    .filter((name) => readRuntime(join(folder, name)) === "nodejs")
    .toSorted()
    .map((name) => {
      const root = join(folder, name);
      return { name, root, stack: listStacks(readProject(root))[0] ?? "dev", bad: name.startsWith("bad-") };
    });
}
