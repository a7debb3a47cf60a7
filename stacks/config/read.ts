import { type ConfigKey, type ConfigValues, type KeyName, KEYS } from "./keys.ts";
import { type ConfigProblem, unknownName } from "./shape.ts";

/** A stack's configuration as the engine hands it over: by full key, booleans and numbers as text, the rest as JSON. */
export interface RawConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

function isKeyName(name: string): name is KeyName {
  return Object.hasOwn(KEYS, name);
}

/**
 * Reads every key of the project, and complains about every other key in the project's namespace, about secrets and
 * about wrong types. What cannot be read takes its default, so that reading goes on.
 */
export function readConfig(project: string, raw: RawConfig, problems: ConfigProblem[]): ConfigValues {
  const prefix = `${project}:`;
  const read: Record<string, unknown> = Object.fromEntries(
    Object.entries(KEYS).map(([name, key]) => [name, key.default]),
  );
  for (const [path, text] of Object.entries(raw.values)) {
    if (!path.startsWith(prefix)) {
      continue;
    }
    const name = path.slice(prefix.length);
    if (!isKeyName(name)) {
      problems.push({ path, reason: unknownName(name, Object.keys(KEYS)) });
    } else if (raw.secretKeys.includes(path)) {
      problems.push({
        path,
        reason:
          "a secret, expected a plain value, as all of these end up in names, tags and documents that people read",
      });
    } else {
      const value = readValue(KEYS[name], text, path, problems);
      if (value !== undefined) {
        read[name] = value;
      }
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each key was read by its own shape, or has its default
  return read as ConfigValues;
}

function readValue(key: ConfigKey<unknown>, text: string, path: string, problems: ConfigProblem[]): unknown {
  if (key.type === "string") {
    return key.shape(text, path, problems);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
    value = text;
  }
  return key.shape(value, path, problems);
}

/**
 * The value of a key that says more than the default does; `undefined` otherwise. The engine fills in defaults, so that a
 * program cannot tell whether somebody wrote one, and a default must not conflict with anything.
 */
export function stated<K extends KeyName>(values: ConfigValues, name: K): ConfigValues[K] | undefined {
  const value = values[name];
  return JSON.stringify(value) === JSON.stringify(KEYS[name].default) ? undefined : value;
}
