import type { WireMap } from "../protocol/wire.ts";

/** The entry of an answers file that would answer this lookup, as JSON for a person to complete. */
export function answerTemplate(token: string, args: WireMap): string {
  return JSON.stringify({ token, args, result: {} });
}
