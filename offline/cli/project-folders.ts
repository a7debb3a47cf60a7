import { globSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { InputError } from "../project/input-error.ts";
import { isFolder, projectFileIn, readRuntime } from "../project/project.ts";

/** The folders that `--cwd` names. */
export interface ProjectFolders {
  readonly folders: readonly string[];
  /** What a pattern matched and cannot be previewed, each with why not. */
  readonly passedOver: readonly string[];
}

/** What makes a path a pattern, where no folder has it for a name. */
const PATTERN = /[*?[\]{}]|[!@+]\(/;

/**
 * Folders by their paths, and by patterns such as `examples/*` or `examples/!(bad-*)` every folder that matches and holds
 * a project of its own. A program of another language is refused where it is named and passed over where a pattern
 * matches it.
 *
 * @param paths absolute
 * @throws InputError with every pattern that matches no project, and every folder and project file that cannot be read
 */
export function projectFolders(paths: readonly string[]): ProjectFolders {
  const problems: string[] = [];
  const passedOver: string[] = [];
  const collect = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      problems.push(...error.problems);
      return undefined;
    }
  };
  const folders = paths.flatMap((path): readonly string[] => {
    if (!PATTERN.test(path)) {
      return [path];
    }
    const named = collect(() => isFolder(path));
    if (named !== false) {
      return named === undefined ? [] : [path];
    }
    const before = problems.length;
    problems.push(...closedFolders(path));
    const projects = globSync(path)
      .toSorted()
      .filter((match) => collect(() => isFolder(match) && projectFileIn(match) !== undefined) === true);
    if (projects.length === 0 && problems.length === before) {
      problems.push(`\`${path}\` matches no folder with a Pulumi.yaml; expected the pattern of such folders`);
    }
    return projects.filter((folder) => {
      const runtime = collect(() => readRuntime(folder));
      if (typeof runtime === "string" && runtime !== "nodejs") {
        passedOver.push(
          `\`${folder}\` is passed over: its runtime is \`${runtime}\`, and only \`nodejs\` programs can be previewed offline`,
        );
        return false;
      }
      return true;
    });
  });
  if (problems.length === 0 && folders.length === 0) {
    problems.push(...passedOver);
  }
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return { folders: [...new Set(folders)], passedOver };
}

/** Why a pattern cannot look into folders on its way: what they hold would be left out, and nobody told. */
function closedFolders(pattern: string): readonly string[] {
  const parts = pattern.split(sep);
  return parts.flatMap((part, index) => {
    const above = parts.slice(0, index).join(sep);
    return above === "" ? [] : globSync(above).flatMap((folder) => whyClosed(folder, part));
  });
}

function whyClosed(folder: string, next: string): readonly string[] {
  try {
    if (!PATTERN.test(next)) {
      isFolder(join(folder, next));
    } else if (isFolder(folder)) {
      readdirSync(folder);
    }
    return [];
  } catch (error) {
    if (error instanceof InputError) {
      return error.problems;
    }
    if (!(error instanceof Error && "code" in error)) {
      throw error;
    }
    return [`\`${folder}\` cannot be listed: ${error.message}`];
  }
}
