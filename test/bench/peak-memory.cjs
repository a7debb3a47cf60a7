/**
 * Loaded into every Node.js process of a measured command: writes the process's peak resident memory, in KiB, to the
 * folder that BASTIONLESS_PEAK_MEMORY names when it ends. CommonJS, which costs least of what is measured with it.
 */
"use strict";

const { writeFileSync } = require("node:fs");
const path = require("node:path");

const folder = process.env.BASTIONLESS_PEAK_MEMORY;
if (folder !== undefined) {
  process.on("exit", () => {
    writeFileSync(path.join(folder, String(process.pid)), String(process.resourceUsage().maxRSS));
  });
}
