import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIN } from "./paths.ts";
import { run } from "./process.ts";

/**
 * Call it in a `describe`, after `requireEngine`: its tests are skipped, with a notice, where the language host is not
 * there.
 *
 * @param mustBeThere Whether `REQUIRE_ENGINE=1` makes its absence a failure: of a host that `npm run engine` can build.
 */
export function requireHost(name: string, remedy: string, mustBeThere: boolean): void {
  before(`the language host \`${name}\``, function () {
    if (existsSync(join(BIN, name))) {
      return;
    }
    const message = `there is no \`${name}\`: ${remedy}`;
    skipSuite(this, message, mustBeThere);
  });
}

function skipSuite(context: Mocha.Context, message: string, mustBeThere: boolean): void {
  if (mustBeThere && process.env["REQUIRE_ENGINE"] === "1") {
    throw new Error(`REQUIRE_ENGINE=1, but ${message}`);
  }
  const suite = context.test?.parent?.fullTitle() ?? "";
  process.stderr.write(`\n*** SKIPPED, not run: ${suite}\n*** ${message}\n\n`);
  context.skip();
}

/**
 * The host for Python programs, and what `pulumi install` of one takes: Python with `venv`, and a package index that has
 * Pulumi's SDK, which the engine does not bring.
 */
export function requirePython(): void {
  requireHost(
    "pulumi-language-python",
    "`npm run engine` builds it with Go, or install the Pulumi CLI",
    false,
  );
  before("Python and its package index", async function () {
    const problem = await missingInPython();
    if (problem !== undefined) {
      skipSuite(this, problem, false);
    }
  });
}

async function missingInPython(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "bastionless-index-"));
  const problemOf = async (args: readonly string[]): Promise<string | undefined> => {
    const { code, stderr, command } = await run("python3", args, { cwd: folder, env: process.env });
    return code === 0
      ? undefined
      : `a program in Python needs what \`${command}\` does, which fails: ${stderr.trim().slice(-300)}`;
  };
  const download = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "pulumi"];
  try {
    return (await problemOf(["-c", "import ensurepip, venv"])) ?? (await problemOf(download));
  } catch (error) {
    return `a program in Python needs \`python3\`: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The host for YAML programs, which `npm run engine` builds where none is installed. */
export function requireYaml(): void {
  requireHost("pulumi-language-yaml", "`npm run engine` builds it with Go, or install the Pulumi CLI", true);
}
