import assert from "node:assert/strict";
import { finished, fixture, run } from "./support/run.ts";

describe("what a program and a pack do at their start", () => {
  it("is not to load what the SDK seldom uses, which is there when it is used, nor to send what nobody is shown", async () => {
    const { stackOutputs } = await finished(run("loads"));
    assert.deepEqual(stackOutputs, {
      inspected: false,
      loaded: [],
      stackName: "organization/project/stack",
      stackTraceLimit: 0,
      told: ["shown"],
    });
  });

  it("is what they do under Pulumi's language host, where a plain runner is asked for", async () => {
    const { stackOutputs } = await finished(run("loads", { plainRunner: true }));
    assert.deepEqual(stackOutputs, {
      inspected: true,
      loaded: ["/automation/", "/typescript/", "/arborist/", "/sdk-trace-base/", "/normalize-package-data/"],
      stackName: "organization/project/stack",
      stackTraceLimit: 10,
      told: ["hidden", "shown"],
    });
  });

  it("is to load no compiler in a pack that needs none, until a file is required that it compiles", async () => {
    const { violations } = await finished(run("bucket", { packs: [{ dir: fixture("late-compiler-pack") }] }));
    assert.deepEqual(
      violations.map(({ message }) => message.split("\n").at(-1)),
      ["before: false, high, after: true"],
    );
  });
});
