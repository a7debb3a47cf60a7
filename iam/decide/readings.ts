import type { PolicySet, ResourceColons } from "../evaluate/policy-set.ts";
import type { PolicyInput } from "../parse/parsed.ts";
import type { Answer } from "./answer.ts";

/**
 * Answers a question in which allowing less can be what is looked for: there, no reading of a single statement is the
 * safe one. AWS reads all statements in one way, and the answer has to hold in either.
 *
 * @param sets All documents that take part; where no pattern of theirs can be read in two ways, one reading is enough.
 */
export function inEveryReading(
  colons: ResourceColons,
  sets: readonly PolicySet[],
  answer: (colons: ResourceColons) => Answer,
): Answer {
  if (colons !== "safe") {
    return answer(colons);
  }
  const crossing = answer("crossing");
  if (crossing.kind === "witness" || !sets.flatMap(documentsOf).some(isAmbiguous)) {
    return crossing;
  }
  const segmented = answer("segmented");
  return segmented.kind === "none" ? crossing : segmented;
}

function documentsOf({ identity, boundary, session, scps, resource }: PolicySet): readonly PolicyInput[] {
  return [identity, boundary, session, scps?.flat(), resource].flatMap((documents) => documents ?? []);
}

function isAmbiguous(document: PolicyInput): boolean {
  return (
    document.kind === "document" &&
    document.statements.some(
      ({ resource }) =>
        resource?.patterns.some((pattern) => typeof pattern === "string" && hasInnerWildcard(pattern)) ??
        false,
    )
  );
}

/** A wildcard in one of the first five segments, other than a star that ends it. */
function hasInnerWildcard(pattern: string): boolean {
  return pattern.includes("${") || pattern.split(":", 5).some((segment) => /\?|\*./.test(segment));
}
