import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

export interface ChildOptions {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
  /** A fourth descriptor, to talk through: `stdio[3]` of the child. @default false */
  readonly control?: boolean;
}

export interface ChildExit {
  /** Null where a signal ended it, or where it did not start. */
  readonly code: number | null;
  readonly signal: string | null;
}

/** How long a process that is told to end may take. */
const LEAVE_MILLISECONDS = 1000;

const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * The Node.js processes of one run, each the leader of a process group of its own, so that what they start in turn ends
 * with them.
 *
 * While any lives, the end of this process ends them too: by a signal, an exit or a crash.
 */
export class ProcessGroups {
  readonly #live = new Map<ChildProcess, Promise<ChildExit>>();
  readonly #onExit = (): void => {
    this.#signal("SIGKILL");
  };
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.#signal("SIGKILL");
    this.#unwatch();
    // Whoever else listens decides what the signal means; where nobody does, it ends this process, as it would have.
    if (process.listenerCount(signal) === 0) {
      process.kill(process.pid, signal);
    }
  };
  #watching = false;

  start(options: ChildOptions): { readonly child: ChildProcess; readonly exited: Promise<ChildExit> } {
    this.#watch();
    const child = spawn(process.execPath, options.args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe", ...(options.control === true ? (["pipe"] as const) : [])],
      detached: true,
    });
    child.stdout?.setEncoding("utf8").on("data", options.onStdout);
    child.stderr?.setEncoding("utf8").on("data", options.onStderr);
    const exited = new Promise<ChildExit>((resolve) => {
      child.once("error", (error) => {
        options.onStderr(error.message);
        resolve({ code: null, signal: null });
      });
      // A grandchild may hold the pipes open: the group ends first, then the pipes close.
      child.once("exit", () => end(child, "SIGKILL"));
      child.once("close", (code, signal) => resolve({ code, signal }));
    }).finally(() => {
      this.#live.delete(child);
      if (this.#live.size === 0) {
        this.#unwatch();
      }
    });
    this.#live.set(child, exited);
    return { child, exited };
  }

  /** Ends everything that still runs, and waits until it has gone. Each may take its leave first, for a moment. */
  async endAll(): Promise<void> {
    const pending = [...this.#live.values()];
    this.#signal("SIGTERM");
    const timer = setTimeout(() => this.#signal("SIGKILL"), LEAVE_MILLISECONDS);
    await Promise.all(pending);
    clearTimeout(timer);
  }

  /** Ends one of them at once, and waits until it has gone. */
  async end(child: ChildProcess): Promise<void> {
    if (this.#live.has(child)) {
      end(child, "SIGKILL");
      await this.#live.get(child);
    }
  }

  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    for (const child of this.#live.keys()) {
      end(child, signal);
    }
  }

  #watch(): void {
    if (!this.#watching) {
      this.#watching = true;
      process.on("exit", this.#onExit);
      for (const signal of ENDING_SIGNALS) {
        process.on(signal, this.#onSignal);
      }
    }
  }

  #unwatch(): void {
    this.#watching = false;
    process.off("exit", this.#onExit);
    for (const signal of ENDING_SIGNALS) {
      process.off(signal, this.#onSignal);
    }
  }
}

function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: all of the group has gone. EPERM: on macOS, a group of zombies only.
    if (!(error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM"))) {
      throw error;
    }
  }
}
