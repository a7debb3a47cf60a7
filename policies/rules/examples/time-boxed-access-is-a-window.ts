import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

function policy(statements: readonly object[], props: object = {}): ExampleResource {
  return {
    type: "aws:iam/policy:Policy",
    name: "access",
    props: { policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }), ...props },
  };
}

function sessions(sid: string, condition: object = {}, effect = "Allow"): object {
  return { Sid: sid, Effect: effect, Action: "ssm:StartSession", Resource: "*", Condition: condition };
}

function window(from: string, to: string): object {
  return {
    DateGreaterThan: { "aws:CurrentTime": from },
    DateLessThan: { "aws:CurrentTime": to },
  };
}

const HALF_A_YEAR = window("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z");

/** What names promise of time, and what dates hold. */
export const EXAMPLES: readonly Example[] = [
  {
    title: "a name that promises nothing",
    resources: [policy([sessions("Sessions")])],
    expect: {},
  },
  {
    title: "temporary, with both ends",
    resources: [policy([sessions("TemporarySessions", HALF_A_YEAR)])],
    expect: {},
  },
  {
    title: "until a date, in epoch seconds",
    resources: [
      policy([sessions("SessionsUntilJuly", { NumericLessThan: { "aws:EpochTime": "1782864000" } })]),
    ],
    expect: {},
  },
  {
    title: "the business hours of one day",
    resources: [policy([sessions("BusinessHours", window("2026-03-02T08:00:00Z", "2026-03-02T18:00:00Z"))])],
    expect: {},
  },
  {
    title: "weekdays, in a window from Monday to Friday",
    resources: [policy([sessions("OnWeekdays", window("2026-03-02T00:00:00Z", "2026-03-07T00:00:00Z"))])],
    expect: {},
  },
  {
    title: "temporary credentials, which are no promise",
    resources: [policy([sessions("Sessions")], { description: "Lets them use temporary credentials." })],
    expect: {},
  },
  {
    title: "business hours that are half a year",
    resources: [policy([sessions("BusinessHours", HALF_A_YEAR)])],
    expect: { access: "violation" },
  },
  {
    title: "9 to 5 without a date",
    resources: [policy([sessions("Allow9to5")])],
    expect: { access: "violation" },
  },
  {
    title: "weekdays in a window that has a weekend",
    resources: [policy([sessions("WeekDays", window("2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z"))])],
    expect: { access: "violation" },
  },
  {
    title: "office hours in the policy's description",
    resources: [policy([sessions("Sessions", HALF_A_YEAR)], { description: "Sessions in office hours." })],
    expect: { access: "violation" },
  },
  {
    title: "temporary, with a start only",
    resources: [
      policy([sessions("Sessions", { DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } })], {
        name: "temporary-access",
      }),
    ],
    expect: { access: "violation" },
  },
  {
    title: "two dates of which the later one counts, and none is an end",
    resources: [
      policy([
        sessions("ExpiresInMarch", {
          DateNotEquals: { "aws:CurrentTime": ["2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z"] },
        }),
      ]),
    ],
    expect: { access: "violation" },
  },
  {
    title: "an end in a Deny",
    resources: [
      policy([
        sessions("TemporarySessions"),
        sessions("NoMore", { DateGreaterThanEquals: { "aws:CurrentTime": "2026-07-01T00:00:00Z" } }, "Deny"),
      ]),
    ],
    expect: {},
  },
  {
    title: "a Deny outside business hours that asks for two times at once, and so never denies",
    resources: [
      policy([
        sessions("Sessions"),
        sessions(
          "DenyOutsideBusinessHours",
          {
            DateLessThan: { "aws:CurrentTime": "2026-03-02T08:00:00Z" },
            DateGreaterThan: { "aws:CurrentTime": "2026-03-02T18:00:00Z" },
          },
          "Deny",
        ),
      ]),
    ],
    expect: { access: "violation" },
  },
  {
    title: "two Denies, before and after the business hours of one day",
    resources: [
      policy([
        sessions("Sessions"),
        sessions(
          "DenyBeforeBusinessHours",
          { DateLessThan: { "aws:CurrentTime": "2026-03-02T08:00:00Z" } },
          "Deny",
        ),
        sessions(
          "DenyAfterBusinessHours",
          { DateGreaterThan: { "aws:CurrentTime": "2026-03-02T18:00:00Z" } },
          "Deny",
        ),
      ]),
    ],
    expect: {},
  },
  {
    title: "an end before the start",
    resources: [policy([sessions("Sessions", window("2026-07-01T00:00:00Z", "2026-01-01T00:00:00Z"))])],
    expect: { access: "violation" },
  },
  {
    title: "a window longer than configuration allows",
    config: { longestWindow: 30 },
    resources: [policy([sessions("Sessions", HALF_A_YEAR)])],
    expect: { access: "violation" },
  },
  {
    title: "a window as long as configuration allows, and a statement that names no time",
    config: { longestWindow: 200 },
    resources: [policy([sessions("Sessions", HALF_A_YEAR), sessions("Always")])],
    expect: {},
  },
  {
    title: "words of one's own",
    config: { hourWords: ["Geschäftszeiten"] },
    resources: [policy([sessions("Sessions")], { description: "Nur zu den Geschäftszeiten" })],
    expect: { access: "violation" },
  },
  {
    title: "a role's own policy, named after nights",
    resources: [
      {
        type: "aws:iam/role:Role",
        name: "operator",
        props: {
          assumeRolePolicy: UNKNOWN,
          inlinePolicies: [
            {
              name: "night-shift",
              policy: JSON.stringify({ Version: "2012-10-17", Statement: sessions("Sessions") }),
            },
          ],
        },
      },
    ],
    expect: { operator: "violation" },
  },
  {
    title: "an end that is not known yet",
    resources: [
      {
        type: "aws:iam/policy:Policy",
        name: "access",
        props: {
          policy: {
            Version: "2012-10-17",
            Statement: sessions("TemporarySessions", { DateLessThan: { "aws:CurrentTime": UNKNOWN } }),
          },
        },
      },
    ],
    expect: { access: "undecided" },
  },
  {
    title: "a text pattern on the time, which compares no dates",
    resources: [policy([sessions("BusinessHours", { StringLike: { "aws:CurrentTime": "*T09:*" } })])],
    expect: { access: "undecided" },
  },
  {
    title: "a document that is not known yet",
    resources: [{ ...policy([]), props: { policy: UNKNOWN } }],
    expect: { access: "undecided" },
  },
];
