import { formatAddress } from "../match/cidr.ts";
import { formatInstant } from "../match/instant.ts";
import { onlyText, type Tokens } from "../match/tokens.ts";
import type { Budget } from "./budget.ts";
import type { Domain } from "./domain.ts";
import { findText, type TextConstraint } from "./find-text.ts";
import {
  constraintHolds,
  filledTestHolds,
  type FilledTest,
  type ValueConstraint,
} from "./value-constraint.ts";

/** Values that meet all constraints on a key (undefined: absent). */
export type Solution =
  | { readonly kind: "values"; readonly values: readonly string[] | undefined }
  | { readonly kind: "none" }
  /** No value was found, and that there is none is not certain. */
  | { readonly kind: "unsure" };

const NONE: Solution = { kind: "none" };

interface Demand {
  readonly test: FilledTest;
  readonly sense: boolean;
}

/**
 * Finds values of one key that meet every constraint.
 *
 * Exact for texts, numbers, dates and addresses, each for itself; where one key is tested both as text with wildcards
 * and as something else, and no value is found, the answer is `unsure`.
 *
 * @throws BudgetExceeded
 */
export function solveValues(
  constraints: readonly ValueConstraint[],
  domain: Domain,
  budget: Budget,
): Solution {
  budget.spend(1 + constraints.length);
  const mayBeAbsent = domain.presence !== "required" && constraints.every(({ absent }) => absent);
  if (mayBeAbsent) {
    return { kind: "values", values: undefined };
  }
  if (domain.presence === "never" || constraints.some(({ present }) => present === false)) {
    return NONE;
  }
  const all: Demand[] = [];
  const some: Demand[] = [];
  for (const { present } of constraints) {
    if (typeof present !== "boolean") {
      const { test, sense } = present;
      (domain.values === "single" || present.quantifier === "all" ? all : some).push({ test, sense });
    }
  }
  if (some.length === 0) {
    return asSolution(solveOne(all, domain, budget));
  }
  const values: string[] = [];
  let unsure = false;
  for (const demand of some) {
    const value = solveOne([...all, demand], domain, budget);
    if (value === undefined) {
      return NONE;
    }
    if (value === UNSURE) {
      unsure = true;
    } else {
      values.push(value);
    }
  }
  return unsure ? { kind: "unsure" } : { kind: "values", values: [...new Set(values)] };
}

const UNSURE = Symbol("unsure");

function asSolution(value: string | undefined | typeof UNSURE): Solution {
  if (value === undefined) {
    return NONE;
  }
  return value === UNSURE ? { kind: "unsure" } : { kind: "values", values: [value] };
}

function solveOne(
  demands: readonly Demand[],
  domain: Domain,
  budget: Budget,
): string | undefined | typeof UNSURE {
  const meets = (value: string): boolean => {
    budget.spend(1 + demands.length);
    return (
      inDomain(value, domain) && demands.every(({ test, sense }) => filledTestHolds(test, value) === sense)
    );
  };
  const found = domain.examples.find(meets) ?? literals(demands).find(meets);
  if (found !== undefined) {
    return found;
  }
  const type = domain.type ?? typeOfTests(demands);
  const candidates = candidatesOf(type, demands).find(meets);
  if (candidates !== undefined) {
    return candidates;
  }
  const texts = demands.filter(({ test }) => test.kind === "text");
  if (type === "text") {
    return findText([...textConstraints(texts), ...shapeConstraint(domain)], budget);
  }
  if (type === "boolean") {
    return undefined;
  }
  if (texts.length === 0) {
    // Epoch seconds are a number and a date at once; nothing else is of two kinds.
    const kinds = new Set(demands.map(({ test }) => test.kind));
    return type === undefined && kinds.has("number") && kinds.has("date") ? UNSURE : undefined;
  }
  // Tested as text and as something else. A finite list of texts has been tried; patterns have not.
  const finite = texts.some(
    ({ test, sense }) => sense && test.kind === "text" && test.alternatives.every(isLiteral),
  );
  if (finite) {
    return undefined;
  }
  const textOnly = findText([...textConstraints(texts), ...shapeConstraint(domain)], budget);
  const others = demands.filter(({ test }) => test.kind !== "text");
  if (textOnly === undefined || (others.length > 0 && solveOne(others, domain, budget) === undefined)) {
    return undefined;
  }
  return textOnly !== undefined && meets(textOnly) ? textOnly : UNSURE;
}

function isLiteral(tokens: Tokens): boolean {
  return tokens.every((token) => token.kind === "char" && !token.fold);
}

function textConstraints(demands: readonly Demand[]): readonly TextConstraint[] {
  return demands.flatMap(({ test, sense }) =>
    test.kind === "text" ? [{ alternatives: test.alternatives, sense }] : [],
  );
}

function shapeConstraint(domain: Domain): readonly TextConstraint[] {
  return domain.shapes === undefined
    ? [{ alternatives: [[{ kind: "star", of: "any" }]], sense: true }]
    : [{ alternatives: domain.shapes, sense: true }];
}

function inDomain(value: string, domain: Domain): boolean {
  if (domain.type === "boolean") {
    return value === "true" || value === "false";
  }
  if (domain.type === "integer") {
    return /^\d+$/.test(value);
  }
  const { shapes } = domain;
  return shapes === undefined || constraintHolds(shapeTest(shapes), [value]);
}

function shapeTest(shapes: readonly Tokens[]): ValueConstraint {
  return {
    id: "shape",
    absent: false,
    present: { quantifier: "all", test: { kind: "text", alternatives: shapes }, sense: true },
  };
}

/** How the tests read the value, where they agree; with texts among them, text only where all are. */
function typeOfTests(demands: readonly Demand[]): Domain["type"] {
  const kinds = new Set(demands.map(({ test }) => test.kind));
  if (kinds.size === 0 || (kinds.size === 1 && kinds.has("text"))) {
    return "text";
  }
  return undefined;
}

/** Texts without wildcards that a positive test names. */
function literals(demands: readonly Demand[]): readonly string[] {
  const shortest = demands
    .filter(({ test, sense }) => sense && test.kind === "text")
    .map(({ test }) =>
      (test.kind === "text" ? test.alternatives : []).map(onlyText).filter((text) => text !== undefined),
    )
    .filter((texts) => texts.length > 0)
    .toSorted((a, b) => a.length - b.length)[0];
  return shortest ?? [];
}

function candidatesOf(type: Domain["type"], demands: readonly Demand[]): readonly string[] {
  if (type === "text") {
    return [];
  }
  if (type === "boolean") {
    return ["true", "false"];
  }
  const texts = demands.flatMap(({ test }) =>
    test.kind === "text" ? test.alternatives.map(onlyText).filter((text) => text !== undefined) : [],
  );
  const numbers = demands.flatMap(({ test }) => (test.kind === "number" ? test.operands : []));
  const dates = demands.flatMap(({ test }) => (test.kind === "date" ? test.operands : []));
  const candidates = [...texts];
  if (type === "integer" || (type === undefined && numbers.length > 0)) {
    candidates.push(...around(numbers, type === "integer").map(String));
  }
  if (type === "date" || (type === undefined && dates.length > 0)) {
    candidates.push(...around(dates, true, 1000).filter(isDate).map(formatInstant));
  }
  if (type === "ip" || demands.some(({ test }) => test.kind === "ip")) {
    candidates.push(...addresses(demands));
  }
  if (type === undefined) {
    candidates.push("example", "other");
  }
  return candidates;
}

const FARTHEST_DATE = 8.64e15;

function isDate(milliseconds: number): boolean {
  return Math.abs(milliseconds) <= FARTHEST_DATE;
}

/** Every operand, something between each two neighbours, and something beyond either end. */
function around(operands: readonly number[], whole: boolean, unit = 1): readonly number[] {
  if (operands.length === 0) {
    return [unit === 1 ? 0 : Date.UTC(2030, 0, 1)];
  }
  const sorted = [...new Set(operands)].toSorted((a, b) => a - b);
  const values: number[] = [];
  for (const [index, operand] of sorted.entries()) {
    const next = sorted[index + 1];
    values.push(
      ...(whole
        ? [Math.floor(operand), Math.ceil(operand), Math.floor(operand) + 1, Math.ceil(operand) - 1]
        : [operand]),
    );
    if (next !== undefined) {
      const middle = operand + (next - operand) / 2;
      values.push(whole ? Math.floor(middle) : middle);
    }
  }
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  // Next to a number beyond 2^53, one more is the same number.
  return [...values, first - unit, last + unit, first - Math.abs(first), last + Math.abs(last)];
}

function addresses(demands: readonly Demand[]): readonly string[] {
  const found: string[] = ["203.0.113.7", "2001:db8:0:0:0:0:0:7", "0.0.0.0", "0:0:0:0:0:0:0:0"];
  for (const { test } of demands) {
    if (test.kind !== "ip") {
      continue;
    }
    for (const { family, first, last } of test.ranges) {
      const end = (1n << (family === 4 ? 32n : 128n)) - 1n;
      for (const value of [first, last, first - 1n, last + 1n]) {
        if (value >= 0n && value <= end) {
          found.push(formatAddress({ family, value }));
        }
      }
    }
  }
  return found;
}
