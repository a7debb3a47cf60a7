import type { Atom } from "./atom.ts";
import { type Budget, BudgetExceeded } from "./budget.ts";
import { Candidate } from "./candidate.ts";
import type { Commit, Forbidden, Observer, Option, Problem } from "./problem.ts";

/** Deeper than this, the search is one that no document in use asks for, and the stack is finite. */
const DEEPEST = 1500;

/** Of so many conjunctions that the candidate meets, the one with the fewest ways out is broken first. */
const LOOKED_AT = 8;

/** A forbidden conjunction that the candidate meets, and the atoms at which it can be broken. */
interface Obstacle {
  readonly forbidden: Forbidden;
  readonly index: number;
  readonly ways: readonly Atom[];
}

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
  private readonly candidate: Candidate;
  private readonly broken = new Set<number>();
  private readonly assumes: number[] = [];
  private depth = 0;

  constructor(problem: Problem, budget: Budget, observer: Observer) {
    this.problem = problem;
    this.budget = budget;
    this.observer = observer;
    this.candidate = new Candidate(problem, budget, observer);
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
      const undo = atom.holes.length > 0 || atom.unknown.length > 0 ? noop : this.candidate.assume(atom);
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
        const taken = this.observer.found(this.candidate.assignment(), {
          assumes: [...this.assumes],
          ...this.candidate.inForce(),
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
      if (ways.length === 1) {
        const undo = this.candidate.push(only, false);
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
  private mostConstrained(): Obstacle | undefined {
    let best: Obstacle | undefined;
    let looked = 0;
    for (const [index, forbidden] of this.problem.forbidden.entries()) {
      this.budget.spend();
      if (this.broken.has(index) || !forbidden.atoms.every((atom) => this.candidate.meets(atom))) {
        continue;
      }
      const ways = forbidden.atoms.filter((atom) => this.isOpen(atom));
      if (best === undefined || ways.length < best.ways.length) {
        best = { forbidden, index, ways };
      }
      looked += 1;
      if (ways.length === 0 || looked === LOOKED_AT) {
        break;
      }
    }
    return best;
  }

  /** Whether the atom's negation can be added. */
  private isOpen(atom: Atom): boolean {
    const undo = this.candidate.push(atom, false);
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
      const undo = this.candidate.push(atom, sense);
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
}

function noop(): void {
  // Nothing was added that would have to be taken back.
}

function byCost(a: Atom, b: Atom): number {
  return Number(a.body.kind === "patterns") - Number(b.body.kind === "patterns");
}
