import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse } from "yaml";

/**
 * Makes a folder that a Pulumi CLI takes for the project and may write to: Pulumi.yaml and the stacks' configuration are
 * copies (`pulumi stack init` and `pulumi config` write there), everything else links to the original.
 */
export async function copyProject(root: string, target: string): Promise<void> {
  const settings: unknown = parse(await readFile(join(root, "Pulumi.yaml"), "utf8"));
  const folder =
    typeof settings === "object" && settings !== null && "stackConfigDir" in settings
      ? String(settings.stackConfigDir)
      : "";
  await mirror(
    root,
    target,
    folder.split("/").filter((part) => part !== "" && part !== "."),
  );
  const modules = join(target, "node_modules");
  const installed = findModules(root);
  if (!existsSync(modules) && installed !== undefined) {
    await symlink(installed, modules);
  }
}

/** Dependencies are looked for upwards from the copy, where those of a workspace are not found. */
function findModules(folder: string): string | undefined {
  const modules = join(folder, "node_modules");
  const parent = dirname(folder);
  return existsSync(modules) ? modules : parent === folder ? undefined : findModules(parent);
}

/** @param path Folders from `source` to the stacks' configuration: each is made anew, the last one is copied. */
async function mirror(source: string, target: string, path: readonly string[]): Promise<void> {
  await mkdir(target, { recursive: true });
  const [next, ...rest] = path;
  const entries = await readdir(source);
  await Promise.all(
    entries.map(async (name) => {
      const [from, to] = [join(source, name), join(target, name)];
      if (name === next) {
        await (rest.length === 0 ? cp(from, to, { recursive: true }) : mirror(from, to, rest));
      } else if (/^Pulumi(?:\..+)?\.ya?ml$/.test(name)) {
        await cp(from, to);
      } else if (name !== ".git") {
        await symlink(from, to);
      }
    }),
  );
}
