import type { CheckFailure } from "../protocol/provider.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import type { Model } from "./model.ts";
import { asText, bare } from "./values.ts";

/**
 * The names that resources of one program have in one account: AWS gives each only once in a region.
 *
 * A resource keeps its name when it is checked again, as before an update or a replacement.
 */
export class TakenNames {
  readonly #owners = new Map<string, string>();

  /** Takes the name of a resource; a failure where another one has it. What is unknown is decided when it is known. */
  check(model: Model, urn: string, inputs: WireMap): readonly CheckFailure[] {
    const unique = model.unique ?? [];
    const parts = [...unique, "region"].map((name) => bare(inputs[name] ?? null));
    const property = unique.at(-1);
    if (property === undefined || parts.some(({ unknown, value }) => unknown || value === null)) {
      return [];
    }
    const key = JSON.stringify([model.type, ...parts.map(({ value }): Wire => value)]);
    const owner = this.#owners.get(key);
    if (owner === undefined || owner === urn) {
      this.#owners.set(key, urn);
      return [];
    }
    const secret = parts.some((part) => part.secret);
    const shown = secret ? "the secret value" : `\`${asText(inputs[property] ?? "")}\``;
    return [{ property, reason: `${shown} is taken by \`${owner}\`: give another name` }];
  }
}
