import type { Problem } from "./report.ts";

/** Collects why a run fails, each reason once, in the order in which they were met. */
export class ProblemLog {
  readonly #problems = new Map<string, Problem>();

  add(problem: Problem): void {
    const key = `${problem.kind} ${problem.message}`;
    if (!this.#problems.has(key)) {
      this.#problems.set(key, problem);
    }
  }

  get all(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  get isEmpty(): boolean {
    return this.#problems.size === 0;
  }
}

/** A call of the program that cannot be answered. Its message is what the program's own error then says. */
export class RefusedCall extends Error {
  override readonly name: string = "RefusedCall";
}

/** A lookup that nobody can answer. */
export class UnansweredLookup extends RefusedCall {
  override readonly name = "UnansweredLookup";
}
