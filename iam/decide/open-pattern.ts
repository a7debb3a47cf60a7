import { segmented, withinSegments } from "../match/arn.ts";
import type { Template } from "../match/template.ts";
import { literal, type Token, type Tokens } from "../match/tokens.ts";
import type { Reading } from "./atom.ts";

/** A variable of the search whose value is not fixed yet, within a pattern. */
export interface OpenPlace {
  readonly kind: "open";
  readonly variable: string;
  /** A default takes its place where it has no value. */
  readonly hasDefault: boolean;
}

export type OpenPiece = Token | OpenPlace;

/** A pattern of a policy with some of its variables filled. */
export interface OpenPattern {
  readonly pieces: readonly OpenPiece[];
  readonly fold: boolean;
  readonly reading: Reading;
}

/** What a variable is known to be; undefined where that is still open. */
export type Known = { readonly text: string | undefined } | undefined;

const ANYTHING: Token = { kind: "star", of: "any" };

/** The pattern with what is known filled in; undefined where a variable has neither a value nor a default. */
export function partlyFilled(
  { pieces }: Template,
  { fold, reading }: { readonly fold: boolean; readonly reading: Reading },
  variableOf: (key: string) => string,
  knownOf: (variable: string) => Known,
): OpenPattern | undefined {
  const filled: OpenPiece[] = [];
  for (const piece of pieces) {
    if (piece.kind !== "hole") {
      filled.push(piece);
      continue;
    }
    const variable = variableOf(piece.key);
    const known = knownOf(variable);
    if (known === undefined) {
      filled.push({ kind: "open", variable, hasDefault: piece.fallback !== undefined });
      continue;
    }
    const text = known.text ?? piece.fallback;
    if (text === undefined) {
      return undefined;
    }
    filled.push(...literal(text, fold));
  }
  return { pieces: filled, fold, reading };
}

/**
 * The pattern with each open place as tokens, so that it matches no less than it does with any value.
 *
 * A value may hold colons, and end or begin a segment: wildcards next to an open place, and after it, cross colons.
 */
export function widened(
  { pieces, reading }: OpenPattern,
  placeOf: (place: OpenPlace) => readonly OpenPiece[],
): readonly OpenPiece[] {
  let colons = 0;
  let seen = false;
  return pieces.flatMap((piece, index): readonly OpenPiece[] => {
    if (piece.kind === "open") {
      seen = true;
      return placeOf(piece);
    }
    if (piece.kind === "char") {
      colons += piece.code === 58 ? 1 : 0;
      return [piece];
    }
    const next = pieces[index + 1];
    const crosses =
      reading === "plain" ||
      seen ||
      colons >= 5 ||
      next?.kind === "open" ||
      (reading === "within" &&
        piece.kind === "star" &&
        (next === undefined || (next.kind === "char" && next.code === 58)));
    return [crosses ? piece : { kind: piece.kind, of: "not-colon" }];
  });
}

/** The same with every open place a star. */
export function relaxed(pattern: OpenPattern): Tokens {
  return widened(pattern, () => [ANYTHING]).flatMap((piece) => (piece.kind === "open" ? [] : [piece]));
}

/**
 * The pattern with each open place as one character, so that it matches no more than it does with any value; undefined
 * where no such reading is at hand.
 */
export function narrowed(
  { pieces, reading }: OpenPattern,
  symbolOf: (place: OpenPlace) => Token | undefined,
): Tokens | undefined {
  const tokens: Token[] = [];
  for (const piece of pieces) {
    const token = piece.kind === "open" ? symbolOf(piece) : piece;
    if (token === undefined) {
      return undefined;
    }
    tokens.push(token);
  }
  const read =
    reading === "plain" ? tokens : reading === "within" ? withinSegments(tokens) : segmented(tokens);
  // `?` takes one character, and a variable may have several; a star within a segment may not take its colons.
  return read?.every((token) => token.kind === "char" || (token.kind === "star" && token.of === "any")) ===
    true
    ? read
    : undefined;
}

/** Half an ARN, as far as it is known: a value with colons may make it one. */
export function mayBeHalfAnArn({ pieces, reading }: OpenPattern): boolean {
  return (
    reading === "arn" &&
    pieces.some(({ kind }) => kind === "open") &&
    pieces.filter((piece) => piece.kind === "char" && piece.code === 58).length < 5
  );
}
