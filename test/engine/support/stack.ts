import { RealEngine } from "./real-engine.ts";

/**
 * Call it in a `describe`, after `requireEngine`: a stack of its own for the tests there, removed after them.
 *
 * @param prepare What to do with it first.
 */
export function ownStack(
  root: string,
  stack: string,
  prepare?: (engine: RealEngine) => Promise<void>,
): () => RealEngine {
  let engine: RealEngine | undefined;
  before("a stack of its own", async () => {
    engine = await RealEngine.create(root, stack);
    await prepare?.(engine);
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
