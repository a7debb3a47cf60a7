import { readFileSync } from "node:fs";

/** What a process has used since it was started. */
export interface Activity {
  /** Seconds of processor time. */
  readonly busy: number;
  /** How often it read or wrote; not a number, and so equal to none, where the system does not tell. */
  readonly transfers: number;
  /** Pages of memory that it has touched for the first time. */
  readonly pages: number;
}

/** Clock ticks a second: 100 on every Linux that Node.js runs on. */
const TICKS = 100;

/** What a process has used; undefined where the system does not tell (Linux does). */
export function activityOf(pid: number): Activity | undefined {
  const stat = readProcess(pid, "stat");
  if (stat === undefined) {
    return undefined;
  }
  // The command stands in parentheses and may hold blanks. After it, page faults are the 8th and 10th, user and system
  // time the 12th and 13th fields.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const field = (index: number): number => fields[index] ?? Number.NaN;
  return {
    busy: (field(11) + field(12)) / TICKS,
    transfers: transfersOf(readProcess(pid, "io")),
    pages: field(7) + field(9),
  };
}

function transfersOf(io: string | undefined): number {
  const calls = io?.matchAll(/^sysc[rw]: (?<count>\d+)$/gmu);
  return calls === undefined
    ? Number.NaN
    : [...calls].reduce((sum, match) => sum + Number(match.groups?.["count"]), 0);
}

function readProcess(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) {
      return undefined;
    }
    throw error;
  }
}
