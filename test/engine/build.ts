// `npm run engine`: builds what is missing, and prints as its last line the folder to put on PATH.
import { prepareToolchain } from "./support/toolchain.ts";

const report = (line: string): void => void process.stderr.write(`${line}\n`);

try {
  const toolchain = await prepareToolchain(report);
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
