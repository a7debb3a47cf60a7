import { spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { findExecutables } from "./executables.ts";
import { readEvents, type EngineEvents } from "./events.ts";
import { parseMap } from "./json.ts";
import { BIN, CACHE } from "./paths.ts";
import { run, type Ran } from "./process.ts";
import { copyProject } from "./project-copy.ts";

export interface PackOnDisk {
  readonly dir: string;
  readonly config?: WireMap;
}

/** One command of the CLI, with what the engine said. */
export interface EngineRun extends Ran {
  readonly events: EngineEvents;
}

export interface OperationOptions {
  readonly packs?: readonly PackOnDisk[];
  /** The command is expected to fail; without it, a failure rejects with what the engine said. @default false */
  readonly mayFail?: boolean;
}

const ACCOUNT_FILE = "account.json";

/**
 * One stack on the real engine: a copy of a project, a backend and a PULUMI_HOME of its own, in a temporary folder.
 *
 * Simulated providers and the language host come from the folder that `npm run engine` makes.
 */
export class RealEngine {
  readonly stack: string;
  /** The folder that takes the project's place. */
  readonly project: string;
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  #runs = 0;

  private constructor(folder: string, stack: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.stack = stack;
    this.project = join(folder, "project");
    this.#env = env;
  }

  /**
   * @param root The folder of Pulumi.yaml. Nothing is written to it.
   * @param options.many Hundreds of resources: the state is written once, at the end, not with every resource.
   * @param options.account What the account holds before; the simulated provider then keeps its state in `accountFile`.
   */
  static async create(
    root: string,
    stack: string,
    options: { readonly many?: boolean; readonly account?: WireMap } = {},
  ): Promise<RealEngine> {
    const folder = await mkdtemp(join(tmpdir(), "bastionless-engine-"));
    // The setting is the CLI's own, but counts as an experiment there.
    const many =
      options.many === true ? { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } : {};
    const account = options.account === undefined ? {} : { SIMULATED_AWS_STATE: join(folder, ACCOUNT_FILE) };
    const engine = new RealEngine(folder, stack, { ...environment(folder), ...many, ...account });
    if (options.account !== undefined) {
      await writeFile(engine.file(ACCOUNT_FILE), JSON.stringify(options.account));
    }
    await Promise.all(["home", "backend", "runs", "bin"].map((name) => mkdir(join(folder, name))));
    await Promise.all([copyProject(root, engine.project), linkRealProviders(folder)]);
    await engine.#pulumi(["stack", "init", stack]);
    return engine;
  }

  /** What the account holds, where it was created with something. */
  async account(): Promise<WireMap> {
    return parseMap(await readFile(this.file(ACCOUNT_FILE), "utf8"));
  }

  /** A path for a file of the test's own, removed with the stack. */
  file(name: string): string {
    return join(this.#folder, name);
  }

  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A preview; with `plan`, of a new stack. */
  async preview(options: OperationOptions = {}): Promise<EngineRun> {
    return this.#operation(["preview"], options);
  }

  /** A preview of a new stack with the plan it makes: the goals of every resource. */
  async previewWithPlan(options: OperationOptions = {}): Promise<EngineRun & { readonly plan: WireMap }> {
    const file = join(this.#folder, "plan.json");
    const ran = await this.#operation(["preview", "--save-plan", file, "--show-secrets"], options);
    return { ...ran, plan: parseMap(await readFile(file, "utf8")) };
  }

  up(options: OperationOptions = {}): Promise<EngineRun> {
    return this.#operation(["up", "--yes", "--skip-preview"], options);
  }

  /** Destroys everything, also what is protected. */
  async destroy(): Promise<EngineRun> {
    await this.#pulumi(["state", "unprotect", "--all", "--yes"]);
    return this.#operation(["destroy", "--yes", "--skip-preview"], {});
  }

  /** Starts a preview and returns while it runs; the caller ends it. */
  startPreview(): ChildProcessByStdio<null, Readable, null> {
    return spawn("pulumi", ["preview", "--stack", this.stack, "--non-interactive"], {
      cwd: this.project,
      env: this.#env,
      stdio: ["ignore", "pipe", "ignore"],
    });
  }

  /** `pulumi about`, as text. */
  async about(): Promise<string> {
    return (await this.#pulumi(["about"])).stdout;
  }

  /** `pulumi package get-schema` of a component package. */
  async packageSchema(dir: string): Promise<WireMap> {
    return parseMap((await this.#withoutNpm(["package", "get-schema", dir])).stdout);
  }

  /** `pulumi install`: what the project's language needs, and SDKs of the packages that Pulumi.yaml names. */
  async install(): Promise<void> {
    await this.#withoutNpm(["install"]);
  }

  /** The command runs `npm install` in the folders of component packages first; here everything is installed. */
  async #withoutNpm(args: readonly string[]): Promise<Ran> {
    await writeFile(join(this.#folder, "bin", "npm"), "#!/bin/sh\n", { mode: 0o755 });
    const ran = await run("pulumi", args, { cwd: this.project, env: this.#env });
    if (ran.code !== 0) {
      throw new Error(`\`${ran.command}\` ended with exit code ${ran.code}:\n${ran.stdout}\n${ran.stderr}`);
    }
    return ran;
  }

  async setConfig(key: string, value: string, flags: readonly string[] = []): Promise<void> {
    await this.#pulumi(["config", "set", ...flags, "--", key, value]);
  }

  /** Writes the program's `index.ts` anew, with another text in place of one that it has once. The original stays. */
  async editProgram(replace: string, by: string): Promise<void> {
    const file = join(this.project, "index.ts");
    const parts = (await readFile(file, "utf8")).split(replace);
    if (parts.length !== 2) {
      throw new Error(`\`${file}\` has \`${replace}\` ${parts.length - 1} times, expected it once`);
    }
    await rm(file);
    await writeFile(file, parts.join(by));
  }

  /** The state, secrets in plain text. */
  async exportState(): Promise<WireMap> {
    return parseMap((await this.#pulumi(["stack", "export", "--show-secrets"])).stdout);
  }

  /** The state as `pulumi stack export` writes it by default, secrets encrypted. */
  async exportFile(): Promise<string> {
    const file = join(this.#folder, "state.json");
    await this.#pulumi(["stack", "export", "--file", file]);
    return file;
  }

  /** Takes a deployment from a file for the stack's state. */
  async importFile(file: string): Promise<void> {
    await this.#pulumi(["stack", "import", "--file", file]);
  }

  /** `pulumi policy analyze` of an exported state. */
  async analyze(file: string, packs: readonly PackOnDisk[]): Promise<EngineRun> {
    const args = ["policy", "analyze", "--file", file, "--json", ...(await this.#packArguments(packs))];
    const ran = await run("pulumi", args, { cwd: this.project, env: this.#env });
    return { ...ran, events: readEvents(ran.stdout) };
  }

  async #operation(args: readonly string[], options: OperationOptions): Promise<EngineRun> {
    this.#runs += 1;
    const log = join(this.#folder, "runs", `${this.#runs}.jsonl`);
    const ran = await this.#pulumi(
      [...args, "--event-log", log, ...(await this.#packArguments(options.packs ?? []))],
      options.mayFail,
    );
    return { ...ran, events: readEvents(existsSync(log) ? await readFile(log, "utf8") : "") };
  }

  async #packArguments(packs: readonly PackOnDisk[]): Promise<readonly string[]> {
    const configured = packs.some(({ config }) => config !== undefined);
    const lists = await Promise.all(
      packs.map(async ({ dir, config }, at) => {
        const file = join(this.#folder, `pack-${at}.json`);
        await writeFile(file, JSON.stringify(config ?? {}));
        return ["--policy-pack", dir, ...(configured ? ["--policy-pack-config", file] : [])];
      }),
    );
    return lists.flat();
  }

  async #pulumi(args: readonly string[], mayFail = false): Promise<Ran> {
    const stack = args[0] === "stack" && args[1] === "init" ? [] : ["--stack", this.stack];
    const operands = args.includes("--") ? args.slice(args.indexOf("--")) : [];
    const flags = [...args.slice(0, args.length - operands.length), ...stack, "--non-interactive"];
    const ran = await run("pulumi", [...flags, ...operands], {
      cwd: this.project,
      env: this.#env,
    });
    if (ran.code !== 0 && !mayFail) {
      throw new Error(`\`${ran.command}\` ended with exit code ${ran.code}:\n${ran.stdout}\n${ran.stderr}`);
    }
    return ran;
  }
}

/**
 * With `REAL_AWSX=1` the `pulumi-resource-awsx` that is on PATH stands before the built-in one, and nothing else that may
 * be in its folder.
 */
async function linkRealProviders(folder: string): Promise<void> {
  if (process.env["REAL_AWSX"] !== "1") {
    return;
  }
  const [real] = findExecutables("pulumi-resource-awsx", process.env["PATH"] ?? "", CACHE);
  if (real === undefined) {
    throw new Error("REAL_AWSX=1, but there is no `pulumi-resource-awsx` on PATH");
  }
  await symlink(real, join(folder, "bin", "pulumi-resource-awsx"));
}

/** Of the surroundings nothing is kept that says which stack, backend or account to take. */
function environment(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:PULUMI|AWS|NODE)_/.test(name));
  const path = [join(folder, "bin"), BIN, dirname(process.execPath), process.env["PATH"] ?? ""].join(
    delimiter,
  );
  return {
    ...Object.fromEntries(kept),
    PATH: path,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Without it the CLI has no --event-log.
    PULUMI_DEBUG_COMMANDS: "true",
    NODE_COMPILE_CACHE: join(CACHE, "compile"),
  };
}
