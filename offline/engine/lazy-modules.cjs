/**
 * Loaded into the processes of programs and packs before anything else: what `@pulumi/pulumi` loads at its start and uses
 * seldom, as where a function is serialized, is loaded when it is first used. Together it is more than half of what
 * loading `@pulumi/pulumi` costs. What the program itself requires is not touched.
 */
"use strict";

/* oxlint-disable no-underscore-dangle -- the loader's own names, by which it is replaced the world over */

const Module = require("node:module");
const path = require("node:path");

const LAZY = new Set(["./automation", "@npmcli/arborist", "js-yaml", "normalize-package-data", "typescript"]);

/** Of these the SDK takes functions and classes when it loads them, to use them where its user traces it. */
const LAZY_IN_PARTS = new Set([
  "@opentelemetry/exporter-zipkin",
  "@opentelemetry/instrumentation",
  "@opentelemetry/instrumentation-grpc",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace-base",
  "@opentelemetry/sdk-trace-node",
]);

const SDK = path.join("@pulumi", "pulumi", path.sep);
const load = Module._load;

/** A value that is loaded by whatever is first done with it. `known` answers for some of its properties without it. */
function lazily(loadValue, known = {}) {
  let loaded;
  const value = () => (loaded ??= { value: loadValue() }).value;
  const forwarding = {
    get: (_target, property) => (Object.hasOwn(known, property) ? known[property](value) : value()[property]),
  };
  for (const trap of Object.getOwnPropertyNames(Reflect).filter((name) => name !== "get")) {
    forwarding[trap] = (_target, ...args) => Reflect[trap](value(), ...args);
  }
  // Configurable and without properties of its own, so that every trap may answer for the value.
  return new Proxy(function () {}, forwarding);
}

/**
 * Interoperability helpers copy every property of a module that is no ES module. These packages export themselves by
 * name too, so that nothing is lost where they pass for one.
 */
const AS_ES_MODULE = { __esModule: () => true, default: (module) => module() };

/** The SDK asks for the compiler's version at its start. */
const AS_COMPILER = (file) => ({ ...AS_ES_MODULE, version: (module) => versionOf(file) ?? module().version });

function versionOf(file) {
  const { name, version } = require(path.join(path.dirname(file), "..", "package.json"));
  return name === "typescript" ? version : undefined;
}

/** A module of which each part is loaded when that part is first used. */
function inParts(loadModule) {
  return new Proxy({}, { get: (_target, part) => lazily(() => loadModule()[part]) });
}

if (typeof load === "function" && typeof Module._resolveFilename === "function") {
  Module._load = function (request, parent, isMain) {
    const loadNow = () => load.call(this, request, parent, isMain);
    const parts = LAZY_IN_PARTS.has(request);
    if ((!parts && !LAZY.has(request)) || parent?.filename?.includes(SDK) !== true) {
      return loadNow();
    }
    // The SDK goes on without a package that is not installed: it is told at once.
    const file = Module._resolveFilename(request, parent, isMain);
    if (parts) {
      return inParts(loadNow);
    }
    return lazily(loadNow, request === "typescript" ? AS_COMPILER(file) : AS_ES_MODULE);
  };
}
