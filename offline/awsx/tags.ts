import { Computed, isValueMap } from "./values.ts";
import type { Value, ValueMap } from "./values.ts";

/**
 * Tags of several sources, the later ones winning.
 *
 * Tags that are one output as a whole hide all others, `Name` included: the real component spreads them, and an
 * output that is spread stays that output.
 */
export function mergeTags(...sources: readonly (Value | undefined)[]): Value {
  const whole = sources.findLast((source) => source instanceof Computed);
  const maps = sources.filter((source): source is ValueMap => isValueMap(source));
  return whole ?? Object.assign({}, ...maps);
}
