/**
 * Loaded into the process of a program, so that when the program has ended the process runs further ones, each in Pulumi's
 * own runner, loaded anew. Nothing but the time that loading the SDK takes shall tell such a program from one in a process
 * of its own:
 *
 * - a program has ended when its process would have exited: when nothing is left to be done;
 * - what the runner and the SDK keep of it is forgotten, and where anything else is left behind (`left-behind.cjs`,
 *   `imported-modules.cjs`), the process runs no further program;
 * - of a program that does not end well nothing counts: whoever started it starts it again in a process of its own.
 *
 * Programs come, and what became of them goes, as lines of JSON through the fourth descriptor.
 */
"use strict";

/* oxlint-disable no-underscore-dangle -- Node's own name for what loads a main module */

const { randomUUID } = require("node:crypto");
const { writeSync } = require("node:fs");
const Module = require("node:module");
const { Socket } = require("node:net");
const path = require("node:path");
const { performance } = require("node:perf_hooks");
const { watchImports } = require("./imported-modules.cjs");
const { watchWorld } = require("./left-behind.cjs");

const STDOUT = 1;
const STDERR = 2;
const CONTROL = 3;

/** What of the SDK runs one program, and remembers it. */
const RUNNER = path.join(path.sep, "@pulumi", "pulumi", "cmd", "run", path.sep);

/** How the runner is told the folder of the project. */
const ROOT = "--root-directory=";

/** How often in a row there must have been nothing left to do: the runner uses the first time for itself. */
const QUIET_TIMES = 2;

/** Memory in use, in bytes, after which the process runs no further program. */
const ENOUGH_MEMORY = 768 * 1024 * 1024;

/** The runner's listener for the end, which it adds when nothing is left to do for the first time. */
const LAST_OF_RUNNER = "beforeExitHandler";

const load = Module._load;
const control = new Socket({ fd: CONTROL, readable: true, writable: true });

function listeners() {
  return new Map(process.eventNames().map((name) => [name, process.rawListeners(name)]));
}

function addedSince(before) {
  return [...listeners()].flatMap(([name, all]) =>
    all
      .filter((listener) => before.get(name)?.includes(listener) !== true)
      .map((listener) => ({ name, listener })),
  );
}

/** The state of the SDK's that a program may use up. */
function store() {
  return globalThis.globalStore;
}

function registrations() {
  return (store()?.resourcePackages?.size ?? 0) + (store()?.resourceModules?.size ?? 0);
}

/** Waits until nothing is left to be done. */
class Program {
  #listenersBefore = listeners();
  /** Known when the program's own code is about to run: until then, all is the runner's. */
  #listenersOfRunner;
  #registrations = 0;
  #quietTimes = 0;
  #loops = 0;
  #unfit;

  constructor(args) {
    const folder = args.find((arg) => arg.startsWith(ROOT))?.slice(ROOT.length) ?? "";
    watchImports.begin(folder, () => this.#began());
    process.on("beforeExit", this.#onNothingLeft);
  }

  #began() {
    this.#listenersOfRunner = listeners();
    this.#registrations = registrations();
    watchWorld.begin();
  }

  /** Had this listener done nothing, and nobody else, the process would exit now. */
  #onNothingLeft = () => {
    const { loopCount } = performance.nodeTiming.uvMetricsInfo;
    this.#quietTimes = loopCount - this.#loops <= 1 ? this.#quietTimes + 1 : 0;
    this.#loops = loopCount;
    this.#unfit ??= this.#whyUnfit();
    if (this.#quietTimes >= QUIET_TIMES || this.#unfit !== undefined) {
      this.#end();
    } else {
      setImmediate(() => undefined);
    }
  };

  /** Why it cannot be told here what the program would have done; undefined: it can. */
  #whyUnfit() {
    if (this.#listenersOfRunner === undefined) {
      return "its own code never ran";
    }
    const others = addedSince(this.#listenersOfRunner).filter(
      ({ name, listener }) =>
        name === "beforeExit" && listener !== this.#onNothingLeft && listener.name !== LAST_OF_RUNNER,
    );
    return others.length > 0 ? "it listens for the end of its work" : undefined;
  }

  #end() {
    process.off("beforeExit", this.#onNothingLeft);
    const added = addedSince(this.#listenersBefore);
    for (const { name, listener } of added) {
      if (name === "exit") {
        listener.call(process, process.exitCode ?? 0);
      }
    }
    const code = process.exitCode ?? 0;
    const leaks = store()?.leakCandidates?.size ?? 0;
    const unfit = this.#unfit ?? (leaks > 0 ? "promises were left pending" : undefined);
    const left = this.#leftBehind();
    for (const { name, listener } of added) {
      process.off(name, listener);
    }
    process.exitCode = undefined;
    tell({ code, unfit, left });
  }

  /** What the next program could notice; undefined: nothing. */
  #leftBehind() {
    const added = addedSince(this.#listenersOfRunner ?? this.#listenersBefore).filter(
      // Of those for its exit, each has heard of it.
      ({ name, listener }) => name !== "exit" && listener.name !== LAST_OF_RUNNER,
    );
    if (added.length > 0) {
      return `a listener for \`${String(added[0].name)}\``;
    }
    if (registrations() !== this.#registrations) {
      return "classes that resources of a type are made of";
    }
    if (process.memoryUsage.rss() > ENOUGH_MEMORY) {
      return "much memory in use";
    }
    return watchImports.foreign() ?? watchWorld.difference();
  }
}

/** What was printed before the mark was printed by the program. */
function tell(end) {
  const mark = randomUUID();
  for (const descriptor of [STDOUT, STDERR]) {
    let rest = Buffer.from(mark);
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(descriptor, rest));
      } catch (error) {
        if (error.code !== "EAGAIN") {
          throw error;
        }
      }
    }
  }
  control.ref();
  control.write(`${JSON.stringify({ ...end, mark })}\n`);
}

/** It ends by itself. */
function begin(args) {
  return new Program(args);
}

/** Runs a program as a process of its own would that is started with these arguments, there and in that environment. */
function run({ args, cwd, env }) {
  control.unref();
  process.chdir(cwd);
  for (const name of Object.keys(process.env).filter((key) => !Object.hasOwn(env, key))) {
    delete process.env[name];
  }
  Object.assign(process.env, env);
  process.argv = [process.execPath, ...args];
  const [runner] = args;
  for (const file of Object.keys(require.cache).filter((name) => name.includes(RUNNER))) {
    delete require.cache[file];
  }
  delete globalThis.globalStore;
  delete globalThis.stackResource;
  begin(args);
  load.call(Module, require.resolve(runner), null, true);
}

let rest = "";
control.setEncoding("utf8");
control.on("data", (text) => {
  const lines = (rest + text).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    run(JSON.parse(line));
  }
});
control.on("end", () => process.exit());
control.unref();
begin(process.argv.slice(1));
