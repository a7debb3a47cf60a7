import type { Progress } from "../../engine/index.ts";
import { plural } from "./policies.ts";

export interface ProgressDisplay {
  update(stack: string, progress: Progress): void;
  ended(stack: string, seconds: number): void;
  /** Takes away what would stand between the program's own output and the result. */
  clear(): void;
}

/** Of more environments than these, or than a line holds, only those that run are shown, and how many are done. */
const SHOWN_AT_ONCE = 4;

/** How often a terminal's line is drawn again, in milliseconds. */
const REDRAW_EVERY = 80;

/**
 * Progress of environments that run side by side: one line that renews itself on a terminal, and elsewhere a plain
 * line when an environment has ended.
 */
export function progressDisplay(stacks: readonly string[], stream: NodeJS.WriteStream): ProgressDisplay {
  const counts = new Map(
    stacks.map((stack) => [stack, { resources: 0, step: "starting", state: "waiting" }]),
  );
  let drawn = 0;
  const draw = (now: number): void => {
    if (!stream.isTTY || now - drawn < REDRAW_EVERY) {
      return;
    }
    drawn = now;
    const all = [...counts];
    const done = all.filter(([, { state }]) => state === "done").length;
    const width = Math.max(10, stream.columns - 1);
    const line = (shown: typeof all, ...before: readonly string[]): string =>
      [...before, ...shown.map(([stack, { resources, step }]) => `${stack}: ${resources} ${step}`)].join(
        "  ·  ",
      );
    const whole = line(all);
    const running = all.filter(([, { state }]) => state === "running");
    const shown =
      all.length <= SHOWN_AT_ONCE && whole.length <= width
        ? whole
        : line(running, `${done} of ${all.length} done`).slice(0, width);
    stream.write(`\r\u001B[2K${shown}`);
  };
  return {
    update(stack, progress) {
      const count = counts.get(stack);
      if (count === undefined) {
        return;
      }
      count.state = "running";
      if (progress.kind === "again") {
        count.resources = 0;
        count.step = "starting";
      } else if (progress.kind === "resource") {
        count.resources += 1;
        count.step = "resources";
      } else if (progress.kind === "program-ended") {
        count.step = "resources, policies";
      }
      draw(performance.now());
    },
    ended(stack, seconds) {
      const count = counts.get(stack);
      if (count !== undefined) {
        count.step = "resources, done";
        count.state = "done";
      }
      if (stream.isTTY) {
        draw(performance.now());
      } else {
        stream.write(`${stack}: ${plural(count?.resources ?? 0, "resource")} in ${seconds.toFixed(1)} s\n`);
      }
    },
    clear() {
      if (stream.isTTY) {
        stream.write("\r\u001B[2K");
      }
    },
  };
}
