import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { REPOSITORY } from "../support/paths.ts";
import type { PackOnDisk } from "../support/real-engine.ts";

/** The project's pack, as people run it. */
export function projectPack(config?: WireMap): readonly PackOnDisk[] {
  const dir = join(REPOSITORY, "policies");
  return [config === undefined ? { dir } : { dir, config }];
}

/** The project's pack, which names everything and stops nothing; its summary counts what is proved, too. */
export const REPORTING = projectPack({
  all: "advisory",
  summary: { enforcementLevel: "advisory", show: "always" },
});

/** The folder of a program beside these tests. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}
