/**
 * Loaded into the processes of programs and packs before anything else: two packages that `@pulumi/pulumi` loads at its
 * start, and uses only where a function is serialized, are loaded when they are first used. Together they are half of
 * what loading `@pulumi/pulumi` costs. What the program itself requires is not touched.
 */
"use strict";

/* oxlint-disable no-underscore-dangle -- the loader's own name, by which it is replaced the world over */

const Module = require("node:module");
const path = require("node:path");

const LAZY = new Set(["@npmcli/arborist", "typescript"]);
const SDK = path.join("@pulumi", "pulumi", path.sep);
const load = Module._load;

/** A module that is loaded by whatever is first done with it. */
function lazily(loadModule) {
  let loaded;
  const module = () => (loaded ??= loadModule());
  const forwarding = { get: (_target, property) => getOf(module, property) };
  for (const trap of Object.getOwnPropertyNames(Reflect).filter((name) => name !== "get")) {
    forwarding[trap] = (_target, ...args) => Reflect[trap](module(), ...args);
  }
  // Configurable and without properties of its own, so that every trap may answer for the module.
  return new Proxy(function () {}, forwarding);
}

/**
 * Interoperability helpers copy every property of a module that is no ES module. Both packages export themselves by
 * name too, so that nothing is lost where they pass for one.
 */
function getOf(module, property) {
  if (property === "__esModule") {
    return true;
  }
  return property === "default" ? module() : module()[property];
}

if (typeof load === "function") {
  Module._load = function (request, parent, isMain) {
    return LAZY.has(request) && parent?.filename?.includes(SDK) === true
      ? lazily(() => load.call(this, request, parent, isMain))
      : load.call(this, request, parent, isMain);
  };
}
