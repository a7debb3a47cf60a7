import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { IDLE_SCRIPT } from "../../../components/workstation/idle-script.ts";

const run = promisify(execFile);
const TOKEN = "t0ken";

interface Kernel {
  readonly execution_state?: string;
  readonly last_activity?: string;
}

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
/** As Jupyter writes it, with six digits of a second. */
const jupyterTime = (minutes: number): string => minutesAgo(minutes).toISOString().replace("Z", "000Z");

describe("the idle stop of a workstation", () => {
  let folder: string;
  let server: Server | undefined;
  let url = "";

  const at = (name: string): string => join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "idle-"));
    writeFileSync(at("idle.py"), IDLE_SCRIPT);
    writeFileSync(at("token"), TOKEN);
    writeFileSync(at("ready"), "");
    writeFileSync(at("stop"), `#!/bin/sh\necho "$1 $2" >"${at("stopped")}"\n`, { mode: 0o755 });
    mark(61);
  });

  afterEach(() => {
    server?.close();
    server = undefined;
    url = "";
    rmSync(folder, { recursive: true });
  });

  /** When work was last seen. */
  function mark(minutes: number): void {
    writeFileSync(at("mark"), "");
    utimesSync(at("mark"), minutesAgo(minutes), minutesAgo(minutes));
  }

  function terminal(minutes: number): void {
    writeFileSync(at("pts-0"), "");
    utimesSync(at("pts-0"), minutesAgo(minutes), minutesAgo(minutes));
  }

  async function jupyter(kernels: readonly Kernel[] | string): Promise<void> {
    const listening = createServer((request, response) => {
      response.statusCode = request.headers.authorization === `token ${TOKEN}` ? 200 : 403;
      response.end(typeof kernels === "string" ? kernels : JSON.stringify(kernels));
    });
    await new Promise<void>((resolve) => {
      listening.listen(0, "127.0.0.1", resolve);
    });
    server = listening;
    const address = listening.address();
    assert.ok(typeof address === "object" && address !== null);
    url = `http://127.0.0.1:${address.port}/api/kernels`;
  }

  /** Runs it once; whether it stopped the machine. */
  async function stops(): Promise<boolean> {
    await run("python3", [at("idle.py")], {
      env: {
        ...process.env,
        IDLE_MINUTES: "60",
        IDLE_MARK: at("mark"),
        IDLE_URL: url === "" ? "http://127.0.0.1:1/" : url,
        IDLE_TOKEN: at("token"),
        IDLE_TERMINALS: at("pts-*"),
        IDLE_READY: at("ready"),
        IDLE_STOP: at("stop"),
      },
    });
    return existsSync(at("stopped"));
  }

  it("stops a machine without kernels and terminals after the given time, and not before", async () => {
    await jupyter([]);
    mark(59);
    assert.equal(await stops(), false);
    mark(60);
    assert.equal(await stops(), true);
  });

  it("begins to count when it first runs", async () => {
    await jupyter([]);
    rmSync(at("mark"));
    assert.equal(await stops(), false);
    assert.ok(Date.now() - statSync(at("mark")).mtimeMs < 60_000);
  });

  it("waits for a kernel that is busy, however long", async () => {
    await jupyter([{ execution_state: "busy", last_activity: jupyterTime(600) }]);
    assert.equal(await stops(), false);
  });

  it("counts from what a kernel last did, the latest of all", async () => {
    const idle = (minutes: number): Kernel => ({
      execution_state: "idle",
      last_activity: jupyterTime(minutes),
    });
    await jupyter([idle(300), idle(59), idle(120)]);
    assert.equal(await stops(), false);
    server?.close();
    await jupyter([idle(300), idle(61), idle(120)]);
    mark(61);
    assert.equal(await stops(), true);
  });

  it("remembers work when the kernel is gone", async () => {
    await jupyter([{ execution_state: "idle", last_activity: jupyterTime(10) }]);
    assert.equal(await stops(), false);
    server?.close();
    await jupyter([]);
    assert.equal(await stops(), false);
    assert.ok(Date.now() - statSync(at("mark")).mtimeMs < 11 * 60_000);
  });

  it("does not stop while somebody types in a terminal", async () => {
    await jupyter([]);
    terminal(5);
    assert.equal(await stops(), false);
  });

  it("stops where nobody has for long", async () => {
    await jupyter([]);
    terminal(61);
    assert.equal(await stops(), true);
  });

  it("does not stop while the first boot's setup runs", async () => {
    await jupyter([]);
    rmSync(at("ready"));
    assert.equal(await stops(), false);
  });

  for (const [what, answer] of [
    ["does not run", undefined],
    ["answers nonsense", "<html>"],
    ["answers kernels that tell no time", '[{"execution_state":"idle"}]'],
    ["answers no list", '{"message":"forbidden"}'],
  ] as const) {
    it(`stops a machine on which Jupyter ${what}`, async () => {
      if (answer !== undefined) {
        await jupyter(answer);
      }
      assert.equal(await stops(), true);
    });
  }

  it("stops a machine whose token is gone", async () => {
    await jupyter([{ execution_state: "busy", last_activity: jupyterTime(0) }]);
    rmSync(at("token"));
    assert.equal(await stops(), true);
  });

  it("takes a clock that was set back for no work to come", async () => {
    await jupyter([]);
    mark(-600);
    assert.equal(await stops(), false);
    assert.ok(statSync(at("mark")).mtimeMs <= Date.now() + 1000);
  });
});
