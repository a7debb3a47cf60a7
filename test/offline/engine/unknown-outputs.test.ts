import assert from "node:assert/strict";
import { UNKNOWN } from "@bastionless/offline/protocol/wire.ts";
import { byName, failed, finished, run } from "./support/run.ts";

describe("a resource type that nobody simulates", () => {
  for (const mode of ["resolved", "preview"] as const) {
    it(`keeps its inputs, and everything else of it is unknown, in a ${mode} run`, async () => {
      const outcome = await finished(run("unmodelled", { mode, strict: false }));
      const pet = byName(outcome, "unknown-package");
      assert.deepEqual(pet.inputs, { size: 3 });
      assert.deepEqual(pet.outputs, { size: 3 });
      const thing = byName(outcome, "thing");
      assert.equal(thing.inputs["size"], 3);
      assert.equal(thing.inputs["label"], UNKNOWN);
      assert.deepEqual(outcome.stackOutputs, { color: UNKNOWN, painted: UNKNOWN, label: UNKNOWN });
    });
  }

  it("gets an id in a resolved run, and is named", async () => {
    const outcome = await finished(run("unmodelled", { strict: false }));
    assert.match(byName(outcome, "unknown-package").id ?? "", /^unknown-package-[0-9a-f]{7}$/u);
    assert.deepEqual(outcome.unknownTypes, [
      { type: "cloud:index:Strange", urns: [byName(outcome, "known-package").urn] },
      { type: "random:index/pet:Pet", urns: [byName(outcome, "unknown-package").urn] },
    ]);
  });

  it("is an error where the run is strict", async () => {
    const outcome = await failed(run("unmodelled"));
    assert.deepEqual(
      outcome.problems.map((problem) => problem.kind === "unknown-type" && problem.type),
      ["cloud:index:Strange", "random:index/pet:Pet"],
    );
  });
});
