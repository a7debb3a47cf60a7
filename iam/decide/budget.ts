/** Thrown within a search that has used up its steps; {@link decide} turns it into `undecided`. */
export class BudgetExceeded extends Error {}

/** Counts steps of a search, of whatever kind, so that every input gets an answer in bounded time. */
export class Budget {
  readonly limit: number;
  private used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  spend(steps = 1): void {
    this.used += steps;
    if (this.used > this.limit) {
      throw new BudgetExceeded();
    }
  }
}
