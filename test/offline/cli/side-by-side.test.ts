import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { sideBySide } from "@bastionless/offline/cli/side-by-side.ts";

describe("work side by side", () => {
  it("is done once on every item, in the order of the items, never on more at a time than allowed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (turns, atOnce) => {
          let running = 0;
          let most = 0;
          const done = await sideBySide([...turns.entries()], atOnce, async ([index, wait]) => {
            running += 1;
            most = Math.max(most, running);
            for (let turn = 0; turn <= wait; turn += 1) {
              // oxlint-disable-next-line no-await-in-loop -- items of different lengths are what is tried
              await nextTurn();
            }
            running -= 1;
            return index;
          });
          assert.deepEqual(
            done,
            turns.map((_, index) => index),
          );
          assert.equal(most, Math.min(atOnce, turns.length));
        },
      ),
    );
  });

  it("rejects with what goes wrong, and begins nothing after that", async () => {
    const begun: number[] = [];
    const work = sideBySide([0, 1, 2, 3], 2, async (item) => {
      begun.push(item);
      await nextTurn();
      if (item === 0) {
        throw new Error("the first");
      }
    });
    await assert.rejects(work, /the first/);
    await nextTurn();
    await nextTurn();
    assert.deepEqual(begun, [0, 1]);
  });
});
