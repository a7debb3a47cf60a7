import type { TimePromise } from "./time-promise.ts";
import type { TimeSpan } from "./timeline.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Where nothing names a date: far from all of them. */
const SOME_SUNDAY = Date.UTC(2030, 0, 6);

/** A promise that is not held: when something is allowed, and an instant of it that shows it. */
export interface Break {
  readonly span: TimeSpan;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * The first span that breaks a promise. Pure.
 *
 * Hours hold in a window of less than a day, wherever in the world; days of the week in one that touches no other day,
 * by UTC; an end where there is one.
 */
export function breaks(spans: readonly TimeSpan[], promise: TimePromise): Break | undefined {
  for (const span of spans) {
    const at = breaksAt(span, promise);
    if (at !== undefined) {
      return { span, at };
    }
  }
  const [first] = spans;
  const last = spans.at(-1);
  if (promise.kind === "hours" && first !== undefined && last !== undefined && spans.length > 1) {
    // Several windows are hours of one day only within that day.
    return breaksAt({ from: first.from, to: last.to }, promise) === undefined
      ? undefined
      : { span: last, at: last.from ?? SOME_SUNDAY };
  }
  return undefined;
}

function breaksAt(span: TimeSpan, promise: TimePromise): number | undefined {
  switch (promise.kind) {
    case "end":
      return span.to === undefined ? (span.from ?? SOME_SUNDAY) + 3650 * DAY : undefined;
    case "hours": {
      const { from, to } = span;
      return from !== undefined && to !== undefined && to - from < DAY ? undefined : atNight(span);
    }
    case "days":
      return onOtherDay(span, promise.days);
  }
}

/** Three o'clock in the night, if the span has it, by UTC. */
function atNight(span: TimeSpan): number {
  const start = startOf(span);
  const night = Math.ceil((start - 3 * HOUR) / DAY) * DAY + 3 * HOUR;
  return isWithin(span, night) ? night : start;
}

function onOtherDay(span: TimeSpan, days: "weekdays" | "weekend"): number | undefined {
  const start = startOf(span);
  for (let hours = 0; hours <= 8 * 24; hours++) {
    const at = start + hours * HOUR;
    const day = new Date(at).getUTCDay();
    const isWeekend = day === 0 || day === 6;
    if (isWithin(span, at) && isWeekend === (days === "weekdays")) {
      return at;
    }
  }
  return undefined;
}

/** A whole second inside the span. */
function startOf({ from, to }: TimeSpan): number {
  if (from !== undefined) {
    return from === to ? from : from + 1000;
  }
  return to === undefined ? SOME_SUNDAY : to - 8 * DAY;
}

function isWithin({ from, to }: TimeSpan, at: number): boolean {
  return (from === undefined || at > from || from === to) && (to === undefined || at < to || from === to);
}

/** A span that is longer than so many days; one without both ends is. */
export function longest(spans: readonly TimeSpan[], days: number): TimeSpan | undefined {
  return spans.find(({ from, to }) => from === undefined || to === undefined || to - from > days * DAY);
}
