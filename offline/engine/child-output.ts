import { stripVTControlCharacters } from "node:util";

/** The end of what a process wrote: enough to explain a failure, however much it wrote. */
export class ChildOutput {
  static readonly #LIMIT = 64 * 1024;
  #text = "";

  add(text: string): void {
    this.#text = (this.#text + stripVTControlCharacters(text)).slice(-ChildOutput.#LIMIT);
  }

  get text(): string {
    return this.#text;
  }
}
