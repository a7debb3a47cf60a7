import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { type Data, isDataMap, mentionsUnknown } from "./data.ts";
import type { Place } from "./place.ts";
import { excerpt, known, type Read } from "./read.ts";

/** How the text of a document is written. `either` and `template` try JSON first; a `template` may have tags in YAML. */
export type TextFormat = "json" | "yaml" | "either" | "template";

/**
 * Reads a document that stands in a property as JSON or YAML text, or as the object itself.
 *
 * A key that stands twice in one object is malformed: readers do not agree on which of them counts. So are YAML's merge
 * keys (`<<`), which some readers follow and others take for a name, and tags, which say to read a value in another way.
 */
export function readDocument(place: Place, format: TextFormat): Read<Data> {
  const { data, path } = place;
  if (typeof data === "symbol") {
    return { kind: "unknown", path };
  }
  if (data === undefined || data === null || data === "") {
    return { kind: "absent", path };
  }
  if (isDataMap(data)) {
    return known(data);
  }
  if (typeof data !== "string" || place.noMap === true) {
    return { kind: "malformed", path, expected: "a document", found: excerpt(data) };
  }
  if (mentionsUnknown(data)) {
    return { kind: "unknown", path };
  }
  const parsed = parse(data, format);
  return parsed === undefined
    ? { kind: "malformed", path, expected: EXPECTED[format], found: excerpt(data) }
    : known(parsed);
}

const EXPECTED = { json: "JSON", yaml: "YAML", either: "JSON or YAML", template: "a template" } as const;

/** Longer than any document that AWS takes (Systems Manager: 64 kB). */
const MAX_LENGTH = 1_000_000;

function parse(text: string, format: TextFormat): Data | undefined {
  if (text.length > MAX_LENGTH) {
    return undefined;
  }
  // YAML is a superset of JSON, and its parser rejects a key that stands twice, which JSON.parse lets through.
  const json = format === "yaml" ? undefined : parseJson(text);
  if (json !== undefined || format === "json") {
    return json === undefined || hasDuplicateKeys(text) ? undefined : json;
  }
  return parseYaml(text, format === "template");
}

function parseJson(text: string): Data | undefined {
  try {
    return toPlainData(JSON.parse(text));
  } catch {
    return undefined; // Not JSON: the caller says so, with an excerpt.
  }
}

const require = createRequire(import.meta.url);

// Loaded when the first YAML document is met: most stacks have none, and the pack starts without it.
function yaml(): typeof Yaml {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `require` gives `any`; the package is a dependency
  return require("yaml") as typeof Yaml;
}

function parseYaml(text: string, allowTags: boolean): Data | undefined {
  const { parseDocument, visit } = yaml();
  try {
    const document = parseDocument(text, { uniqueKeys: true, logLevel: "error" });
    let isPlain = document.errors.length === 0;
    visit(document, {
      Pair: (_, { key }) => {
        isPlain &&= !(typeof key === "object" && key !== null && "value" in key && key.value === "<<");
      },
      Node: (_, node) => {
        isPlain &&= allowTags || !("tag" in node) || isCoreTag(node.tag);
      },
    });
    return isPlain ? toPlainData(document.toJS({ maxAliasCount: 100 })) : undefined;
  } catch {
    return undefined; // Not YAML: the caller says so, with an excerpt.
  }
}

/** No tag, or one that says what the value is anyway, such as `!!str`. */
function isCoreTag(tag: unknown): boolean {
  return typeof tag !== "string" || /^tag:yaml\.org,2002:(?:bool|float|int|map|null|seq|str)$/.test(tag);
}

function toPlainData(value: unknown): Data | undefined {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean"
  ) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((member) => toPlainData(member) ?? null);
  }
  if (typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, toPlainData(member) ?? null]),
    );
  }
  return undefined;
}

/** Whether an object in a valid JSON text holds one key twice. */
function hasDuplicateKeys(text: string): boolean {
  const scopes: (Set<string> | undefined)[] = [];
  let expectKey = false;
  for (let index = 0; index < text.length; index++) {
    switch (text.charAt(index)) {
      case "{":
        scopes.push(new Set());
        expectKey = true;
        break;
      case "[":
        scopes.push(undefined);
        expectKey = false;
        break;
      case "}":
      case "]":
        scopes.pop();
        expectKey = false;
        break;
      case ",":
        expectKey = scopes.at(-1) !== undefined;
        break;
      case '"': {
        const end = endOfString(text, index);
        if (expectKey) {
          const key: unknown = JSON.parse(text.slice(index, end));
          const scope = scopes.at(-1);
          if (typeof key === "string" && scope !== undefined) {
            if (scope.has(key)) {
              return true;
            }
            scope.add(key);
          }
          expectKey = false;
        }
        index = end - 1;
        break;
      }
      default:
        break;
    }
  }
  return false;
}

/** The position after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') {
    index += text[index] === "\\" ? 2 : 1;
  }
  return index + 1;
}
