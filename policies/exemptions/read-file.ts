import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, resolve } from "node:path";
import type * as Yaml from "yaml";
import { parseExemptions, type ParsedExemptions } from "./parse.ts";

const require = createRequire(import.meta.url);

/**
 * Reads a YAML file of exemptions: a mapping with the one key `exemptions`, a list.
 *
 * @param path relative to the pack's folder, which Pulumi makes the pack's working directory.
 */
export function readExemptionFile(path: string, ruleIds: readonly string[]): ParsedExemptions {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      exemptions: [],
      problems: [`\`${path}\` cannot be read from the pack's folder (\`${resolve(path)}\`): ${reason}`],
    };
  }
  return parseExemptionText(text, basename(path), ruleIds);
}

/** @param file its name, for the places of problems. */
export function parseExemptionText(text: string, file: string, ruleIds: readonly string[]): ParsedExemptions {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `require` gives `any`; the package is a dependency
  const yaml = require("yaml") as typeof Yaml;
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      exemptions: [],
      problems: document.errors.map(
        (error) => `${file}:${lines.linePos(error.pos[0]).line}: ${lowerFirst(error.message)}`,
      ),
    };
  }
  const { contents } = document;
  const content = contained(document);
  if (contents === null || !yaml.isMap(contents) || content === undefined) {
    return {
      exemptions: [],
      problems: [`${file}:1: expected a mapping with the one key \`exemptions\`, a list`],
    };
  }
  const lineOf = (node: unknown): number =>
    yaml.isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1;
  const unknown = contents.items.flatMap(({ key }) =>
    yaml.isScalar(key) && key.value === "exemptions"
      ? []
      : [`${file}:${lineOf(key)}: \`${String(key)}\` is no key of this file; expected only \`exemptions\``],
  );
  const list: unknown = contents.get("exemptions", true);
  const place = (index: number): string =>
    `${file}:${lineOf(yaml.isSeq(list) && index >= 0 ? list.items[index] : list)}`;
  // A file that exempts nothing, or whose last entry was deleted.
  const entries = content.get("exemptions") ?? [];
  const parsed = parseExemptions(entries, place, ruleIds);
  return { exemptions: parsed.exemptions, problems: [...unknown, ...parsed.problems] };
}

/** The document's top level as data; undefined where it is no mapping, or expands beyond measure. */
function contained(document: Yaml.Document): ReadonlyMap<string, unknown> | undefined {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined; // Aliases that multiply without end.
  }
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map<string, unknown>(Object.entries(value))
    : undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
