import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SHORT_LIVED, childEnvironment, findSdk, preload } from "./node-process.ts";
import type { Environment } from "./node-process.ts";
import type { EnvironmentRequest } from "./request.ts";
import { splitArguments } from "./split-arguments.ts";

/** How a program is started: by `@pulumi/pulumi/cmd/run`, as Pulumi's Node.js language host starts it. */
export interface ProgramCommand {
  /** Arguments of Node.js itself. */
  readonly nodeArgs: readonly string[];
  /** Pulumi's runner and its arguments. */
  readonly runnerArgs: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** The folder of the project. */
  readonly root: string;
  /** Whether it may run in a process with others: where nothing is asked of the process that shows in all of it. */
  readonly mayShare: boolean;
}

/**
 * How much a program's run tells of itself.
 *
 * `fast`: no stack traces but those of registrations. The SDK takes one for every promise that it makes, which for
 * thousands of resources costs more than all else together. `explained`: with stack traces. `traced`: with the places
 * of all pending promises too.
 */
export type Detail = "fast" | "explained" | "traced";

/** The command, or why there is none. */
export function programCommand(
  request: EnvironmentRequest,
  address: string,
  detail: Detail,
): ProgramCommand | string {
  const entry = findEntry(request.project.root, request.project.main ?? ".");
  if (typeof entry === "string") {
    return entry;
  }
  const sdk = findSdk(entry.folder);
  if (sdk === undefined) {
    return `the program in \`${entry.folder}\` has no \`@pulumi/pulumi\`: install its dependencies (\`npm install\`)`;
  }
  const options = request.project.runtimeOptions ?? {};
  const base = request.env ?? process.env;
  const { config, mode, organization = "organization", project, stack } = request;
  return {
    cwd: entry.folder,
    root: project.root,
    mayShare:
      detail === "fast" &&
      request.plainRunner !== true &&
      options.typescript === false &&
      (options.nodeargs ?? "") === "",
    nodeArgs: [
      ...(request.plainRunner === true ? [] : ownRunner(detail)),
      // Says on stderr where the program calls `process.exit`.
      "--trace-exit",
      ...splitArguments(options.nodeargs ?? ""),
    ],
    runnerArgs: [
      join(sdk, "cmd", "run"),
      `--monitor=${address}`,
      `--engine=${address}`,
      `--project=${project.name}`,
      `--stack=${stack}`,
      `--organization=${organization}`,
      `--root-directory=${project.root}`,
      `--pwd=${entry.folder}`,
      ...(mode === "preview" ? ["--dry-run"] : []),
      `--parallel=${PARALLEL}`,
      entry.file,
    ],
    env: childEnvironment(base, sdk, {
      ...(detail === "traced"
        ? { NODE_OPTIONS: `${base["NODE_OPTIONS"] ?? ""} --import=${TRACE_PENDING}`.trim() }
        : {}),
      PULUMI_CONFIG: JSON.stringify(config.values),
      // The SDK then says where promises were made that never settled.
      ...(detail === "fast" ? {} : { PULUMI_DEBUG_PROMISE_LEAKS: "1" }),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
      ...((options.typescript ?? true) ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
      ...(options.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
    }),
  };
}

/** Arguments of Node.js that make Pulumi's runner of programs cost less, and tell more of what a program throws. */
function ownRunner(detail: Detail): readonly string[] {
  return [
    ...SHORT_LIVED,
    preload("no-debug-messages.cjs"),
    preload("inspected-errors.cjs"),
    ...(detail === "fast" ? [preload("few-stack-traces.cjs")] : []),
  ];
}

/** A module of this folder that tells of pending promises. */
const TRACE_PENDING = new URL("trace-pending.mjs", import.meta.url).href;

/** How many resources a program may register at a time; the SDK only asks whether it is one. */
const PARALLEL = 16;

/** The folder that the program runs in, and what is run there: `.` or a file. */
function findEntry(root: string, main: string): { readonly folder: string; readonly file: string } | string {
  const path = join(root, main);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    return `\`main: ${main}\` of \`${join(root, "Pulumi.yaml")}\` does not exist: expected a folder or a file`;
  }
  return stats.isDirectory() ? { folder: path, file: "." } : { folder: dirname(path), file: basename(path) };
}
