import type { ResourceFacts } from "../estate/facts.ts";
import type { Power } from "../estate/unmodelled.ts";
import { undecided, type Verdict } from "./verdict.ts";

/** Undecided, where a resource may hold what the rule is about in a form that the estate does not read. */
export function readUnmodelled(facts: ResourceFacts, power: Power): readonly Verdict[] {
  return facts.unmodelled.includes(power)
    ? [undecided({ id: "unmodelled-type", type: facts.record.type, power })]
    : [];
}
