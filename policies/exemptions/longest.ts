import type { Exemption } from "./exemption.ts";

/** An exemption is for a while: what is to last belongs in its rule's configuration. */
const MOST_YEARS = 2;

/**
 * Problems of exemptions that end too late for anybody to look at them again.
 *
 * @param today `2026-11-21`, in UTC.
 */
export function tooLong(exemptions: readonly Exemption[], today: string): readonly string[] {
  const latest = `${Number(today.slice(0, 4)) + MOST_YEARS}${today.slice(4)}`;
  // Dates in this form are in order as texts.
  return exemptions
    .filter(({ expires }) => expires > latest)
    .map(
      ({ place, expires }) =>
        `${place}: \`expires\` is \`${expires}\`: expected a day within ${MOST_YEARS} years, until ${latest}`,
    );
}
