import assert from "node:assert/strict";
import type { Outcome } from "@bastionless/offline/engine/index.ts";
import fc from "fast-check";
import { processOf, type Programs, SmallPrograms, told } from "./support/small-programs.ts";

const THING = `
import * as pulumi from "@pulumi/pulumi";
class Thing extends pulumi.CustomResource {
  constructor(name, label) { super("cloud:index:Thing", name, { label }); }
}
export const pid = process.pid;
`;

/** Registers a thing and tells all that it can see of the process. */
const WITNESS = `
import { readFileSync } from "node:fs";
${THING}
new Thing("seen", new pulumi.Config().require("told"));
export const stack = pulumi.getStack();
export const project = pulumi.getProject();
export const folder = process.cwd();
export const argv = process.argv;
export const execArgv = process.execArgv.filter((arg) => !arg.includes("programs-in-turn"));
export const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/MONITOR|ENGINE/.test(name)),
);
export const globals = Reflect.ownKeys(globalThis).map(String).filter((name) => !name.includes("undici")).sort();
export const inArrays = Object.keys(Object.assign([], Array.prototype));
export const patched = [Array.prototype.surprise, pulumi.Config.prototype.surprise, readFileSync.surprise, console.surprise];
export const limit = Error.stackTraceLimit;
export const umask = process.umask();
export const title = process.title;
export const listens = ["SIGUSR2", "exit", "warning"].map((name) => process.listenerCount(name) > 3);
export const isMain = process.mainModule?.filename;
console.log("seen by the witness");
`;

const COUNTS = `import { next } from "../common/index.js"; ${THING} export const count = next();`;

/** Programs after which another may run in the same process. */
const WELL_BEHAVED: Programs = {
  plain: `${THING} new Thing("one", "a"); export const answer = 42;`,
  late: `${THING} setTimeout(() => new Thing("late", "b"), 30); export default async () => ({ pid: process.pid, late: await new Promise((done) => setTimeout(done, 60, "yes")) });`.replace(
    "export const pid = process.pid;",
    "",
  ),
  prints: `${THING} console.log("out"); console.error("err"); process.stdout.write("no newline");`,
  moves: `${THING} process.chdir("/"); process.env.SURPRISE = "1"; delete process.env.PATH; process.argv.push("more");`,
  lastWords: `${THING} process.on("exit", () => console.log("last words"));`,
  files: { "index.js": `export * from "./other.js";`, "other.js": `${THING} new Thing("other", "c");` },
  transforms: `${THING} pulumi.runtime.registerStackTransformation(({ props, opts }) => ({ props: { ...props, label: "changed" }, opts })); new Thing("changed", "d");`,
};

/** Programs that leave something behind; what they do ends well all the same. */
const UNTIDY: Programs = {
  global: `${THING} globalThis.surprise = 1;`,
  arrays: `${THING} Array.prototype.surprise = 1;`,
  sdk: `${THING} pulumi.Config.prototype.surprise = 1;`,
  method: `${THING} const own = pulumi.Config.prototype.get; pulumi.Config.prototype.get = function (...args) { return own.apply(this, args)?.toUpperCase(); };`,
  console: `${THING} console.surprise = 1;`,
  node: `import fs from "node:fs"; ${THING} fs.readFileSync.surprise = 1;`,
  frozen: `${THING} Object.freeze(Array.prototype);`,
  disguised: `${THING} const { log } = console; Object.defineProperty(console, "log", { get: () => log });`,
  limit: `${THING} Error.stackTraceLimit = 77;`,
  umask: `${THING} process.umask(0o077);`,
  title: `${THING} process.title = "surprise";`,
  listens: `${THING} process.on("SIGUSR2", () => undefined);`,
  ticks: `${THING} setInterval(() => { globalThis.stray = 1; }, 20).unref();`,
  aborts: `${THING} AbortSignal.timeout(20).onabort = () => { globalThis.stray = 1; };`,
  watches: `import { watch } from "node:fs"; ${THING} watch("/", { persistent: false }, () => undefined);`,
  serves: `import { createServer } from "node:net"; ${THING} createServer().listen(0).unref();`,
  gets: `${THING} process.getBuiltinModule("node:dns").setServers(["127.0.0.1"]);`,
  imports: `import semver from "semver"; ${THING} semver.surprise = 1;`,
};

/** Programs that end otherwise than by having nothing left to do. */
const UNRULY: Programs = {
  exits: `${THING} process.exit(0);`,
  code: `${THING} process.exitCode = 3;`,
  throws: `${THING} throw new Error("on purpose");`,
  later: `${THING} setTimeout(() => { throw new Error("later, on purpose"); }, 20);`,
  rejects: `${THING} Promise.reject(new Error("nobody catches it"));`,
  waits: `${THING} await new Promise(() => undefined);`,
  leaks: `${THING} new Thing("never", new Promise(() => undefined));`,
  twice: `${THING} new Thing("same", "a"); new Thing("same", "b");`,
  last: `${THING} let asked = 0; process.on("beforeExit", () => { asked += 1; if (asked === 1) { setTimeout(() => console.log("asked", asked), 5); } });`,
  broken: `import "./nowhere.js";`,
};

describe("programs that take turns in a process", function () {
  this.timeout(120_000);
  const all = {
    ...WELL_BEHAVED,
    ...UNTIDY,
    ...UNRULY,
    witness: WITNESS,
    second: WITNESS,
    common: "let count = 0; export const next = () => (count += 1);",
    counts: COUNTS,
    countsToo: COUNTS,
    hangs: `${THING} setInterval(() => undefined, 1000);`,
  };
  let programs: SmallPrograms;
  const alone = new Map<string, unknown>();
  const toldAlone = async (name: string): Promise<unknown> => {
    if (!alone.has(name)) {
      alone.set(name, told(await programs.alone(name)));
    }
    return alone.get(name);
  };

  before(() => {
    programs = new SmallPrograms(all);
  });
  after(() => programs.remove());

  it("run in one process where each leaves nothing behind, and tell the same as in one of their own", async () => {
    const names = [...Object.keys(WELL_BEHAVED), "witness", "second"];
    const outcomes = await programs.together(names);
    for (const [index, outcome] of outcomes.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- at a time, they would only wait for each other
      assert.deepEqual(told(outcome), await toldAlone(names[index] ?? ""), names[index]);
      assert.equal(outcome.kind, "finished", names[index]);
    }
    const known = outcomes.map(processOf).filter((pid) => pid !== undefined);
    assert.equal(known.length, names.length);
    assert.deepEqual([...new Set(known)], [known[0]]);
  });

  for (const name of Object.keys(UNTIDY)) {
    it(`are not seen by the next one: \`${name}\``, async () => {
      const [outcome, witness] = await programs.together([name, "witness"]);
      assert.ok(outcome !== undefined && witness !== undefined);
      assert.deepEqual(told(outcome), await toldAlone(name));
      assert.deepEqual(told(witness), await toldAlone("witness"));
      assert.notEqual(processOf(witness), processOf(outcome));
    });
  }

  for (const name of Object.keys(UNRULY)) {
    it(`end as in a process of their own, and harm nobody: \`${name}\``, async () => {
      const [before, outcome, witness] = await programs.together(["second", name, "witness"]);
      assert.ok(before !== undefined && outcome !== undefined && witness !== undefined);
      assert.deepEqual(told(before), await toldAlone("second"));
      assert.deepEqual(told(outcome), await toldAlone(name));
      assert.deepEqual(told(witness), await toldAlone("witness"));
    });
  }

  it("that never end are told as in a process of their own, and keep nobody waiting for ever", async () => {
    const [outcome, witness] = await programs.together(["hangs", "witness"], { hangSeconds: 2 });
    assert.ok(outcome !== undefined && witness !== undefined);
    // How long it took is a measure of the machine, too.
    const timeless = (hung: Outcome): string => {
      const text = JSON.stringify(told(hung));
      assert.match(text, /"kind":"program-hang".*"seconds":[2-8]\b/);
      return text.replaceAll(/(?<="seconds":|nothing of the engine for )\d+/g, "N");
    };
    assert.equal(timeless(outcome), timeless(await programs.alone("hangs", { hangSeconds: 2 })));
    assert.deepEqual(told(witness), await toldAlone("witness"));
  });

  it("find nothing in a module that both import and that keeps something", async () => {
    const outcomes = await programs.together(["counts", "countsToo"]);
    assert.deepEqual(
      outcomes.map(({ stackOutputs }) => stackOutputs["count"]),
      [1, 1],
    );
  });

  it("never run twice from one folder: modules are there only once", async () => {
    const outcomes = await programs.together(["plain", "second", "plain", "second"]);
    assert.ok(outcomes.every(({ kind }) => kind === "finished"));
    const [one, , two] = outcomes.map(processOf);
    assert.notEqual(one, two);
    const three = await programs.together(["plain", "plain", "plain"]);
    assert.equal(new Set(three.map(processOf)).size, 3);
  });

  it("tell the same in any order and in any number of processes", async () => {
    const names = Object.keys({ ...WELL_BEHAVED, ...UNTIDY, ...UNRULY, witness: WITNESS });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...names), { minLength: 3, maxLength: 6 }),
        fc.integer({ min: 1, max: 2 }),
        async (order, atOnce) => {
          const outcomes = await programs.together(order, {}, atOnce);
          for (const [index, outcome] of outcomes.entries()) {
            // oxlint-disable-next-line no-await-in-loop -- at a time, they would only wait for each other
            assert.deepEqual(told(outcome), await toldAlone(order[index] ?? ""), order[index]);
          }
        },
      ),
      { numRuns: 3 },
    );
  });
});
