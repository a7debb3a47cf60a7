/**
 * Loaded into the processes of programs and packs. `@pulumi/pulumi` connects to V8's inspector at its start, and has it
 * tell of every script from then on, to know the files of functions that it may have to serialize. That is a tenth of
 * what a small program costs, and most programs serialize nothing: here it connects when it first has to.
 */
"use strict";

const { afterLoading } = require("./sdk-modules.cjs");

function post(session, method) {
  return new Promise((resolve, reject) => {
    session.post(method, (error) => (error ? reject(error) : resolve()));
  });
}

afterLoading("runtime/closure/v8Hooks.js", (hooks) => {
  const connect = hooks.getSessionAsync;
  if (typeof connect !== "function") {
    return;
  }
  let connected;
  hooks.isInitializedAsync = () => Promise.resolve();
  hooks.getSessionAsync = () => {
    connected ??= connect().then(async (session) => {
      // Enabled anew, the inspector tells the SDK of all scripts, those too that were loaded before it listened.
      await post(session, "Debugger.disable");
      await post(session, "Debugger.enable");
      return session;
    });
    return connected;
  };
});
