import type { RealEngine } from "./real-engine.ts";
import { standInForAws } from "./stand-in.ts";

/** Puts the simulated AWS with its schema first on a stack's PATH: hosts of languages such as YAML ask for it. */
export function serveAwsSchema(engine: RealEngine): Promise<void> {
  return standInForAws(engine, "aws-with-schema.ts");
}
