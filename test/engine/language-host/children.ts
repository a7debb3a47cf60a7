import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { constants } from "node:os";

/** Milliseconds that a child has to end after it was asked to, before it is killed. */
const GRACE_MILLISECONDS = 3000;

/** How a child ended. */
export interface Exit {
  /** Its exit code; as a shell counts (128 + number) where a signal ended it. */
  readonly code: number;
  readonly signal: NodeJS.Signals | undefined;
}

/** The processes a host has started. None outlives the host, as long as the host itself is not killed outright. */
export class Children {
  readonly #running = new Set<ChildProcess>();

  /** Starts `node ARGS`. Rejects nothing: a process that cannot start throws here, later ends come from `exitOf`. */
  startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
    return this.start(process.execPath, args, options);
  }

  start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, args, options);
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    child.once("error", () => this.#running.delete(child));
    return child;
  }

  get size(): number {
    return this.#running.size;
  }

  /** Asks every child to end, and kills those that have not after a grace period. */
  async end(signal: NodeJS.Signals): Promise<void> {
    await Promise.all([...this.#running].map((child) => endChild(child, signal)));
  }
}

/** Resolves when the process has ended and its output is read; rejects where it could not be started. */
export function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const number = signal === null ? 0 : constants.signals[signal];
      resolve({ code: code ?? 128 + number, signal: signal ?? undefined });
    });
  });
}

/** Asks one child to end, kills it after a grace period, and resolves when it is gone. */
export function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MILLISECONDS);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill(signal);
  });
}
