import type { ParsedDocument, ParsedStatement } from "@bastionless/iam";
import type { ResourceFacts } from "../estate/facts.ts";
import type { PolicyGrant } from "../estate/policy-grant.ts";
import { iam } from "../iam.ts";
import { statementName } from "./access/access-fix.ts";
import { namesOfGrant, type Promised, promisedBy, promisedBySid } from "./time/promised.ts";
import { roleWitness } from "./roles/role-witness.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { breaks, type Break, longest } from "./time/time-break.ts";
import { anythingOf, isTimeCondition, timelineOf, timesOf, withDenies, witnessAt } from "./time/timeline.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/**
 * Access that is named after a time is open in that time only.
 *
 * IAM knows windows from a date to a date (`aws:CurrentTime`, `aws:EpochTime`), and nothing else of time: no condition
 * can say "business hours" or "on weekdays", save in a window that lies within one day, or one week. So what a Sid, a
 * policy's name or its description promises is compared with when the statement allows anything at all.
 *
 * Source: IAM User Guide, "AWS: Allows access based on date and time"; "Condition operators", date operators.
 */
export const timeBoxedAccessIsAWindow: Rule = {
  id: "time-boxed-access-is-a-window",
  displayName: "Time-boxed access is a window",
  description:
    "No statement or policy promises hours, days or an end that its dates do not hold, and no window is empty.",
  severity: "low",
  enforcementLevel: "advisory",
  tags: ["access", "time"],
  remediation:
    'Put both ends into one Condition: `"DateGreaterThan": {"aws:CurrentTime": "2026-03-02T08:00:00Z"}, "DateLessThan": {"aws:CurrentTime": "2026-03-02T18:00:00Z"}`. For hours that come back every day, renew such a window by a schedule, or use just-in-time access; or rename the statement.',
  configSchema: {
    properties: {
      endWords: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Further words that promise an end, such as `befristet`.",
      },
      hourWords: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Further words that promise hours, such as `Geschäftszeiten`.",
      },
      longestWindow: {
        type: "number",
        exclusiveMinimum: 0,
        description:
          "Days that a window may be long; one without both ends is longer than that. Without it any length will do.",
      },
    },
  },
  decideResource: (facts, config) => [
    ...facts.grants
      .filter(({ published }) => published !== true)
      .map((grant) => decideGrant(facts, grant, config)),
    ...readUnmodelled(facts, "permissions"),
  ],
};

/** AWS takes 10,240 characters at most (permission sets), in which fewer statements have room. */
const MOST_STATEMENTS = 400;

function decideGrant(facts: ResourceFacts, grant: PolicyGrant, config: RuleConfig): Verdict {
  const { document, path } = grant;
  if (document.kind === "unknown") {
    return undecided({ id: "window-undecided", path, reasons: [document.reason] });
  }
  if (document.kind === "invalid") {
    const problem = document.problems.find(({ severity }) => severity === "error");
    return undecided({
      id: "document-invalid",
      path,
      at: problem?.path ?? "$",
      problem: problem?.message ?? "it is not a policy document",
    });
  }
  const names = namesOfGrant(facts, grant);
  const promised = [
    ...names.flatMap(({ place, text }) => promisedBy(document, place, text, config)),
    ...document.statements.flatMap((statement) => promisedBySid(document, statement, config)),
  ];
  const isAbout =
    promised.length > 0 || document.statements.some(({ conditions }) => conditions.some(isTimeCondition));
  if (isAbout && document.statements.length > MOST_STATEMENTS) {
    const reason = `it has ${document.statements.length} statements, more than AWS takes`;
    return undecided({ id: "window-undecided", path, reasons: [reason] });
  }
  const verdicts = [
    ...document.statements.flatMap((statement) => decideEmpty(document, statement, path)),
    ...promised.flatMap((each) => decidePromise(document, each, path)),
    ...document.statements.flatMap((statement) => decideLength(document, statement, path, config)),
    ...names.flatMap(({ unknown }) => (unknown === undefined ? [] : [unknown])),
  ];
  return (
    verdicts.find(({ kind }) => kind === "violation") ??
    verdicts.find(({ kind }) => kind === "undecided") ??
    satisfied({ id: "window-held", path })
  );
}

function decidePromise(
  document: ParsedDocument,
  { place, promise, statements, within }: Promised,
  path: string,
): readonly Verdict[] {
  return statements.flatMap((statement): readonly Verdict[] => {
    const asked = withDenies(document, statement);
    const question = anythingOf(within ?? statement);
    const timeline = timelineOf(asked, question);
    if (timeline.kind === "undecided") {
      return [undecided({ id: "window-undecided", path, reasons: timeline.reasons })];
    }
    const broken = breaks(timeline.spans, promise);
    if (broken === undefined) {
      return [];
    }
    const instant = iam().formatInstant(broken.at);
    const witness = witnessAt(asked, question, broken.at);
    return witness === undefined
      ? [undecided({ id: "window-undecided", path, reasons: [`no request at ${instant} could be replayed`] })]
      : [
          violation({
            id: "promise-not-held",
            path,
            place,
            promise,
            at: instant,
            span: spanText(broken),
            witness: roleWitness(witness),
          }),
        ];
  });
}

function spanText({ span }: Break): { readonly from: string | undefined; readonly to: string | undefined } {
  const { formatInstant } = iam();
  return {
    from: span.from === undefined ? undefined : formatInstant(span.from),
    to: span.to === undefined ? undefined : formatInstant(span.to),
  };
}

/** A window whose end is not after its start: an Allow that never allows, a Deny that never denies. */
function decideEmpty(document: ParsedDocument, statement: ParsedStatement, path: string): readonly Verdict[] {
  if (!statement.conditions.some(isTimeCondition)) {
    return [];
  }
  const times = timesOf(document, statement);
  if (times.kind === "undecided") {
    return [undecided({ id: "window-undecided", path, reasons: times.reasons })];
  }
  const { effect } = statement;
  return times.spans.length > 0
    ? []
    : [violation({ id: "window-empty", path, statement: statementName(statement), effect })];
}

function decideLength(
  document: ParsedDocument,
  statement: ParsedStatement,
  path: string,
  config: RuleConfig,
): readonly Verdict[] {
  const days = longestWindow(config);
  if (days === undefined || statement.effect === "Deny") {
    return [];
  }
  const asked = withDenies(document, statement);
  if (!asked.statements.some(({ conditions }) => conditions.some(isTimeCondition))) {
    return [];
  }
  const timeline = timelineOf(asked, anythingOf(statement));
  if (timeline.kind === "undecided") {
    return [undecided({ id: "window-undecided", path, reasons: timeline.reasons })];
  }
  const span = longest(timeline.spans, days);
  return span === undefined
    ? []
    : [
        violation({
          id: "window-too-long",
          path,
          statement: statementName(statement),
          days,
          span: spanText({ span, at: 0 }),
        }),
      ];
}

function longestWindow(config: RuleConfig): number | undefined {
  const value = config["longestWindow"];
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== "number" || !(value > 0)) {
    throw new TypeError(`\`longestWindow\` is ${JSON.stringify(value)}, expected a number of days`);
  }
  return value;
}
