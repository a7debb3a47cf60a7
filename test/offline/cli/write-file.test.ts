import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeWholeFile } from "@bastionless/offline/cli/write-file.ts";
import { withFolder } from "../project/folder.ts";

describe("a file that is written", () => {
  it("replaces the one before, makes the folders above it and leaves nothing beside it", () => {
    withFolder({ "out/state.json": "old" }, (folder) => {
      writeWholeFile(join(folder, "out", "state.json"), "new");
      writeWholeFile(join(folder, "a", "b", "state.json"), "deep");
      assert.equal(readFileSync(join(folder, "out", "state.json"), "utf8"), "new");
      assert.equal(readFileSync(join(folder, "a", "b", "state.json"), "utf8"), "deep");
      assert.deepEqual(readdirSync(join(folder, "out")), ["state.json"]);
    });
  });

  it("does not take the place of a pipe or a device", () => {
    withFolder({ x: "" }, (folder) => {
      const pipe = join(folder, "pipe");
      assert.equal(spawnSync("mkfifo", [pipe]).status, 0);
      const reader = `cat '${pipe}' > '${join(folder, "read")}' &`;
      assert.equal(spawnSync("sh", ["-c", reader], { stdio: "ignore" }).status, 0);
      writeWholeFile(pipe, "through");
      assert.ok(statSync(pipe).isFIFO());
    });
  });

  it("is named where it cannot be written, with the reason, and nothing stays behind", () => {
    withFolder({ file: "" }, (folder) => {
      const below = join(folder, "file", "state.json");
      assert.throws(() => writeWholeFile(below, "x"), /`.*state\.json` cannot be written: ENOTDIR/);
      assert.throws(() => writeWholeFile("/proc/nowhere/state.json", "x"), /cannot be written: ENOENT/);
      mkdirSync(join(folder, "state.json"));
      assert.throws(() => writeWholeFile(join(folder, "state.json"), "x"), /cannot be written: EISDIR/);
      writeFileSync(join(folder, "still-here"), "");
      assert.deepEqual(readdirSync(folder).toSorted(), ["file", "state.json", "still-here"]);
    });
  });
});
