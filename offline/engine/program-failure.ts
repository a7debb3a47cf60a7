import type { ChildExit } from "./process-group.ts";
import type { Diagnostic, Problem, SourcePlace } from "./report.ts";
import { placeInTrace } from "./source-place.ts";

/** What is known of a program when its process has gone. */
export interface ProgramEnd {
  readonly exit: ChildExit;
  /** Its files lie here; those of packages beside it do not. */
  readonly folder: string;
  /** It told the engine that it had run to its end. */
  readonly signalled: boolean;
  /** It registered the stack's outputs, which it does after its last statement. */
  readonly finished: boolean;
  /** Errors that it logged, in order. */
  readonly errors: readonly Diagnostic[];
  readonly stderr: string;
}

/** What `@pulumi/pulumi/cmd/run` exits with after an error that it has logged. */
const ALREADY_REPORTED = 32;

/** What Node.js exits with where an await at the top of a module never settles. */
const UNSETTLED_AWAIT = 13;

/** How the SDK begins to tell of promises that never settled. */
const LEAK_REPORT = "The Pulumi runtime detected that";

/** How Node.js begins to tell where a program ended itself, with `--trace-exit`. */
const EXIT_TRACE = "WARNING: Exited the environment with code";

/** Why a program failed; empty where it did not. */
export function programProblems(end: ProgramEnd): readonly Problem[] {
  const { exit, errors, stderr, folder } = end;
  const withPlace = (problem: Problem, trace: string): Problem => {
    const place = placeInTrace(trace, folder);
    return place === undefined ? problem : { ...problem, place };
  };
  const endedItself = (code: number): Problem => {
    const message = `the program ended itself with \`process.exit(${code})\` before it was done: let it run to its end`;
    return withPlace({ kind: "program-exit", code, message }, stderr);
  };
  if (exit.code === 0 && end.signalled && end.finished && errors.length === 0) {
    return [];
  }
  if (errors.length > 0) {
    return errors.map(({ message }) =>
      withPlace({ kind: "program-error", message, stack: message }, message),
    );
  }
  if (stderr.includes(EXIT_TRACE)) {
    // Only where a program exits with 0 does the SDK report leaks, and turn the code into 1.
    return [endedItself(stderr.includes(LEAK_REPORT) ? 0 : (exit.code ?? 0))];
  }
  if (stderr.includes(LEAK_REPORT)) {
    const report = stderr.slice(stderr.indexOf(LEAK_REPORT)).split(PENDING_MARK, 1).join("").trim();
    return [withPlace({ kind: "program-hang", seconds: 0, message: report }, stderr)];
  }
  if (exit.code === UNSETTLED_AWAIT || (exit.code === 0 && end.signalled && !end.finished)) {
    const message =
      "the program waits for a promise that never settles, and has nothing left to do: " +
      "look for a promise or an output that nothing resolves";
    return [withPlace({ kind: "program-hang", seconds: 0, message }, stderr)];
  }
  if (exit.code === null) {
    const message = `the program was ended by ${exit.signal ?? "a signal"}${tail(stderr)}`;
    return [withPlace({ kind: "program-error", message, stack: stderr }, stderr)];
  }
  const { code } = exit;
  if (code === 0) {
    return [endedItself(code)];
  }
  const said = code === ALREADY_REPORTED ? "" : tail(stderr);
  const message = `the program exited with code \`${code}\`: expected it to run to its end${said}`;
  return [withPlace({ kind: "program-exit", code, message }, stderr)];
}

/** What a program wrote to stderr, without what its runtime added about its end. */
export function ownStderr(stderr: string): string {
  return stderr
    .replace(/\nrunning loop:\n.*\n/gu, "")
    .replace(/pending (?:promise|lookup):[\s\S]*$/u, "")
    .replace(/Promise leak detected:[\s\S]*$/u, "")
    .replace(/The Pulumi runtime detected that[\s\S]*$/u, "")
    .replace(/\(node:\d+\) WARNING: Exited the environment with code[\s\S]*$/u, "");
}

/** How a traced program tells of the promise that it waits for. */
const PENDING_MARK = "pending promise:";

const PENDING_LOOKUP_MARK = "pending lookup:";

/** How a traced program that never stops computing has another thread tell where it is. */
const LOOP_MARK = "running loop:";

/**
 * Gives a hang the place of the promise that is still pending, or of the loop that never let it tell of one; and lookups without an answer the places at which the
 * program waits for them, where it is plain which waits where.
 */
export function withPendingPlaces(problems: readonly Problem[], stderr: string): readonly Problem[] {
  const [waiting] = [
    ...pendingPlaces(stderr, LOOP_MARK).slice(-1),
    ...pendingPlaces(stderr, PENDING_MARK).slice(-1),
  ].slice(-1);
  const lookups = pendingPlaces(stderr, PENDING_LOOKUP_MARK);
  const unplaced = problems.filter(({ kind, place }) => kind === "unanswered-lookup" && place === undefined);
  return problems.map((problem) => {
    const at = unplaced.indexOf(problem);
    const place = at !== -1 && lookups.length === unplaced.length ? lookups[at] : undefined;
    const found = problem.kind === "program-hang" ? waiting : place;
    return found === undefined ? problem : { ...problem, place: found };
  });
}

function pendingPlaces(stderr: string, mark: string): readonly SourcePlace[] {
  const [, ...traces] = stderr.split(mark);
  return traces.flatMap((trace) => placeInTrace(trace.trimStart().split("\n", 1).join("")) ?? []);
}

function tail(stderr: string): string {
  const text = stderr.trim();
  return text === "" ? "" : `\n${text.split("\n").slice(-20).join("\n")}`;
}

/**
 * Leaves out what only follows from another problem: the program's error about a call that was refused. The refused
 * call takes over the place in the program.
 */
export function withoutConsequences(problems: readonly Problem[]): readonly Problem[] {
  const errors = problems.filter((problem) => problem.kind === "program-error");
  const causes = problems.filter((problem) => problem.kind !== "program-error");
  const placed = causes.map((cause) => {
    const told = errors.find((error) => error.message.includes(cause.message));
    return cause.place === undefined && told?.place !== undefined ? { ...cause, place: told.place } : cause;
  });
  const own = errors.filter((error) => !causes.some((cause) => error.message.includes(cause.message)));
  return [...placed, ...own];
}

/** Leaves out the errors of a program that a problem tells, in the program's own words or as their cause. */
export function withoutTold(
  diagnostics: readonly Diagnostic[],
  problems: readonly Problem[],
): readonly Diagnostic[] {
  return diagnostics.filter(
    ({ source, level, message }) =>
      source !== "program" ||
      level !== "error" ||
      !problems.some((problem) => message.includes(problem.message)),
  );
}
