import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MILLISECONDS = 100;

/** A lock whose process id is not yet written is taken over after this long: its process died in between. */
const UNWRITTEN_MILLISECONDS = 5000;

/**
 * Runs `work` while no other process holds the lock, a file with the id of the process that holds it. A lock whose
 * process has ended is taken over.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  await acquire(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string): Promise<void> {
  if (await take(file)) {
    return;
  }
  if (await isStale(file)) {
    await rm(file, { force: true });
  } else {
    await sleep(POLL_MILLISECONDS);
  }
  return acquire(file);
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const holder = Number(await readFile(file, "utf8"));
    if (holder === 0) {
      return Date.now() - (await stat(file)).mtimeMs > UNWRITTEN_MILLISECONDS;
    }
    return !isRunning(holder);
  } catch {
    // Released between the two looks: try to take it again.
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
