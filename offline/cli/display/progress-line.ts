import type { Progress } from "../../engine/index.ts";
import { plural } from "./policies.ts";

export interface ProgressDisplay {
  update(stack: string, progress: Progress): void;
  ended(stack: string, seconds: number): void;
  /** Takes away what would stand between the program's own output and the result. */
  clear(): void;
}

/** Of more environments than these, only those that run are shown, and how many are done. */
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
    const few = all.length <= SHOWN_AT_ONCE;
    const parts = [
      ...(few ? [] : [`${done} of ${all.length} done`]),
      ...all
        .filter(([, { state }]) => few || state === "running")
        .map(([stack, { resources, step }]) => `${stack}: ${resources} ${step}`),
    ];
    stream.write(`\r\u001B[2K${parts.join("  ·  ").slice(0, Math.max(10, stream.columns - 1))}`);
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
