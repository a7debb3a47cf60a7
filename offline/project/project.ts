import { type Stats, existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type ConfigType, readConfigTypes } from "./config-type.ts";
import { InputError } from "./input-error.ts";
import { isMapping, readYamlFile } from "./yaml-file.ts";

/** `runtime.options`, as far as the Node.js language host reads them. */
export interface RuntimeOptions {
  readonly typescript?: boolean;
  readonly tsconfig?: string;
  readonly nodeargs?: string;
}

/** A Pulumi project, as far as a preview needs it. */
export interface Project {
  readonly name: string;
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  readonly file: string;
  /** The folder, or file, of the program. */
  readonly program: string;
  readonly runtimeOptions: RuntimeOptions;
  /** The folder of `Pulumi.<stack>.yaml`. */
  readonly stackConfigFolder: string;
  /** The `config` block, by key as the project writes it. */
  readonly config: ReadonlyMap<string, ConfigType>;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"] as const;

/**
 * The project file that stands in `folder` itself.
 *
 * @throws InputError where it cannot be told whether there is one
 */
export function projectFileIn(folder: string): string | undefined {
  return PROJECT_FILES.map((name) => join(folder, name)).find(isThere);
}

function isThere(path: string): boolean {
  return statOf(path) !== undefined;
}

/** Whether there is a folder. @throws InputError where it cannot be told */
export function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) {
      throw error;
    }
    throw new InputError([`what \`${path}\` is cannot be told: ${error.message}`]);
  }
}

/** The project file in `folder` or the nearest folder above it, as the Pulumi CLI looks for it. */
function findProjectFile(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = projectFileIn(at);
    if (found !== undefined || dirname(at) === at) {
      return found;
    }
  }
}

/**
 * The name of the runtime of the project that stands in `folder` itself; not checked, and undefined where there is none.
 *
 * @throws InputError where its file cannot be read
 */
export function readRuntime(folder: string): unknown {
  const file = projectFileIn(folder);
  const content = file === undefined ? undefined : readYamlFile(file);
  return isMapping(content) ? runtimeName(content) : undefined;
}

function runtimeName(content: { readonly [key: string]: unknown }): unknown {
  return isMapping(content["runtime"]) ? content["runtime"]["name"] : content["runtime"];
}

/**
 * Reads the Pulumi project of a folder.
 *
 * @throws InputError with every problem of the project file.
 */
export function readProject(folder: string): Project {
  if (!isFolder(folder)) {
    throw new InputError([`\`${folder}\` is no folder; expected the folder of a Pulumi project`]);
  }
  const file = findProjectFile(folder);
  if (file === undefined) {
    throw new InputError([
      `no Pulumi.yaml in \`${resolve(folder)}\` or above it; name the project's folder with --cwd`,
    ]);
  }
  const content = readYamlFile(file);
  if (!isMapping(content)) {
    throw new InputError([`\`${file}\` holds no mapping; expected at least \`name\` and \`runtime\``]);
  }
  const problems: string[] = [];
  const root = dirname(file);
  const name = content["name"];
  if (typeof name !== "string" || !/^[A-Za-z0-9_.-]{1,100}$/.test(name)) {
    problems.push(
      `\`${file}\`: name is ${JSON.stringify(name)}; expected 1 to 100 letters, digits, \`-\`, \`_\` or \`.\``,
    );
  }
  const runtime = runtimeName(content);
  if (runtime !== "nodejs") {
    problems.push(
      `\`${file}\`: runtime is ${JSON.stringify(runtime)}; only \`nodejs\` programs can be previewed offline`,
    );
  }
  const options = readRuntimeOptions(
    file,
    isMapping(content["runtime"]) ? content["runtime"]["options"] : undefined,
    problems,
  );
  const main = content["main"] ?? ".";
  if (typeof main !== "string") {
    problems.push(`\`${file}\`: main is ${JSON.stringify(main)}; expected a path`);
  }
  // An older project file says `config: FOLDER` for what is `stackConfigDir: FOLDER` today.
  const configIsFolder = typeof content["config"] === "string";
  if (configIsFolder && content["stackConfigDir"] !== undefined) {
    problems.push(`\`${file}\`: config and stackConfigDir both name a folder; keep stackConfigDir`);
  }
  const stackConfigDir = content["stackConfigDir"] ?? (configIsFolder ? content["config"] : ".");
  if (typeof stackConfigDir !== "string") {
    problems.push(`\`${file}\`: stackConfigDir is ${JSON.stringify(stackConfigDir)}; expected a path`);
  }
  const config = readConfigTypes(
    file,
    typeof name === "string" ? name : "",
    configIsFolder ? undefined : content["config"],
    problems,
  );
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return {
    name: String(name),
    root,
    file,
    program: resolve(root, typeof main === "string" ? main : "."),
    runtimeOptions: options,
    stackConfigFolder: resolve(root, typeof stackConfigDir === "string" ? stackConfigDir : "."),
    config,
  };
}

function readRuntimeOptions(file: string, options: unknown, problems: string[]): RuntimeOptions {
  if (options === undefined || options === null) {
    return {};
  }
  if (!isMapping(options)) {
    problems.push(`\`${file}\`: runtime.options is ${JSON.stringify(options)}; expected a mapping`);
    return {};
  }
  const { typescript, tsconfig, nodeargs } = options;
  const expected = (name: string, value: unknown, type: "boolean" | "string"): void => {
    if (value !== undefined && typeof value !== type) {
      problems.push(`\`${file}\`: runtime.options.${name} is ${JSON.stringify(value)}; expected a ${type}`);
    }
  };
  expected("typescript", typescript, "boolean");
  expected("tsconfig", tsconfig, "string");
  expected("nodeargs", nodeargs, "string");
  return {
    ...(typeof typescript === "boolean" ? { typescript } : {}),
    ...(typeof tsconfig === "string" ? { tsconfig } : {}),
    ...(typeof nodeargs === "string" ? { nodeargs } : {}),
  };
}

/**
 * The stacks that have a configuration file, in alphabetical order.
 *
 * @throws InputError where what should be their folder is none.
 */
export function listStacks(project: Project): readonly string[] {
  if (!existsSync(project.stackConfigFolder)) {
    return [];
  }
  if (!statSync(project.stackConfigFolder).isDirectory()) {
    throw new InputError([
      `\`${project.stackConfigFolder}\` is no folder; expected the folder that stackConfigDir of \`${project.file}\` names`,
    ]);
  }
  return readdirSync(project.stackConfigFolder)
    .map((entry) => /^Pulumi\.(.+)\.(?:ya?ml|json)$/.exec(entry)?.[1])
    .filter((stack) => stack !== undefined)
    .toSorted();
}
