import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { sideBySide } from "@bastionless/offline/cli/side-by-side.ts";
import { projectFolders } from "@bastionless/offline/cli/project-folders.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..");

interface Environment {
  readonly project: string;
  readonly resources: readonly { readonly urn: string }[];
}

/** What one command prints of the examples, as data; what is registered at a time has no order. */
function preview(pattern: string): Promise<readonly Environment[]> {
  const args = ["offline/main.js", "preview", "--strict", "--json", "--policy-pack", "policies"];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...args, "--cwd", pattern],
      { cwd: REPOSITORY, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => {
        if (error !== null && error.code !== 1) {
          reject(new Error(`the preview of \`${pattern}\` ended with ${error.code}:\n${stderr}`));
          return;
        }
        const report: { readonly environments: readonly Environment[] } = JSON.parse(stdout);
        resolve(
          report.environments.map((environment) => ({
            ...environment,
            resources: environment.resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)),
          })),
        );
      },
    );
  });
}

describe("all examples in one command", function () {
  this.timeout(300_000);

  it("are told as each of them in a command of its own", async () => {
    const { folders } = projectFolders([join(REPOSITORY, "examples/*")]);
    const together = await preview("examples/*");
    const alone = await sideBySide(folders, 2, (folder) => preview(`examples/${basename(folder)}`));
    assert.deepEqual(together, alone.flat());
  });
});
