import { USAGE, parseArguments } from "./arguments.ts";
import { EXIT_FINE, EXIT_WRONG, runPreview } from "./preview-command.ts";
import { InputError } from "../project/input-error.ts";

/** The exit status of a process that a signal ended is 128 and the signal's number. */
const EXIT_INTERRUPTED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Whoever reads the output may leave early, as `head` does: what is still to be written is then not wanted. Where it cannot
 * be written, as on a full disk, nobody may take what is there for all of it.
 */
function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") {
        return;
      }
      if (stream === process.stdout) {
        process.stderr.write(`error: the output cannot be written: ${error.message}\n`);
      }
      process.exit(EXIT_WRONG);
    });
  }
}

/** An error that nobody foresaw; Node.js would exit with 1 for it, which here means a violated policy. */
function tellUnforeseen(error: unknown): void {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`error: the preview itself failed: ${told}\n`);
}

async function preview(): Promise<number> {
  const args = parseArguments(process.argv.slice(2), process.cwd());
  if (args.kind === "help") {
    process.stdout.write(USAGE);
    return EXIT_FINE;
  }
  const interruption = new AbortController();
  let interruptedBy: keyof typeof EXIT_INTERRUPTED | undefined;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // To the end: a process whose last listener has gone is ended by the signal, before it can say what was interrupted.
    process.on(name, () => {
      interruptedBy ??= name;
      interruption.abort();
    });
  }
  const exitCode = await runPreview(args, {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: interruption.signal,
    providers: async () => [(await import("../aws/index.ts")).simulatedAws()],
    components: async () => [(await import("../awsx/index.ts")).builtinAwsx()],
  });
  return interruptedBy === undefined ? exitCode : EXIT_INTERRUPTED[interruptedBy];
}

/** Runs the command line of this process. @returns The exit status. */
export async function main(): Promise<number> {
  watchOutput();
  // Only the end of this process ends the processes that it started.
  process.on("uncaughtException", (error) => {
    tellUnforeseen(error);
    process.exit(EXIT_WRONG);
  });
  try {
    return await preview();
  } catch (error) {
    if (!(error instanceof InputError)) {
      tellUnforeseen(error);
      return EXIT_WRONG;
    }
    process.stderr.write(error.problems.map((problem) => `error: ${problem}\n`).join(""));
    return EXIT_WRONG;
  }
}
