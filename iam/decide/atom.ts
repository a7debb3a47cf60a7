import { segmented, withinSegments } from "../match/arn.ts";
import { fillTemplate, type HoleValue, type Template } from "../match/template.ts";
import type { Tokens } from "../match/tokens.ts";
import { holdsWhenAbsent } from "../evaluate/condition.ts";
import type { CompiledCondition, CompiledElement } from "../evaluate/compile.ts";
import type { ElementName } from "../evaluate/evaluation.ts";
import type { FilledTest, ValueConstraint } from "./value-constraint.ts";

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

/** How the wildcards of a pattern are read: as they are, within segments of a resource, or as those of an ARN operator. */
export type Reading = "plain" | "within" | "arn";

/** What an atom asks of its variable, apart from what the variables of the policy's text stand for. */
export interface Demanded {
  readonly absent: boolean;
  readonly present:
    | boolean
    | {
        readonly quantifier: "all" | "some";
        readonly sense: boolean;
        readonly templates: readonly Template[];
        readonly fold: boolean;
        readonly reading: Reading;
      };
}

/** What the atom asks of its variable where it is to hold (`sense`) or not to hold. */
export function constraintOf(
  atom: Atom,
  sense: boolean,
  mode: Mode,
  fill: (key: string) => HoleValue,
): ValueConstraint {
  if (atom.holes.length > 0) {
    const filled = atom.holes.map(({ key }) => JSON.stringify(fill(key) ?? null)).join(" ");
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
    const testSense = sense !== element.negated;
    const { test } = fillText(element.templates, fold, element.narrow ? "within" : "plain", fill);
    const isUnknown = element.unknown.length > 0;
    return { id, absent: false, present: present("all", test, testSense, isUnknown, mode) };
  }
  const { condition } = body;
  if (condition.nullTest !== undefined) {
    return { id, ...nullConstraint(condition.nullTest, sense, mode) };
  }
  const { all, testSense } = quantified(condition, sense);
  const { test, malformed } = fillCondition(condition, fill);
  const isUnknown = malformed || condition.test.unknown.length > 0;
  return {
    id,
    absent: holdsWhenAbsent(condition) === sense,
    present: present(all, test, testSense, isUnknown, mode),
  };
}

/** The same of an atom with holes, before they are filled. */
export function demandedBy(atom: Atom, sense: boolean, mode: Mode): Demanded {
  const { body } = atom;
  if (body.kind === "patterns") {
    const { templates, unknown, narrow, negated } = body.element;
    const settled = settledByUnknown(unknown.length > 0, sense !== negated, mode);
    const reading = narrow ? "within" : "plain";
    return {
      absent: false,
      present: settled ?? {
        quantifier: "all",
        sense: sense !== negated,
        templates,
        fold: body.fold,
        reading,
      },
    };
  }
  const { condition } = body;
  const { all, testSense } = quantified(condition, sense);
  const { body: test, unknown } = condition.test;
  // Only texts have holes.
  const {
    alternatives: templates,
    fold,
    arn,
  } = test.kind === "text" ? test : { alternatives: [], fold: false, arn: false };
  return {
    absent: holdsWhenAbsent(condition) === sense,
    present: settledByUnknown(unknown.length > 0, testSense, mode) ?? {
      quantifier: all,
      sense: testSense,
      templates,
      fold,
      reading: arn ? "arn" : "plain",
    },
  };
}

function nullConstraint(
  { absent, present: whenPresent, unknown }: NonNullable<CompiledCondition["nullTest"]>,
  sense: boolean,
  mode: Mode,
): { readonly absent: boolean; readonly present: boolean } {
  const open = unknown.length > 0;
  const holds = (value: boolean): boolean =>
    sense ? value || (open && mode === "possible") : !value && !(open && mode === "certain");
  return { absent: holds(absent), present: holds(whenPresent) };
}

function quantified(
  { source: { operator } }: CompiledCondition,
  sense: boolean,
): { readonly all: "all" | "some"; readonly testSense: boolean } {
  const all = operator.set === "ForAllValues" || (operator.set === undefined && operator.negated);
  return { all: all === sense ? "all" : "some", testSense: sense !== operator.negated };
}

function present(
  quantifier: "all" | "some",
  test: FilledTest,
  sense: boolean,
  unknown: boolean,
  mode: Mode,
): ValueConstraint["present"] {
  return settledByUnknown(unknown, sense, mode) ?? { quantifier, test, sense };
}

/**
 * With unknown operands, matching one of them can be counted on only in a `possible` search, and matching none of them
 * neither in a `certain` one.
 */
function settledByUnknown(unknown: boolean, sense: boolean, mode: Mode): boolean | undefined {
  if (unknown && mode === "possible" && sense) {
    return true;
  }
  return unknown && mode === "certain" && !sense ? false : undefined;
}

function fillCondition(
  { test: { body } }: CompiledCondition,
  fill: (key: string) => HoleValue,
): { readonly test: FilledTest; readonly malformed: boolean } {
  return body.kind === "text"
    ? fillText(body.alternatives, body.fold, body.arn ? "arn" : "plain", fill)
    : { test: body, malformed: false };
}

function fillText(
  templates: readonly Template[],
  fold: boolean,
  reading: Reading,
  fill: (key: string) => HoleValue,
): { readonly test: FilledTest; readonly malformed: boolean } {
  const alternatives: Tokens[] = [];
  let malformed = false;
  for (const template of templates) {
    const filled = fillTemplate(template, fold, fill);
    if (filled === undefined) {
      continue;
    }
    const tokens = readAs(reading, filled);
    malformed ||= tokens === undefined;
    alternatives.push(...(tokens === undefined ? [] : [tokens]));
  }
  return { test: { kind: "text", alternatives }, malformed };
}

/** Tokens in a reading; undefined for half an ARN. */
export function readAs(reading: Reading, tokens: Tokens): Tokens | undefined {
  switch (reading) {
    case "plain":
      return tokens;
    case "within":
      return withinSegments(tokens);
    case "arn":
      return segmented(tokens);
  }
}
