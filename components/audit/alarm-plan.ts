import * as pulumi from "@pulumi/pulumi";
import type { Input } from "@pulumi/pulumi";
import { matching, wholeNumber } from "../core/checks.ts";
import type { Check, Problems } from "../core/problems.ts";
import type { SessionAuditArgs } from "./args.ts";
import { assumed, denied, FILTER_LENGTH, ofRoot, startedWithout } from "./filter-patterns.ts";
import { limit } from "../core/lists.ts";

/** What is counted in the trail, and how many of them in five minutes raise an alarm. */
export interface AlarmPlan {
  readonly kind: "break-glass" | "denied" | "root" | "unlogged";
  readonly metricName: string;
  readonly pattern: Input<string>;
  readonly threshold: number;
  /** For whoever is woken by it. */
  readonly description: string;
}

const roleArn = matching(
  /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  "the ARN of a role, as `arn:aws:iam::111122223333:role/break-glass`",
);

const filter: Check<string> = (pattern) =>
  pattern.length <= FILTER_LENGTH
    ? undefined
    : {
        expected: `names that make a filter pattern of at most ${FILTER_LENGTH} characters, not ${pattern.length}`,
        remedy: "give fewer or shorter ones",
      };

const MOST_ROLES = 10;

const UNLOGGED =
  "A session was started whose document is not one of those that are logged. Named query: sessions.";

/** The alarms, where the trail has a log group for them to read. */
export function planAlarms(
  problems: Problems,
  args: SessionAuditArgs,
  trail: { readonly logGroup: boolean; readonly allowed: readonly Input<string>[] },
): readonly AlarmPlan[] {
  problems.check("deniedStartsThreshold", args.deniedStartsThreshold, wholeNumber(1, 1000, "denied starts"));
  limit(problems, "breakGlassRoleArns", args.breakGlassRoleArns ?? [], MOST_ROLES);
  const roles = (args.breakGlassRoleArns ?? []).map((role, index) =>
    problems.input(`breakGlassRoleArns[${index}]`, role, roleArn),
  );
  if (!(args.alarms ?? trail.logGroup)) {
    for (const name of ["breakGlassRoleArns", "deniedStartsThreshold"] as const) {
      if (args[name] !== undefined) {
        problems.add(name, args[name], {
          expected: "nothing, as there are no alarms",
          remedy: "leave it out, or give the trail a log group and switch `alarms` on",
        });
      }
    }
    return [];
  }
  if (!trail.logGroup) {
    problems.add("alarms", args.alarms, {
      expected: "a trail with a log group, which is what alarms read",
      remedy: "set `trailLogGroup`, or `trail.logGroupName`, or leave `alarms` out",
    });
  }
  const alarms: AlarmPlan[] = [
    {
      kind: "unlogged",
      metricName: "UnloggedSessions",
      pattern: patternOf(problems, "loggedDocuments", trail.allowed, startedWithout),
      threshold: 1,
      description: UNLOGGED,
    },
    {
      kind: "root",
      metricName: "RootSessions",
      pattern: ofRoot(),
      threshold: 1,
      description:
        "The account's root started or resumed a session, or ran a command. Named query: sessions.",
    },
    {
      kind: "denied",
      metricName: "DeniedStarts",
      pattern: denied(),
      threshold: args.deniedStartsThreshold ?? 3,
      description: "Starts of sessions were denied. Named query: denied-calls.",
    },
  ];
  if (roles.length > 0) {
    alarms.push({
      kind: "break-glass",
      metricName: "BreakGlassUses",
      pattern: patternOf(problems, "breakGlassRoleArns", roles, assumed),
      threshold: 1,
      description: "A role for emergencies was assumed. Named query: sessions-of-person.",
    });
  }
  return alarms;
}

/** The pattern is checked as a whole, now where all names are plain, otherwise as soon as they are known. */
function patternOf(
  problems: Problems,
  path: string,
  names: readonly Input<string>[],
  write: (names: readonly string[]) => string,
): Input<string> {
  const plain = names.filter((name) => typeof name === "string");
  return problems.input(
    path,
    plain.length === names.length ? write(plain) : pulumi.all([...names]).apply(write),
    filter,
  );
}
