import type { Template } from "../match/template.ts";
import { codePoints, matchesTokens, onlyText, type Tokens } from "../match/tokens.ts";
import type { Atom } from "./atom.ts";
import type { Budget } from "./budget.ts";
import type { ValueConstraint } from "./value-constraint.ts";

/** Longer texts are not searched for what a variable could be. */
const LONGEST = 200;

/** As many readings of one text are tried. */
const MOST = 8;

/**
 * Values that a policy variable would need, for the texts that its surroundings already ask for: with `session/${name}-*`
 * and `session/alice-*`, the name could be `alice`.
 */
export function captureCandidates(
  atom: Atom,
  key: string,
  constraints: readonly ValueConstraint[],
  values: readonly string[] | undefined,
  budget: Budget,
): readonly string[] {
  const texts = new Set(values);
  for (const { present } of constraints) {
    if (typeof present !== "boolean" && present.test.kind === "text") {
      for (const tokens of present.test.alternatives) {
        texts.add(onlyText(tokens) ?? sampleOf(tokens));
      }
    }
  }
  const captured = new Set<string>();
  for (const template of templatesOf(atom)) {
    for (const text of texts) {
      for (const value of capture(template, key, text, budget)) {
        captured.add(value);
      }
    }
  }
  return [...captured];
}

function templatesOf({ body }: Atom): readonly Template[] {
  if (body.kind === "patterns") {
    return body.element.templates;
  }
  const { test } = body.condition;
  return test.body.kind === "text" ? test.body.alternatives : [];
}

/** One text that a pattern matches: each wildcard an `x`. */
function sampleOf(tokens: Tokens): string {
  return tokens.map((token) => (token.kind === "char" ? String.fromCodePoint(token.code) : "x")).join("");
}

function capture(template: Template, key: string, text: string, budget: Budget): readonly string[] {
  const at = template.pieces.findIndex((piece) => piece.kind === "hole" && piece.key === key);
  const codes = codePoints(text);
  if (at < 0 || codes.length > LONGEST) {
    return [];
  }
  // Other variables of the same text are taken for wildcards: what comes out is a candidate, which is tried.
  const relaxed = (pieces: Template["pieces"]): Tokens =>
    pieces.map((piece) => (piece.kind === "hole" ? ({ kind: "star", of: "any" } as const) : piece));
  const before = relaxed(template.pieces.slice(0, at));
  const after = relaxed(template.pieces.slice(at + 1));
  const found: string[] = [];
  for (let start = 0; start <= codes.length && found.length < MOST; start += 1) {
    budget.spend();
    if (!matchesTokens(before, codes.slice(0, start))) {
      continue;
    }
    for (let end = start + 1; end <= codes.length && found.length < MOST; end += 1) {
      budget.spend();
      if (matchesTokens(after, codes.slice(end))) {
        found.push(String.fromCodePoint(...codes.slice(start, end)));
      }
    }
  }
  return found;
}
