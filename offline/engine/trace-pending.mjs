// Loaded into a program that is run again because it did not end: tells, when it is ended, which promise that its own
// files made is still pending, and where; and where it waits for lookups. Only Node's promise hooks know. Where it never
// stops computing, another thread tells where it is.
import process from "node:process";
import { promiseHooks } from "node:v8";
import { Worker, isMainThread } from "node:worker_threads";

const MARK = "pending promise:";
const pending = new Map();

promiseHooks.createHook({
  init(promise) {
    pending.set(promise, new Error(MARK));
  },
  settled(promise) {
    pending.delete(promise);
  },
});

function isOwn(line) {
  return /\.[cm]?[jt]sx?:\d+/u.test(line) && !/node:|[\\/]node_modules[\\/]/u.test(line);
}

/** The newest promise that the program's own code made, before one that a package made for it. */
function report() {
  let found;
  const lookups = new Map();
  for (const error of pending.values()) {
    const frames = error.stack
      .split("\n")
      .filter((line) => line.includes(":") && line.trimStart().startsWith("at "));
    const visible = frames.filter((line) => !line.includes("node:") && !line.includes("trace-pending"));
    const own = visible.find(isOwn);
    if (own !== undefined && (found === undefined || !found.direct || visible[0] === own)) {
      found = { direct: visible[0] === own, own };
    }
    if (
      own !== undefined &&
      frames.some((line) => /[\\/]runtime[\\/]invoke\.[jt]s|\breadResource\b/u.test(line))
    ) {
      // Calling and awaiting are two promises on one line; the call comes first.
      const line = own.replace(/:\d+\)?$/u, "");
      lookups.set(line, lookups.get(line) ?? own);
    }
  }
  for (const own of lookups.values()) {
    process.stderr.write(`\npending lookup:\n${own}\n`);
  }
  if (found !== undefined) {
    process.stderr.write(`\n${MARK}\n${found.own}\n`);
  }
}

if (isMainThread) {
  const beats = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  setInterval(() => Atomics.add(new Int32Array(beats), 0, 1), 100).unref();
  new Worker(new URL("trace-loop.mjs", import.meta.url), { workerData: beats, execArgv: [] }).unref();
}

process.on("exit", report);
process.on("SIGTERM", () => process.exit(1));
