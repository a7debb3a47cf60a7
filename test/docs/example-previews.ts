import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { REPOSITORY } from "./pages.ts";

/** A resource of an example as it is recorded in a preview; secrets are hidden. */
export interface PreviewedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly external: boolean;
  readonly parent: string;
  readonly inputs: WireMap;
  readonly outputs: WireMap;
}

export interface ExamplePreview {
  /** The folder's name. */
  readonly name: string;
  readonly stack: string;
  readonly resources: readonly PreviewedResource[];
}

interface Report {
  readonly environments: readonly {
    readonly folder: string;
    readonly stack: string;
    readonly problems: readonly { readonly message: string }[];
    readonly resources: readonly PreviewedResource[];
  }[];
}

const EXAMPLES = join(REPOSITORY, "examples");

/** The folders under `examples/` that hold a program, by name. */
export function exampleNames(): readonly string[] {
  return readdirSync(EXAMPLES)
    .filter((name) => existsSync(join(EXAMPLES, name, "Pulumi.yaml")))
    .toSorted();
}

/**
 * Previews every example that the offline engine can, without policies, in one run.
 *
 * @returns the first stack of each, by name; programs of other languages are left out
 * @throws Error with every example that fails, and why
 */
export async function previewExamples(): Promise<readonly ExamplePreview[]> {
  const { environments } = await report();
  const failed = environments.filter(({ problems }) => problems.length > 0);
  if (failed.length > 0) {
    const told = failed.map(({ folder, problems }) => `${folder}: ${problems[0]?.message ?? ""}`);
    throw new Error(`the documentation is made of examples that can be previewed:\n${told.join("\n")}`);
  }
  const first = new Map(environments.toReversed().map((environment) => [environment.folder, environment]));
  return [...first.values()]
    .map(({ folder, stack, resources }) => ({ name: basename(folder), stack, resources }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function report(): Promise<Report> {
  const args = ["offline/main.js", "preview", "--cwd", "examples/*", "--strict", "--json"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: REPOSITORY, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      // With 2 and an output, an example has failed.
      if (error !== null && stdout === "") {
        reject(new Error(`the examples cannot be previewed:\n${stderr}`, { cause: error }));
      } else {
        resolve(JSON.parse(stdout));
      }
    });
  });
}
