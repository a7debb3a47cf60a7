import { asText } from "../values.ts";
import type { Format } from "./rule.ts";

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words: readonly string[];
  /** The number that the first word stands for. */
  readonly first: number;
}

const FIELDS: readonly Field[] = [
  { name: "minute", least: 0, most: 59, words: [], first: 0 },
  { name: "hour", least: 0, most: 23, words: [], first: 0 },
  { name: "day of the month", least: 1, most: 31, words: [], first: 0 },
  { name: "month", least: 1, most: 12, words: MONTHS, first: 1 },
  { name: "day of the week", least: 0, most: 7, words: DAYS, first: 0 },
];

function numberOf(text: string, field: Field): number | undefined {
  const word = field.words.indexOf(text.toUpperCase());
  const value = word >= 0 ? word + field.first : /^\d{1,2}$/u.test(text) ? Number(text) : Number.NaN;
  return value >= field.least && value <= field.most ? value : undefined;
}

function isPart(text: string, field: Field): boolean {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d?$/u.test(step))) {
    return false;
  }
  if (range === "*") {
    return true;
  }
  const [from = "", to, ...rest] = range.split("-");
  const first = numberOf(from, field);
  const last = to === undefined ? first : numberOf(to, field);
  return rest.length === 0 && first !== undefined && last !== undefined && first <= last;
}

/**
 * A recurrence in the five fields of Unix' cron, without the seconds, years, `?`, `L` and `W` that EventBridge has.
 *
 * Source: Auto Scaling User Guide, "Recurring scheduled actions".
 */
export const unixCron: Format = (value) => {
  const fields = asText(value).trim().split(/\s+/u);
  if (fields.length !== FIELDS.length) {
    return `is refused: expected five fields, minute to day of the week, and these are ${fields.length}`;
  }
  const wrong = FIELDS.find(
    (field, index) => !(fields[index] ?? "").split(",").every((part) => isPart(part, field)),
  );
  return wrong === undefined ? undefined : `is refused: its ${wrong.name} is none`;
};
