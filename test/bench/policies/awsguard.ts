import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const SOURCE = join(import.meta.dirname, "..", "packs", "awsguard");
/** Where nobody looks for tests, nor for what the project depends on. */
const FOLDER = join(import.meta.dirname, "..", ".cache", "awsguard");

export type AwsGuard =
  | { readonly kind: "ready"; readonly folder: string }
  | { readonly kind: "missing"; readonly reason: string };

/**
 * Installs @pulumi/awsguard in a folder of its own, once: it brings @pulumi/aws 4 and the AWS SDK 2, 270 MB, which have no
 * business among this project's dependencies, where Pulumi would take that provider for the program's.
 */
export function prepareAwsGuard(): AwsGuard {
  if (!existsSync(join(FOLDER, "node_modules", "@pulumi", "awsguard"))) {
    mkdirSync(FOLDER, { recursive: true });
    cpSync(SOURCE, FOLDER, { recursive: true });
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--workspaces=false"];
    const { status, error, stderr } = spawnSync("npm", args, { cwd: FOLDER, encoding: "utf8" });
    if (status !== 0) {
      return {
        kind: "missing",
        reason: error?.message ?? stderr.trim().split("\n").at(-1) ?? `npm: ${status}`,
      };
    }
  }
  return { kind: "ready", folder: FOLDER };
}
