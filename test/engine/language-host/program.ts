import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/** The runner's exit code for "the person has been told already". */
export const ALREADY_REPORTED = 32;

/** `runtime.options` of Pulumi.yaml, as far as a Node.js host reads them. */
export interface RuntimeOptions {
  /** Whether `@pulumi/pulumi` loads ts-node. */
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  /** Arguments of `node` itself. */
  readonly nodeArgs: readonly string[];
}

/** What the host is asked to run, whichever call asked. */
export interface Program {
  /** The folder of Pulumi.yaml, PulumiPolicy.yaml or PulumiPlugin.yaml. */
  readonly root: string;
  /** The folder of the program. */
  readonly directory: string;
  /** Relative to `directory`; `.` where the package's manifest says. */
  readonly entryPoint: string;
  readonly options: RuntimeOptions;
}

/** One deployment, as `Run` asks for it. */
export interface RunArguments {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly pwd: string;
  readonly monitorAddress: string;
  readonly engineAddress: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly args: readonly string[];
}

export function readOptions(options: { readonly [name: string]: unknown }): RuntimeOptions {
  const nodeArgs = options["nodeargs"];
  const tsconfig = options["tsconfig"];
  return {
    typescript: options["typescript"] !== false,
    tsconfig: typeof tsconfig === "string" && tsconfig !== "" ? tsconfig : undefined,
    nodeArgs: typeof nodeArgs === "string" ? nodeArgs.split(/\s+/).filter((arg) => arg !== "") : [],
  };
}

/** The environment in which `@pulumi/pulumi`'s runners learn of a project's runtime options. */
export function optionsEnvironment(program: Program): { readonly [name: string]: string } {
  const { typescript, tsconfig } = program.options;
  return {
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
    ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: resolve(program.root, tsconfig) }),
  };
}

/**
 * The path of one of `@pulumi/pulumi`'s own runners, in the copy of the SDK that the program itself would load.
 *
 * Throws where the program has no SDK: its dependencies are not installed.
 */
export function findRunner(directory: string, runner: "run" | "run-plugin" | "run-policy-pack"): string {
  const module = `@pulumi/pulumi/cmd/${runner}`;
  try {
    return createRequire(join(directory, "package.json")).resolve(module);
  } catch (error) {
    // The engine looks for these words in what a policy pack says, to tell that its dependencies are missing.
    throw new Error(`Cannot find module '${module}' from \`${directory}\`: run npm install there`, {
      cause: error,
    });
  }
}

/** The arguments of `cmd/run`, the program and its own arguments last. */
export function runnerArguments(program: Program, run: RunArguments): readonly string[] {
  const flags = {
    "--monitor": run.monitorAddress,
    "--engine": run.engineAddress,
    "--project": run.project,
    "--stack": run.stack,
    "--organization": run.organization,
    "--root-directory": program.root,
    "--pwd": run.pwd,
    "--parallel": String(run.parallel),
  };
  return [
    ...Object.entries(flags).flat(),
    ...(run.dryRun ? ["--dry-run"] : []),
    program.entryPoint === "" ? "." : program.entryPoint,
    ...run.args,
  ];
}

/** The arguments of the runner of a policy pack or of a component package. */
export function pluginArguments(
  kind: "analyzer" | "resource",
  directory: string,
  engineArguments: readonly string[],
): readonly string[] {
  return kind === "analyzer" ? [...engineArguments, directory] : [directory, ...engineArguments];
}
