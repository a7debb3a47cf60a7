import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ConfigType, belongsToProject, describeType, fits } from "./config-type.ts";
import { InputError } from "./input-error.ts";
import { type Crypter, type Passphrases, openPassphrase, readPassphrase } from "./passphrase.ts";
import { type Project, listStacks } from "./project.ts";
import { type Mapping, isMapping, readYamlFile } from "./yaml-file.ts";

/** The configuration of one stack as a program receives it. */
export interface StackConfig {
  /** By full key (`namespace:name`); booleans and numbers as text, arrays and objects as JSON. */
  readonly values: { readonly [key: string]: string };
  /** The full keys whose values are secret. */
  readonly secretKeys: readonly string[];
}

interface Value {
  readonly data: unknown;
  readonly secret: boolean;
}

/**
 * Reads `Pulumi.<stack>.yaml`, decrypts its secrets and applies the project's types, defaults and values to it, by
 * the rules of the Pulumi CLI.
 *
 * @throws InputError with every problem of the file: keys that are no keys, missing ones, wrong types, secrets that
 * cannot be opened.
 */
export function readStackConfig(project: Project, stack: string, env: Passphrases): StackConfig {
  const file = stackFile(project, stack);
  const content = file === undefined ? {} : (readYamlFile(file) ?? {});
  const place = file ?? `stack ${stack}`;
  if (!isMapping(content)) {
    throw new InputError([`\`${place}\` holds no mapping; expected \`config:\` with the stack's keys`]);
  }
  const problems: string[] = [];
  if (content["environment"] !== undefined && content["environment"] !== null) {
    problems.push(
      `\`${place}\` imports environments of Pulumi ESC, which cannot be read offline; put their values under \`config:\``,
    );
  }
  const values = readValues(place, project.name, content, env, problems);
  applyProjectConfig(project, place, values, problems);
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  const keys = [...values.keys()].toSorted();
  return {
    values: Object.fromEntries(keys.map((key) => [key, asText(values.get(key)?.data)])),
    secretKeys: keys.filter((key) => values.get(key)?.secret === true),
  };
}

/** The file of a stack; undefined for a stack that has none, in a project whose stacks need none. */
function stackFile(project: Project, stack: string): string | undefined {
  const found = ["yaml", "yml", "json"]
    .map((extension) => join(project.stackConfigFolder, `Pulumi.${stack}.${extension}`))
    .find((path) => existsSync(path));
  const known = listStacks(project);
  if (found === undefined && known.length > 0) {
    throw new InputError([
      `no stack \`${stack}\` in \`${project.stackConfigFolder}\`; it has ${known.map((name) => `\`${name}\``).join(", ")}`,
    ]);
  }
  return found;
}

/** `namespace:name`; the older form `namespace:config:name` is read too. */
function fullKey(project: string, key: string): string | undefined {
  const parts = key.split(":");
  if (parts.length === 1) {
    return `${project}:${key}`;
  }
  if (parts.length === 3 && parts[1] === "config") {
    return `${parts[0]}:${parts[2]}`;
  }
  return parts.length === 2 ? key : undefined;
}

function readValues(
  place: string,
  project: string,
  content: Mapping,
  env: Passphrases,
  problems: string[],
): Map<string, Value> {
  const values = new Map<string, Value>();
  const block = content["config"] ?? {};
  if (!isMapping(block)) {
    problems.push(`\`${place}\`: config is no mapping; expected the stack's keys`);
    return values;
  }
  const open = crypterOf(place, content, env);
  for (const [written, raw] of Object.entries(block)) {
    const key = written.includes(":") ? fullKey(project, written) : undefined;
    if (key === undefined) {
      problems.push(
        `\`${place}\`: \`${written}\` is no configuration key; expected \`<namespace>:<name>\`, as in \`${project}:${written.replaceAll(":", "-")}\``,
      );
      continue;
    }
    const secret = holdsSecret(raw);
    try {
      values.set(key, { data: secret ? decrypt(raw, open()) : raw, secret });
    } catch (error) {
      problems.push(`\`${place}\`: ${written}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return values;
}

function isSecure(value: unknown): value is { readonly secure: string } {
  return isMapping(value) && typeof value["secure"] === "string" && Object.keys(value).length === 1;
}

function holdsSecret(value: unknown): boolean {
  if (isSecure(value)) {
    return true;
  }
  return Array.isArray(value)
    ? value.some(holdsSecret)
    : isMapping(value) && Object.values(value).some(holdsSecret);
}

function decrypt(value: unknown, crypter: Crypter): unknown {
  if (isSecure(value)) {
    return crypter.decrypt(value.secure);
  }
  if (Array.isArray(value)) {
    return value.map((element) => decrypt(element, crypter));
  }
  return isMapping(value)
    ? Object.fromEntries(Object.entries(value).map(([key, element]) => [key, decrypt(element, crypter)]))
    : value;
}

/** Opens the stack's secrets when the first one is met: deriving the key takes a noticeable fraction of a second. */
function crypterOf(place: string, content: Mapping, env: Passphrases): () => Crypter {
  let opened: Crypter | Error | undefined;
  return () => {
    opened ??= openSecrets(place, content, env);
    if (opened instanceof Error) {
      throw opened;
    }
    return opened;
  };
}

function openSecrets(place: string, content: Mapping, env: Passphrases): Crypter | Error {
  const salt = content["encryptionsalt"];
  if (typeof salt !== "string") {
    const provider = content["secretsprovider"];
    return new Error(
      typeof provider === "string" && provider !== "passphrase"
        ? `encrypted by \`${provider}\`, which cannot be asked offline; a passphrase can`
        : `\`${place}\` has no encryptionsalt to decrypt it with`,
    );
  }
  const passphrase = readPassphrase(env);
  if (passphrase === undefined) {
    return new Error("encrypted; set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE");
  }
  try {
    return (
      openPassphrase(passphrase, salt) ??
      new Error("the passphrase in PULUMI_CONFIG_PASSPHRASE is not the one it was encrypted with")
    );
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Adds the project's defaults and values, and holds what the stack says against the project's types. */
function applyProjectConfig(
  project: Project,
  place: string,
  values: Map<string, Value>,
  problems: string[],
): void {
  for (const [written, declared] of project.config) {
    const key = fullKey(project.name, written);
    if (key === undefined) {
      problems.push(
        `\`${project.file}\`: config.${written} is no configuration key; expected \`<namespace>:<name>\``,
      );
      continue;
    }
    const given = values.get(key);
    if (given !== undefined) {
      problems.push(...typeProblems(place, key, declared, given));
      continue;
    }
    const supplied = declared.value ?? declared.default;
    if (supplied !== undefined) {
      values.set(key, { data: supplied, secret: false });
    } else if (belongsToProject(project.name, written)) {
      problems.push(`\`${place}\`: \`${key}\` is missing; the project requires it${wanted(declared)}`);
    }
  }
}

function wanted(declared: ConfigType): string {
  return declared.type === undefined ? "" : ` (${describeType(declared.type, declared.items)})`;
}

function typeProblems(place: string, key: string, declared: ConfigType, given: Value): readonly string[] {
  const problems: string[] = [];
  if (declared.secret && !given.secret) {
    problems.push(`\`${place}\`: \`${key}\` is to be secret; set it with \`pulumi config set --secret\``);
  }
  if (declared.type !== undefined && !fits(declared.type, declared.items, asStored(given.data))) {
    const shown = given.secret ? "a secret" : `\`${JSON.stringify(given.data)}\``;
    problems.push(
      `\`${place}\`: \`${key}\` is ${shown}; expected ${describeType(declared.type, declared.items)}`,
    );
  }
  return problems;
}

/** A scalar of a stack's file reaches the CLI's type check as text: `8` is a string as well as an integer there. */
function asStored(data: unknown): unknown {
  return typeof data === "number" || typeof data === "boolean" ? String(data) : data;
}

/** A value as the program's `PULUMI_CONFIG` carries it; keys of objects in order, as the CLI writes them. */
function asText(data: unknown): string {
  if (typeof data === "object" && data !== null) {
    return JSON.stringify(data, (_key, value: unknown) =>
      isMapping(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
        : value,
    );
  }
  return typeof data === "string" ? data : data === null || data === undefined ? "" : JSON.stringify(data);
}
