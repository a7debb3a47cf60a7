import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";

/** Where an executable of this name stands on a PATH, in order, leaving out what stands in or points into `except`. */
export function findExecutables(name: string, path: string, except: string): readonly string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .filter((file) => isExecutable(file) && !isInside(realpathSync(file), except) && !isInside(file, except));
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Absent, not readable, or a link that leads nowhere: for a search on PATH all the same.
    return false;
  }
}

/** The language host that stands beside an installed engine, where the engine itself would look for it. */
export function besideEngine(pulumi: string, name: string): string | undefined {
  const candidate = join(dirname(realpathSync(pulumi)), name);
  return isExecutable(candidate) ? candidate : undefined;
}

function isInside(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder + sep);
}
