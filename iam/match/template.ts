import { foldCode, literal, type Token, type Tokens } from "./tokens.ts";

/** A `${key}` in a policy, filled from the request. */
export interface Hole {
  readonly kind: "hole";
  /** Lower case. */
  readonly key: string;
  readonly fallback: string | undefined;
}

export type Piece = Token | Hole;

/** A value of a policy document with its wildcards and variables told apart. */
export interface Template {
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** The keys of its variables, lower case, each once. */
  readonly holes: readonly string[];
}

export interface TemplateOptions {
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** Whether `${…}` is a variable: only in version 2012-10-17. */
  readonly variables: boolean;
  readonly fold: boolean;
}

const ESCAPES: ReadonlySet<string> = new Set(["*", "?", "$"]);

/**
 * Reads a value of a policy document.
 *
 * `${*}`, `${?}` and `${$}` are the characters themselves; `${key, 'default'}` has a default; what is not closed, or
 * has an empty key, is literal text.
 *
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function compileTemplate(text: string, options: TemplateOptions): Template {
  const pieces: Piece[] = [];
  const holes = new Set<string>();
  const addChar = (code: number): void => {
    pieces.push({ kind: "char", code: options.fold ? foldCode(code) : code, fold: options.fold });
  };
  // A text with many "${" and no "}" would otherwise be searched to its end from each of them.
  const lastClose = options.variables ? text.lastIndexOf("}") : -1;
  let index = 0;
  while (index < text.length) {
    const code = text.codePointAt(index) ?? 0;
    if (options.variables && code === 36 && text[index + 1] === "{" && index < lastClose) {
      const close = text.indexOf("}", index + 2);
      const hole = readHole(text.slice(index + 2, close));
      if (typeof hole === "string") {
        addChar(hole.codePointAt(0) ?? 0);
        index = close + 1;
        continue;
      }
      if (hole !== undefined) {
        pieces.push(hole);
        holes.add(hole.key);
        index = close + 1;
        continue;
      }
    }
    if (options.wildcards && code === 42) {
      if (!isStar(pieces.at(-1))) {
        pieces.push({ kind: "star", of: "any" });
      }
    } else if (options.wildcards && code === 63) {
      pieces.push({ kind: "one", of: "any" });
    } else {
      addChar(code);
    }
    index += code > 0xffff ? 2 : 1;
  }
  return { text, pieces, holes: [...holes] };
}

function isStar(piece: Piece | undefined): boolean {
  return piece?.kind === "star";
}

function readHole(inside: string): Hole | string | undefined {
  if (ESCAPES.has(inside)) {
    return inside;
  }
  const comma = inside.indexOf(",");
  const key = (comma < 0 ? inside : inside.slice(0, comma)).trim().toLowerCase();
  if (key === "" || key.includes("${")) {
    return undefined;
  }
  if (comma < 0) {
    return { kind: "hole", key, fallback: undefined };
  }
  const quoted = inside.slice(comma + 1).trim();
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'");
  return isQuoted ? { kind: "hole", key, fallback: quoted.slice(1, -1) } : undefined;
}

/** What a variable stands for in a request; undefined: nothing. */
export type HoleValue = string | undefined;

/**
 * Tokens with every variable filled; undefined where one has neither a value nor a default. A value is taken
 * literally, wildcards in it included.
 */
export function fillTemplate(
  template: Template,
  fold: boolean,
  valueOf: (key: string) => HoleValue,
): Tokens | undefined {
  if (template.holes.length === 0) {
    // Without holes every piece is a token.
    return template.pieces.filter((piece) => piece.kind !== "hole");
  }
  const tokens: Token[] = [];
  for (const piece of template.pieces) {
    if (piece.kind !== "hole") {
      tokens.push(piece);
      continue;
    }
    const value = valueOf(piece.key) ?? piece.fallback;
    if (value === undefined) {
      return undefined;
    }
    tokens.push(...literal(value, fold));
  }
  return tokens;
}
