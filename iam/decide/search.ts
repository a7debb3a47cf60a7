import type { HoleValue } from "../match/template.ts";
import { literal } from "../match/tokens.ts";
import { type Atom, constraintOf, type Mode } from "./atom.ts";
import { type Budget, BudgetExceeded } from "./budget.ts";
import type { Domain } from "./domain.ts";
import { captureCandidates } from "./pin.ts";
import { type Solution, solveValues } from "./solve-values.ts";
import { constraintHolds, type ValueConstraint } from "./value-constraint.ts";

/** Demands that an atom hold, or that it not hold. */
export interface Commit {
  readonly atom: Atom;
  readonly sense: boolean;
}

/** A way to satisfy a group: all of its atoms hold. */
export interface Option {
  readonly atoms: readonly Atom[];
  /** The statement, as an index into the caller's list; undefined for an unknown document. */
  readonly statement: number | undefined;
  /** What has to be assumed for it. */
  readonly assumes: readonly number[];
}

/** At least one of its atoms must not hold. */
export interface Forbidden {
  readonly atoms: readonly Atom[];
  readonly statement: number;
}

/** Atoms that hold, one option of each group, and no forbidden conjunction: is there a request like that? */
export interface Problem {
  readonly mode: Mode;
  readonly variables: ReadonlyMap<string, Domain>;
  readonly commits: readonly Commit[];
  readonly groups: readonly (readonly Option[])[];
  readonly forbidden: readonly Forbidden[];
}

export type Assignment = ReadonlyMap<string, readonly string[] | undefined>;

/** What a search tells while it runs. */
export interface Observer {
  /** A request that meets everything; true ends the search. */
  found(
    assignment: Assignment,
    used: { readonly assumes: readonly number[]; readonly atoms: readonly Atom[] },
  ): boolean;
  /** An option could not be taken because of this atom. */
  excluded(statement: number, atom: Atom): void;
  /** A forbidden conjunction stood in the way. */
  forbade(statement: number): void;
  /** Something was given up without proof. */
  gaveUp(atom: Atom, why: "policy-variable" | "value-forms" | "unknown-value"): void;
}

interface Variable {
  readonly domain: Domain;
  readonly index: number;
  constraints: readonly ValueConstraint[];
  values: readonly string[] | undefined;
  pinned: boolean;
}

/** Deeper than this, the search is one that no document in use asks for, and the stack is finite. */
const DEEPEST = 1500;

/** Longer lists of constraints hardly ever come again, and remembering them costs memory by the square. */
const MOST_REMEMBERED = 16;

/** Private characters that stand for policy variables, beyond every character that texts have. */
const FIRST_SYMBOL = 0x10_f000;
const LAST_SYMBOL = 0x10_fffd;

/**
 * An exhaustive search, guided by a candidate request that is repaired until nothing objects.
 *
 * A group is satisfied by one of its options; a forbidden conjunction that the candidate meets is broken at one of its
 * atoms; each choice adds a constraint on one variable, which is solved exactly. What the candidate does not meet
 * needs no choice. Every branch ends in a request or in a variable without a solution.
 */
export class Search {
  private readonly problem: Problem;
  private readonly budget: Budget;
  private readonly observer: Observer;
  private readonly variables = new Map<string, Variable>();
  private readonly names: readonly string[];
  private readonly solutions = new Map<string, Solution>();
  private readonly broken = new Set<number>();
  private readonly assumes: number[] = [];
  private readonly held: Atom[] = [];
  private depth = 0;

  constructor(problem: Problem, budget: Budget, observer: Observer) {
    this.problem = problem;
    this.budget = budget;
    this.observer = observer;
    this.names = [...problem.variables.keys()];
    for (const [index, [name, domain]] of [...problem.variables].entries()) {
      const solved = solveValues([], domain, budget);
      const values = solved.kind === "values" ? solved.values : undefined;
      this.variables.set(name, { domain, index, constraints: [], values, pinned: false });
    }
  }

  /** True where `found` took a request; false where the search space is exhausted. */
  run(): boolean {
    return this.commit(this.problem.commits, 0, undefined, () => {
      const groups = this.problem.groups.map((group) => group.filter((option) => this.isPossible(option)));
      // The group with the fewest ways first: one without any ends the search before it has multiplied the others.
      return this.choose(
        groups.toSorted((a, b) => a.length - b.length),
        0,
      );
    });
  }

  /** Whether an option can be taken at all, given nothing but what must hold anyway. */
  private isPossible({ atoms, statement }: Option): boolean {
    this.budget.spend();
    const undos: (() => void)[] = [];
    // Conditions before resources: a value is sooner compared than a pattern walked.
    const isPossible = atoms.toSorted(byCost).every((atom) => {
      // What depends on a variable of the policy's text is tried in its place.
      const undo = atom.holes.length > 0 || atom.unknown.length > 0 ? noop : this.assume(atom);
      if (undo === undefined && statement !== undefined) {
        this.observer.excluded(statement, atom);
      }
      undos.push(undo ?? noop);
      return undo !== undefined;
    });
    for (const undo of undos.toReversed()) {
      undo();
    }
    return isPossible;
  }

  /** Adds an atom on trial; undefined where nothing meets it. Where that is not certain, nothing is added. */
  private assume(atom: Atom): (() => void) | undefined {
    const variable = this.variable(atom.variable);
    const { constraints, values, domain } = variable;
    const constraint = constraintOf(atom, true, this.problem.mode, () => undefined);
    const extended = [...constraints, constraint];
    if (!constraintHolds(constraint, values) || !this.isSettled(constraint)) {
      const solution = this.solve(atom.variable, extended, domain);
      if (solution.kind !== "values") {
        return solution.kind === "none" ? undefined : noop;
      }
      variable.values = solution.values;
    }
    variable.constraints = extended;
    return () => {
      variable.constraints = constraints;
      variable.values = values;
    };
  }

  private choose(groups: readonly (readonly Option[])[], index: number): boolean {
    const group = groups[index];
    if (group === undefined) {
      return this.repair();
    }
    for (const option of group) {
      this.budget.spend();
      // Variables of the policy's text last: what they could be follows from everything else.
      const commits = option.atoms
        .toSorted((a, b) => a.holes.length - b.holes.length)
        .map((atom) => ({ atom, sense: true }));
      this.assumes.push(...option.assumes);
      const taken = this.commit(commits, 0, option.statement, () => this.choose(groups, index + 1));
      if (taken) {
        return true;
      }
      this.assumes.length -= option.assumes.length;
    }
    return false;
  }

  /** Breaks forbidden conjunctions that the candidate meets, until there is none. */
  private repair(): boolean {
    const trail: { readonly undo: () => void; readonly forbidden: number }[] = [];
    const undoAll = (): false => {
      for (const { undo, forbidden } of trail.toReversed()) {
        undo();
        this.broken.delete(forbidden);
      }
      return false;
    };
    for (;;) {
      const next = this.mostConstrained();
      if (next === undefined) {
        const taken = this.observer.found(this.assignment(), {
          assumes: [...this.assumes],
          atoms: [...this.held],
        });
        return taken || undoAll();
      }
      const { forbidden, index, ways } = next;
      this.observer.forbade(forbidden.statement);
      const only = ways[0];
      if (only === undefined) {
        return undoAll();
      }
      this.broken.add(index);
      // A single way out is no choice: it is taken in place, so that a long chain of them needs no stack.
      if (ways.length === 1 && !this.needsPin(only)) {
        const undo = this.push(only, false);
        if (undo === undefined) {
          this.broken.delete(index);
          return undoAll();
        }
        trail.push({ undo, forbidden: index });
        continue;
      }
      const taken = ways.some((atom) =>
        this.commit([{ atom, sense: false }], 0, undefined, () => this.repair()),
      );
      this.broken.delete(index);
      return taken || undoAll();
    }
  }

  /** Of the first few conjunctions that the candidate meets, the one with the fewest ways out. */
  private mostConstrained():
    | { readonly forbidden: Forbidden; readonly index: number; readonly ways: readonly Atom[] }
    | undefined {
    let best:
      | { readonly forbidden: Forbidden; readonly index: number; readonly ways: readonly Atom[] }
      | undefined;
    let looked = 0;
    for (const [index, forbidden] of this.problem.forbidden.entries()) {
      this.budget.spend();
      if (this.broken.has(index) || !this.meets(forbidden)) {
        continue;
      }
      const ways = forbidden.atoms.filter((atom) => this.isOpen(atom));
      if (best === undefined || ways.length < best.ways.length) {
        best = { forbidden, index, ways };
      }
      looked += 1;
      if (ways.length === 0 || looked === 8) {
        break;
      }
    }
    return best;
  }

  /** Whether the candidate may meet all of a conjunction's atoms. */
  private meets(forbidden: Forbidden): boolean {
    return forbidden.atoms.every((atom) => {
      const negation = constraintOf(atom, false, this.problem.mode, (key) => this.valueOf(atom, key));
      return !constraintHolds(negation, this.variable(atom.variable).values);
    });
  }

  /** Whether the atom's negation can be added. */
  private isOpen(atom: Atom): boolean {
    if (atom.holes.length > 0) {
      return true;
    }
    const undo = this.push(atom, false);
    undo?.();
    return undo !== undefined;
  }

  private commit(
    commits: readonly Commit[],
    at: number,
    statement: number | undefined,
    next: () => boolean,
  ): boolean {
    const commit = commits[at];
    if (commit === undefined) {
      return next();
    }
    this.depth += 1;
    if (this.depth > DEEPEST) {
      throw new BudgetExceeded();
    }
    try {
      const { atom, sense } = commit;
      if (this.needsPin(atom)) {
        return this.pin(atom, commits, () => this.commit(commits, at, statement, next));
      }
      const undo = this.push(atom, sense);
      if (undo === undefined) {
        if (statement !== undefined) {
          this.observer.excluded(statement, atom);
        }
        return false;
      }
      if (this.commit(commits, at + 1, statement, next)) {
        return true;
      }
      undo();
      return false;
    } finally {
      this.depth -= 1;
    }
  }

  /** Adds a constraint; undefined where its variable then has no solution, else what takes it back. */
  private push(atom: Atom, sense: boolean): (() => void) | undefined {
    const { mode } = this.problem;
    const variable = this.variable(atom.variable);
    if (atom.unknown.length > 0) {
      this.observer.gaveUp(atom, "unknown-value");
    }
    const constraint = constraintOf(atom, sense, mode, (key) =>
      mode === "possible" ? this.symbolOf(atom, key) : this.valueOf(atom, key),
    );
    const { constraints, values } = variable;
    const extended = constraints.some(({ id }) => id === constraint.id)
      ? constraints
      : [...constraints, constraint];
    if (constraintHolds(constraint, values) && this.isSettled(constraint)) {
      this.budget.spend();
    } else {
      const solution = this.solve(atom.variable, extended, variable.domain);
      if (solution.kind === "unsure") {
        this.observer.gaveUp(atom, "value-forms");
        if (mode === "certain") {
          return undefined;
        }
      } else if (solution.kind === "none") {
        return undefined;
      } else {
        variable.values = solution.values;
      }
    }
    variable.constraints = extended;
    this.held.push(atom);
    return () => {
      variable.constraints = constraints;
      variable.values = values;
      this.held.pop();
    };
  }

  /** A relaxed pattern can contradict another one although the candidate meets both. */
  private isSettled({ present }: ValueConstraint): boolean {
    return typeof present === "boolean" || present.test.kind !== "text" || present.test.symbolic.length === 0;
  }

  private solve(name: string, constraints: readonly ValueConstraint[], domain: Domain): Solution {
    if (constraints.length > MOST_REMEMBERED) {
      return solveValues(constraints, domain, this.budget);
    }
    const key = `${name} ${constraints
      .map(({ id }) => id)
      .toSorted()
      .join("|")}`;
    let solution = this.solutions.get(key);
    if (solution === undefined) {
      solution = solveValues(constraints, domain, this.budget);
      this.solutions.set(key, solution);
    }
    return solution;
  }

  private needsPin(atom: Atom): boolean {
    return (
      this.problem.mode === "certain" && atom.holes.some(({ variable }) => !this.variable(variable).pinned)
    );
  }

  /** Fixes the first variable of the policy's text that is not fixed yet, to one candidate after the other. */
  private pin(atom: Atom, commits: readonly Commit[], next: () => boolean): boolean {
    const hole = atom.holes.find(({ variable }) => !this.variable(variable).pinned);
    if (hole === undefined) {
      return next();
    }
    const variable = this.variable(hole.variable);
    const { constraints, values } = variable;
    const using = commits
      .map((commit) => commit.atom)
      .filter(({ holes }) => holes.some(({ key }) => key === hole.key));
    for (const candidate of this.pinCandidates(using, hole.key, variable)) {
      this.budget.spend();
      if (
        !constraints.every((constraint) => constraintHolds(constraint, candidate)) ||
        !this.inDomain(candidate, variable)
      ) {
        continue;
      }
      variable.pinned = true;
      variable.values = candidate;
      variable.constraints = [...constraints, pinned(candidate)];
      if (next()) {
        return true;
      }
      variable.pinned = false;
      variable.values = values;
      variable.constraints = constraints;
    }
    this.observer.gaveUp(atom, "policy-variable");
    return false;
  }

  private inDomain(candidate: readonly string[] | undefined, { domain }: Variable): boolean {
    if (candidate === undefined) {
      return domain.presence !== "required";
    }
    return (
      solveValues([pinned(candidate)], domain, this.budget).kind === "values" && domain.presence !== "never"
    );
  }

  private pinCandidates(
    atoms: readonly Atom[],
    key: string,
    variable: Variable,
  ): readonly (readonly string[] | undefined)[] {
    const present = { id: "present", absent: false, present: true } as const;
    const solved = solveValues([...variable.constraints, present], variable.domain, this.budget);
    const texts = [
      ...(variable.values ?? []),
      ...(solved.kind === "values" ? (solved.values ?? []) : []),
      ...atoms.flatMap((atom) => {
        const { constraints, values } = this.variable(atom.variable);
        return captureCandidates(atom, key, constraints, values, this.budget);
      }),
      ...variable.domain.examples,
    ];
    return [...[...new Set(texts)].map((text) => [text]), undefined];
  }

  private valueOf(atom: Atom, key: string): HoleValue {
    const hole = atom.holes.find((candidate) => candidate.key === key);
    const values = hole === undefined ? undefined : this.variable(hole.variable).values;
    return values?.length === 1 && values[0] !== undefined ? { text: values[0] } : undefined;
  }

  private symbolOf(atom: Atom, key: string): HoleValue {
    const hole = atom.holes.find((candidate) => candidate.key === key);
    if (hole === undefined) {
      return undefined;
    }
    const { domain, index } = this.variable(hole.variable);
    if (domain.presence === "never") {
      return undefined;
    }
    if (FIRST_SYMBOL + index > LAST_SYMBOL) {
      throw new BudgetExceeded();
    }
    return { symbol: FIRST_SYMBOL + index };
  }

  private variable(name: string): Variable {
    const variable = this.variables.get(name);
    if (variable === undefined) {
      throw new Error(
        `no variable \`${name}\` in the search; expected one of its ${this.names.length} variables`,
      );
    }
    return variable;
  }

  private assignment(): Assignment {
    return new Map([...this.variables].map(([name, { values }]) => [name, values]));
  }
}

function noop(): void {
  // Nothing was added that would have to be taken back.
}

function byCost(a: Atom, b: Atom): number {
  return Number(a.body.kind === "patterns") - Number(b.body.kind === "patterns");
}

function pinned(values: readonly string[] | undefined): ValueConstraint {
  const id = `pinned ${JSON.stringify(values ?? null)}`;
  if (values === undefined) {
    return { id, absent: true, present: false };
  }
  const alternatives = values.map((value) => literal(value));
  const test = { kind: "text", alternatives, symbolic: [] } as const;
  return { id, absent: false, present: { quantifier: "all", test, sense: true } };
}
