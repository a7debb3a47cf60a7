import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { RealEngine } from "./real-engine.ts";

/** Puts another `pulumi-resource-aws` first on a stack's PATH: a module of this folder that runs as one. */
export async function standInForAws(
  engine: RealEngine,
  entry: "aws-with-schema.ts" | "lenient-aws.ts",
): Promise<void> {
  const file = fileURLToPath(new URL(entry, import.meta.url));
  const shim = `#!/bin/sh\nexec '${process.execPath}' '${file}' "$@"\n`;
  await writeFile(engine.file("bin/pulumi-resource-aws"), shim, { mode: 0o755 });
}
