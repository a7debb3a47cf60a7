// In JavaScript: Node.js loads what strips types only where it has not kept the result, and of the entry it keeps none.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Keeps what Node.js compiles, and TypeScript without its types, for the next run: half of the start-up. Only what is
// imported from here on is kept.
enableCompileCache(join(import.meta.dirname, "..", "node_modules", ".cache", "bastionless", "node"));

const { main } = await import("./cli/main.ts");
process.exitCode = await main();
