/**
 * Loaded into every Node.js process of a measured command: writes the process's peak resident memory, in KiB, to the
 * folder that BASTIONLESS_PEAK_MEMORY names when it ends. JavaScript, because stripping types would be measured too.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.BASTIONLESS_PEAK_MEMORY;
if (folder !== undefined) {
  process.on("exit", () => {
    writeFileSync(join(folder, String(process.pid)), String(process.resourceUsage().maxRSS));
  });
}
