import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Variables of a run that must not leak from the environment of this process into a program's. */
const OWN_VARIABLES = [
  "PULUMI_CONFIG",
  "PULUMI_CONFIG_SECRET_KEYS",
  "PULUMI_NODEJS_DRY_RUN",
  "PULUMI_NODEJS_ENGINE",
  "PULUMI_NODEJS_MONITOR",
  "PULUMI_NODEJS_ORGANIZATION",
  "PULUMI_NODEJS_PARALLEL",
  "PULUMI_NODEJS_PROJECT",
  "PULUMI_NODEJS_ROOT_DIRECTORY",
  "PULUMI_NODEJS_STACK",
  "PULUMI_NODEJS_SYNC",
  "PULUMI_NODEJS_TSCONFIG_PATH",
  "PULUMI_NODEJS_TYPESCRIPT",
  // Loads and starts OpenTelemetry in the SDK.
  "TRACEPARENT",
] as const;

/** The argument of Node.js that loads a module of this folder into a child before anything else. */
export function preload(file: string): string {
  return `--require=${fileURLToPath(new URL(file, import.meta.url))}`;
}

/**
 * Arguments of Node.js for a process that ends soon. Besides what is not loaded, objects that live as long as the process
 * are not copied several times by a garbage collector that starts with the smallest space.
 */
export const SHORT_LIVED: readonly string[] = [
  preload("lazy-modules.cjs"),
  preload("late-inspector.cjs"),
  preload("ends-with-parent.cjs"),
  "--min-semi-space-size=16",
  "--max-semi-space-size=64",
];

export type Environment = { readonly [name: string]: string | undefined };

/** The environment of a child, with Node's compile cache on: it saves about a third of the start-up. */
export function childEnvironment(base: Environment, sdkFolder: string, own: Environment): Environment {
  const cleaned: { [name: string]: string | undefined } = { ...base };
  for (const name of OWN_VARIABLES) {
    delete cleaned[name];
  }
  return { NODE_COMPILE_CACHE: compileCacheFolder(sdkFolder), ...cleaned, ...own };
}

/** Beside the SDK in `node_modules/.cache`, which every tool ignores; else in the system's temporary folder. */
function compileCacheFolder(sdkFolder: string): string {
  const modules = sdkFolder.lastIndexOf("node_modules");
  const base = modules === -1 ? tmpdir() : join(sdkFolder.slice(0, modules), "node_modules", ".cache");
  return join(base, "bastionless", "node");
}

/** The folder of the `@pulumi/pulumi` that a program or pack in `folder` uses; undefined where it has none. */
export function findSdk(folder: string): string | undefined {
  try {
    return dirname(createRequire(join(folder, "_")).resolve("@pulumi/pulumi/package.json"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") {
      return undefined;
    }
    throw error;
  }
}
