import { existsSync, readFileSync } from "node:fs";
import { analyzeRequest, PackProcess, stackRequest } from "../../policies/support/pack-process.ts";
import type { Measurement } from "../measure.ts";
import { mixedStack } from "./estate-mix.ts";

/**
 * What one operation on a stack of so many resources takes in a pack: every resource shown to it in turn, then the
 * stack, as the engine does it. The pack has started, and requests are made, before the clock runs.
 */
export async function driveOperation(folder: string, size: number): Promise<Measurement> {
  const resources = mixedStack(size);
  const requests = resources.map(analyzeRequest);
  const stack = stackRequest(resources);
  const pack = await PackProcess.start(folder);
  try {
    await pack.info();
    const started = performance.now();
    for (const request of requests) {
      // oxlint-disable-next-line no-await-in-loop -- one after another, as the engine's step generator does
      await pack.send(request);
    }
    await pack.sendStack(stack);
    const seconds = (performance.now() - started) / 1000;
    const peakMiB = peakMemory(pack.pid);
    return { seconds, ...(peakMiB === undefined ? {} : { peakMiB }) };
  } finally {
    pack.stop();
  }
}

/** Peak resident memory of a process that runs, in MiB; undefined where the system does not tell. */
function peakMemory(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/status`;
  const kilobytes = existsSync(file)
    ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1]
    : undefined;
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
