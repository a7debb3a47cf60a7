import assert from "node:assert/strict";
import { join } from "node:path";
import { EXAMPLE_CHANGES } from "./support/example-changes.ts";
import { examples } from "./support/examples.ts";
import { describeLifecycle, describeOnRealEngine } from "./support/lifecycle.ts";
import { REPOSITORY } from "./support/paths.ts";

const good = examples().filter(({ bad }) => !bad);

for (const { name, root, stack } of good) {
  const change = EXAMPLE_CHANGES[name];
  describeOnRealEngine(`examples/${name}, on both engines`, () => {
    describeLifecycle({
      root,
      stack,
      packs: [{ dir: join(REPOSITORY, "policies") }],
      clean: true,
      ...(change !== undefined && { change }),
    });
  });
}

describe("the changes of examples", () => {
  it("are one for each example", () => {
    assert.deepEqual(Object.keys(EXAMPLE_CHANGES).toSorted(), good.map(({ name }) => name).toSorted());
  });
});
