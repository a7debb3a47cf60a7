import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withFolder } from "../project/folder.ts";

const MAIN = join(import.meta.dirname, "../../../offline/main.js");

describe("the process of the command line", () => {
  it("does not mind a reader that leaves early", async () => {
    const child = spawn(process.execPath, [MAIN, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const [code] = await once(child, "close");
    assert.deepEqual({ code, errors }, { code: 0, errors: "" });
  });

  it("says where its output cannot be written, and exits with 2", () => {
    withFolder({ output: "" }, (folder) => {
      const readOnly = openSync(join(folder, "output"), "r");
      const run = spawnSync(process.execPath, [MAIN, "--help"], {
        stdio: ["ignore", readOnly, "pipe"],
        encoding: "utf8",
      });
      closeSync(readOnly);
      assert.match(run.stderr, /^error: the output cannot be written: EBADF\b.*\n$/);
      assert.equal(run.status, 2);
    });
  });

  it("exits with 2, never with 1, where its input is wrong", () => {
    const project = "name: x\nruntime: nodejs\nstackConfigDir: Pulumi.yaml\n";
    withFolder({ "Pulumi.yaml": project }, (folder) => {
      const run = spawnSync(process.execPath, [MAIN, "preview", "--cwd", folder], { encoding: "utf8" });
      assert.equal(run.status, 2);
      assert.match(
        run.stderr,
        /^error: `.*Pulumi\.yaml` is no folder; expected the folder that stackConfigDir/,
      );
    });
  });

  it("says what a signal interrupted, in JSON too, and exits as the signal would have it", async () => {
    const preview = async (folder: string, ...args: readonly string[]): Promise<string> => {
      const all = [MAIN, "preview", "--cwd", folder, "--stack", "dev", ...args];
      const child = spawn(process.execPath, all, { stdio: ["ignore", "pipe", "ignore"] });
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
      assert.deepEqual(await once(child, "close"), [130, null]);
      return output;
    };
    const sdk = join(import.meta.dirname, "../../../node_modules");
    const folder = mkdtempSync(join(tmpdir(), "bastionless-"));
    try {
      symlinkSync(sdk, join(folder, "node_modules"));
      writeFileSync(join(folder, "Pulumi.yaml"), "name: x\nruntime: nodejs\n");
      writeFileSync(join(folder, "package.json"), '{"name":"x","main":"index.js"}');
      // The program's parent is the process of the command line.
      const program = "process.kill(process.ppid, 'SIGINT'); setInterval(() => {}, 1000);";
      writeFileSync(join(folder, "index.js"), program);
      const output = await preview(folder, "--json");
      assert.doesNotThrow(() => JSON.parse(output));
      assert.match(output, /"kind": "interrupted"/);
      assert.match(await preview(folder), /^1 environment in [\d.]+ s: interrupted before 1 of 1 ended \(/m);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  for (const [how, crash] of [
    ["at once", "throw new TypeError('unforeseen');"],
    [
      "later",
      "queueMicrotask(() => { throw new TypeError('unforeseen'); }); return { isDirectory: () => true };",
    ],
  ] as const) {
    it(`exits with 2 where it fails ${how} in a way that nobody foresaw`, () => {
      const saboteur = [
        "import fs from 'node:fs';",
        "import { syncBuiltinESMExports } from 'node:module';",
        `fs.statSync = () => { ${crash} };`,
        "syncBuiltinESMExports();",
      ];
      withFolder({ "saboteur.mjs": saboteur.join("\n") }, (folder) => {
        const args = ["--import", join(folder, "saboteur.mjs"), MAIN, "preview", "--cwd", folder];
        const run = spawnSync(process.execPath, args, { encoding: "utf8" });
        assert.match(run.stderr, /^error: the preview itself failed: TypeError: unforeseen\n {4}at /);
        assert.equal(run.status, 2);
      });
    });
  }
});
