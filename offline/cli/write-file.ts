import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../project/input-error.ts";

/**
 * Writes a file whole or not at all, with the folders above it. What is no regular file, such as a pipe or a terminal,
 * is written into; it must not be replaced.
 *
 * @throws InputError that names the file and why it cannot be written.
 */
export function writeWholeFile(path: string, text: string): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
      writeFileSync(path, text);
      return;
    }
    makeFolder(dirname(path));
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    if (existsSync(draft)) {
      rmSync(draft);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError([`\`${path}\` cannot be written: ${reason}`]);
  }
}

/** Folder by folder: `mkdir` with `recursive` never ends where a folder can be neither made nor found, as in `/proc`. */
function makeFolder(path: string): void {
  if (!existsSync(path)) {
    makeFolder(dirname(path));
    mkdirSync(path);
  }
}
