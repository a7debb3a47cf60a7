import type { WireMap } from "../../../../offline/protocol/wire.ts";

/** By type: inputs over the least that is taken, and the property for which they are refused. */
export interface Refusals {
  readonly [type: string]: readonly (readonly [WireMap, string])[];
}
