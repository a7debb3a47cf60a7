import type * as Iam from "@bastionless/iam";

const loaded: { module?: typeof Iam } = {};

/** Loads the `iam` room; after that {@link iam} gives it. */
export async function loadIam(): Promise<void> {
  loaded.module ??= await import("@bastionless/iam");
}

export function isIamLoaded(): boolean {
  return loaded.module !== undefined;
}

/**
 * The `iam` room, which is loaded when the first policy document is met: the engine waits for a pack to start before
 * anything else, and what only some stacks need does not count there.
 *
 * @throws Error before {@link loadIam}: a fault of the pack.
 */
export function iam(): typeof Iam {
  if (loaded.module === undefined) {
    throw new Error("the iam room is not loaded yet");
  }
  return loaded.module;
}
