import type { Detail } from "./program.ts";
import type { Failed, Outcome, Problem } from "./report.ts";

/** Problems that the program itself is: a second run finds them anew. The others are found in full by the first. */
const OF_THE_PROGRAM: ReadonlySet<Problem["kind"]> = new Set([
  "program-error",
  "program-exit",
  "program-hang",
]);

/** Problems whose place a stack trace tells. */
const EXPLAINED: ReadonlySet<Problem["kind"]> = new Set([
  "program-error",
  "program-exit",
  "check",
  "registration",
]);

/** What a second run could add to these problems; undefined: nothing. */
export function explanation(problems: readonly Problem[]): Detail | undefined {
  const unplaced = new Set(
    problems.filter((problem) => problem.place === undefined).map((problem) => problem.kind),
  );
  if (unplaced.has("program-hang") || unplaced.has("unanswered-lookup")) {
    return "traced";
  }
  return [...unplaced].some((kind) => EXPLAINED.has(kind)) ? "explained" : undefined;
}

/**
 * The outcome of a failed run and of one that explains it.
 *
 * What the program itself did wrong is told by the second run. Everything else is told by the first, which goes on
 * where the second stops, with the places that the second found.
 */
export function explainedOutcome(first: Failed, second: Outcome): Outcome {
  if (first.problems.some((problem) => OF_THE_PROGRAM.has(problem.kind))) {
    return second;
  }
  const found = second.kind === "failed" ? second.problems : [];
  const [cause, ...rest] = first.problems.map((problem) => placed(problem, found));
  return cause === undefined ? first : { ...first, problems: [cause, ...rest] };
}

function placed(problem: Problem, found: readonly Problem[]): Problem {
  const twin = found.find(({ kind, message }) => kind === problem.kind && message === problem.message);
  return problem.place === undefined && twin?.place !== undefined
    ? { ...problem, place: twin.place }
    : problem;
}
