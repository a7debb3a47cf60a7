// Pulumi's runner sends an entry in TypeScript through a compiler of its own, which type-checks everything behind it on
// every start. An entry in JavaScript leaves the rest to Node's type stripping.
import { createRequire, enableCompileCache } from "node:module";
import { join, sep } from "node:path";

const require = createRequire(import.meta.url);

// What Node.js compiles, and TypeScript without its types, is kept for the next start, which then takes two thirds of the
// time. Only what is loaded from here on is kept, and beside the SDK: a folder that others could write into, as the
// system's for temporary files, is no place for what a policy pack runs.
const sdk = require.resolve("@pulumi/policy");
const modules = sdk.slice(0, sdk.lastIndexOf(`${sep}node_modules${sep}`));
enableCompileCache(join(modules, "node_modules", ".cache", "bastionless", "node"));

// Not awaited: the runner requires this file, and a module that waits cannot be required. What fails is told by the
// runner, as any rejection that nobody handles.
void import("./index.ts");
