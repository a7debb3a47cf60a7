import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { previewEnvironment } from "@bastionless/offline/engine/index.ts";
import type { EnvironmentRequest, Outcome } from "@bastionless/offline/engine/index.ts";
import { SharedProcesses } from "@bastionless/offline/engine/shared/shared-processes.ts";
import { cloudProvider } from "./cloud-provider.ts";

const REPOSITORY = join(import.meta.dirname, "../../../..");

/** Programs by their names: the text of an ES module, or of several files. */
export type Programs = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Folders of small programs, to be run alone or together. */
export class SmallPrograms {
  readonly folder = mkdtempSync(join(tmpdir(), "bastionless-programs-"));

  constructor(programs: Programs) {
    symlinkSync(join(REPOSITORY, "node_modules"), join(this.folder, "node_modules"));
    for (const [name, text] of Object.entries(programs)) {
      const root = join(this.folder, name);
      mkdirSync(root);
      writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module", main: "index.js" }));
      const files = typeof text === "string" ? { "index.js": text } : text;
      for (const [file, content] of Object.entries(files)) {
        writeFileSync(join(root, file), content);
      }
    }
  }

  request(name: string, change: Partial<EnvironmentRequest> = {}): EnvironmentRequest {
    return {
      project: { name, root: join(this.folder, name), runtimeOptions: { typescript: false } },
      stack: "dev",
      config: { values: { [`${name}:told`]: `what ${name} is told` }, secretKeys: [] },
      packs: [],
      providers: [cloudProvider()],
      components: [],
      answers: [],
      mode: "resolved",
      hangSeconds: 20,
      ...change,
    };
  }

  alone(name: string, change: Partial<EnvironmentRequest> = {}): Promise<Outcome> {
    return previewEnvironment(this.request(name, change));
  }

  /** Runs programs that share what they can, in that order. */
  async together(
    names: readonly string[],
    change: Partial<EnvironmentRequest> = {},
    atOnce = 1,
  ): Promise<readonly Outcome[]> {
    const shared = new SharedProcesses(
      atOnce,
      names.map((name) => change.project?.root ?? join(this.folder, name)),
    );
    try {
      return await Promise.all(
        names.map((name) => previewEnvironment(this.request(name, { ...change, shared }))),
      );
    } finally {
      await shared.close();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What can be told of an outcome: without the order of what was registered at a time, and the process it was done in. */
export function told(outcome: Outcome): unknown {
  const { resources, stackOutputs, ...rest } = outcome;
  const { pid: _pid, ...outputs } = stackOutputs;
  return {
    ...rest,
    stackOutputs: outputs,
    resources: resources
      .map((resource) => ({ ...resource, outputs: { ...resource.outputs, pid: undefined } }))
      .toSorted((a, b) => (a.urn < b.urn ? -1 : 1)),
  };
}

/** The process that a program ran in, where it says so. */
export function processOf(outcome: Outcome | undefined): unknown {
  return outcome?.stackOutputs["pid"];
}
