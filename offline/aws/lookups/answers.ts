import type { LookupAnswer } from "../../protocol/provider.ts";
import type { WireMap } from "../../protocol/wire.ts";
import { bare, canonical } from "../values.ts";

/** The first supplied answer for a lookup: that of a function by its token, that of a resource by its type and id. */
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
