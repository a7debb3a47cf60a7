/**
 * Loaded into the process of a policy pack whose PulumiPolicy.yaml says `typescript: false`. Pulumi's runner of packs does
 * not heed that: it loads the TypeScript compiler, has it read every name in the pack's folder and registers it for
 * files that are never required, which is a third of the pack's start. Here that waits for the first such file.
 */
"use strict";

/* oxlint-disable no-underscore-dangle -- the loader's own name, by which it is replaced the world over */

const Module = require("node:module");
const path = require("node:path");

const RUNNER = path.join("@pulumi", "pulumi", "cmd", "run-policy-pack", "run.js");
const TSCONFIG = "tsconfig.json";
const load = Module._load;

/** Of the runner's tools for TypeScript, without what the compiler is asked at once. */
function lateTools(tools) {
  return { ...tools, loadTypeScriptCompilerOptions: () => ({}) };
}

/** @param tools what the compiler's options are then read with, as the runner would have */
function lateCompiler(compiler, tools) {
  return { ...compiler, register: (options) => registerLate(compiler, tools, options) };
}

function registerLate(compiler, tools, options) {
  const handlers = Module._extensions;
  const before = new Map([".ts", ".tsx"].map((extension) => [extension, handlers[extension]]));
  for (const extension of before.keys()) {
    handlers[extension] = (module, filename) => {
      for (const [name, handler] of before) {
        if (handler === undefined) {
          delete handlers[name];
        } else {
          handlers[name] = handler;
        }
      }
      const compilerOptions = {
        ...options.compilerOptions,
        ...tools.loadTypeScriptCompilerOptions(TSCONFIG),
      };
      compiler.register({ ...options, compilerOptions });
      return handlers[extension](module, filename);
    };
  }
}

if (typeof load === "function") {
  let tools;
  Module._load = function (request, parent, isMain) {
    const loaded = load.call(this, request, parent, isMain);
    if (parent?.filename?.endsWith(RUNNER) !== true) {
      return loaded;
    }
    // By name: to look at what was loaded could load it.
    if (request.endsWith("tsutils")) {
      tools = loaded;
      return lateTools(loaded);
    }
    return tools !== undefined && request.includes("ts-node") ? lateCompiler(loaded, tools) : loaded;
  };
}
