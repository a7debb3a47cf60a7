import { globSync, statSync } from "node:fs";
import { InputError } from "../project/input-error.ts";
import { projectFileIn, readRuntime } from "../project/project.ts";

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
 * @throws InputError with every pattern that matches no project, and every project file that cannot be read
 */
export function projectFolders(paths: readonly string[]): ProjectFolders {
  const problems: string[] = [];
  const passedOver: string[] = [];
  const folders = paths.flatMap((path): readonly string[] => {
    if (!PATTERN.test(path) || isFolder(path)) {
      return [path];
    }
    const projects = globSync(path)
      .toSorted()
      .filter((match) => isFolder(match) && projectFileIn(match) !== undefined);
    if (projects.length === 0) {
      problems.push(`\`${path}\` matches no folder with a Pulumi.yaml; expected the pattern of such folders`);
    }
    return projects.filter((folder) => {
      try {
        const runtime = readRuntime(folder);
        if (typeof runtime === "string" && runtime !== "nodejs") {
          passedOver.push(
            `\`${folder}\` is passed over: its runtime is \`${runtime}\`, and only \`nodejs\` programs can be previewed offline`,
          );
          return false;
        }
      } catch (error) {
        if (!(error instanceof InputError)) {
          throw error;
        }
        problems.push(...error.problems);
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

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
