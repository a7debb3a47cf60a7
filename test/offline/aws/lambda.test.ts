import assert from "node:assert/strict";

import { UNKNOWN } from "../../../offline/protocol/wire.ts";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { changes, check, configured, created, failures, refused } from "./support/simulation.ts";

const FUNCTION = "aws:lambda/function:Function";
const INVOCATION = "aws:lambda/invocation:Invocation";

const lambda = (more: WireMap): readonly string[] => refused(FUNCTION, { ...LEAST[FUNCTION], ...more });
const invocation = (more: WireMap): readonly string[] =>
  refused(INVOCATION, { ...LEAST[INVOCATION], ...more });

describe("a simulated function", () => {
  for (const [inputs, property] of [
    [{ name: "a b" }, "name"],
    [{ name: "n".repeat(65) }, "name"],
    [{ role: "function" }, "role"],
    [{ runtime: "nodejs18.x" }, "runtime"],
    [{ runtime: null }, "code"],
    [{ handler: null }, "code"],
    [{ handler: "index handler" }, "handler"],
    [{ code: null }, ""],
    [{ code: "index.mjs" }, "code"],
    [{ s3Bucket: "b", s3Key: "k" }, "code"],
    [{ memorySize: 127 }, "memorySize"],
    [{ memorySize: 10_241 }, "memorySize"],
    [{ timeout: 0 }, "timeout"],
    [{ timeout: 901 }, "timeout"],
    [{ architectures: ["arm"] }, "architectures[0]"],
    [{ description: "d".repeat(257) }, "description"],
    [{ packageType: "Tar" }, "packageType"],
  ] as const) {
    it(`is refused with ${JSON.stringify(inputs).slice(0, 60)}`, () => {
      assert.ok(lambda(inputs).includes(property), lambda(inputs).join(", "));
    });
  }

  it("is refused a name that another one of the program has", () => {
    const provider = configured();
    const inputs = { ...LEAST[FUNCTION], name: "keeper" };
    assert.deepEqual(check(FUNCTION, inputs, "first", provider).failures, []);
    assert.deepEqual(
      check(FUNCTION, inputs, "second", provider).failures.map(({ property }) => property),
      ["name"],
    );
  });

  it("is changed in place but for its name", () => {
    const least = LEAST[FUNCTION] ?? {};
    assert.deepEqual(changes(FUNCTION, { ...least, timeout: 3 }, { ...least, timeout: 4 }).replaces, []);
    assert.deepEqual(changes(FUNCTION, { ...least, name: "a" }, { ...least, name: "b" }).replaces, ["name"]);
  });
});

describe("a simulated invocation", () => {
  it("is refused what Lambda takes for no event", () => {
    assert.deepEqual(invocation({ input: "{" }), ["input"]);
    assert.deepEqual(invocation({ input: "[]" }), []);
    assert.deepEqual(invocation({ input: "[]", lifecycleScope: "CRUD" }), ["input"]);
    assert.deepEqual(invocation({ input: UNKNOWN, lifecycleScope: "CRUD" }), []);
    assert.deepEqual(invocation({ lifecycleScope: "ALWAYS" }), ["lifecycleScope"]);
    assert.equal(failures(INVOCATION, { functionName: "f" })[0]?.property, "input");
  });

  it("is made anew with another event, and with CRUD changed in place", () => {
    const [one, two] = ['{"a":1}', '{"a":2}'].map((input) => ({ functionName: "f", input }));
    assert.deepEqual(changes(INVOCATION, one ?? {}, two ?? {}).replaces, ["input"]);
    const crud = { lifecycleScope: "CRUD" };
    assert.deepEqual(changes(INVOCATION, { ...one, ...crud }, { ...two, ...crud }), {
      diffs: ["input"],
      replaces: [],
    });
  });

  it("returns nothing where the account has no state, and in a preview nothing that is known", () => {
    const least = LEAST[INVOCATION] ?? {};
    assert.equal(created(INVOCATION, least).outputs["result"], "null");
    assert.equal(created(INVOCATION, least, { preview: true }).outputs["result"], UNKNOWN);
  });
});
