/**
 * The executable `pulumi-resource-awsx` of the built-in expansion: `node awsx.ts ENGINE`, started by the engine with its
 * address as last argument.
 */
import { builtinAwsx } from "../awsx/index.ts";
import { componentService } from "./component-service.ts";
import { runAsPlugin } from "./serve.ts";

// Flags for logging and tracing come before the address.
const engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";

await runAsPlugin(componentService(builtinAwsx(), engine));
