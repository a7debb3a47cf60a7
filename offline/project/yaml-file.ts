import { readFileSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";
import { InputError } from "./input-error.ts";

/**
 * The content of a YAML or JSON file as plain data.
 *
 * @throws InputError that names the file, line and column of everything that is not YAML; duplicate keys included.
 */
export function readYamlFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError([`\`${path}\` cannot be read: ${reason}`]);
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map((error) => {
        const { line, col } = lineCounter.linePos(error.pos[0]);
        return `\`${path}\` line ${line}, column ${col}: ${error.message}`;
      }),
    );
  }
  return document.toJS() as unknown;
}

export type Mapping = { readonly [key: string]: unknown };

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
