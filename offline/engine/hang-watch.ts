import type { Activity } from "./program-activity.ts";

/** How a program runs on: waiting for something, or computing without an end. */
export type Hang = "idle" | "loop";

/** How often a program is looked at while the limit passes. */
const LOOKS = 4;

/** In parts of the limit: processor time up to which a program waits, and does not compute. */
const IDLE = 1 / 20;

/** In parts of the limit: processor time within which only a loop neither reads, writes nor takes memory. */
const LOOP = 9 / 10;

/** In parts of the limit: processor time after which a program that computes has no end. */
const ENDLESS = 2;

/** Pages that a runtime may touch without the program's doing: 1 MiB. */
const FEW_PAGES = 256;

/** How many times as long a program may wait that has not asked for anything yet: it may still be loading. */
const LOADING = 4;

/** What was seen of a program since it last asked for something. */
interface Watched {
  readonly first: Activity;
  /** Since then it has neither read nor written anything, nor taken memory. */
  readonly still: Activity;
  /** The last looks, the oldest of them as old as the limit. */
  readonly recent: readonly Activity[];
}

/**
 * Notices a program that runs on without ever asking anything of the engine, by what it does meanwhile:
 *
 * - one that waits is hung when the limit has passed;
 * - one that computes is only slow, as a compiler at its start is, and on a busy machine may be slow for long: what counts
 *   is not the time that passes but the processor time that it was given. It has twice the limit of that; but only nine
 *   tenths of it in which it neither reads nor writes anything, nor takes memory, as no compiler and no loader does.
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
    const first = this.#recently();
    this.#wait(1, first && { first, still: first, recent: [first] });
  }

  /** Of thousands of calls, few are worth asking the system for: what is as old as a tenth of the limit will do. */
  #recently(): Activity | undefined {
    const now = performance.now() / 1000;
    if (this.#observed === undefined || now - this.#observed.at > Math.min(1, this.#limit / 10)) {
      this.#observed = { at: now, activity: this.#observe() };
    }
    return this.#observed.activity;
  }

  #wait(look: number, before: Watched | undefined): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        const activity = this.#observe();
        const watched = activity && before && watch(before, activity);
        const hang = this.#judge(look, watched);
        if (hang === undefined) {
          this.#wait(look + 1, watched);
        } else {
          this.#onHang(Math.round((this.#limit * look) / LOOKS), hang);
        }
      },
      (this.#limit * 1000) / LOOKS,
    );
  }

  #judge(look: number, watched: Watched | undefined): Hang | undefined {
    const late = look >= LOOKS * (this.#awake ? 1 : LOADING);
    if (watched === undefined) {
      return late ? "idle" : undefined;
    }
    const { first, still, recent } = watched;
    const { busy } = recent.at(-1) ?? first;
    if (late && busy - (recent[0] ?? first).busy <= this.#limit * IDLE) {
      return "idle";
    }
    return busy - still.busy >= this.#limit * LOOP || busy - first.busy >= this.#limit * ENDLESS
      ? "loop"
      : undefined;
  }
}

function watch(before: Watched, now: Activity): Watched {
  const { first, still, recent } = before;
  const isStill = now.transfers === still.transfers && now.pages - still.pages <= FEW_PAGES;
  return { first, still: isStill ? still : now, recent: [...recent, now].slice(-LOOKS - 1) };
}
