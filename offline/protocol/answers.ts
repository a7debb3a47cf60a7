import { bare, canonical } from "./bare.ts";
import type { LookupAnswer } from "./provider.ts";
import type { WireMap } from "./wire.ts";

/**
 * The first supplied answer for a lookup: that of a function by its token, that of a resource by its type and id.
 *
 * It fits where every argument that it names is equal: without regard to what marks values as secret, to the order of keys,
 * and to the difference between null and absent.
 */
export function findAnswer(
  answers: readonly LookupAnswer[],
  token: string,
  args: WireMap,
): LookupAnswer | undefined {
  return answers.find(
    (answer) =>
      answer.token === token &&
      Object.entries(answer.args ?? {}).every(
        ([name, value]) => canonical(bare(args[name] ?? null).value) === canonical(bare(value).value),
      ),
  );
}
