/**
 * Patterns as lists of tokens, matched by simulating a nondeterministic automaton: time is bounded by the product of
 * the lengths of pattern and text, whatever the pattern.
 */

/** Sets of characters that wildcards stand for. */
export type CharClass = "any" | "not-colon" | "digit" | "hex" | "id" | "name";

export type Token =
  | { readonly kind: "char"; readonly code: number; readonly fold: boolean }
  | { readonly kind: "one"; readonly of: CharClass }
  | { readonly kind: "star"; readonly of: CharClass };

export type Tokens = readonly Token[];

const COLON = 58;

export function inClass(of: CharClass, code: number): boolean {
  switch (of) {
    case "any":
      return true;
    case "not-colon":
      return code !== COLON;
    case "digit":
      return code >= 48 && code <= 57;
    case "hex":
      return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
    case "id":
      return isAlphanumeric(code) || code === 45 || code === 46 || code === 95;
    case "name":
      // Printable, without the colon, the quotation mark and the wildcards.
      return code > 32 && code < 127 && code !== COLON && code !== 34 && code !== 42 && code !== 63;
  }
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** The code points of a text: `?` stands for one of them. */
export function codePoints(text: string): readonly number[] {
  const codes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0;
    codes.push(code);
    if (code > 0xffff) {
      index += 1;
    }
  }
  return codes;
}

/** ASCII and Latin letters to lower case, one code point to one, so that folding never changes a length. */
export function foldCode(code: number): number {
  if (code < 128) {
    return code >= 65 && code <= 90 ? code + 32 : code;
  }
  const lower = String.fromCodePoint(code).toLowerCase();
  const folded = lower.codePointAt(0) ?? code;
  return lower.length === (folded > 0xffff ? 2 : 1) ? folded : code;
}

export function accepts(token: Token, code: number): boolean {
  if (token.kind === "char") {
    return token.fold ? token.code === foldCode(code) : token.code === code;
  }
  return inClass(token.of, code);
}

export function matchesTokens(tokens: Tokens, codes: readonly number[]): boolean {
  if (isPlain(tokens)) {
    return matchesPlain(tokens, codes);
  }
  let active = closure(tokens, [0]);
  for (const code of codes) {
    active = step(tokens, active, code);
    if (active.length === 0) {
      return false;
    }
  }
  return active.at(-1) === tokens.length;
}

/** Every star stands for anything: going back to the last star is then enough. */
function isPlain(tokens: Tokens): boolean {
  return tokens.every((token) => token.kind !== "star" || token.of === "any");
}

function matchesPlain(tokens: Tokens, codes: readonly number[]): boolean {
  let at = 0;
  let index = 0;
  let star = -1;
  let starIndex = 0;
  while (index < codes.length) {
    const token = tokens[at];
    const code = codes[index] ?? 0;
    if (token?.kind === "star") {
      star = at;
      starIndex = index;
      at += 1;
    } else if (token !== undefined && accepts(token, code)) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      starIndex += 1;
      index = starIndex;
    } else {
      return false;
    }
  }
  while (tokens[at]?.kind === "star") {
    at += 1;
  }
  return at === tokens.length;
}

/** Positions reachable without reading anything: a star may stand for nothing. Ascending, without repeats. */
export function closure(
  tokens: readonly ({ readonly kind: string } | undefined)[],
  positions: readonly number[],
): number[] {
  const reached: number[] = [];
  let last = -1;
  for (const start of positions) {
    let position = start;
    while (position > last) {
      reached.push(position);
      last = position;
      if (tokens[position]?.kind !== "star") {
        break;
      }
      position += 1;
    }
  }
  return reached;
}

/** Positions after one more character. `active` is ascending and closed; so is the result. */
export function step(tokens: Tokens, active: readonly number[], code: number): number[] {
  const next: number[] = [];
  for (const position of active) {
    const token = tokens[position];
    if (token !== undefined && accepts(token, code)) {
      next.push(token.kind === "star" ? position : position + 1);
    }
  }
  return closure(tokens, next);
}

export function literal(text: string, fold = false): Tokens {
  return codePoints(text).map((code) => ({ kind: "char", code: fold ? foldCode(code) : code, fold }));
}

/** The one text that tokens without wildcards stand for; undefined where there are several. */
export function onlyText(tokens: Tokens): string | undefined {
  let text = "";
  for (const token of tokens) {
    if (token.kind !== "char") {
      return undefined;
    }
    text += String.fromCodePoint(token.code);
  }
  return text;
}
