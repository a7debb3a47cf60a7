import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { HangWatch } from "@bastionless/offline/engine/hang-watch.ts";
import type { Activity } from "@bastionless/offline/engine/program-activity.ts";

const LIMIT = 0.2;

/** How often the watch looks while its limit passes. */
const LOOKS = 4;

/** What a watch tells of a program that does `work` while each limit passes, within some limits. */
async function watched(
  work: Activity | undefined,
  options: { readonly awake: boolean; readonly limits: number; readonly loads?: number },
): Promise<string> {
  let look = 0;
  let told = "nothing";
  const watch = new HangWatch(
    LIMIT,
    () => {
      const limits = look / LOOKS;
      look += 1;
      return (
        work && {
          busy: work.busy * limits,
          transfers: work.transfers * limits + Math.min(limits, options.loads ?? 0),
          pages: work.pages * limits,
        }
      );
    },
    (_seconds, hang) => {
      told = `${hang} after ${(look - 1) / LOOKS}`;
    },
  );
  if (options.awake) {
    watch.started();
    watch.ended();
  }
  await sleep(LIMIT * 1000 * (options.limits + 0.5));
  watch.stop();
  return told;
}

const IDLE: Activity = { busy: 0, transfers: 0, pages: 0 };

describe("the watch over a program that asks for nothing", () => {
  it("ends one that waits when the limit has passed, and one that may still be loading after four times that", async () => {
    assert.equal(await watched(IDLE, { awake: true, limits: 2 }), "idle after 1");
    assert.equal(await watched(IDLE, { awake: false, limits: 5 }), "idle after 4");
    assert.equal(await watched(undefined, { awake: true, limits: 2 }), "idle after 1");
  });

  it("ends one that only computes when the limit has passed", async () => {
    assert.equal(await watched({ ...IDLE, busy: LIMIT }, { awake: true, limits: 2 }), "loop after 1");
    assert.equal(await watched({ ...IDLE, busy: LIMIT }, { awake: false, limits: 2 }), "loop after 1");
  });

  it("does not count what one computed while it still loaded", async () => {
    const computing = { ...IDLE, busy: LIMIT };
    assert.equal(await watched(computing, { awake: true, limits: 2, loads: 0.5 }), "loop after 1.5");
  });

  it("gives one that reads, or takes memory, or is not seen to do neither, twice the limit of processor time", async () => {
    for (const slow of [
      { ...IDLE, transfers: 1 },
      { ...IDLE, pages: 1000 },
      { ...IDLE, transfers: Number.NaN },
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- three watches at once would wait for each other's timers
      assert.equal(await watched({ ...slow, busy: LIMIT }, { awake: true, limits: 3 }), "loop after 2");
    }
  });

  it("counts the time that a busy machine gives a program, not the time that passes", async () => {
    const busy = LIMIT / 4;
    assert.equal(await watched({ ...IDLE, busy, transfers: 1 }, { awake: true, limits: 6 }), "nothing");
    assert.equal(await watched({ ...IDLE, busy }, { awake: true, limits: 3 }), "nothing");
    assert.equal(await watched({ ...IDLE, busy }, { awake: true, limits: 6 }), "loop after 3.75");
  });
});
