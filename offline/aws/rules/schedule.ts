import { asText } from "../values.ts";
import type { Format } from "./rule.ts";

/**
 * Schedules of Systems Manager, as `rate(7 days)`, `cron(0 2 ? * SUN *)` and `at(2026-12-01T02:00:00)`.
 *
 * Source: Systems Manager User Guide, "Reference: Cron and rate expressions for Systems Manager".
 */

const RATE = /^rate\((?<count>[1-9]\d*) (?<unit>minutes?|hours?|days?)\)$/u;
const CRON = /^cron\((?<fields>[^()]+)\)$/u;
const AT = /^at\(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?\)$/u;
const PARTS = /^[0-9A-Z*?,\-/L#W]+$/u;
const MINUTES: { readonly [unit: string]: number } = { minute: 1, hour: 60, day: 1440 };

/** @param leastMinutes how often a rate may come: State Manager takes no less than 30 minutes */
export function schedule(leastMinutes: number): Format {
  return (value) => {
    const text = asText(value);
    const rate = RATE.exec(text)?.groups;
    if (rate !== undefined) {
      const count = Number(rate["count"]);
      const unit = rate["unit"] ?? "";
      if ((count === 1) === unit.endsWith("s")) {
        return `is refused: expected ${count === 1 ? "the singular" : "the plural"} of \`${unit}\``;
      }
      return count * (MINUTES[unit.replace(/s$/u, "")] ?? 0) >= leastMinutes
        ? undefined
        : `is refused: expected at least ${leastMinutes} minutes`;
    }
    const fields = CRON.exec(text)?.groups?.["fields"]?.trim().split(/\s+/u);
    if (fields !== undefined) {
      if (fields.length !== 6 || !fields.every((field) => PARTS.test(field))) {
        return "is refused: expected six fields in cron(…), minute to year";
      }
      const [, , dayOfMonth, , dayOfWeek] = fields;
      return (dayOfMonth === "?") === (dayOfWeek === "?")
        ? "is refused: expected `?` as exactly one of day of the month and day of the week"
        : undefined;
    }
    return AT.test(text) ? undefined : "is refused: expected rate(…), cron(…) or at(…)";
  };
}
