import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandDocumentArgs, planCommandDocument } from "@bastionless/components";

const COMMON = { logging: { s3BucketName: "logs" }, instanceTags: { Project: "shop" } };

function scriptOf(args: Partial<CommandDocumentArgs>, step: string): string {
  const plan = planCommandDocument("doc", { ...COMMON, ...args }, { project: "shop", stack: "dev" });
  const found = plan.content.mainSteps.find(({ name }) => name === step);
  assert.ok(found !== undefined, `no step \`${step}\``);
  return found.inputs.runCommand.join("\n");
}

describe("scripts for fleets, in a shell", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "presets-"));
    program("uptime", "echo up");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A program that stands before the machine's own. */
  function program(name: string, script: string): void {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  function run(script: string): { readonly code: number | null; readonly out: string; readonly err: string } {
    const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", script], {
      encoding: "utf8",
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    return { code: status, out: stdout, err: stderr };
  }

  const disks = (percent: number): void => {
    program(
      "df",
      `echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'; echo '/dev/x 100 1 99 1% /boot'; echo '/dev/y 100 ${percent} 1 ${percent}% /'`,
    );
  };

  it("a machine is well up to the limit of its disks, and ill beyond", () => {
    const script = scriptOf({ healthCheck: { maxDiskPercent: 85 } }, "checkLinux");
    disks(85);
    assert.deepEqual(run(script), { code: 0, out: "up\nwell\n", err: "" });
    disks(86);
    assert.deepEqual(run(script), { code: 1, out: "up\n/ is 86% full\n", err: "" });
  });

  it("a machine is ill with a service that does not run, and says of all of them which", () => {
    disks(1);
    program("systemctl", '[ "$3" = sound ]');
    const check = (services: readonly string[]): ReturnType<typeof run> =>
      run(scriptOf({ healthCheck: { services } }, "checkLinux"));
    assert.deepEqual(check(["sound"]), { code: 0, out: "up\nwell\n", err: "" });
    assert.deepEqual(check(["ill", "sound", "worse"]), {
      code: 1,
      out: "up\nservice ill does not run\nservice worse does not run\n",
      err: "",
    });
  });

  it("logs are printed from their ends, and one that is not there is named", () => {
    const log = join(folder, "app.log");
    writeFileSync(log, "one\ntwo\nthree\n");
    program("journalctl", 'echo "journal $*"');
    const args = { collectLogs: { paths: [log, `${log}.1`], lines: 2 } };
    assert.deepEqual(run(scriptOf(args, "collect")), {
      code: 0,
      out: `==> ${log}\ntwo\nthree\n==> ${log}.1\nnot there\n==> journal\njournal --no-pager -n 2\n`,
      err: "",
    });
    assert.doesNotMatch(
      scriptOf({ collectLogs: { ...args.collectLogs, journal: false } }, "collect"),
      /journal/,
    );
  });

  it("a service that does not run is not restarted, and one that does not stay up is a failure", () => {
    const args = { restartService: { service: "app", settleSeconds: 1 } };
    program("systemctl", 'if [ "$1" = is-active ]; then exit 3; fi; echo "$*"');
    assert.deepEqual(run(scriptOf(args, "before")), {
      code: 1,
      out: "app does not run: not restarted\n",
      err: "",
    });
    assert.deepEqual(run(scriptOf(args, "after")), {
      code: 1,
      out: "app did not stay up\nstatus --no-pager app\n",
      err: "",
    });
    program("systemctl", 'if [ "$1" = restart ]; then echo "$*"; fi');
    assert.equal(run(scriptOf(args, "before")).code, 0);
    assert.deepEqual(run(scriptOf(args, "restart")), { code: 0, out: "restart app\n", err: "" });
    assert.deepEqual(run(scriptOf(args, "after")), { code: 0, out: "app runs\n", err: "" });
  });

  it("ssm-user is granted nothing, in a file that stays, and is not written twice", () => {
    const file = join(folder, "ssm-agent-users");
    const script = scriptOf({ withoutSudo: {} }, "linux").replace("/etc/sudoers.d/ssm-agent-users", file);
    writeFileSync(file, "# User rules for ssm-user\nssm-user ALL=(ALL) NOPASSWD:ALL\n");
    assert.deepEqual(run(script), { code: 0, out: "grants nothing now\n", err: "" });
    assert.equal(readFileSync(file, "utf8"), "# ssm-user may not become root\n");
    assert.equal(existsSync(`${file}.new`), false);
    assert.deepEqual(run(script), { code: 0, out: "granted nothing already\n", err: "" });
    rmSync(file);
    assert.equal(run(script).out, "grants nothing now\n");
  });

  it("Windows is left alone where that is said", () => {
    const names = (args: Partial<CommandDocumentArgs>): readonly string[] =>
      planCommandDocument(
        "doc",
        { ...COMMON, ...args },
        { project: "shop", stack: "dev" },
      ).content.mainSteps.map(({ name }) => name);
    assert.deepEqual(names({ withoutSudo: {} }), ["linux", "macos", "windows"]);
    assert.deepEqual(names({ withoutSudo: { windows: false } }), ["linux", "macos"]);
  });
});
