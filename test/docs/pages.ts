import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const REPOSITORY = join(import.meta.dirname, "..", "..");

/** Generated pages of one folder under `docs/`, by file name. Everything else in the folder is stale. */
export interface GeneratedFolder {
  /** Such as `docs/policies`. */
  readonly folder: string;
  readonly pages: ReadonlyMap<string, string>;
}

/** The files of a folder that are not as they would be generated, with what is wrong with each. */
export function staleFiles({ folder, pages }: GeneratedFolder): readonly string[] {
  const path = join(REPOSITORY, folder);
  const found = new Set(existsSync(path) ? readdirSync(path) : []);
  const missing = [...pages.keys()].filter((name) => !found.has(name));
  const changed = [...pages].filter(
    ([name, text]) => found.has(name) && readFileSync(join(path, name), "utf8") !== text,
  );
  const unknown = [...found].filter((name) => !pages.has(name));
  return [
    ...missing.map((name) => `${folder}/${name} is missing`),
    ...changed.map(([name]) => `${folder}/${name} is stale`),
    ...unknown.map((name) => `${folder}/${name} is not generated`),
  ];
}

/** @throws AssertionError with every file that is not as it would be generated, and with what to do. */
export function assertFresh(stale: readonly string[]): void {
  if (stale.length > 0) {
    assert.fail(`run \`npm run docs\` and commit what it writes:\n${stale.join("\n")}`);
  }
}
