// `npm run engine [-- FOLDER]`: builds what is missing, into FOLDER where one is named, and prints as its last line the
// folder to put on PATH.
import { resolve } from "node:path";
import { CACHE } from "./support/paths.ts";
import { prepareToolchain } from "./support/toolchain.ts";

const report = (line: string): void => void process.stderr.write(`${line}\n`);

try {
  const toolchain = await prepareToolchain(report, resolve(process.argv[2] ?? CACHE));
  if (toolchain.kind === "missing") {
    report(toolchain.message);
    process.exitCode = 1;
  } else {
    process.stdout.write(`${toolchain.bin}\n`);
  }
} catch (error) {
  report(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
