import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmod,
  copyFile,
  link as addName,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { besideEngine, findExecutables, isExecutable } from "./executables.ts";
import { buildTool, type GoTool } from "./go-build.ts";
import { withLock } from "./lock.ts";
import { CACHE, CLI_MODULE, LANGUAGE_HOST, PROVIDERS, YAML_MODULE } from "./paths.ts";

/** The oldest engine these tests are written for, and the one that is built where none is installed. */
export const ENGINE_VERSION = "v3.255.0";

const CLI: GoTool = {
  title: "the Pulumi CLI",
  module: CLI_MODULE,
  command: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  version: ENGINE_VERSION,
  // A plain `go build` says v3.0.0-alpha, which newer SDKs refuse.
  versionVariable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
};

/** The language host for YAML programs, which has a module of its own: it pins an older engine. */
const YAML_HOST: GoTool = {
  title: "the language host for YAML",
  module: YAML_MODULE,
  command: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  version: "v1.32.0",
  versionVariable: "github.com/pulumi/pulumi-yaml/pkg/version.Version",
};

/** The language host for Python programs, where no official one is installed: of packages of the engine's modules. */
const PYTHON_HOST: GoTool = {
  title: "the language host for Python",
  module: CLI_MODULE,
  command: "./python-host",
  sources: join(CLI_MODULE, "python-host"),
  version: ENGINE_VERSION,
  versionVariable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
};

/** The script that runs a program in Python: it stands beside its host, and in the Go module of Pulumi's SDKs. */
const PYTHON_EXECUTOR = "pulumi-language-python-exec";

export interface ToolchainReady {
  readonly kind: "ready";
  /** The folder to put on PATH. */
  readonly bin: string;
  /** `installed`: found on PATH. `built`: compiled from test/engine/cli. */
  readonly engine: "installed" | "built";
  /** `official`: an installed one. `test`: test/engine/language-host. */
  readonly languageHost: "official" | "test";
}

/** Neither an engine nor what it takes to build one is there; `message` says what to install. */
export interface ToolchainMissing {
  readonly kind: "missing";
  readonly message: string;
}

export type Toolchain = ToolchainReady | ToolchainMissing;

/**
 * Makes the folder that has everything `pulumi` needs for this repository without a network: the CLI, the Node.js
 * language host, the simulated providers. Quick where nothing is missing. Rejects where a build fails.
 *
 * @param cache Where to keep what is built. @default test/engine/.cache
 */
export function prepareToolchain(report: (line: string) => void, cache: string = CACHE): Promise<Toolchain> {
  return withLock(join(cache, "lock"), () => prepare(report, cache));
}

async function prepare(report: (line: string) => void, cache: string): Promise<Toolchain> {
  const path = process.env["PATH"] ?? "";
  const installed = findInstalledEngine(path, cache, report);
  const built = await builtFileOf(CLI, "pulumi", cache);
  if (installed === undefined && !isExecutable(built) && findExecutables("go", path, cache).length === 0) {
    return {
      kind: "missing",
      message: `there is no \`pulumi\` ${ENGINE_VERSION} or later on PATH, and no \`go\` to build it with: install the Pulumi CLI (https://www.pulumi.com/docs/install/) or Go 1.25 or later (https://go.dev/dl/)`,
    };
  }
  const bin = join(cache, "bin");
  await mkdir(bin, { recursive: true });
  const engine = join(bin, "pulumi");
  // A second name of the built file, not a link: the engine looks for its language host beside the file it is, and
  // warns on every run where it finds one elsewhere.
  await (installed === undefined
    ? hardLink(await build(CLI, built, report), engine)
    : link(installed, engine));

  const official =
    findExecutables("pulumi-language-nodejs", path, cache)[0] ??
    (installed === undefined ? undefined : besideEngine(installed, "pulumi-language-nodejs"));
  const host = join(bin, "pulumi-language-nodejs");
  await (official === undefined ? writeShim(LANGUAGE_HOST, host) : link(official, host));

  await linkHosts({ path, cache, bin, installed }, report);
  await Promise.all(
    Object.entries(PROVIDERS).map(([name, entry]) => writeShim(entry, join(bin, `pulumi-resource-${name}`))),
  );
  return {
    kind: "ready",
    bin,
    engine: installed === undefined ? "built" : "installed",
    languageHost: official === undefined ? "test" : "official",
  };
}

function findInstalledEngine(
  path: string,
  cache: string,
  report: (line: string) => void,
): string | undefined {
  return findExecutables("pulumi", path, cache).find((file) => {
    const version = versionOf(file);
    const isNewEnough = version !== undefined && compareVersions(version, ENGINE_VERSION) >= 0;
    report(
      isNewEnough
        ? `using \`${file}\` ${version}`
        : `not using \`${file}\` (${version ?? "no version"}): expected ${ENGINE_VERSION} or later`,
    );
    return isNewEnough;
  });
}

interface Places {
  readonly path: string;
  readonly cache: string;
  readonly bin: string;
  readonly installed: string | undefined;
}

/**
 * The hosts of other languages: an installed one, or one that is built where there is Go. A host that is not to be had is
 * absent from the folder.
 */
async function linkHosts(
  { path, cache, bin, installed }: Places,
  report: (line: string) => void,
): Promise<void> {
  const find = (name: string): string | undefined =>
    findExecutables(name, path, cache)[0] ??
    (installed === undefined ? undefined : besideEngine(installed, name));
  const go = findExecutables("go", path, cache).length > 0;
  const builtOf = async (tool: GoTool, name: string): Promise<string | undefined> => {
    const file = await builtFileOf(tool, name, cache);
    return go || isExecutable(file) ? build(tool, file, report) : undefined;
  };
  const yaml = "pulumi-language-yaml";
  const python = "pulumi-language-python";
  const yamlHost = find(yaml) ?? (await builtOf(YAML_HOST, yaml));
  const officialPython = find(python);
  const pythonHost = officialPython ?? (await builtOf(PYTHON_HOST, python));
  if (officialPython === undefined && pythonHost !== undefined) {
    await copyExecutor(join(cache, PYTHON_EXECUTOR));
  }
  const executor =
    officialPython === undefined ? pythonHost && join(cache, PYTHON_EXECUTOR) : find(PYTHON_EXECUTOR);
  await Promise.all(
    Object.entries({ [yaml]: yamlHost, [python]: pythonHost, [PYTHON_EXECUTOR]: executor }).map(
      ([name, target]) =>
        target === undefined ? rm(join(bin, name), { force: true }) : link(target, join(bin, name)),
    ),
  );
}

/** From the module that the engine is built of, which building it has brought. */
async function copyExecutor(file: string): Promise<void> {
  if (isExecutable(file)) {
    return;
  }
  const folder = execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"], {
    cwd: CLI_MODULE,
    encoding: "utf8",
    env: { ...process.env, GOWORK: "off" },
  }).trim();
  await copyFile(join(folder, "python", "cmd", PYTHON_EXECUTOR), `${file}.new`);
  await chmod(`${file}.new`, 0o755);
  await rename(`${file}.new`, file);
}

/** Where the executable is, or would be, that the present go.mod of a tool builds, and its sources. */
async function builtFileOf(
  { module, version, sources }: GoTool,
  name: string,
  cache: string,
): Promise<string> {
  const hash = createHash("sha256").update(version);
  const own = sources === undefined ? [] : (await readdir(sources)).toSorted();
  const files = [
    ...["go.mod", "go.sum"].map((file) => join(module, file)),
    ...own.map((file) => join(sources ?? "", file)),
  ];
  const pins = await Promise.all(files.map((file) => readFile(file)));
  pins.forEach((text) => hash.update(text));
  return join(cache, `${name}-${hash.digest("hex").slice(0, 16)}`);
}

async function build(tool: GoTool, file: string, report: (line: string) => void): Promise<string> {
  if (isExecutable(file)) {
    report(`using ${tool.title} ${tool.version} that was built before`);
    return file;
  }
  report(`building ${tool.title} ${tool.version} with Go: one to four minutes, once`);
  await buildTool(tool, `${file}.new`, report);
  await rename(`${file}.new`, file);
  return file;
}

function versionOf(pulumi: string): string | undefined {
  try {
    const output = execFileSync(pulumi, ["version"], {
      encoding: "utf8",
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    return /^v\d+\.\d+\.\d+/m.exec(output)?.[0];
  } catch {
    // Not the Pulumi CLI, or one that does not start: reported by the caller as having no version.
    return undefined;
  }
}

/** Negative: `a` is older; of `v1.2.3`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.replace(/^v/, "").split(".").map(Number));
  return (
    [0, 1, 2].map((at) => (left?.[at] ?? 0) - (right?.[at] ?? 0)).find((difference) => difference !== 0) ?? 0
  );
}

/**
 * The shim names this very Node.js: an engine starts its plugins with a PATH of which nothing is known, and the
 * sources need one that strips types.
 */
async function writeShim(entry: string, file: string): Promise<void> {
  const text = `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(entry)} "$@"\n`;
  const temporary = `${file}.new`;
  await writeFile(temporary, text);
  await chmod(temporary, 0o755);
  await rename(temporary, file);
}

async function hardLink(target: string, file: string): Promise<void> {
  const [from, to] = await Promise.all([stat(target), lstat(file).catch(() => undefined)]);
  if (to?.ino === from.ino) {
    return;
  }
  await rm(`${file}.new`, { force: true });
  await addName(target, `${file}.new`);
  await rename(`${file}.new`, file);
}

async function link(target: string, file: string): Promise<void> {
  const current = await readlink(file).catch(() => undefined);
  if (current === target) {
    return;
  }
  await rm(`${file}.new`, { force: true });
  await symlink(target, `${file}.new`);
  await rename(`${file}.new`, file);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
