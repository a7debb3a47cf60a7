import type { ChildExit } from "./process-group.ts";
import type { Diagnostic, Problem } from "./report.ts";
import { placeInTrace } from "./source-place.ts";

/** What is known of a program when its process has gone. */
export interface ProgramEnd {
  readonly exit: ChildExit;
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

/** Why a program failed; empty where it did not. */
export function programProblems(end: ProgramEnd): readonly Problem[] {
  const { exit, errors } = end;
  if (exit.code === 0 && end.signalled && end.finished && errors.length === 0) {
    return [];
  }
  if (errors.length > 0) {
    return errors.map((error) =>
      withPlace({ kind: "program-error", message: error.message, stack: error.message }),
    );
  }
  if (exit.code === UNSETTLED_AWAIT || (exit.code === 0 && end.signalled && !end.finished)) {
    return [
      withPlace({
        kind: "program-hang",
        seconds: 0,
        message:
          "the program waits for a promise that never settles, and has nothing left to do: " +
          `look for a promise or an output that nothing resolves${tail(end.stderr)}`,
      }),
    ];
  }
  if (exit.code === null) {
    return [
      withPlace({
        kind: "program-error",
        message: `the program was ended by ${exit.signal ?? "a signal"}${tail(end.stderr)}`,
        stack: end.stderr,
      }),
    ];
  }
  if (exit.code === 0) {
    return [
      {
        kind: "program-exit",
        code: 0,
        message: "the program ended itself (`process.exit(0)`) before it was done: let it run to its end",
      },
    ];
  }
  const reported = exit.code === ALREADY_REPORTED ? "" : `; expected it to run to its end${tail(end.stderr)}`;
  return [
    withPlace({
      kind: "program-exit",
      code: exit.code,
      message: `the program exited with code \`${exit.code}\`${reported}`,
    }),
  ];
}

function withPlace(problem: Problem): Problem {
  const place = placeInTrace("stack" in problem ? problem.stack : problem.message);
  return place === undefined ? problem : { ...problem, place };
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
