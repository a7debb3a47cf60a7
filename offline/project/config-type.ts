import { isMapping } from "./yaml-file.ts";

/**
 * A key of the project's `config` block.
 *
 * Source: https://www.pulumi.com/docs/iac/concepts/config/#project-level-configuration
 */
export interface ConfigType {
  readonly type: ConfigTypeName | undefined;
  readonly items: ConfigItems | undefined;
  readonly default: unknown;
  /** A value for a key of another namespace, such as `aws:region`. */
  readonly value: unknown;
  readonly secret: boolean;
}

export interface ConfigItems {
  readonly type: ConfigTypeName;
  readonly items?: ConfigItems | undefined;
}

const TYPE_NAMES = ["string", "integer", "boolean", "object", "array"] as const;
export type ConfigTypeName = (typeof TYPE_NAMES)[number];

function isTypeName(value: unknown): value is ConfigTypeName {
  return TYPE_NAMES.some((name) => name === value);
}

/** Whether a key of the `config` block belongs to the project itself, rather than to a provider. */
export function belongsToProject(project: string, key: string): boolean {
  return !key.includes(":") || key.startsWith(`${project}:`);
}

/** Reads the `config` block; what is wrong with it goes into `problems`. */
export function readConfigTypes(
  file: string,
  project: string,
  block: unknown,
  problems: string[],
): ReadonlyMap<string, ConfigType> {
  const types = new Map<string, ConfigType>();
  if (block === undefined || block === null) {
    return types;
  }
  if (!isMapping(block)) {
    problems.push(`\`${file}\`: config is no mapping; expected keys with \`type\`, \`default\` or \`value\``);
    return types;
  }
  for (const [key, entry] of Object.entries(block)) {
    types.set(
      key,
      readConfigType(`\`${file}\`: config.${key}`, belongsToProject(project, key), entry, problems),
    );
  }
  return types;
}

function readConfigType(place: string, ofProject: boolean, entry: unknown, problems: string[]): ConfigType {
  if (!isMapping(entry)) {
    // Shorthand: a default for the project's own key, a value for another's.
    const shorthand = { type: undefined, items: undefined, secret: false };
    return ofProject
      ? { ...shorthand, default: entry, value: undefined }
      : { ...shorthand, default: undefined, value: entry };
  }
  const declared = entry["type"];
  if (declared !== undefined && !isTypeName(declared)) {
    problems.push(`${place}.type is ${JSON.stringify(declared)}; expected one of ${TYPE_NAMES.join(", ")}`);
  }
  const type = isTypeName(declared) ? declared : undefined;
  const items = readItems(`${place}.items`, entry["items"], problems);
  const read: ConfigType = {
    type,
    items,
    default: entry["default"] ?? undefined,
    value: entry["value"] ?? undefined,
    secret: entry["secret"] === true,
  };
  if (read.default !== undefined && read.value !== undefined) {
    problems.push(`${place} has both a default and a value; keep one`);
  }
  if (ofProject) {
    if (type === "array" && items === undefined) {
      problems.push(`${place} is an array without \`items\`; say the type of its elements`);
    } else if (type !== undefined && read.default !== undefined && !fits(type, items, read.default)) {
      problems.push(
        `${place}.default is ${JSON.stringify(read.default)}; expected ${describeType(type, items)}`,
      );
    }
  } else if (type !== undefined || read.default !== undefined || read.value === undefined) {
    problems.push(
      `${place} belongs to another namespace: give it a \`value\`, and neither a type nor a default`,
    );
  }
  return read;
}

function readItems(place: string, items: unknown, problems: string[]): ConfigItems | undefined {
  if (items === undefined || items === null) {
    return undefined;
  }
  const type = isMapping(items) ? items["type"] : undefined;
  if (!isMapping(items) || !isTypeName(type)) {
    problems.push(`${place} needs a \`type\`: one of ${TYPE_NAMES.join(", ")}`);
    return undefined;
  }
  return { type, items: readItems(`${place}.items`, items["items"], problems) };
}

/** Whether a value is of a type, by the rules of the Pulumi CLI: text that reads as one will do. */
export function fits(type: ConfigTypeName, items: ConfigItems | undefined, value: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(value) || (typeof value === "string" && /^[+-]?\d+$/.test(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return isMapping(value);
    case "array":
      return (
        Array.isArray(value) &&
        items !== undefined &&
        value.every((element) => fits(items.type, items.items, element))
      );
  }
}

export function describeType(type: ConfigTypeName, items: ConfigItems | undefined): string {
  return items === undefined ? type : `${type}<${describeType(items.type, items.items)}>`;
}
