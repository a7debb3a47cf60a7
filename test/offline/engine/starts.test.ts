import assert from "node:assert/strict";
import { finished, fixture, run } from "./support/run.ts";

describe("what a program and a pack load at their start", () => {
  it("is nothing that the SDK seldom uses, which is there when it is used", async () => {
    const { stackOutputs } = await finished(run("loads"));
    assert.deepEqual(stackOutputs, {
      inspected: false,
      loaded: [],
      stackName: "organization/project/stack",
      stackTraceLimit: 0,
    });
  });

  it("is what Pulumi's language host has them load, where a plain runner is asked for", async () => {
    const { stackOutputs } = await finished(run("loads", { plainRunner: true }));
    assert.deepEqual(stackOutputs, {
      inspected: true,
      loaded: ["/automation/", "/typescript/", "/arborist/", "/sdk-trace-base/", "/normalize-package-data/"],
      stackName: "organization/project/stack",
      stackTraceLimit: 10,
    });
  });

  it("is no compiler in a pack that needs none, until a file is required that it compiles", async () => {
    const { violations } = await finished(run("bucket", { packs: [{ dir: fixture("late-compiler-pack") }] }));
    assert.deepEqual(
      violations.map(({ message }) => message.split("\n").at(-1)),
      ["before: false, high, after: true"],
    );
  });
});
