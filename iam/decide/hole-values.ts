import { parseAddress } from "../match/cidr.ts";
import { parseInstant } from "../match/instant.ts";
import { literal, matchesTokens, codePoints, type Tokens } from "../match/tokens.ts";
import type { TextConstraint } from "./automaton.ts";
import type { Budget } from "./budget.ts";
import type { Domain } from "./domain.ts";
import { findFilling, type Gap, type Surroundings, TooManyBeginnings } from "./find-filling.ts";
import { findText } from "./find-text.ts";
import { mustBePresent, type Variable } from "./held.ts";
import { type Known, type OpenPattern, type OpenPlace, relaxed, widened } from "./open-pattern.ts";
import { excludeEachOther, isContained, selfMatch } from "./pattern-laws.ts";
import { type OpenDemand, type Row, rowsOf } from "./rows.ts";

/** After as many values that lead to nothing, the rest is given up, unless there is no other. */
const MOST_VALUES = 12;

/** Longer texts are not looked through for values that would be in them. */
const LONGEST = 60;

const UNSURE = Symbol("unsure");

/** What is asked of the text of one variable, and of all texts around it. */
interface Asked {
  readonly own: readonly TextConstraint[];
  readonly surroundings: readonly Surroundings[];
  /** Constraints on texts, and gaps in which the value must not make them: what a value is better not. */
  readonly avoided: readonly Surroundings[];
}

/**
 * The single texts that a variable in other variables' patterns may have, one after the other; returns whether there is
 * no other that could do.
 *
 * What each pattern around leaves room for is solved exactly, pattern by pattern; what several of them leave together,
 * or what one must not match, is found by trying, and ruled out by {@link isContained} and its like.
 */
export function* holeTexts(
  hole: Variable,
  others: readonly Variable[],
  knownOf: (variable: string) => Known,
  budget: Budget,
): Generator<string, boolean> {
  const asked = askedOf(hole, others, knownOf, budget);
  if (asked === undefined) {
    return true;
  }
  const tried: string[] = [];
  const next = (further: readonly TextConstraint[]): string | undefined | typeof UNSURE => {
    const apart = { alternatives: tried.map((text) => literal(text)), sense: false };
    return filling([...asked.own, ...further, apart], asked.surroundings, budget);
  };
  const isReal = realIn(hole.domain);
  const examples = hole.domain.examples.map((text) => ({
    alternatives: [literal(text)],
    sense: true,
  }));
  // Values that read well, then a long one, which is part of nothing, and ones that make none of the avoided texts.
  const wishes: readonly (() => readonly TextConstraint[])[] = [
    ...examples.map((example) => () => [example]),
    () => [],
    () => [longerThanAny(asked)],
    () => asked.avoided.flatMap((each) => making(each, budget)),
  ];
  let complete = true;
  for (const wish of wishes) {
    const text = next(wish());
    if (text !== undefined && text !== UNSURE && isReal(text)) {
      tried.push(text);
      yield text;
    }
  }
  for (let count = 0; count < MOST_VALUES; count += 1) {
    const text = next([]);
    if (text === undefined) {
      return complete;
    }
    if (text === UNSURE) {
      return false;
    }
    tried.push(text);
    if (isReal(text)) {
      yield text;
    } else {
      complete = false;
    }
  }
  return false;
}

/** Whether a text can be a value at all, where its kind is not one that patterns tell. */
function realIn({ type }: Domain): (text: string) => boolean {
  switch (type) {
    case "ip":
      return (text) => parseAddress(text) !== undefined;
    case "date":
      return (text) => parseInstant(text) !== undefined;
    default:
      return () => true;
  }
}

function filling(
  own: readonly TextConstraint[],
  surroundings: readonly Surroundings[],
  budget: Budget,
): string | undefined | typeof UNSURE {
  try {
    return findFilling(own, surroundings, budget);
  } catch (error) {
    if (error instanceof TooManyBeginnings) {
      return findText(own, budget) === undefined ? undefined : UNSURE;
    }
    throw error;
  }
}

/** Undefined where no text can do. */
function askedOf(
  hole: Variable,
  others: readonly Variable[],
  knownOf: (variable: string) => Known,
  budget: Budget,
): Asked | undefined {
  const settled = ({ variable }: OpenPlace): boolean => variable === hole.name;
  const [row] = rowsOf({ ...hole, domain: { ...hole.domain, values: "single" } }, knownOf);
  const own = row === undefined ? undefined : ownConstraints(row, hole.name);
  if (own === undefined) {
    return undefined;
  }
  const surroundings: Surroundings[] = [];
  const avoided: Surroundings[] = [];
  for (const other of others) {
    for (const each of mustBePresent(other) ? rowsOf(other, knownOf) : []) {
      const around = surroundingsOf(each, hole.name, settled, budget);
      if (around === undefined) {
        return undefined;
      }
      surroundings.push(...around);
      const negative = each.open.filter(({ sense }) => !sense).flatMap(({ patterns }) => patterns);
      const gaps = negative.flatMap((pattern) => gapOf(pattern, hole.name) ?? []);
      avoided.push(...(gaps.length === 0 ? [] : [{ constraints: each.plain, gaps }]));
    }
  }
  return { own, surroundings, avoided };
}

/** What a text is asked for by itself, patterns with itself in them included; undefined where none can do. */
function ownConstraints({ plain, open }: Row, variable: string): readonly TextConstraint[] | undefined {
  const constraints = [...plain];
  for (const { sense, filled, patterns } of open) {
    const matches = patterns.map((pattern) => ({ pattern, always: selfMatch(pattern, variable) }));
    if (matches.some(({ always }) => always === true)) {
      if (!sense) {
        return undefined;
      }
      continue;
    }
    const perhaps = matches
      .filter(({ always }) => always === undefined)
      .map(({ pattern }) => relaxed(pattern));
    constraints.push({ alternatives: sense ? [...filled, ...perhaps] : filled, sense });
  }
  return constraints;
}

/** What the patterns of one text leave room for; undefined where there is no such text, whatever stands in them. */
function surroundingsOf(
  { plain, open }: Row,
  variable: string,
  settled: (place: OpenPlace) => boolean,
  budget: Budget,
): readonly Surroundings[] | undefined {
  const forbidden = open.filter(({ sense }) => !sense);
  const excluded = forbidden.flatMap(({ patterns }) => patterns);
  const demands = open.filter(({ sense }) => sense);
  const possible = demands.map((demand): OpenDemand => {
    const patterns = demand.patterns.filter(
      (pattern) =>
        !isContained(pattern, excluded, settled, budget) &&
        !demands.some((other) => other !== demand && leavesNothing(pattern, other, settled)),
    );
    return { ...demand, patterns };
  });
  if (possible.some(({ filled, patterns }) => filled.length + patterns.length === 0)) {
    return undefined;
  }
  const base = [...plain, ...forbidden.map(({ filled }) => ({ alternatives: filled, sense: false }))];
  const asText = ({ filled, patterns }: OpenDemand): TextConstraint => ({
    alternatives: [...filled, ...patterns.map(relaxed)],
    sense: true,
  });
  if (findText([...base, ...possible.map(asText)], budget) === undefined) {
    return undefined;
  }
  const surroundings: Surroundings[] = [];
  for (const demand of possible) {
    const constraints = [...base, ...possible.filter((each) => each !== demand).map(asText)];
    const gaps = demand.patterns.map((pattern) => gapOf(pattern, variable));
    const known = gaps.filter((gap) => gap !== undefined);
    const isFree =
      known.length < gaps.length ||
      (demand.filled.length > 0 &&
        findText([...constraints, { alternatives: demand.filled, sense: true }], budget) !== undefined);
    if (!isFree) {
      surroundings.push({ constraints, gaps: known });
    }
  }
  return surroundings;
}

function leavesNothing(
  pattern: OpenPattern,
  { filled, patterns }: OpenDemand,
  settled: (place: OpenPlace) => boolean,
): boolean {
  return filled.length === 0 && patterns.every((other) => excludeEachOther(pattern, other, settled));
}

/** What stands around the first place of a variable; undefined where it has none. */
function gapOf(pattern: OpenPattern, variable: string): Gap | undefined {
  let isFirst = true;
  const pieces = widened(pattern, (place) => {
    const kept = isFirst && place.variable === variable;
    isFirst &&= !kept;
    return kept ? [place] : [{ kind: "star", of: "any" }];
  });
  const at = pieces.findIndex(({ kind }) => kind === "open");
  const tokens = (part: typeof pieces): Tokens => part.filter((piece) => piece.kind !== "open");
  return at < 0
    ? undefined
    : {
        before: tokens(pieces.slice(0, at)),
        after: tokens(pieces.slice(at + 1)),
        fold: pattern.fold,
      };
}

/** A text longer than every text around has to be cannot be part of it. */
function longerThanAny({ own, surroundings, avoided }: Asked): TextConstraint {
  const around = [...surroundings, ...avoided];
  const tokens = [own, ...around.map(({ constraints }) => constraints)].flat();
  const length = Math.max(
    0,
    ...tokens.flatMap(({ alternatives }) => alternatives.map((each) => each.length)),
  );
  return {
    alternatives: [
      [
        ...Array.from({ length: length + 1 }, () => ({ kind: "one", of: "any" }) as const),
        { kind: "star", of: "any" },
      ],
    ],
    sense: true,
  };
}

/** Not the values that would make the text around one of those to avoid. */
function making({ constraints, gaps }: Surroundings, budget: Budget): readonly TextConstraint[] {
  const text = findText(constraints, budget);
  const codes = text === undefined ? [] : codePoints(text);
  if (codes.length > LONGEST) {
    return [];
  }
  const found = new Set<string>();
  for (const { before, after } of gaps) {
    for (let start = 0; start <= codes.length; start += 1) {
      budget.spend();
      if (!matchesTokens(before, codes.slice(0, start))) {
        continue;
      }
      for (let end = start; end <= codes.length; end += 1) {
        budget.spend();
        if (matchesTokens(after, codes.slice(end))) {
          found.add(String.fromCodePoint(...codes.slice(start, end)));
        }
      }
    }
  }
  return [{ alternatives: [...found].map((each) => literal(each)), sense: false }];
}
