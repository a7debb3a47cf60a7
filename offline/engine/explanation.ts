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
 * What the program itself did wrong is told by the second run; only how long it hung, by the first, which waited longer.
 * Everything else is told by the first, which goes on where the second stops, with the places that the second found.
 */
export function explainedOutcome(first: Failed, second: Outcome): Outcome {
  if (first.problems.some((problem) => OF_THE_PROGRAM.has(problem.kind))) {
    const hang = first.problems.find(isTimedHang);
    return second.kind === "finished" || hang === undefined ? second : withHang(second, hang);
  }
  const found = second.kind === "failed" ? second.problems : [];
  const [cause, ...rest] = first.problems.map((problem) => placed(problem, found));
  return cause === undefined ? first : { ...first, problems: [cause, ...rest] };
}

/** A hang that the engine put an end to. One that Node.js noticed took no time. */
function isTimedHang(problem: Problem): boolean {
  return problem.kind === "program-hang" && problem.seconds > 0;
}

function withHang(outcome: Failed, hang: Problem): Failed {
  const told = (problem: Problem): Problem =>
    isTimedHang(problem)
      ? { ...hang, ...(problem.place === undefined ? {} : { place: problem.place }) }
      : problem;
  const [cause, ...rest] = outcome.problems;
  return { ...outcome, problems: [told(cause), ...rest.map(told)] };
}

function placed(problem: Problem, found: readonly Problem[]): Problem {
  const twin = found.find(({ kind, message }) => kind === problem.kind && message === problem.message);
  return problem.place === undefined && twin?.place !== undefined
    ? { ...problem, place: twin.place }
    : problem;
}
