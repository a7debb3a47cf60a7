import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { REPOSITORY } from "./paths.ts";

/**
 * The package of components as npm publishes it, unpacked in a folder, beside links to what it leaves to its users. Not in
 * `node_modules/@bastionless`: the engine takes what follows an `@` in a package's path for a version.
 *
 * @param folder An empty one.
 * @returns Where the package is.
 * @throws Error where `npm run build` was not run.
 */
export async function unpackComponents(folder: string): Promise<string> {
  const dist = join(REPOSITORY, "components", "dist");
  if (!existsSync(join(dist, "package.json"))) {
    throw new Error(`\`${dist}\` is missing: run \`npm run build\``);
  }
  finish("npm", ["pack", "--silent", "--pack-destination", folder], dist);
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) {
    throw new Error(`\`npm pack\` made no archive in \`${folder}\``);
  }
  finish("tar", ["-xzf", join(folder, tarball), "-C", folder], folder);
  await mkdir(join(folder, "node_modules"));
  await symlink(join(REPOSITORY, "node_modules", "@pulumi"), join(folder, "node_modules", "@pulumi"));
  return join(folder, "package");
}

function finish(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`\`${command} ${args.join(" ")}\` failed:\n${stdout}\n${stderr}`);
  }
}
