/**
 * Notices what a program changes of the world that the next one in the same process would find: properties of the language's
 * and of Node's own objects, of the modules that are loaded and of their classes, what the process is set to, and what goes on
 * without keeping the process running.
 */
"use strict";

const Module = require("node:module");
const { isProxy } = require("node:util/types");
const path = require("node:path");

/** What belongs to the program that runs, and is set anew for each; and `proto`, to which every message of a protocol adds. */
const OF_THE_PROGRAM = new Map([
  [globalThis, new Set(["asyncLocalStorage", "globalStore", "proto", "stackResource"])],
  [Module, new Set(["_cache", "_pathCache"])],
  // oxlint-disable-next-line typescript/unbound-method -- it is looked at, not called
  [Module.prototype.require, new Set(["main"])],
  [process, new Set(["_events", "_eventsCount", "argv", "env", "mainModule"])],
]);

/** Handles of the event loop that only a program opens. */
const HANDLES = new Set(["fs_event", "fs_poll", "pipe", "process", "tty", "udp"]);

/** Of functions in sloppy mode: what they are being called with, and by whom. */
const OF_A_CALL = new Set(["arguments", "caller"]);

/** By which gRPC names its timers in its log. */
const COUNTER = "nextId";

const INSTALLED = `${path.sep}node_modules${path.sep}`;
const objects = new Map();
let watching = false;
let settings = "";
let noted;

/** Remembers an object as it is, and what hangs on it: `depth` levels of plain objects, and classes with their prototypes. */
function know(object, name, depth) {
  const isFunction = typeof object === "function";
  if (
    (!isFunction && (typeof object !== "object" || object === null)) ||
    isProxy(object) ||
    objects.has(object)
  ) {
    return;
  }
  const descriptors = keysOf(object).map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key)]);
  const prototype = Object.getPrototypeOf(object);
  objects.set(object, { name, descriptors, prototype, extensible: Object.isExtensible(object) });
  know(prototype, `the prototype of ${name}`, 0);
  for (const [key, { value }] of descriptors) {
    if (typeof value === "function" || key === "prototype" || (depth > 0 && isPlain(value))) {
      know(value, `${name}.${nameOf(key)}`, depth - 1);
    }
  }
}

function nameOf(key) {
  return typeof key === "symbol" ? key.toString() : key;
}

function keysOf(object) {
  const keys = Reflect.ownKeys(object);
  const own = OF_THE_PROGRAM.get(object);
  const isFunction = typeof object === "function";
  return own === undefined && !isFunction
    ? keys
    : keys.filter(
        (key) => own?.has(key) !== true && !(isFunction && (OF_A_CALL.has(key) || key === COUNTER)),
      );
}

function isPlain(value) {
  return (
    typeof value === "object" &&
    value !== null &&
    !isProxy(value) &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value))
  );
}

/** The name of what is not as it was of an object; undefined: all is. */
function changeOf(object, { name, descriptors, prototype, extensible }) {
  if (Object.isExtensible(object) !== extensible || Object.getPrototypeOf(object) !== prototype) {
    return name;
  }
  const keys = keysOf(object);
  const changed =
    descriptors.find(
      ([key, before]) => !isSame(Reflect.getOwnPropertyDescriptor(object, key), before),
    )?.[0] ??
    (keys.length > descriptors.length
      ? keys.find((key) => !descriptors.some(([known]) => known === key))
      : undefined);
  return changed === undefined ? undefined : `${name}.${nameOf(changed)}`;
}

function isSame(now, before) {
  return (
    now !== undefined &&
    Object.is(now.value, before.value) &&
    now.get === before.get &&
    now.set === before.set &&
    now.writable === before.writable
  );
}

function knowEverything() {
  // Some of Node's global objects are made when they are first looked at, and others with them.
  Object.getOwnPropertyDescriptors(globalThis);
  know(globalThis, "globalThis", 2);
  const hidden = [
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ""[Symbol.iterator](),
    "".matchAll(/x/gu),
    (function* () {})(),
    (async function* () {})(),
    async () => undefined,
  ];
  for (const object of hidden) {
    know(Object.getPrototypeOf(object), "an object of the language's", 0);
  }
  const loaded = new Set(process.moduleLoadList);
  for (const name of Module.builtinModules.filter((id) => loaded.has(`NativeModule ${id}`))) {
    know(process.getBuiltinModule(name), name, 2);
  }
  for (const module of Object.values(require.cache)) {
    know(module.exports, module.id, 1);
  }
}

/** What a process is set to, beyond what its objects show. */
function readSettings() {
  return JSON.stringify([
    process.umask(),
    process.title,
    process.hasUncaughtExceptionCaptureCallback(),
    handles(),
  ]);
}

function handles() {
  process.report.excludeNetwork = true;
  return process.report
    .getReport()
    .libuv.map(({ type }) => type)
    .filter((type) => HANDLES.has(type))
    .toSorted();
}

/** Whether a function that replaces one of Node's was called by a program's file, not by a package. */
function calledByProgram(replacement) {
  // oxlint-disable-next-line typescript/unbound-method -- Node.js, too, calls it as a function
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = (_error, frames) => frames;
  Error.stackTraceLimit = 1;
  const trace = {};
  Error.captureStackTrace(trace, replacement);
  const [frame] = trace.stack;
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  const file = frame?.getFileName() ?? "";
  return !file.includes(INSTALLED) && !file.startsWith("node:");
}

/** Notes that a program does what shows in no object. */
function noteCalls(owner, name, what) {
  const original = owner[name];
  const descriptor = Reflect.getOwnPropertyDescriptor(owner, name);
  const noting = {
    [name](...args) {
      if (watching && calledByProgram(noting)) {
        noted ??= what;
      }
      return Reflect.apply(original, this, args);
    },
  }[name];
  Object.defineProperty(owner, name, { ...descriptor, value: noting });
}

const timeout = setTimeout(() => undefined, 0);
const immediate = setImmediate(() => undefined);
noteCalls(Object.getPrototypeOf(timeout), "unref", "a timer");
noteCalls(Object.getPrototypeOf(immediate), "unref", "a timer");
noteCalls(AbortSignal, "timeout", "a timer");
noteCalls(process, "getBuiltinModule", "a module of Node.js, got by its name");
clearTimeout(timeout);
clearImmediate(immediate);

const load = Module.prototype.load;
if (typeof load === "function") {
  Module.prototype.load = function (filename) {
    const result = load.call(this, filename);
    if (watching && filename.includes(INSTALLED)) {
      know(this.exports, filename, 1);
    }
    return result;
  };
}

exports.watchWorld = {
  /** From here on, changes are the program's. */
  begin() {
    if (objects.size === 0) {
      knowEverything();
    }
    noted = undefined;
    settings = readSettings();
    watching = true;
  },
  /** Knows a module of a package that keeps nothing, before the program can change it. */
  know(file) {
    if (watching && require.cache[file] === undefined) {
      try {
        know(require(file), file, 1);
      } catch {
        // Whoever imports it hears what is wrong with it.
        noted ??= `\`${file}\`, which cannot be looked at`;
      }
    }
  },
  /** What is not as it was; undefined: all is. */
  difference() {
    watching = false;
    if (noted !== undefined) {
      return noted;
    }
    if (readSettings() !== settings) {
      return "settings of the process";
    }
    for (const [object, before] of objects) {
      const change = changeOf(object, before);
      if (change !== undefined) {
        return change;
      }
    }
    return undefined;
  },
};
