import { segmented, withinSegments } from "../match/arn.ts";
import { fillTemplate, type HoleValue, type Template } from "../match/template.ts";
import type { Token, Tokens } from "../match/tokens.ts";
import { holdsWhenAbsent } from "../evaluate/condition.ts";
import type { CompiledCondition, CompiledElement } from "../evaluate/compile.ts";
import type { ElementName } from "../evaluate/evaluation.ts";
import type { FilledTest, SymbolicAlternative, ValueConstraint } from "./value-constraint.ts";

/**
 * How a search treats what it cannot know.
 *
 * `certain` never counts on it: a request that it finds is allowed whatever the unknown turns out to be. `possible`
 * always does: where even that finds nothing, nothing is there.
 */
export type Mode = "certain" | "possible";

/** One condition on one variable of the search (a key, a resource, an action). */
export interface Atom {
  /** Unique in a search. */
  readonly id: number;
  readonly variable: string;
  readonly element: ElementName;
  readonly path: string;
  readonly detail: string;
  /** Variables of the policy's text: their keys, with the variable of the search behind each. */
  readonly holes: readonly { readonly key: string; readonly variable: string }[];
  /** What is not known of it; what is not modelled included. */
  readonly unknown: readonly string[];
  /** Operands whose meaning AWS does not say: half ARNs. */
  readonly unmodelled: readonly string[];
  readonly body:
    | { readonly kind: "patterns"; readonly element: CompiledElement; readonly fold: boolean }
    | { readonly kind: "condition"; readonly condition: CompiledCondition };
  /** Constraints of atoms without holes, made once: `certain true`, `certain false`, `possible true`, … */
  readonly made: Map<string, ValueConstraint>;
}

/** What the atom asks of its variable where it is to hold (`sense`) or not to hold. */
export function constraintOf(
  atom: Atom,
  sense: boolean,
  mode: Mode,
  fill: (key: string) => HoleValue,
): ValueConstraint {
  if (atom.holes.length > 0) {
    const filled = atom.holes.map(({ key }) => describe(fill(key))).join(" ");
    return make(atom, sense, mode, fill, `${atom.id} ${sense} ${mode} ${filled}`);
  }
  const key = `${mode} ${sense}`;
  let made = atom.made.get(key);
  if (made === undefined) {
    made = make(atom, sense, mode, fill, `${atom.id} ${sense} ${mode}`);
    atom.made.set(key, made);
  }
  return made;
}

function describe(value: HoleValue): string {
  return value === undefined ? "absent" : isSymbol(value) ? "any" : JSON.stringify(value.text);
}

function isSymbol(value: HoleValue): value is { readonly symbol: number } {
  return value !== undefined && "symbol" in value;
}

function make(
  atom: Atom,
  sense: boolean,
  mode: Mode,
  fill: (key: string) => HoleValue,
  id: string,
): ValueConstraint {
  const { body } = atom;
  if (body.kind === "patterns") {
    const { element, fold } = body;
    const refine = element.narrow ? withinSegments : (tokens: Tokens): Tokens => tokens;
    const testSense = sense !== element.negated;
    const test = fillText(element.templates, fold, fill, testSense, refine);
    const isUnknown = element.unknown.length > 0;
    return { id, absent: false, present: present("all", test, testSense, isUnknown, mode) };
  }
  const { condition } = body;
  const { operator } = condition.source;
  if (condition.nullTest !== undefined) {
    const { absent, present: whenPresent, unknown } = condition.nullTest;
    const open = unknown.length > 0;
    const holds = (value: boolean): boolean =>
      sense ? value || (open && mode === "possible") : !value && !(open && mode === "certain");
    return { id, absent: holds(absent), present: holds(whenPresent) };
  }
  const all = operator.set === "ForAllValues" || (operator.set === undefined && operator.negated);
  const testSense = sense !== operator.negated;
  const test = fillCondition(condition, fill, testSense);
  return {
    id,
    absent: holdsWhenAbsent(condition) === sense,
    present: present(
      all === sense ? "all" : "some",
      test.test,
      testSense,
      test.malformed || condition.test.unknown.length > 0,
      mode,
    ),
  };
}

/**
 * With unknown operands, matching one of them can be counted on only in a `possible` search, and matching none of them
 * neither in a `certain` one.
 */
function present(
  quantifier: "all" | "some",
  test: FilledTest,
  sense: boolean,
  unknown: boolean,
  mode: Mode,
): ValueConstraint["present"] {
  if (unknown && mode === "possible" && sense) {
    return true;
  }
  if (unknown && mode === "certain" && !sense) {
    return false;
  }
  return { quantifier, test, sense };
}

function fillCondition(
  { test: { body } }: CompiledCondition,
  fill: (key: string) => HoleValue,
  sense: boolean,
): { readonly test: FilledTest; readonly malformed: boolean } {
  if (body.kind !== "text") {
    return { test: body, malformed: false };
  }
  let malformed = false;
  const refine = body.arn
    ? (tokens: Tokens): Tokens | undefined => {
        const refined = segmented(tokens);
        malformed ||= refined === undefined;
        return refined;
      }
    : (tokens: Tokens): Tokens => tokens;
  const test = fillText(body.alternatives, body.fold, fill, sense, refine);
  return { test, malformed };
}

function fillText(
  templates: readonly Template[],
  fold: boolean,
  fill: (key: string) => HoleValue,
  sense: boolean,
  refine: (tokens: Tokens) => Tokens | undefined,
): FilledTest {
  const alternatives: Tokens[] = [];
  const symbolic: SymbolicAlternative[] = [];
  for (const template of templates) {
    const filled = fillTemplate(template, fold, fill);
    const tokens = filled === undefined ? undefined : refine(filled);
    if (tokens === undefined) {
      continue;
    }
    const isRelaxed = template.holes.some((key) => isSymbol(fill(key)));
    if (!isRelaxed) {
      alternatives.push(tokens);
      continue;
    }
    // Every text matches for some value of the variable, but none for all: a relaxed pattern can only be demanded.
    const relaxed = sense ? tokens : undefined;
    if (relaxed !== undefined) {
      alternatives.push(relaxed);
    }
    const symbols = withSymbols(template, fold, fill, refine);
    if (symbols !== undefined) {
      symbolic.push({ tokens: symbols, relaxed });
    }
  }
  return { kind: "text", alternatives, symbolic };
}

function withSymbols(
  template: Template,
  fold: boolean,
  fill: (key: string) => HoleValue,
  refine: (tokens: Tokens) => Tokens | undefined,
): Tokens | undefined {
  const tokens: Token[] = [];
  for (const piece of template.pieces) {
    if (piece.kind !== "hole") {
      tokens.push(piece);
      continue;
    }
    // A default may take the variable's place: then the symbol does not stand for its value.
    const value = fill(piece.key);
    if (piece.fallback !== undefined || !isSymbol(value)) {
      return undefined;
    }
    tokens.push({ kind: "char", code: value.symbol, fold });
  }
  return refine(tokens);
}
