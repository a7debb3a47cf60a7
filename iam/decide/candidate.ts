import type { Atom, Mode } from "./atom.ts";
import type { Budget } from "./budget.ts";
import type { Domain } from "./domain.ts";
import { filled, type Held, heldOf, holesOf, type Variable } from "./held.ts";
import type { Assignment, Observer, Problem, Used } from "./problem.ts";
import { type JointSolution, solveTogether } from "./solve-together.ts";
import { solveValues } from "./solve-values.ts";
import { constraintHolds } from "./value-constraint.ts";

/** Longer lists of constraints hardly ever come again, and remembering them costs memory by the square. */
const MOST_REMEMBERED = 16;

/** A variable, and the values that the candidate gives it. */
interface Cell extends Variable {
  held: readonly Held[];
  values: readonly string[] | undefined;
}

/**
 * The request that a search holds for possible: values of every variable that meet all constraints in force.
 *
 * Where nothing meets them and nobody can be sure, a `possible` search goes on with values that do not.
 */
export class Candidate {
  private readonly mode: Mode;
  private readonly budget: Budget;
  private readonly observer: Observer;
  private readonly cells = new Map<string, Cell>();
  private readonly solutions = new Map<string, JointSolution>();
  private readonly atoms: Atom[] = [];
  private readonly unsure: Atom[] = [];
  /** For each constraint with variables in it that is in force: the variables that it couples. */
  private readonly couplings: (readonly string[])[] = [];

  constructor(problem: Problem, budget: Budget, observer: Observer) {
    this.mode = problem.mode;
    this.budget = budget;
    this.observer = observer;
    for (const [name, domain] of problem.variables) {
      this.cells.set(name, { name, domain, held: [], values: initial(domain, budget) });
    }
  }

  assignment(): Assignment {
    return new Map([...this.cells].map(([name, { values }]) => [name, values]));
  }

  /** The atoms in force, in the order in which they were added, and those that it may not meet. */
  inForce(): Pick<Used, "atoms" | "unsure"> {
    return { atoms: [...this.atoms], unsure: new Set(this.unsure) };
  }

  /** Whether the candidate may meet an atom. */
  meets(atom: Atom): boolean {
    return !this.holds(atom.variable, heldOf(atom, false, this.mode));
  }

  /** Adds a constraint; undefined where its variable then has no solution, else what takes it back. */
  push(atom: Atom, sense: boolean): (() => void) | undefined {
    if (atom.unknown.length > 0) {
      this.observer.gaveUp(atom, "unknown-value");
    }
    return this.add(atom, sense, () => {
      this.observer.gaveUp(atom, atom.holes.length > 0 ? "policy-variable" : "value-forms");
      return this.mode === "possible";
    });
  }

  /** Adds an atom on trial; undefined where nothing meets it. Where that is not certain, nothing is asked of it. */
  assume(atom: Atom): (() => void) | undefined {
    return this.add(atom, true, () => true);
  }

  private add(atom: Atom, sense: boolean, goesOn: () => boolean): (() => void) | undefined {
    const held = heldOf(atom, sense, this.mode);
    const cell = this.cell(atom.variable);
    const before = cell.held;
    const isNew = !before.some(({ id }) => id === held.id);
    const coupled = isNew && held.kind === "coupled" ? [atom.variable, ...holesOf(held)] : undefined;
    if (isNew) {
      cell.held = [...before, held];
    }
    if (coupled !== undefined) {
      this.couplings.push(coupled);
    }
    const drop = (): void => {
      cell.held = before;
      if (coupled !== undefined) {
        this.couplings.pop();
      }
    };
    let restore = noop;
    if (this.holds(atom.variable, held)) {
      this.budget.spend();
    } else {
      const cells = this.coupledWith(atom.variable);
      const solution = this.solve(cells);
      if (solution.kind === "none" || (solution.kind === "unsure" && !goesOn())) {
        drop();
        return undefined;
      }
      restore = solution.kind === "values" ? this.take(solution.values) : this.doubt(atom, cells);
    }
    this.atoms.push(atom);
    return () => {
      this.atoms.pop();
      restore();
      drop();
    };
  }

  private take(values: Assignment): () => void {
    const before = [...values].map(([name, taken]) => {
      const cell = this.cell(name);
      const old = cell.values;
      cell.values = taken;
      return { cell, old };
    });
    return () => {
      for (const { cell, old } of before) {
        cell.values = old;
      }
    };
  }

  /** Marks what nobody can be sure of: every atom with variables in it that has a part in what was not solved. */
  private doubt(added: Atom, cells: readonly Cell[]): () => void {
    const before = this.unsure.length;
    const names = new Set(cells.map(({ name }) => name));
    const part = [...this.atoms, added].filter(
      ({ holes, variable }) => holes.length > 0 && names.has(variable),
    );
    this.unsure.push(...part);
    return () => {
      this.unsure.length = before;
    };
  }

  private holds(name: string, held: Held): boolean {
    return constraintHolds(
      filled(held, (hole) => {
        const { values } = this.cell(hole);
        return values?.length === 1 ? values[0] : undefined;
      }),
      this.cell(name).values,
    );
  }

  /** A variable with all those that constraints in force tie to it, in the order of their declaration. */
  private coupledWith(name: string): readonly Cell[] {
    const names = new Set([name]);
    let size = 0;
    while (size < names.size) {
      size = names.size;
      for (const coupled of this.couplings) {
        if (coupled.some((each) => names.has(each))) {
          coupled.forEach((each) => names.add(each));
        }
      }
    }
    return names.size === 1
      ? [this.cell(name)]
      : [...this.cells.values()].filter((cell) => names.has(cell.name));
  }

  private solve(cells: readonly Cell[]): JointSolution {
    const count = cells.reduce((sum, { held }) => sum + held.length, 0);
    if (count > MOST_REMEMBERED) {
      return solveCells(cells, this.budget);
    }
    const key = cells
      .map(
        ({ name, held }) =>
          `${name} ${held
            .map(({ id }) => id)
            .toSorted()
            .join("|")}`,
      )
      .join("\n");
    let solution = this.solutions.get(key);
    if (solution === undefined) {
      solution = solveCells(cells, this.budget);
      this.solutions.set(key, solution);
    }
    return solution;
  }

  private cell(name: string): Cell {
    const cell = this.cells.get(name);
    if (cell === undefined) {
      throw new Error(
        `no variable \`${name}\` in the search; expected one of its ${this.cells.size} variables`,
      );
    }
    return cell;
  }
}

function initial(domain: Domain, budget: Budget): readonly string[] | undefined {
  const solved = solveValues([], domain, budget);
  return solved.kind === "values" ? solved.values : undefined;
}

function solveCells(cells: readonly Cell[], budget: Budget): JointSolution {
  const [only, ...more] = cells;
  const plain = (only?.held ?? []).flatMap((each) => (each.kind === "plain" ? [each.constraint] : []));
  if (only === undefined || more.length > 0 || plain.length < only.held.length) {
    return solveTogether(cells, budget);
  }
  const solution = solveValues(plain, only.domain, budget);
  return solution.kind === "values"
    ? { kind: "values", values: new Map([[only.name, solution.values]]) }
    : solution;
}

function noop(): void {
  // The candidate met the constraint as it was.
}
