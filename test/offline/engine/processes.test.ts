import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { failed, placeOf, run } from "./support/run.ts";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The ids of the program and of what it started, once it has written them. */
async function startedPids(file: string): Promise<readonly number[]> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- polling
    const text = await readFile(file, "utf8").catch(() => "");
    if (/^\d+ \d+$/u.test(text)) {
      return text.split(" ").map(Number);
    }
    // oxlint-disable-next-line no-await-in-loop -- polling
    await sleep(50);
  }
  return assert.fail("the program did not start");
}

async function gone(pids: readonly number[]): Promise<boolean> {
  for (let attempt = 0; attempt < 500 && pids.some((pid) => isAlive(pid)); attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- polling
    await sleep(20);
  }
  return !pids.some((pid) => isAlive(pid));
}

describe("the processes of a run", () => {
  let folder = "";
  let file = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bastionless-"));
    file = join(folder, "pids");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("end where the program hangs, and what it started with them", async () => {
    const outcome = await failed(
      run("idle", { env: { ...process.env, FIXTURE_PID_FILE: file }, hangSeconds: 1 }),
    );
    assert.deepEqual(
      outcome.problems.map((problem) => [problem.kind, placeOf(problem)]),
      [["program-hang", "idle/index.ts:10:7"]],
    );
    assert.ok(await gone(await startedPids(file)));
  });

  it("end where the caller aborts", async () => {
    const controller = new AbortController();
    const outcome = failed(
      run("idle", { env: { ...process.env, FIXTURE_PID_FILE: file }, signal: controller.signal }),
    );
    const pids = await startedPids(file);
    controller.abort();
    assert.deepEqual(
      (await outcome).problems.map((problem) => problem.kind),
      ["interrupted"],
    );
    assert.ok(await gone(pids));
    const again = await failed(run("idle", { signal: controller.signal }));
    assert.equal(again.problems[0].kind, "interrupted");
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
    it(`end where ${signal} ends the engine's process`, async () => {
      const script = fileURLToPath(new URL("support/run-idle.ts", import.meta.url));
      const engine = spawn(process.execPath, [script], {
        env: { ...process.env, FIXTURE_PID_FILE: file },
        stdio: "inherit",
      });
      const exited = new Promise<string | null>((resolve) => {
        engine.once("exit", (_code, by) => resolve(by));
      });
      const pids = await startedPids(file);
      engine.kill(signal);
      assert.equal(await exited, signal);
      assert.ok(await gone(pids));
    });
  }
});
