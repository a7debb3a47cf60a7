import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { HangWatch } from "@bastionless/offline/engine/hang-watch.ts";
import type { Activity } from "@bastionless/offline/engine/program-activity.ts";

const LIMIT = 0.1;

/** What a watch tells of a program that does `work` in every turn of the limit, within some turns. */
async function watched(
  work: Activity | undefined,
  options: { readonly awake: boolean; readonly turns: number },
): Promise<string> {
  let turn = 0;
  let told = "nothing";
  const watch = new HangWatch(
    LIMIT,
    () => {
      const activity = work && {
        busy: work.busy * turn,
        transfers: work.transfers * turn,
        pages: work.pages * turn,
      };
      turn += 1;
      return activity;
    },
    (seconds, hang) => {
      told = `${hang} after ${Math.round(seconds / LIMIT)}`;
    },
  );
  if (options.awake) {
    watch.started();
    watch.ended();
  }
  await sleep(LIMIT * 1000 * (options.turns + 0.5));
  watch.stop();
  return told;
}

const IDLE: Activity = { busy: 0, transfers: 0, pages: 0 };

describe("the watch over a program that asks for nothing", () => {
  it("ends one that waits when the limit has passed, and one that may still be loading after four times that", async () => {
    assert.equal(await watched(IDLE, { awake: true, turns: 2 }), "idle after 1");
    assert.equal(await watched(IDLE, { awake: false, turns: 5 }), "idle after 4");
    assert.equal(await watched(undefined, { awake: true, turns: 2 }), "idle after 1");
  });

  it("ends one that only computes when the limit has passed", async () => {
    assert.equal(await watched({ ...IDLE, busy: LIMIT }, { awake: true, turns: 2 }), "loop after 1");
    assert.equal(await watched({ ...IDLE, busy: LIMIT }, { awake: false, turns: 2 }), "loop after 1");
  });

  it("gives one that reads, or takes memory, or is not seen to do neither, twice the limit of processor time", async () => {
    for (const slow of [
      { ...IDLE, transfers: 1 },
      { ...IDLE, pages: 1000 },
      { ...IDLE, transfers: Number.NaN },
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- three watches at once would wait for each other's timers
      assert.equal(await watched({ ...slow, busy: LIMIT }, { awake: true, turns: 3 }), "loop after 2");
    }
  });

  it("counts the time that a busy machine gives a program, not the time that passes", async () => {
    const busy = LIMIT / 5;
    assert.equal(await watched({ ...IDLE, busy, transfers: 1 }, { awake: true, turns: 6 }), "nothing");
    assert.equal(await watched({ ...IDLE, busy }, { awake: true, turns: 4 }), "nothing");
    assert.equal(await watched({ ...IDLE, busy }, { awake: true, turns: 6 }), "loop after 5");
  });
});
