import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { RealEngine } from "./real-engine.ts";

const ENTRY = fileURLToPath(new URL("aws-with-schema.ts", import.meta.url));

/** Puts the simulated AWS with its schema first on a stack's PATH: hosts of languages such as YAML ask for it. */
export async function serveAwsSchema(engine: RealEngine): Promise<void> {
  const shim = `#!/bin/sh\nexec '${process.execPath}' '${ENTRY}' "$@"\n`;
  await writeFile(engine.file("bin/pulumi-resource-aws"), shim, { mode: 0o755 });
}
