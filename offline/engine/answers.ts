import { isDeepStrictEqual } from "node:util";
import type { LookupAnswer } from "../protocol/provider.ts";
import type { WireMap } from "../protocol/wire.ts";

/** The first answer for this token whose named arguments all equal those given. */
export function findAnswer(
  answers: readonly LookupAnswer[],
  token: string,
  args: WireMap,
): LookupAnswer | undefined {
  return answers.find(
    (answer) =>
      answer.token === token &&
      Object.entries(answer.args ?? {}).every(([key, value]) => isDeepStrictEqual(args[key], value)),
  );
}

/** The entry of an answers file that would answer this lookup, as JSON for a person to complete. */
export function answerTemplate(token: string, args: WireMap): string {
  return JSON.stringify({ token, args, result: {} });
}
