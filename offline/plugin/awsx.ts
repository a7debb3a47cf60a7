// `pulumi-resource-awsx`: the built-in expansion of awsx's components as a plugin of the real engine.
import { serveComponents } from "../awsx/construct-service.ts";
import { builtinAwsx } from "../awsx/index.ts";

// The engine passes its own address last; flags for logging and tracing come before it.
const engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";
const port = await serveComponents(builtinAwsx(), engine);
// The engine reads the port from the first line.
process.stdout.write(`${port}\n`);
