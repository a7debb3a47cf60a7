/**
 * Loaded into the processes of programs and packs: ends them when the process that started them is gone, killed without
 * a chance to end them itself. It keeps no process running, and sees nothing while the program blocks its own thread.
 */
"use strict";

const parent = process.ppid;
const EVERY_MILLISECONDS = 1000;

setInterval(() => {
  if (process.ppid !== parent) {
    try {
      // It leads a group of its own, with what it started.
      process.kill(-process.pid, "SIGKILL");
    } catch {
      process.exit(1);
    }
  }
}, EVERY_MILLISECONDS).unref();
