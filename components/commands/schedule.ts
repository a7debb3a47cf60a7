import type { Check } from "../core/problems.ts";

/** Minutes of a unit of time, in the singular. */
const UNITS: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

const LEAST_MINUTES = 30;

/**
 * When an association runs, as State Manager takes it: a rate of 30 minutes or more, or a cron expression of six fields,
 * or seven with the seconds, of which the fields for the days exclude each other.
 *
 * Source: Systems Manager User Guide, "Reference: Cron and rate expressions for Systems Manager", for associations.
 */
export const scheduleExpression: Check<string> = (value) => {
  const rate = /^rate\((\d{1,5}) (minute|hour|day)s?\)$/.exec(value);
  if (rate !== null) {
    const minutes = Number(rate[1]) * (UNITS[rate[2] ?? ""] ?? 0);
    return minutes >= LEAST_MINUTES
      ? undefined
      : { expected: `a rate of at least ${LEAST_MINUTES} minutes`, remedy: "choose a longer one" };
  }
  const cron = /^cron\(([\dA-Z*?,/#L -]+)\)$/.exec(value);
  const fields = (cron?.[1] ?? "").split(" ");
  const [, , days, , weekdays] = fields.length === 7 ? fields.slice(1) : fields;
  const oneDayOpen = (days === "?") !== (weekdays === "?");
  return cron !== null && (fields.length === 6 || fields.length === 7) && !fields.includes("") && oneDayOpen
    ? undefined
    : {
        expected: "`rate(1 day)`, or six fields with a `?` for one of the days, as `cron(0 2 ? * SUN *)`",
        remedy: "write it in one of the two forms",
      };
};
