import * as pulumi from "@pulumi/pulumi";

/** What is wrong with one value: what was expected instead, and what to do about it. */
export interface Fault {
  /** Completes "expected …". */
  readonly expected: string;
  /** An imperative: what the reader should change. */
  readonly remedy: string;
}

/** Decides one value: the fault it has, or `undefined` where it has none. Pure. */
export type Check<T> = (value: T) => Fault | undefined;

export interface Problem extends Fault {
  /** The argument, as `lifecycle.expirationDays` or `ports[0]`. */
  readonly path: string;
  /** The value as it is shown; `undefined` where the argument is missing. */
  readonly shown: string | undefined;
}

const SHOWN_LENGTH = 120;

/** The problems behind an error, for components that are made of others. */
const PROBLEMS_OF = new WeakMap<Error, readonly Problem[]>();

/** A value as error messages show it: strings bare, everything else as JSON, cut to a readable length. */
export function showValue(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    return "an output";
  }
  const text = asText(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

function asText(value: unknown): string {
  if (typeof value === "function") {
    return "a function";
  }
  if (typeof value !== "object" || value === null) {
    return String(value);
  }
  try {
    return JSON.stringify(value);
  } catch (error) {
    // It holds itself, or a number that JSON has none of.
    if (error instanceof TypeError) {
      return Array.isArray(value) ? "a list" : "an object";
    }
    throw error;
  }
}

/** `` `45`, expected a whole number from 1 to 60; … ``; the path is not part of it. */
export function renderProblem(problem: Problem): string {
  const what = problem.shown === undefined ? "missing" : `\`${problem.shown}\``;
  return `${what}, expected ${problem.expected}; ${problem.remedy}`;
}

/**
 * Collects what is wrong with the arguments of one component, so that its author reads all of it in one run.
 *
 * A value that is an `Output` is decided when it is known: `input` returns it guarded. In a preview an unknown value
 * is neither passed nor failed; the same guard decides it in the update.
 */
export class Problems {
  readonly #subject: string;
  readonly #problems: Problem[] = [];
  /** Places whose value is no value at all. */
  readonly #refused: string[] = [];

  /** @param subject what the arguments belong to, as ``SessionLogging `logs` ``. */
  constructor(subject: string) {
    this.#subject = subject;
  }

  get all(): readonly Problem[] {
    return this.#problems;
  }

  add(path: string, value: unknown, fault: Fault): void {
    if (this.isRefused(path)) {
      return;
    }
    this.#problems.push({
      path,
      shown: showValue(value),
      expected: fault.expected,
      remedy: fault.remedy,
    });
  }

  /** Adds what is wrong with a value as a whole: nothing else is told of it, nor of what is in it. */
  refuse(path: string, value: unknown, fault: Fault): void {
    this.add(path, value, fault);
    this.#refused.push(path);
  }

  /** Whether the value at a place was none at all: whoever misses it need not say so. */
  isRefused(path: string): boolean {
    return this.#refused.some((place) => isWithin(path, place));
  }

  /** Checks a plain value; an absent one passes. */
  check<T>(path: string, value: T | undefined, check: Check<T>): void {
    const fault = value === undefined ? undefined : check(value);
    if (fault !== undefined) {
      this.add(path, value, fault);
    }
  }

  /**
   * Checks a value that may be an output: now where it is plain, otherwise as soon as it is known. Use what is
   * returned in place of the input. The value of a secret is not shown.
   */
  input<T>(path: string, input: pulumi.Input<T>, check: Check<T>): pulumi.Input<T> {
    if (isPlain(input)) {
      // A list with something in it that is no value at all is not told of a second time.
      if (!this.#refused.some((place) => isWithin(place, path))) {
        this.check(path, input, check);
      }
      return input;
    }
    if (input instanceof Promise) {
      return input.then((known) => this.#decided(path, known, check, false));
    }
    const secret = isOutput(input) ? pulumi.isSecret(input) : false;
    return input.apply(async (known) => this.#decided(path, known, check, await secret));
  }

  #decided<T>(path: string, value: T, check: Check<T>, secret: boolean): T {
    // Outputs of programs in other languages, too, come to nothing now and then, whatever their type says.
    const fault =
      value === undefined || value === null
        ? { expected: "a value", remedy: "give an output that comes to one" }
        : check(value);
    if (fault !== undefined) {
      throw problemsError(this.#subject, [{ path, shown: secret ? "[secret]" : showValue(value), ...fault }]);
    }
    return value;
  }

  /**
   * Plans a part that plans itself, and takes over what is wrong with it.
   *
   * @param rename the argument here that an argument of the part comes from; `undefined` for one that is checked already.
   * @returns `undefined` where something is wrong.
   */
  part<T>(plan: () => T, rename: (path: string) => string | undefined): T | undefined {
    try {
      return plan();
    } catch (error) {
      const problems = error instanceof Error ? PROBLEMS_OF.get(error) : undefined;
      if (problems === undefined) {
        throw error;
      }
      for (const problem of problems) {
        const path = rename(problem.path);
        if (path !== undefined && !this.isRefused(path)) {
          this.#problems.push({ ...problem, path });
        }
      }
      return undefined;
    }
  }

  /**
   * @throws pulumi.InputPropertiesError with every problem, where there is one. The message holds them all, because
   * a program's own runner prints only that; the list serves callers in other languages.
   */
  throwIfAny(): void {
    if (this.#problems.length > 0) {
      throw problemsError(this.#subject, this.#problems);
    }
  }
}

/** Whether a path is a place or leads to something in it; names in brackets and behind a dot are the same. */
function isWithin(path: string, place: string): boolean {
  const [inner, outer] = [path, place].map((each) => each.replaceAll(/\["([^"]*)"\]/g, ".$1"));
  return (
    inner === outer || (inner?.startsWith(`${outer}.`) ?? false) || (inner?.startsWith(`${outer}[`) ?? false)
  );
}

function isPlain<T>(input: pulumi.Input<T>): input is T {
  return !pulumi.Output.isInstance(input) && !(input instanceof Promise);
}

function isOutput<T>(input: pulumi.Input<T>): input is pulumi.Output<T> {
  return pulumi.Output.isInstance(input);
}

function problemsError(subject: string, problems: readonly Problem[]): pulumi.InputPropertiesError {
  const errors = problems.map((problem) => ({
    propertyPath: problem.path,
    reason: renderProblem(problem),
  }));
  const count = errors.length === 1 ? "1 argument is wrong" : `${errors.length} arguments are wrong`;
  const lines = errors.map(({ propertyPath, reason }) => `  - ${propertyPath}: ${reason}`);
  const error = new pulumi.InputPropertiesError({
    message: `${subject}: ${count}\n${lines.join("\n")}`,
    errors,
  });
  PROBLEMS_OF.set(error, problems);
  return error;
}
