import type { Condition, ParsedDocument, ParsedStatement, Question, Witness } from "@bastionless/iam";
import { iam } from "../../iam.ts";

/** A stretch of time, in milliseconds since 1970; undefined: without that end. */
export interface TimeSpan {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** When something is allowed. */
export type Timeline =
  /** In order, none touching another. */
  | { readonly kind: "known"; readonly spans: readonly TimeSpan[] }
  | { readonly kind: "undecided"; readonly reasons: readonly string[] };

const TIME_KEYS: ReadonlySet<string> = new Set(["aws:currenttime", "aws:epochtime"]);
const SECOND = 1000;
/** More dates than any document of people's has; each costs a few questions. */
const MOST_DATES = 100;

export function isTimeCondition({ key }: Condition): boolean {
  return TIME_KEYS.has(key.toLowerCase());
}

/**
 * When a document allows something of what is asked, whatever else the request is.
 *
 * Between two dates that conditions name, none of them changes: so every date is asked about, one instant between each
 * two, one before all and one after all. Requests have whole seconds.
 *
 * @param question must leave the time open
 */
export function timelineOf(document: ParsedDocument, question: Question): Timeline {
  const conditions = document.statements.flatMap((statement) => statement.conditions.filter(isTimeCondition));
  const odd = conditions.find(({ operator }) => !/^(?:Bool$|Date|Null$|Numeric)/.test(operator.base));
  if (odd !== undefined) {
    return { kind: "undecided", reasons: [`\`${odd.operator.text}\` at \`${odd.path}\` compares no dates`] };
  }
  const dates = datesOf(conditions);
  if (dates.length > MOST_DATES) {
    return { kind: "undecided", reasons: [`it names ${dates.length} dates, more than ${MOST_DATES}`] };
  }
  const spans: { from: number | undefined; to: number | undefined }[] = [];
  let open = false;
  for (const { at, from, to } of stretches(dates)) {
    const answer = iam().decide(atInstant(question, at), { identity: [document] });
    if (answer.kind === "undecided") {
      return { kind: "undecided", reasons: answer.reasons.map(({ message }) => message) };
    }
    const last = spans.at(-1);
    if (answer.kind === "none") {
      open = false;
    } else if (open && last !== undefined) {
      last.to = to;
    } else {
      spans.push({ from, to });
      open = true;
    }
  }
  return { kind: "known", spans };
}

/** A request that is allowed at an instant; undefined where there is none. */
export function witnessAt(document: ParsedDocument, question: Question, at: number): Witness | undefined {
  const answer = iam().decide(atInstant(question, at), { identity: [document] });
  return answer.kind === "witness" ? answer : undefined;
}

function atInstant(question: Question, at: number): Question {
  const key = { operator: "DateEquals", key: "aws:CurrentTime", values: [iam().formatInstant(at)] } as const;
  return {
    ...question,
    scenarios: question.scenarios.map((scenario) => ({ ...scenario, keys: [...(scenario.keys ?? []), key] })),
  };
}

/** Every date that the conditions name, in order. */
function datesOf(conditions: readonly Condition[]): readonly number[] {
  const { parseInstant } = iam();
  const dates = conditions
    .flatMap(({ values }) => values)
    .flatMap((value) => (typeof value === "string" ? (parseInstant(value) ?? []) : []));
  return [...new Set(dates)].toSorted((a, b) => a - b);
}

interface Stretch extends TimeSpan {
  /** An instant in it. */
  readonly at: number;
}

/** The dates, and what lies before, between and after them. */
function stretches(dates: readonly number[]): readonly Stretch[] {
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) {
    return [{ from: undefined, to: undefined, at: 0 }];
  }
  return [
    { from: undefined, to: first, at: first - SECOND },
    ...dates.flatMap((date, index): readonly Stretch[] => {
      const next = dates[index + 1];
      const here = { from: date, to: date, at: date };
      if (next === undefined) {
        return [here, { from: date, to: undefined, at: date + SECOND }];
      }
      const middle = Math.floor((date + next) / 2 / SECOND) * SECOND;
      return middle <= date ? [here] : [here, { from: date, to: next, at: middle }];
    }),
  ];
}

/** The statement alone, with every Deny of its document. */
export function withDenies(document: ParsedDocument, statement: ParsedStatement): ParsedDocument {
  const denies = document.statements.filter(({ effect }) => effect === "Deny");
  return { ...document, statements: [statement, ...denies] };
}

/** "Is anything of this allowed?", for the actions of a statement. */
export function anythingOf({ action }: ParsedStatement): Question {
  const texts = action.patterns.filter((pattern) => typeof pattern === "string");
  const actions = action.negated || texts.length < action.patterns.length ? ["*"] : texts;
  return {
    name: "anything that the statement is about",
    scenarios: [{ name: "any request", checks: [{ name: "request", actions, resources: ["{any}", "*"] }] }],
  };
}

const PROBE = "ssm:StartSession";

/** When a statement's conditions on the time hold, whatever its effect and its other elements. */
export function timesOf(document: ParsedDocument, statement: ParsedStatement): Timeline {
  const { path } = statement;
  const only: ParsedStatement = {
    index: 0,
    sid: undefined,
    effect: "Allow",
    principal: undefined,
    action: { negated: false, patterns: [PROBE], path },
    resource: { negated: false, patterns: ["*"], path },
    conditions: statement.conditions.filter(isTimeCondition),
    path,
  };
  return timelineOf({ ...document, statements: [only] }, anythingOf(only));
}
