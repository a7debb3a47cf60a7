import assert from "node:assert/strict";
import { differences, type Aspect, type Graph } from "./graph.ts";

const SHOWN = 40;

/** Fails with the differences, one a line, up to a number that a person can read. */
export function assertSameGraph(real: Graph, offline: Graph, except: readonly Aspect[]): void {
  const found = differences(real, offline, except);
  const shown = found.slice(0, SHOWN);
  const more = found.length > shown.length ? [`… and ${found.length - shown.length} more`] : [];
  assert.ok(
    found.length === 0,
    `the offline engine's graph has ${found.length} differences from the real engine's (expected: real):\n${[...shown, ...more].join("\n")}`,
  );
}
