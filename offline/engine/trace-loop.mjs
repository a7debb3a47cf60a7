// A thread that trace-pending.mjs starts: where the program's own thread computes and does nothing else for a while, tells
// where it is. Only V8's inspector can look into a thread that does not stop.
import { writeSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { SourceMap } from "node:module";
import { workerData } from "node:worker_threads";

const MARK = "running loop:";
const EVERY_MILLISECONDS = 500;
const STDERR = 2;

const beats = new Int32Array(workerData);
const scripts = new Map();
const session = new Session();
let last = -1;

/** A place as the author wrote it: compilers that run with a program put their source map into the script. */
function placeIn({ url, sourceMapURL }, { lineNumber, columnNumber }) {
  const [, encoded] = /^data:application\/json;[^,]*base64,(.*)$/su.exec(sourceMapURL) ?? [];
  const original =
    encoded === undefined
      ? {}
      : new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString())).findEntry(
          lineNumber,
          columnNumber,
        );
  const line = original.originalLine ?? lineNumber;
  const column = original.originalColumn ?? columnNumber;
  return `${url}:${line + 1}:${column + 1}`;
}

function isOwn({ url }) {
  return /^(?:file:\/\/)?\//u.test(url) && !url.includes("/node_modules/");
}

session.on("Debugger.scriptParsed", ({ params }) => {
  scripts.set(params.scriptId, params);
});
session.on("Debugger.paused", ({ params }) => {
  const { location } = params.callFrames.find((frame) => isOwn(scripts.get(frame.location.scriptId))) ?? {};
  if (location !== undefined) {
    writeSync(STDERR, `\n${MARK}\n    at ${placeIn(scripts.get(location.scriptId), location)}\n`);
  }
  void session.post("Debugger.resume");
});

// Before anything is awaited, so that the thread does not end meanwhile.
setInterval(() => {
  const now = Atomics.load(beats, 0);
  if (now === last) {
    void session.post("Debugger.pause");
  }
  last = now;
}, EVERY_MILLISECONDS);

session.connectToMainThread();
await session.post("Debugger.enable");
