import { readFileSync } from "node:fs";
import { type Document, LineCounter, parseDocument, visit } from "yaml";
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
  const ambiguous = ambiguousScalars(document, lineCounter).map(
    ({ source, line, col }) =>
      `\`${path}\` line ${line}, column ${col}: \`${source}\` does not mean the same to every reader of YAML; put it in quotes`,
  );
  const cyclic = aliasesWithinThemselves(document, lineCounter).map(
    ({ source, line, col }) =>
      `\`${path}\` line ${line}, column ${col}: \`*${source}\` stands within what it means; write the value out`,
  );
  if (ambiguous.length + cyclic.length > 0) {
    throw new InputError([...ambiguous, ...cyclic]);
  }
  return document.toJS() as unknown;
}

/**
 * Octal numbers, numbers with underscores and dates: what YAML 1.1, as the Pulumi CLI reads it, and 1.2 differ on; and
 * numbers of so many digits that JavaScript rounds them.
 */
const AMBIGUOUS = /^(?:[-+]?0[0-7_]+|[-+]?\d{16,}|[-+]?\d+_[\d_]*|\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?)$/;

interface Place {
  readonly source: string;
  readonly line: number;
  readonly col: number;
}

function ambiguousScalars(document: Document.Parsed, lineCounter: LineCounter): readonly Place[] {
  const found: Place[] = [];
  visit(document, {
    Scalar(_key, { type, source, range }) {
      if (type === "PLAIN" && source !== undefined && AMBIGUOUS.test(source)) {
        found.push({ source, ...lineCounter.linePos(range?.[0] ?? 0) });
      }
    },
  });
  return found;
}

/** Aliases that would make a value that holds itself. */
function aliasesWithinThemselves(document: Document.Parsed, lineCounter: LineCounter): readonly Place[] {
  const found: Place[] = [];
  visit(document, {
    Alias(_key, alias, ancestors) {
      const meant = alias.resolve(document);
      if (ancestors.some((ancestor) => ancestor === meant)) {
        found.push({ source: alias.source, ...lineCounter.linePos(alias.range?.[0] ?? 0) });
      }
    },
  });
  return found;
}

export type Mapping = { readonly [key: string]: unknown };

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
