import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What the engine reads of PulumiPolicy.yaml. */
export interface PackFile {
  /** `version`, which goes before the package's own; empty where there is none. */
  readonly version: string;
  /** `runtime.options.typescript`. @default true */
  readonly typescript: boolean;
}

/** @throws Error where the folder has no PulumiPolicy.yaml, or one that is no YAML */
export function readPackFile(dir: string): PackFile {
  const path = join(dir, "PulumiPolicy.yaml");
  let content: unknown;
  try {
    content = parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`\`${path}\` cannot be read: expected a policy pack's folder: ${reason}`, {
      cause: error,
    });
  }
  const version = property(content, "version");
  return {
    version: typeof version === "string" || typeof version === "number" ? `${version}` : "",
    typescript: property(property(property(content, "runtime"), "options"), "typescript") !== false,
  };
}

/** A property of what was read from a file; undefined where it is no mapping. */
export function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? new Map(Object.entries(value)).get(key)
    : undefined;
}
