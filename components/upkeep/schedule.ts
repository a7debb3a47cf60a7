import type { Check, Fault } from "../core/problems.ts";

/**
 * Schedules of Systems Manager: `rate(7 days)`, or `cron(0 2 ? * SUN *)` with its six fields. Pure.
 *
 * Source: Systems Manager User Guide, "Reference: Cron and rate expressions for Systems Manager". Which months and steps
 * State Manager takes in a cron of associations, that page limits further; AWS tells.
 */

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
  /** What stands for a value beside numbers and words. */
  readonly special?: RegExp;
}

const FIELDS: readonly Field[] = [
  { name: "minutes", least: 0, most: 59 },
  { name: "hours", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31, special: /^(?:\?|L|LW|\d{1,2}W)$/ },
  { name: "month", least: 1, most: 12, words: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ") },
  {
    name: "day of the week",
    least: 1,
    most: 7,
    words: "SUN MON TUE WED THU FRI SAT".split(" "),
    special: /^(?:\?|L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5]))$/,
  },
  { name: "year", least: 1970, most: 2199 },
];

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

function valueOf(text: string, field: Field): number | undefined {
  const word = field.words?.indexOf(text) ?? -1;
  const value = word >= 0 ? field.least + word : /^\d{1,4}$/.test(text) ? Number(text) : -1;
  return value >= field.least && value <= field.most ? value : undefined;
}

function isPart(part: string, field: Field): boolean {
  if (field.special?.test(part) === true) {
    return true;
  }
  const [range = "", step, ...more] = part.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) {
    return false;
  }
  if (range === "*") {
    return true;
  }
  const [from = "", to, ...rest] = range.split("-");
  const first = valueOf(from, field);
  const last = to === undefined ? first : valueOf(to, field);
  return rest.length === 0 && first !== undefined && last !== undefined && first <= last;
}

function cronFault(text: string): Fault | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return {
      expected: "six fields in `cron(…)`: minutes, hours, day of the month, month, day of the week, year",
      remedy: "write it as in `cron(0 2 ? * SUN *)`",
    };
  }
  const wrong = FIELDS.find(
    (field, index) => !(fields[index] ?? "").split(",").every((one) => isPart(one, field)),
  );
  if (wrong !== undefined) {
    return {
      expected: `as ${wrong.name} \`*\`, or ${wrong.least} to ${wrong.most}, in lists, ranges and steps`,
      remedy: `change the ${wrong.name}`,
    };
  }
  return (fields[2] === "?") === (fields[4] === "?")
    ? {
        expected: "`?` as exactly one of day of the month and day of the week",
        remedy: "put `?` in the place of the one that does not count",
      }
    : undefined;
}

/** @param leastMinutes how often a rate may come: 30 for associations */
export function systemsManagerSchedule(leastMinutes: number): Check<string> {
  return (text) => {
    const cron = /^cron\(([^()]*)\)$/.exec(text)?.[1];
    if (cron !== undefined) {
      return cronFault(cron);
    }
    const rate = /^rate\(([1-9]\d{0,5}) (minute|hour|day)(s?)\)$/.exec(text);
    const count = Number(rate?.[1]);
    if (rate === null || (count === 1) !== (rate[3] === "")) {
      return {
        expected: "`rate(…)` or `cron(…)`, as `rate(7 days)` or `cron(0 2 ? * SUN *)`",
        remedy: "write it so, with `1 day` in the singular",
      };
    }
    return count * (MINUTES[rate[2] ?? ""] ?? 0) >= leastMinutes
      ? undefined
      : { expected: `a rate of at least ${leastMinutes} minutes`, remedy: "choose a longer one" };
  };
}
