import { timeZone, unixCron } from "../core/cron.ts";
import { matching, wholeNumber } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import type { BastionlessFleetArgs, FleetSchedule } from "./bastionless-fleet-args.ts";

export interface SchedulePlan {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly size: number;
}

export interface SizesPlan {
  readonly minSize: number;
  readonly maxSize: number;
  /** `undefined` where Auto Scaling decides. */
  readonly size: number | undefined;
  readonly schedules: readonly SchedulePlan[];
}

/** More than anyone asks for, and fewer than what a slip of the keyboard would cost. */
const MOST = 10_000;
/** Source: Auto Scaling User Guide, "Quotas": scheduled actions a group. */
const SCHEDULES = 125;
const DEFAULT_ZONE = "Etc/UTC";

const scheduleName = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
  "1 to 32 lower-case letters, digits and hyphens, no hyphen at either end",
  "rename the schedule",
);
const count = wholeNumber(0, MOST, "instances");
function isCount(value: number | undefined): value is number {
  return value !== undefined && count(value) === undefined;
}

/** Decides how many instances there are, and when. Every size lies between the least and the largest. */
export function planSizes(problems: Problems, args: BastionlessFleetArgs): SizesPlan {
  const given = Object.entries(args.schedules ?? {});
  for (const path of ["minSize", "maxSize", "size"] as const) {
    problems.check(path, args[path], count);
  }
  if (given.length > SCHEDULES) {
    problems.add("schedules", `${given.length} given`, {
      expected: `at most ${SCHEDULES}`,
      remedy: "leave some out",
    });
  }
  const sizes = given.flatMap(([, { size }]) => (isCount(size) ? [size] : []));
  const least = isCount(args.minSize) ? args.minSize : sizes.includes(0) || args.size === 0 ? 0 : 1;
  const largest = isCount(args.maxSize)
    ? args.maxSize
    : Math.max(1, least, ...sizes, isCount(args.size) ? args.size : 0);
  if (least > largest) {
    problems.add(args.minSize === undefined ? "maxSize" : "minSize", args.minSize ?? args.maxSize, {
      expected:
        args.minSize === undefined
          ? `at least ${least}, the \`minSize\` that is taken where none is given`
          : `at most \`maxSize\`, ${largest}`,
      remedy: "lower `minSize` or raise `maxSize`",
    });
  }
  const within = (path: string, size: number): void => {
    if (isCount(size) && least <= largest && (size < least || size > largest)) {
      problems.add(path, size, {
        expected: `\`minSize\` to \`maxSize\`, ${least} to ${largest}`,
        remedy: "change one of the three",
      });
    }
  };
  if (args.size !== undefined) {
    within("size", args.size);
  }
  return {
    minSize: least,
    maxSize: largest,
    size: args.size,
    schedules: planSchedules(problems, given, within),
  };
}

function planSchedules(
  problems: Problems,
  given: readonly (readonly [string, FleetSchedule])[],
  within: (path: string, size: number) => void,
): readonly SchedulePlan[] {
  const seen = new Map<string, string>();
  return given.map(([name, schedule]) => {
    const path = `schedules.${name}`;
    problems.check(path, name, scheduleName);
    const { cron, size, timeZone: zone = DEFAULT_ZONE } = schedule;
    problems.check(`${path}.cron`, cron, unixCron);
    problems.check(`${path}.timeZone`, zone, timeZone);
    problems.check(`${path}.size`, size, count);
    within(`${path}.size`, size);
    const when = `${cron.trim().replaceAll(/\s+/g, " ")} ${zone}`;
    const same = seen.get(when);
    if (same !== undefined) {
      problems.add(`${path}.cron`, cron, {
        expected: `another time than that of \`${same}\``,
        remedy: "leave one of the two out: which one counts is not said",
      });
    }
    seen.set(when, name);
    return { name, cron: cron.trim(), timeZone: zone, size };
  });
}
