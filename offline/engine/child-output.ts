import { stripVTControlCharacters } from "node:util";

const HEAD = 1024 * 1024;
const TAIL = 64 * 1024;

/**
 * The beginning and the end of what a process wrote: enough to explain a failure, however much it wrote. Node.js and the
 * SDK say first what happened, and then, at any length, all that came of it.
 */
export class ChildOutput {
  #head = "";
  #tail = "";
  #length = 0;

  add(text: string): void {
    const plain = stripVTControlCharacters(text);
    this.#length += plain.length;
    const room = HEAD - this.#head.length;
    this.#head += plain.slice(0, room);
    this.#tail = (this.#tail + plain.slice(room)).slice(-TAIL);
  }

  get text(): string {
    const left = this.#length - this.#head.length - this.#tail.length;
    return left === 0
      ? this.#head + this.#tail
      : `${this.#head}\n(${left} characters are left out here)\n${this.#tail}`;
  }
}
