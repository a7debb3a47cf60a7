import { spawn } from "node:child_process";

/** What a process did. */
export interface Ran {
  readonly command: string;
  /** 128 + the signal's number where a signal ended it, as a shell counts. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default 180000 */
  readonly timeoutMilliseconds?: number;
}

/**
 * Runs a command to its end. After the timeout it is interrupted, with every process it started, and the promise
 * rejects with what was said until then.
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  const started = Date.now();
  const timeout = options.timeoutMilliseconds ?? 180_000;
  const line = [command, ...args].join(" ");
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that a timeout ends all of it.
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      endGroup(child.pid, "SIGINT");
      setTimeout(() => endGroup(child.pid, "SIGKILL"), 5000).unref();
      reject(new Error(`\`${line}\` took longer than ${timeout} ms:\n${stdout}\n${stderr}`));
    }, timeout);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      resolve({
        command: line,
        code: code ?? (signal === "SIGINT" ? 130 : 143),
        stdout,
        stderr,
        milliseconds: Date.now() - started,
      });
    });
  });
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) {
      throw error;
    }
  }
}
