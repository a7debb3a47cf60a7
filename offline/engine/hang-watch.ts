/**
 * Notices a program that runs on without ever asking anything of the engine.
 *
 * Idle for `seconds` is enough. A program that computes, or that has not registered anything yet and may still be
 * loading, has four times as long.
 */
export class HangWatch {
  readonly #seconds: number;
  readonly #busySeconds: () => number | undefined;
  readonly #onHang: (seconds: number) => void;
  #calls = 0;
  #awake = false;
  #timer: NodeJS.Timeout | undefined;
  #sampled: { readonly at: number; readonly busy: number | undefined } | undefined;

  /** @param busySeconds processor time of the program; undefined where it is not known */
  constructor(seconds: number, busySeconds: () => number | undefined, onHang: (seconds: number) => void) {
    this.#seconds = seconds;
    this.#busySeconds = busySeconds;
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
    this.#wait(this.#awake ? 1 : 4, 4, this.#recentlyBusySeconds());
  }

  /** Of thousands of calls, few are worth asking the system for: a value as old as a tenth of the wait will do. */
  #recentlyBusySeconds(): number | undefined {
    const now = performance.now() / 1000;
    if (this.#sampled === undefined || now - this.#sampled.at > Math.min(1, this.#seconds / 10)) {
      this.#sampled = { at: now, busy: this.#busySeconds() };
    }
    return this.#sampled.busy;
  }

  /** Waits in steps of `seconds`: all of `steps` where it is idle, all of `most` where it computes. */
  #wait(steps: number, most: number, busyBefore: number | undefined): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        const busy = this.#busySeconds();
        const computes =
          busy !== undefined && busyBefore !== undefined && busy - busyBefore > (this.#seconds * steps) / 2;
        if (computes && steps < most) {
          this.#wait(1, most - steps, busy);
        } else {
          this.#onHang(this.#seconds);
        }
      },
      this.#seconds * steps * 1000,
    );
  }
}
