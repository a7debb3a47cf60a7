import type { ResourceFacts } from "./facts.ts";

/** A resource of the stack, whether rules read it or not: what follows references needs to know of it. */
export interface StackMember {
  readonly urn: string;
  readonly type: string;
  readonly parent: string | undefined;
}

/** All that is known of one stack, joined. */
export interface Estate {
  /** By URN, in the order of their URNs. */
  readonly facts: ReadonlyMap<string, ResourceFacts>;
  readonly members: ReadonlyMap<string, StackMember>;
}

export function buildEstate(facts: Iterable<ResourceFacts>, members: Iterable<StackMember>): Estate {
  const sorted = [...facts].toSorted((a, b) => (a.record.urn < b.record.urn ? -1 : 1));
  return {
    facts: new Map(sorted.map((fact) => [fact.record.urn, fact])),
    members: new Map([...members].map((member) => [member.urn, member])),
  };
}
