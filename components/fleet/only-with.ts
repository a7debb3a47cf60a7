import type { Problems } from "../core/problems.ts";
import type { BastionlessFleetArgs } from "./bastionless-fleet-args.ts";

/** Refuses arguments that say nothing without another one. */
export function onlyWith(
  problems: Problems,
  args: BastionlessFleetArgs,
  paths: readonly (keyof BastionlessFleetArgs)[],
  needed: string,
): void {
  for (const path of paths) {
    if (args[path] !== undefined) {
      problems.add(path, args[path], {
        expected: `no such argument without ${needed}`,
        remedy: "leave it out, or give the other too",
      });
    }
  }
}
