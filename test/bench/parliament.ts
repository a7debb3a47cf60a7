import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The linter of IAM policies that deciding is measured beside; its only use here. */
export const PARLIAMENT = "parliament==1.6.4";

const VENV = join(import.meta.dirname, ".cache", "parliament");

export type Parliament =
  | { readonly kind: "ready"; readonly python: string }
  | { readonly kind: "missing"; readonly reason: string };

/** Installs parliament from PyPI into a virtual environment of its own, once. */
export function prepareParliament(): Parliament {
  const python = join(VENV, "bin", "python");
  const runs = (command: string, args: readonly string[]): string | undefined => {
    const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8" });
    return status === 0
      ? undefined
      : `\`${command} ${args.join(" ")}\`: ${error?.message ?? stderr.trim().split("\n").at(-1) ?? status}`;
  };
  const isThere = (): boolean =>
    existsSync(python) && runs(python, ["-c", "import parliament"]) === undefined;
  if (isThere()) {
    return { kind: "ready", python };
  }
  const reason =
    runs("python3", ["-m", "venv", "--clear", VENV]) ??
    runs(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PARLIAMENT]);
  if (reason === undefined && isThere()) {
    return { kind: "ready", python };
  }
  return { kind: "missing", reason: reason ?? "it was installed, and cannot be imported" };
}
