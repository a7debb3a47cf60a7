import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePlace } from "./report.ts";

/** A line of a stack trace, or the line by which Node.js says where a file cannot be parsed. */
const FRAME =
  /^\s*(?:at (?:.*\()?)?(?:file:\/\/)?(?<file>(?:\/|[A-Za-z]:[\\/])[^():]+\.[cm]?[jt]sx?):(?<line>\d+)(?::(?<column>\d+))?\)?$/u;

/**
 * The first place in a stack trace, or in a compiler's message, that lies in the program's own files: not in Node
 * itself, not in `node_modules`, and not in what loads the program.
 *
 * @param folder the program's: a place in it goes before one in a package beside it, whose component was given what it
 * refuses
 */
export function placeInTrace(trace: string, folder?: string): SourcePlace | undefined {
  const places = trace.split("\n").flatMap((line): readonly SourcePlace[] => {
    const groups = FRAME.exec(line)?.groups;
    const file = groups?.["file"];
    return file === undefined || isPackageFile(file)
      ? []
      : [
          {
            file: decodeFile(file),
            line: Number(groups?.["line"]),
            column: Number(groups?.["column"] ?? 0),
          },
        ];
  });
  return places.find(({ file }) => folder !== undefined && isWithin(folder, file)) ?? places[0];
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== "" && !path.startsWith("..") && !isAbsolute(path);
}

/**
 * The place that the SDK sent with a registration; undefined where it lies in a package.
 *
 * For an ES module the SDK takes the module's URL for a path relative to the working directory, and sends
 * `file:///folder/file:/folder/index.ts`.
 */
export function placeOf(uri: string, line: number, column: number): SourcePlace | undefined {
  if (!uri.startsWith("file:")) {
    return undefined;
  }
  const path = uri.slice(uri.lastIndexOf("file:") + "file:".length).replace(/^\/*/u, "/");
  return isPackageFile(path) ? undefined : { file: decodeFile(path), line, column };
}

/** Modules that a program's process loads before it: a CommonJS program is loaded through them. */
const ENGINE = import.meta.dirname + sep;

/** Whether a line of a stack trace lies in Node.js itself, in an installed package, or in what loads the program. */
export function isForeignFrame(line: string): boolean {
  return (
    /^\s+at /u.test(line) && (/node:internal\/|[\\/]node_modules[\\/]/u.test(line) || line.includes(ENGINE))
  );
}

function isPackageFile(file: string): boolean {
  return /[\\/]node_modules[\\/]/u.test(file) || file.startsWith(ENGINE);
}

function decodeFile(file: string): string {
  return file.includes("%") ? fileURLToPath(`file://${file}`) : file;
}
