/**
 * Loaded into a program that is not run to explain a failure. Stack traces cost more than all else in a program of
 * thousands of resources: the SDK takes one for every promise that it makes, and one with all frames for every resource,
 * whose positions it then looks up in source maps.
 */
"use strict";

const { afterLoading } = require("./sdk-modules.cjs");

// As `--stack-trace-limit=0` does, with which Node.js would refuse the code that it has cached for its own modules.
Error.stackTraceLimit = 0;

/** What was written for the frames of one place: a loop registers all its resources there. */
const written = new Map();

/** Frames of the SDK and of the resource's class, above the one that registers a resource. */
const OWN_FRAMES = 5;

/**
 * The engine takes only the place that registers a resource from the SDK's stack trace: only that frame is written out.
 * It is written together with the one below it, from which its function may have its name.
 */
function registeringFrame(prepare, error, frames) {
  const needed = frames.slice(OWN_FRAMES, OWN_FRAMES + 2);
  const place = needed
    .map((frame) => `${frame.getScriptNameOrSourceURL()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`)
    .join();
  let text = written.get(place);
  if (text === undefined) {
    const [head, frame] = prepare(error, needed).split("\n    at ");
    const skipped = "\n    at skipped".repeat(OWN_FRAMES);
    text = frame === undefined ? `${head}${skipped}` : `${head}${skipped}\n    at ${frame}`;
    written.set(place, text);
  }
  return text;
}

afterLoading("resource.js", ({ Resource }) => {
  const callsites = Resource?.callsites;
  if (typeof callsites !== "function") {
    return;
  }
  Resource.callsites = function () {
    // oxlint-disable-next-line typescript/unbound-method -- Node.js, too, calls it as a function
    const prepare = Error.prepareStackTrace;
    if (typeof prepare !== "function") {
      return callsites.call(this);
    }
    // Without the frame of this function, which the SDK does not expect.
    const own = (_frame, index) => index !== 1;
    Error.prepareStackTrace = (error, frames) => registeringFrame(prepare, error, frames.filter(own));
    try {
      return callsites.call(this);
    } finally {
      Error.prepareStackTrace = prepare;
    }
  };
});
