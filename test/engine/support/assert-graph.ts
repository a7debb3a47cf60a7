import assert from "node:assert/strict";
import { differences, type Aspect, type Graph } from "./graph.ts";

/** Fails with every difference, one a line. */
export function assertSameGraph(real: Graph, offline: Graph, except: readonly Aspect[]): void {
  const found = differences(real, offline, except);
  assert.ok(
    found.length === 0,
    `the offline engine's graph has ${found.length} differences from the real engine's (expected: real):\n${found.join("\n")}`,
  );
}
