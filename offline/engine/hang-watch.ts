/**
 * Notices a program that runs on without ever asking anything of the engine.
 *
 * Before its first registration a program may load and compile for long: it has four times as long.
 */
export class HangWatch {
  readonly #seconds: number;
  readonly #onHang: (seconds: number) => void;
  #calls = 0;
  #awake = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(seconds: number, onHang: (seconds: number) => void) {
    this.#seconds = seconds;
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
    clearTimeout(this.#timer);
    const limit = this.#awake ? this.#seconds : this.#seconds * 4;
    this.#timer = setTimeout(() => this.#onHang(limit), limit * 1000);
  }
}
