import assert from "node:assert/strict";
import { accessSync, constants, realpathSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findExecutables } from "./support/executables.ts";
import { withLock } from "./support/lock.ts";
import { CACHE } from "./support/paths.ts";
import { run, type Ran } from "./support/process.ts";
import { requireEngine } from "./support/require-engine.ts";
import { compareVersions } from "./support/toolchain.ts";

const BUILD = fileURLToPath(new URL("build.ts", import.meta.url));
const NODE_FOLDER = dirname(process.execPath);

describe("npm run engine", function () {
  this.timeout(60_000);
  requireEngine();

  it("prints the folder to put on PATH as its last line, and progress elsewhere", async () => {
    const { code, stdout } = await run(process.execPath, [BUILD], { cwd: tmpdir(), env: process.env });
    assert.equal(code, 0);
    assert.equal(stdout.split("\n").length, 2, `one line: ${stdout}`);
    const folder = stdout.trim();
    // The host for Python is there only where one is installed.
    const found = (await readdir(folder)).filter((name) => !name.startsWith("pulumi-language-python"));
    assert.deepEqual(found.toSorted(), [
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-language-yaml",
      "pulumi-resource-aws",
      "pulumi-resource-awsx",
    ]);
    for (const name of await readdir(folder)) {
      accessSync(join(folder, name), constants.X_OK);
    }
  });

  it("makes a folder that is enough beside the system's own commands, whatever `node` is on PATH", async () => {
    const { stdout } = await run(process.execPath, [BUILD], { cwd: tmpdir(), env: process.env });
    const env = { PATH: [stdout.trim(), "/usr/bin", "/bin"].join(delimiter), HOME: tmpdir() };
    const { code, stdout: version } = await run("pulumi", ["version"], {
      cwd: tmpdir(),
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    assert.equal(code, 0);
    assert.ok(compareVersions(version.trim(), "v3.255.0") >= 0, version);
  });

  describe("where nothing was built before", () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "bastionless-toolchain-"));
    });
    afterEach(() => rm(folder, { recursive: true }));

    const build = (...path: string[]): Promise<Ran> =>
      run(process.execPath, [BUILD, join(folder, "cache")], {
        cwd: folder,
        env: { PATH: path.join(delimiter) },
      });
    const script = (name: string, text: string): Promise<void> =>
      writeFile(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });

    it("says what to install where there is neither Pulumi nor Go, and fails", async () => {
      const { code, stdout, stderr } = await build(NODE_FOLDER);
      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /pulumi\.com\/docs\/install/);
      assert.match(stderr, /go\.dev\/dl/);
    });

    it("takes an installed engine, with the language host beside it", async () => {
      await script("pulumi", "echo v3.300.1");
      await script("pulumi-language-nodejs", "exit 0");
      const { code, stdout } = await build(folder, NODE_FOLDER);
      assert.equal(code, 0);
      for (const name of ["pulumi", "pulumi-language-nodejs"]) {
        assert.equal(realpathSync(join(stdout.trim(), name)), realpathSync(join(folder, name)));
      }
    });

    it("does not take an engine that is too old, and says so", async () => {
      await script("pulumi", "echo v3.100.0");
      const { code, stderr } = await build(folder, NODE_FOLDER);
      assert.equal(code, 1);
      assert.ok(stderr.includes(`not using \`${join(folder, "pulumi")}\` (v3.100.0)`), stderr);
    });

    it("says what Go said where the build fails", async () => {
      await script("go", "echo 'go: no such tool' >&2; exit 2");
      const { code, stdout, stderr } = await build(folder, NODE_FOLDER);
      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /exit code 2:\n(?:.*\n)*go: no such tool/);
    });
  });
});

describe("finding an executable", () => {
  let folder: string;
  before(async () => {
    folder = realpathSync(await mkdtemp(join(tmpdir(), "bastionless-executables-")));
    await Promise.all(["mine", "theirs", "linked"].map((name) => mkdir(join(folder, name))));
    await Promise.all(
      ["mine", "theirs"].map((name) => writeFile(join(folder, name, "tool"), "", { mode: 0o755 })),
    );
    await symlink(join(folder, "mine", "tool"), join(folder, "linked", "tool"));
    await writeFile(join(folder, "theirs", "text"), "", { mode: 0o644 });
  });
  after(() => rm(folder, { recursive: true }));

  const path = (): string => ["mine", "linked", "theirs"].map((name) => join(folder, name)).join(delimiter);

  it("leaves out what was made here, also behind a link", () => {
    assert.deepEqual(findExecutables("tool", path(), join(folder, "mine")), [join(folder, "theirs", "tool")]);
  });

  it("leaves out files that cannot be executed", () => {
    assert.deepEqual(findExecutables("text", path(), CACHE), []);
  });
});

describe("comparing versions", () => {
  it("compares numbers, not text", () => {
    assert.ok(compareVersions("v3.255.0", "v3.99.9") > 0);
    assert.ok(compareVersions("v3.254.9", "v3.255.0") < 0);
    assert.equal(compareVersions("v3.255.0", "v3.255.0"), 0);
    assert.ok(compareVersions("v4.0.0-rc.1", "v3.255.0") > 0);
  });
});

describe("a lock between processes", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "bastionless-lock-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("lets one at a time in, also after one failed", async () => {
    const file = join(folder, "lock");
    let inside = 0;
    const work = (fail: boolean) => async () => {
      inside += 1;
      assert.equal(inside, 1);
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      inside -= 1;
      if (fail) {
        throw new Error("it failed inside");
      }
    };
    const results = await Promise.allSettled([true, false, false].map((fail) => withLock(file, work(fail))));
    assert.deepEqual(results.map(({ status }) => status).toSorted(), ["fulfilled", "fulfilled", "rejected"]);
  });

  it("takes over from a process that has ended", async () => {
    const file = join(folder, "stale");
    const ended = await run(process.execPath, ["-p", "process.pid"], { cwd: folder, env: process.env });
    await writeFile(file, ended.stdout.trim());
    assert.equal(await withLock(file, () => Promise.resolve("in")), "in");
  });
});
