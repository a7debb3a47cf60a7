import { writeFile } from "node:fs/promises";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import type { EngineRun, PackOnDisk, RealEngine } from "../support/real-engine.ts";
import { REPORTING } from "./project-pack.ts";

/**
 * `pulumi policy analyze` of a state that a test has made, by packs that stop nothing: rejects where the command failed,
 * as a pack that did not run has no findings either.
 */
export async function analyzeState(
  engine: RealEngine,
  state: WireMap,
  packs: readonly PackOnDisk[] = REPORTING,
): Promise<EngineRun> {
  const file = engine.file("analyzed.json");
  await writeFile(file, JSON.stringify(state));
  const ran = await engine.analyze(file, packs);
  if (ran.code !== 0) {
    throw new Error(`\`${ran.command}\` ended with exit code ${ran.code}:\n${ran.stdout}\n${ran.stderr}`);
  }
  return ran;
}
