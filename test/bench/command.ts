import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measurement } from "./measure.ts";

const PRELOAD = join(import.meta.dirname, "peak-memory.cjs");

/**
 * Runs a command to its end and measures it: wall time, and the peak memory of its Node.js processes together.
 *
 * @throws Error with what it printed where it does not exit with 0.
 */
export async function measureCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), "bastionless-bench-"));
  try {
    const started = performance.now();
    await run(command, args, {
      cwd: options.cwd,
      env: {
        ...process.env,
        ...options.env,
        NODE_OPTIONS: `--require=${PRELOAD}`,
        BASTIONLESS_PEAK_MEMORY: folder,
      },
    });
    const seconds = (performance.now() - started) / 1000;
    const peaks = readdirSync(folder).map((file) => Number(readFileSync(join(folder, file), "utf8")));
    return { seconds, peakMiB: peaks.reduce((sum, peak) => sum + peak, 0) / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const printed: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => printed.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => printed.push(text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(`\`${command} ${args.join(" ")}\` exited with ${code}:\n${printed.join("")}`));
      }
    });
  });
}
