import assert from "node:assert/strict";
import { execFileSync, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ownStack } from "./support/stack.ts";
import { requireEngine } from "./support/require-engine.ts";

const PLAIN = fileURLToPath(new URL("fixtures/plain", import.meta.url));
const PACK = { dir: fileURLToPath(new URL("fixtures/pack", import.meta.url)) };
const NOTE = "urn:pulumi:dev::plain::plain:index:Note::greeting";

describe("the language host of the real engine", function () {
  this.timeout(60_000);
  requireEngine();
  const engine = ownStack(PLAIN, "dev");

  it("runs the program, with what it says as messages", async () => {
    const { events } = await engine().preview();
    assert.deepEqual(events.changes, { create: 2 });
    assert.deepEqual(
      events.diagnostics.filter(({ severity }) => severity === "info").map(({ message }) => message.trim()),
      ["well done"],
    );
  });

  it("hands configuration and secrets to the program", async () => {
    await engine().setConfig("text", "from the configuration");
    await engine().setConfig("secret", "hush", ["--secret"]);
    const { plan } = await engine().previewWithPlan();
    const text = JSON.stringify(plan);
    assert.match(text, /from the configuration/);
    assert.match(text, /"plaintext":"\\"hush\\""/);
  });

  it("runs a policy pack, whose mandatory violation fails the preview", async () => {
    await engine().setConfig("text", "forbidden");
    const { code, events } = await engine().preview({ packs: [PACK], mayFail: true });
    assert.notEqual(code, 0);
    assert.deepEqual(events.violations, [
      {
        pack: "fixture-pack",
        policy: "no-forbidden-text",
        enforcement: "mandatory",
        severity: "high",
        urn: NOTE,
        message: "No resource says `forbidden`.\n`greeting` says `forbidden`: say something else",
      },
    ]);
  });

  it("tells an error that the program has reported itself from one that it has not", async () => {
    await engine().setConfig("ending", "throw");
    const thrown = await engine().preview({ mayFail: true });
    assert.notEqual(thrown.code, 0);
    assert.equal(
      errorsOf(thrown.events).filter((message) => message.includes("the program gives up")).length,
      1,
    );
    assert.ok(!errorsOf(thrown.events).some((message) => message.includes("exit code")));

    await engine().setConfig("ending", "exit");
    const exited = await engine().preview({ mayFail: true });
    assert.notEqual(exited.code, 0);
    assert.ok(
      errorsOf(exited.events).some((message) => message.includes("the program ended with exit code 3")),
    );
  });

  it("says what Node.js it is, and what the program depends on", async () => {
    const about = await engine().about();
    assert.match(about, new RegExp(`version='${process.version}'`));
    assert.match(about, /@pulumi\/pulumi +3\./);
  });
});

describe("what the language host starts", function () {
  this.timeout(60_000);
  requireEngine();
  const engine = ownStack(PLAIN, "dev", { prepare: (own) => own.setConfig("ending", "hang") });

  for (const [signal, how] of [
    ["SIGINT", "interrupted"],
    ["SIGKILL", "killed, and can tell nobody"],
  ] as const) {
    it(`ends when the engine is ${how}`, async () => {
      const preview = engine().startPreview();
      const program = await programOf(preview);
      const host = parentOf(program);
      assert.ok(isRunning(program) && isRunning(host));
      preview.kill(signal);
      await once(preview, "exit");
      await waitFor(() => !isRunning(program), `the program, process ${program}, to end`);
      await waitFor(() => !isRunning(host), `the language host, process ${host}, to end`);
    });
  }
});

/** The process id that the hanging program prints. Its output is read to the end, as a terminal would. */
function programOf(preview: ChildProcessByStdio<null, Readable, null>): Promise<number> {
  let text = "";
  return new Promise((resolve, reject) => {
    preview.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const id = /hanging as (\d+)/.exec(text)?.[1];
      if (id !== undefined) {
        resolve(Number(id));
      }
    });
    preview.once("close", () => reject(new Error(`the program did not say that it hangs:\n${text}`)));
  });
}

function parentOf(pid: number): number {
  return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process: the only reason there is for a process of one's own.
    return false;
  }
}

async function waitFor(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 15_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `waited 15 s for ${what}`);
    // oxlint-disable-next-line no-await-in-loop -- polling
    await sleep(50);
  }
}

function errorsOf(events: {
  readonly diagnostics: readonly { severity: string; message: string }[];
}): string[] {
  return events.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}
