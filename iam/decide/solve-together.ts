import type { Budget } from "./budget.ts";
import {
  allowsAbsence,
  filled,
  type Held,
  holesOf,
  mayBeMalformed,
  mustBePresent,
  refusesPresence,
  type Variable,
} from "./held.ts";
import { holeTexts } from "./hole-values.ts";
import { solveValues } from "./solve-values.ts";
import { constraintHolds, PRESENT, type ValueConstraint } from "./value-constraint.ts";
import { literal } from "../match/tokens.ts";

type Values = readonly string[] | undefined;

/** Values of several variables that meet all constraints on them. */
export type JointSolution =
  | { readonly kind: "values"; readonly values: ReadonlyMap<string, Values> }
  | { readonly kind: "none" }
  /** No values were found, and that there are none is not certain. */
  | { readonly kind: "unsure" };

const NONE: JointSolution = { kind: "none" };
const UNSURE: JointSolution = { kind: "unsure" };

/**
 * Finds values of variables that stand in each other's patterns (`${aws:PrincipalTag/Team}`).
 *
 * Each variable that stands in a pattern is given one value after the other: absent, one text, or where it can have
 * them, several. When all have theirs, every constraint is one on a single variable, which is solved exactly.
 *
 * @throws BudgetExceeded
 */
export function solveTogether(variables: readonly Variable[], budget: Budget): JointSolution {
  const solution = new Joint(variables, budget).solve(new Map());
  const isOpen = variables.some(({ held }) =>
    held.some((each) => each.kind === "coupled" && each.mode === "certain" && mayBeMalformed(each)),
  );
  return solution.kind === "none" && isOpen ? UNSURE : solution;
}

class Joint {
  private readonly variables: readonly Variable[];
  private readonly holes: readonly Variable[];
  private readonly budget: Budget;

  constructor(variables: readonly Variable[], budget: Budget) {
    const names = new Set(variables.flatMap(({ held }) => held.flatMap(holesOf)));
    this.variables = variables;
    this.holes = variables.filter(({ name }) => names.has(name));
    this.budget = budget;
  }

  /** @param fixed The values of the first holes. */
  solve(fixed: ReadonlyMap<string, Values>): JointSolution {
    this.budget.spend();
    const hole = this.holes[fixed.size];
    const values = new Map(fixed);
    let unsure = false;
    for (const variable of this.variables) {
      const known = variable.held.filter((each) => holesOf(each).every((name) => fixed.has(name)));
      const constraints = known.map((each) => this.filled(each, fixed));
      if (fixed.has(variable.name)) {
        if (!constraints.every((constraint) => constraintHolds(constraint, fixed.get(variable.name)))) {
          return NONE;
        }
        continue;
      }
      const solution = solveValues(constraints, variable.domain, this.budget);
      if (solution.kind === "none" || (mustBePresent(variable) && variable.held.some(refusesPresence))) {
        return NONE;
      }
      unsure ||= solution.kind === "unsure";
      values.set(variable.name, solution.kind === "values" ? solution.values : undefined);
    }
    if (hole === undefined) {
      return unsure ? UNSURE : { kind: "values", values };
    }
    return this.tryEach(hole, fixed);
  }

  private tryEach(hole: Variable, fixed: ReadonlyMap<string, Values>): JointSolution {
    let unsure = false;
    const values = this.valuesOf(hole, fixed);
    for (let next = values.next(); ; next = values.next()) {
      if (next.done === true) {
        return unsure || !next.value ? UNSURE : NONE;
      }
      const solution = this.solve(new Map([...fixed, [hole.name, next.value]]));
      if (solution.kind === "values") {
        return solution;
      }
      unsure ||= solution.kind === "unsure";
    }
  }

  /** Returns whether no other value could do. */
  private *valuesOf(hole: Variable, fixed: ReadonlyMap<string, Values>): Generator<Values, boolean> {
    const { domain, held } = hole;
    let complete = true;
    if (domain.presence !== "never" && !held.some(refusesPresence)) {
      const others = this.variables.filter(({ name }) => name !== hole.name && !fixed.has(name));
      const knownOf = (name: string): { readonly text: string | undefined } | undefined =>
        fixed.has(name) ? { text: only(fixed.get(name)) } : undefined;
      const texts = holeTexts(hole, others, knownOf, this.budget);
      let next = texts.next();
      for (; next.done !== true; next = texts.next()) {
        yield [next.value];
      }
      complete = next.value;
      if (domain.values === "several") {
        const several = this.severalOf(hole, fixed);
        complete &&= several !== "unsure";
        if (several !== undefined && several !== "unsure") {
          yield several;
        }
      }
    }
    if (domain.presence !== "required" && held.every(allowsAbsence)) {
      yield undefined;
    }
    return complete;
  }

  /** Two values or more: then the variable stands for nothing in patterns. */
  private severalOf(
    { held, domain }: Variable,
    fixed: ReadonlyMap<string, Values>,
  ): readonly string[] | undefined | "unsure" {
    const known = held
      .filter((each) => holesOf(each).every((name) => fixed.has(name)))
      .map((each) => this.filled(each, fixed));
    const first = solveValues([...known, PRESENT], domain, this.budget);
    if (first.kind !== "values" || first.values === undefined) {
      return first.kind === "unsure" ? "unsure" : undefined;
    }
    const [text = "", ...more] = first.values;
    if (more.length > 0) {
      return first.values;
    }
    const second = solveValues([...known, PRESENT, hasOther(text)], domain, this.budget);
    if (second.kind !== "values" || second.values === undefined) {
      return second.kind === "unsure" ? "unsure" : undefined;
    }
    const both = [...new Set([text, ...second.values])];
    return known.every((constraint) => constraintHolds(constraint, both)) ? both : "unsure";
  }

  private filled(held: Held, fixed: ReadonlyMap<string, Values>): ValueConstraint {
    return filled(held, (name) => only(fixed.get(name)));
  }
}

function only(values: Values): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}

function hasOther(text: string): ValueConstraint {
  const test = { kind: "text", alternatives: [literal(text)] } as const;
  return {
    id: `other than ${text}`,
    absent: false,
    present: { quantifier: "some", test, sense: false },
  };
}
