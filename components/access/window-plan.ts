import type { Check, Problems } from "../core/problems.ts";
import type { AccessWindow, SessionAccessArgs } from "./args.ts";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const DAY = 24 * 60 * 60 * 1000;

/** On call is a matter of weeks. Who needs longer is an operator. */
const ON_CALL_DAYS = 31;

const instant: Check<string> = (value) =>
  millisecondsOf(value) === undefined
    ? {
        expected: "a date and time in UTC that exists, as `2026-03-02T08:00:00Z`",
        remedy: "write it in that form",
      }
    : undefined;

/** Both ends of an access, which an on-call person must have. */
export function planWindow(problems: Problems, args: SessionAccessArgs): AccessWindow | undefined {
  const { window, profile } = args;
  if (window === undefined) {
    if (profile === "on-call") {
      problems.add("window", undefined, {
        expected: "when the access of `on-call` begins and ends",
        remedy: "give `notBefore` and `notAfter`, or choose `operator`",
      });
    }
    return undefined;
  }
  problems.check("window.notBefore", window.notBefore, instant);
  problems.check("window.notAfter", window.notAfter, instant);
  const from = millisecondsOf(window.notBefore);
  const to = millisecondsOf(window.notAfter);
  if (from === undefined || to === undefined) {
    return window;
  }
  if (to <= from) {
    problems.add("window.notAfter", window.notAfter, {
      expected: `later than \`notBefore\`, \`${window.notBefore}\``,
      remedy: "exchange the two, or correct one",
    });
  } else if (profile === "on-call" && to - from > ON_CALL_DAYS * DAY) {
    problems.add("window.notAfter", window.notAfter, {
      expected: `at most ${ON_CALL_DAYS} days after \`notBefore\` for \`on-call\``,
      remedy: "let it end sooner and renew it, or choose `operator`",
    });
  }
  return window;
}

/** Undefined where there is no such date: the 30th of February, the 25th hour. */
function millisecondsOf(value: string): number | undefined {
  const time = INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) || new Date(time).toISOString() !== value.replace("Z", ".000Z")
    ? undefined
    : time;
}
