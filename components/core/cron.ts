import type { Check, Fault } from "./problems.ts";

/**
 * Recurrences in the five fields of Unix' cron, as Auto Scaling takes them. Pure.
 *
 * Source: Auto Scaling User Guide, "Recurring scheduled actions".
 */

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
/** In a leap year. */
const MONTH_LENGTHS: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of the values, from `least` on. */
  readonly words: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: "minute", least: 0, most: 59, words: [] },
  { name: "hour", least: 0, most: 23, words: [] },
  { name: "day of the month", least: 1, most: 31, words: [] },
  { name: "month", least: 1, most: 12, words: MONTHS },
  { name: "day of the week", least: 0, most: 6, words: DAYS },
];

const NUMBER = /^\d{1,2}$/;

function valueOf(text: string, field: Field): number | undefined {
  const word = field.words.indexOf(text.toUpperCase());
  const value = word >= 0 ? field.least + word : NUMBER.test(text) ? Number(text) : -1;
  return value >= field.least && value <= field.most ? value : undefined;
}

/** The values of one part of a list, such as `1-5/2`; `undefined` where it is none. */
function valuesOf(part: string, field: Field): readonly number[] | undefined {
  const [range = "", step, ...more] = part.split("/");
  if (more.length > 0 || (step !== undefined && (!NUMBER.test(step) || Number(step) === 0))) {
    return undefined;
  }
  const [from = "", to, ...rest] = range === "*" ? [`${field.least}`, `${field.most}`] : range.split("-");
  const first = valueOf(from, field);
  // A single value with a step runs to the end.
  const last = to === undefined ? (step === undefined ? first : field.most) : valueOf(to, field);
  if (rest.length > 0 || first === undefined || last === undefined || first > last) {
    return undefined;
  }
  const width = Number(step ?? 1);
  return Array.from({ length: Math.floor((last - first) / width) + 1 }, (_, index) => first + index * width);
}

/** What each field matches, in their order; a fault where there is one. */
function parse(
  text: string,
): { readonly values: readonly ReadonlySet<number>[] } | { readonly fault: Fault } {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return {
      fault: {
        expected: "five fields: minute, hour, day of the month, month, day of the week",
        remedy: "write it as in `0 20 * * MON-FRI`, without seconds, years, `?` or `cron(…)`",
      },
    };
  }
  const values: ReadonlySet<number>[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const set = new Set<number>();
    for (const part of (fields[index] ?? "").split(",")) {
      const found = valuesOf(part, field);
      if (found === undefined) {
        const words = field.words.length === 0 ? "" : ` or ${field.words[0]} to ${field.words.at(-1)}`;
        return {
          fault: {
            expected: `as ${field.name} \`*\`, or ${field.least} to ${field.most}${words}, in lists, ranges and steps`,
            remedy: `change the ${field.name}, \`${part}\``,
          },
        };
      }
      found.forEach((value) => set.add(value));
    }
    values.push(set);
  }
  return { values };
}

/** A recurrence that occurs: the 30th of February is none. */
export const unixCron: Check<string> = (text) => {
  const parsed = parse(text);
  if ("fault" in parsed) {
    return parsed.fault;
  }
  const [, , days = new Set(), months = new Set(), weekdays = new Set()] = parsed.values;
  const everyWeekday = weekdays.size === DAYS.length;
  const occurs =
    !everyWeekday ||
    [...months].some((month) => [...days].some((day) => day <= (MONTH_LENGTHS[month - 1] ?? 0)));
  return occurs
    ? undefined
    : { expected: "a day that one of its months has", remedy: "change the day or the month" };
};

/** A name of the IANA database's, not an offset: offsets do not follow summer time, and AWS takes none. */
export const timeZone: Check<string> = (name) => {
  const fault: Fault = {
    expected: "a time zone of the IANA database, as `Europe/Berlin` or `Etc/UTC`",
    remedy: "give the name of the zone, not an offset or an abbreviation",
  };
  if (!/^(?:[A-Z][A-Za-z_]+\/[A-Za-z0-9_+/-]+|UTC)$/.test(name)) {
    return fault;
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) {
      return fault;
    }
    throw error;
  }
};
