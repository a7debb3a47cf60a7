import { readFileSync } from "node:fs";

/** Clock ticks a second: 100 on every Linux that Node.js runs on. */
const TICKS = 100;

/** Seconds of processor time that a process has used; undefined where the system does not tell (Linux does). */
export function cpuSeconds(pid: number): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) {
      return undefined;
    }
    throw error;
  }
  // The command stands in parentheses and may hold blanks; user and system time are the 14th and 15th fields.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
