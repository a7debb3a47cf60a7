import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { RealEngine } from "./real-engine.ts";

/**
 * Call it in a `describe`, after `requireEngine`: a stack of its own for the tests there, removed after them.
 *
 * @param options.prepare What to do with it first.
 * @param options.account What the account holds before.
 */
export function ownStack(
  root: string,
  stack: string,
  options: {
    readonly prepare?: (engine: RealEngine) => Promise<void>;
    readonly many?: boolean;
    readonly account?: WireMap;
  } = {},
): () => RealEngine {
  let engine: RealEngine | undefined;
  before("a stack of its own", async () => {
    engine = await RealEngine.create(root, stack, options);
    await options.prepare?.(engine);
  });
  // There is none where the tests were skipped.
  after(() => engine?.dispose());
  return () => {
    if (engine === undefined) {
      throw new Error("the stack is there from the first test on, not while tests are being declared");
    }
    return engine;
  };
}
