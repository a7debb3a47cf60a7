import assert from "node:assert/strict";
import { finished, run } from "./support/run.ts";

describe("a program that serializes functions", () => {
  for (const plainRunner of [false, true]) {
    it(`gets what the SDK loads for that only when it is used${plainRunner ? ", as from a plain runner" : ""}`, async () => {
      const { stackOutputs } = await finished(run("serializes", { plainRunner }));
      assert.deepEqual(stackOutputs, { codePaths: true, mentionsOffset: true });
    });
  }
});
