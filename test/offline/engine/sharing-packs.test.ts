import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome, PackRequest } from "@bastionless/offline/engine/index.ts";
import { type Programs, SmallPrograms, told } from "./support/small-programs.ts";

const THING = `
import * as pulumi from "@pulumi/pulumi";
class Thing extends pulumi.CustomResource {
  constructor(name, label) { super("cloud:index:Thing", name, { label }); }
}
`;

const PROGRAMS: Programs = {
  one: `${THING} new Thing("first", "a");`,
  two: `${THING} new Thing("first", "b"); new Thing("second", "c");`,
  three: `${THING} new Thing("third", "d");`,
  bad: `${THING} new Thing("harmful", "harm"); new Thing("after", "e");`,
  slow: `${THING} new Thing("slow", "wait"); new Thing("next", "f");`,
};

/** Says which process it is, and what each thing and stack is; of a harmful label it ends, and it waits where it is told to. */
const PACK = `
import { PolicyPack } from "@pulumi/policy";
new PolicyPack("counting", { policies: [
  { name: "things", description: "Things.", enforcementLevel: "advisory",
    configSchema: { properties: { word: { type: "string", default: "none" } } },
    validateResource: async ({ type, props, getConfig }, report) => {
      if (type === "cloud:index:Thing") {
        if (props.label === "harm") process.exit(9);
        if (props.label === "wait") await new Promise((done) => setTimeout(done, 200));
        if (props.label === "d" && SPEAKS) console.log("the pack speaks");
        report(props.label + " with " + getConfig().word + " in " + process.pid);
      }
    } },
  { name: "stack", description: "The stack.", enforcementLevel: "advisory",
    validateStack: ({ resources }, report) => report(String(resources.length)) },
] });
`;

function pack(folder: string, name: string, manifest: object, speaks = false): PackRequest {
  const dir = join(folder, name);
  mkdirSync(dir);
  writeFileSync(
    join(dir, "PulumiPolicy.yaml"),
    "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  writeFileSync(
    join(dir, "package.json"),
    JSON.stringify({ name, version: "1.0.0", type: "module", main: "index.js", ...manifest }),
  );
  writeFileSync(join(dir, "index.js"), PACK.replace("SPEAKS", String(speaks)));
  return { dir };
}

const MANY = { bastionless: { servesManyStacks: true } };

/** The processes of the pack that an outcome tells of. */
function processesOf(outcomes: readonly Outcome[]): readonly string[] {
  const pids = outcomes.flatMap(({ violations }) =>
    violations.flatMap(({ message }) => /in (\d+)$/u.exec(message)?.[1] ?? []),
  );
  return [...new Set(pids)];
}

function toldOfAll(outcome: Outcome | undefined): unknown {
  assert.ok(outcome !== undefined);
  return JSON.parse(JSON.stringify(told(outcome)).replaceAll(/ in \d+"/gu, ' in a process"'));
}

describe("a policy pack and several stacks", function () {
  this.timeout(120_000);
  let programs: SmallPrograms;
  let many: PackRequest;
  let single: PackRequest;
  let speaking: PackRequest;
  before(() => {
    programs = new SmallPrograms(PROGRAMS);
    many = pack(programs.folder, "many", MANY);
    single = pack(programs.folder, "single", {});
    speaking = pack(programs.folder, "speaking", MANY, true);
  });
  after(() => programs.remove());

  async function assertAsAlone(
    names: readonly string[],
    outcomes: readonly Outcome[],
    packs: readonly PackRequest[],
  ): Promise<void> {
    for (const [index, name] of names.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- at a time, they would only wait for each other
      assert.deepEqual(toldOfAll(outcomes[index]), toldOfAll(await programs.alone(name, { packs })), name);
    }
  }

  it("that it says it serves run in one process of it, and are told the same as alone", async () => {
    const names = ["one", "slow", "two", "three"];
    const outcomes = await programs.together(names, { packs: [many] });
    assert.equal(processesOf(outcomes).length, 1);
    await assertAsAlone(names, outcomes, [many]);
  });

  it("have processes of their own where it does not say so", async () => {
    const names = ["one", "two"];
    const outcomes = await programs.together(names, { packs: [single] });
    assert.equal(processesOf(outcomes).length, 2);
    await assertAsAlone(names, outcomes, [single]);
  });

  it("are not all lost where it fails for one of them", async () => {
    const names = ["one", "bad", "two", "three"];
    const outcomes = await programs.together(names, { packs: [many] });
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ["finished", "failed", "finished", "finished"],
    );
    await assertAsAlone(["one"], outcomes, [many]);
    await assertAsAlone(["two", "three"], outcomes.slice(2), [many]);
    const [problem] = outcomes[1]?.kind === "failed" ? outcomes[1].problems : [];
    assert.equal(problem?.kind, "pack");
  });

  it("hear what it prints for them, though it says it prints nothing", async () => {
    const names = ["one", "three", "two"];
    const outcomes = await programs.together(names, { packs: [speaking] });
    assert.deepEqual(
      outcomes.map(({ diagnostics }) => diagnostics.map(({ message }) => message)),
      [[], ["the pack speaks"], []],
    );
    await assertAsAlone(names, outcomes, [speaking]);
  });

  it("have each the configuration that was asked for it", async () => {
    const shared = await programs.together(["one", "two"], {
      packs: [{ ...many, config: { things: { word: "said" } } }],
    });
    assert.ok(
      shared.every(({ violations }) => violations.some(({ message }) => message.includes("with said"))),
    );
    const plain = await programs.together(["one"], { packs: [many] });
    assert.ok(
      plain.every(({ violations }) => violations.some(({ message }) => message.includes("with none"))),
    );
  });

  it("of one name are never served at a time by one process", async () => {
    const twin = join(programs.folder, "twin");
    cpSync(join(programs.folder, "slow"), twin, { recursive: true });
    const outcomes = await programs.together(["slow", "twin"], {
      packs: [many],
      project: { name: "same", root: twin, runtimeOptions: { typescript: false } },
    });
    assert.ok(outcomes.every(({ kind }) => kind === "finished"));
    assert.deepEqual(toldOfAll(outcomes[0]), toldOfAll(outcomes[1]));
  });
});
