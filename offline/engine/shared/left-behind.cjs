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

/** What a function that nobody added to has. */
const OF_EVERY_FUNCTION = new Set(["length", "name"]);

/** By which gRPC names its timers in its log. */
const COUNTER = "nextId";

const INSTALLED = `${path.sep}node_modules${path.sep}`;

/** Generated classes of messages, as many as all else together; a program that imports them is noticed by that. */
const GENERATED = /[\\/]proto[\\/]|[\\/]google-protobuf[\\/]/u;

const objects = new Map();
let watching = false;
let settings = "";
let noted;

/**
 * Remembers an object as it is, and what hangs on it: `depth` levels of plain objects, classes with their prototypes, and the
 * functions of all of these. Methods are known by what holds them.
 */
function know(object, name, depth) {
  const isFunction = typeof object === "function";
  if (
    (!isFunction && (typeof object !== "object" || object === null)) ||
    isProxy(object) ||
    objects.has(object)
  ) {
    return;
  }
  const all = Reflect.ownKeys(object);
  const keys = all.filter((key) => isWatched(object, key));
  if (isFunction && depth < 0 && keys.every((key) => OF_EVERY_FUNCTION.has(key))) {
    return;
  }
  const descriptors = keys.map((key) => Reflect.getOwnPropertyDescriptor(object, key));
  const prototype = Object.getPrototypeOf(object);
  // What is passed over may come and go.
  const count = OF_THE_PROGRAM.has(object) ? undefined : all.length;
  const extensible = Object.isExtensible(object);
  objects.set(object, { name, keys, descriptors, count, prototype, extensible });
  know(prototype, `the prototype of ${name}`, -1);
  for (const [index, { value }] of descriptors.entries()) {
    if (typeof value === "function" || keys[index] === "prototype" || (depth > 0 && isPlain(value))) {
      know(value, `${name}.${nameOf(keys[index])}`, depth - 1);
    }
  }
}

function nameOf(key) {
  return typeof key === "symbol" ? key.toString() : key;
}

function isWatched(object, key) {
  return (
    OF_THE_PROGRAM.get(object)?.has(key) !== true &&
    !(typeof object === "function" && (OF_A_CALL.has(key) || key === COUNTER))
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
function changeOf(object, { name, keys, descriptors, count, prototype, extensible }) {
  if (Object.isExtensible(object) !== extensible || Object.getPrototypeOf(object) !== prototype) {
    return name;
  }
  for (const [index, before] of descriptors.entries()) {
    if (!isSame(Reflect.getOwnPropertyDescriptor(object, keys[index]), before)) {
      return `${name}.${nameOf(keys[index])}`;
    }
  }
  const all = Reflect.ownKeys(object);
  if (all.length === count) {
    return undefined;
  }
  const known = new Set(keys);
  const added = all.find((key) => !known.has(key) && isWatched(object, key));
  return added === undefined ? undefined : `${name}.${nameOf(added)}`;
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
  // They are opened when they are first looked at.
  void [process.stdout, process.stderr];
  // Some of Node's global objects are made when they are first looked at, and others with them.
  const globals = Object.getOwnPropertyDescriptors(globalThis);
  know(globalThis, "globalThis", 0);
  for (const [name, { value }] of Object.entries(globals)) {
    if (isWatched(globalThis, name)) {
      know(value, name, 2);
    }
  }
  know(process, "process", 1);
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
    knowModule(module);
  }
}

function knowModule({ filename, exports: exported }) {
  if (filename !== null && !GENERATED.test(filename)) {
    know(exported, filename, 1);
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
      knowModule(this);
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
