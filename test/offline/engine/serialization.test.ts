import assert from "node:assert/strict";
import { finished, run } from "./support/run.ts";

describe("a program that serializes functions", () => {
  for (const plainRunner of [false, true]) {
    it(`gets what the SDK loads for that only when it is used${plainRunner ? ", as from a plain runner" : ""}`, async () => {
      const { refused, ...others } = (await finished(run("serializes", { plainRunner }))).stackOutputs;
      assert.deepEqual(others, { codePaths: true, mentionsOffset: true });
      assert.ok(typeof refused === "string");
      assert.match(refused, /^Error serializing '\(\) => hash\.update.*': index\.ts\(11,36\)$/mu);
    });
  }
});
