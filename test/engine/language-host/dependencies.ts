import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A package that a program uses, as `pulumi about` lists it. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
}

interface Manifest {
  readonly version: string;
  readonly dependencies: readonly string[];
}

/**
 * The packages that the program's package.json names, at the versions that are installed; with `transitive`, those
 * that these need, too. Sorted by name, then by version. Packages that are not installed are left out.
 */
export function programDependencies(directory: string, transitive: boolean): readonly Dependency[] {
  const start = nearestManifest(directory);
  if (start === undefined) {
    return [];
  }
  const found = new Map<string, Dependency>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const name of readManifest(at)?.dependencies ?? []) {
      const folder = findInstalled(at, name);
      const version = folder === undefined ? undefined : readManifest(folder)?.version;
      if (folder === undefined || version === undefined || found.has(`${name}@${version}`)) {
        continue;
      }
      found.set(`${name}@${version}`, { name, version });
      if (transitive) {
        open.push(folder);
      }
    }
  }
  return [...found.values()].toSorted(
    (a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version),
  );
}

function nearestManifest(directory: string): string | undefined {
  return ancestors(directory).find((folder) => existsSync(join(folder, "package.json")));
}

function findInstalled(from: string, name: string): string | undefined {
  return ancestors(from)
    .map((folder) => join(folder, "node_modules", name))
    .find((folder) => existsSync(join(folder, "package.json")));
}

function ancestors(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

function readManifest(folder: string): Manifest | undefined {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (typeof parsed !== "object" || parsed === null) {
    return undefined;
  }
  const version = "version" in parsed && typeof parsed.version === "string" ? parsed.version : "0.0.0";
  const dependencies =
    "dependencies" in parsed && typeof parsed.dependencies === "object" && parsed.dependencies !== null
      ? Object.keys(parsed.dependencies)
      : [];
  return { version, dependencies };
}
