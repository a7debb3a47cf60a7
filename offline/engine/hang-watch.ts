import type { Activity } from "./program-activity.ts";

/** How a program runs on: waiting for something, or computing without an end. */
export type Hang = "idle" | "loop";

/** Processor time, in parts of the time that has passed, up to which a program waits and does not compute. */
const IDLE = 1 / 20;

/** In parts of the limit: processor time within which only a loop neither reads, writes nor takes memory. */
const LOOP = 9 / 10;

/** In parts of the limit: processor time after which a program that computes has no end. */
const ENDLESS = 2;

/** Pages that a runtime may touch without the program's doing: 1 MiB. */
const FEW_PAGES = 256;

/** How many times as long a program may take that has not asked for anything yet: it may still be loading. */
const LOADING = 4;

/**
 * Notices a program that runs on without ever asking anything of the engine, by what it does meanwhile:
 *
 * - one that waits is hung when the limit has passed;
 * - one that computes is only slow, as a compiler at its start is, and on a busy machine may be slow for long: what counts
 *   is not the time that passes but the processor time that it was given. It has twice the limit of that; and nine
 *   tenths where all that time it has neither read nor written anything, nor taken memory, as no compiler
 *   and no loader does.
 *
 * Where the system does not tell what a process does, every program counts as waiting.
 */
export class HangWatch {
  readonly #limit: number;
  readonly #observe: () => Activity | undefined;
  readonly #onHang: (seconds: number, hang: Hang) => void;
  #calls = 0;
  #awake = false;
  #timer: NodeJS.Timeout | undefined;
  #observed: { readonly at: number; readonly activity: Activity | undefined } | undefined;

  /**
   * @param limit in seconds
   * @param observe what the program has done until now; undefined where it is not known
   * @param onHang given the seconds since the program last asked for something
   */
  constructor(
    limit: number,
    observe: () => Activity | undefined,
    onHang: (seconds: number, hang: Hang) => void,
  ) {
    this.#limit = limit;
    this.#observe = observe;
    this.#onHang = onHang;
    this.#arm();
  }

  started(): void {
    this.#calls += 1;
    clearTimeout(this.#timer);
  }

  ended(): void {
    this.#calls -= 1;
    this.#awake = true;
    if (this.#calls === 0) {
      this.#arm();
    }
  }

  stop(): void {
    this.#calls = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
  }

  #arm(): void {
    const before = this.#recently();
    this.#wait(1, before, before);
  }

  /** Of thousands of calls, few are worth asking the system for: what is as old as a tenth of the limit will do. */
  #recently(): Activity | undefined {
    const now = performance.now() / 1000;
    if (this.#observed === undefined || now - this.#observed.at > Math.min(1, this.#limit / 10)) {
      this.#observed = { at: now, activity: this.#observe() };
    }
    return this.#observed.activity;
  }

  /**
   * Waits as long as the limit, again and again.
   *
   * @param turn 1 the first time
   * @param first what the program had done when it last asked for something
   * @param last what it had done one turn ago
   */
  #wait(turn: number, first: Activity | undefined, last: Activity | undefined): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const now = this.#observe();
      const hang = this.#judge(turn, first, last, now);
      if (hang === undefined) {
        this.#wait(turn + 1, first, now);
      } else {
        this.#onHang(this.#limit * turn, hang);
      }
    }, this.#limit * 1000);
  }

  #judge(
    turn: number,
    first: Activity | undefined,
    last: Activity | undefined,
    now: Activity | undefined,
  ): Hang | undefined {
    const patience = this.#awake ? 1 : LOADING;
    if (first === undefined || last === undefined || now === undefined) {
      return turn >= patience ? "idle" : undefined;
    }
    if (now.busy - last.busy <= this.#limit * IDLE) {
      return turn >= patience ? "idle" : undefined;
    }
    const busy = now.busy - first.busy;
    const still = now.transfers === first.transfers && now.pages - first.pages <= FEW_PAGES;
    return busy >= this.#limit * (still ? LOOP : ENDLESS) ? "loop" : undefined;
  }
}
