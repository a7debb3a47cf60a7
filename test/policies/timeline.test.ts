import assert from "node:assert/strict";
import { evaluate, type ParsedDocument, parsePolicyDocument } from "@bastionless/iam";
import { loadIam } from "@bastionless/policies/iam.ts";
import { breaks, longest } from "@bastionless/policies/rules/time/time-break.ts";
import { promisesOf } from "@bastionless/policies/rules/time/time-promise.ts";
import { anythingOf, timelineOf, type TimeSpan, timesOf } from "@bastionless/policies/rules/time/timeline.ts";
import fc from "fast-check";

await loadIam();

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

function documentOf(statements: readonly object[]): ParsedDocument {
  const parsed = parsePolicyDocument(
    { Version: "2012-10-17", Statement: statements },
    { name: "test", kind: "identity" },
  );
  assert.ok(parsed.kind === "parsed", JSON.stringify(parsed));
  return parsed.document;
}

const instant = fc.integer({ min: 0, max: 12 }).map((hours) => START + hours * HOUR);
const written = instant.chain((at) =>
  fc.constantFrom(new Date(at).toISOString().replace(".000Z", "Z"), String(at / 1000)),
);
const operator = fc.constantFrom(
  ...["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals", "Equals", "NotEquals"].flatMap(
    (compare) => [`Date${compare}`, `Date${compare}IfExists`, `ForAnyValue:Date${compare}`],
  ),
);
const condition = fc
  .tuple(
    operator,
    fc.constantFrom("aws:CurrentTime", "aws:EpochTime", "AWS:currenttime"),
    fc.array(written, { minLength: 1, maxLength: 3 }),
  )
  .map(([name, key, values]) => ({ [name]: { [key]: values } }));
const statement = fc
  .record({
    effect: fc.constantFrom("Allow", "Allow", "Deny"),
    conditions: fc.array(condition, { maxLength: 3 }),
  })
  .map(({ effect, conditions }) => ({
    Effect: effect,
    Action: "ssm:StartSession",
    Resource: "*",
    Condition: Object.fromEntries(conditions.flatMap((each) => Object.entries(each))),
  }));

function isIn(spans: readonly TimeSpan[], at: number): boolean {
  return spans.some(({ from, to }) =>
    from === to && from !== undefined
      ? at === from
      : (from === undefined || at > from) && (to === undefined || at < to),
  );
}

describe("when a document allows something", () => {
  it("is what evaluating it at every hour and half hour says", () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), (statements) => {
        const document = documentOf(statements);
        const first = document.statements[0];
        assert.ok(first !== undefined);
        const timeline = timelineOf(document, anythingOf(first));
        assert.ok(timeline.kind === "known", JSON.stringify(timeline));
        for (let half = -2; half <= 26; half++) {
          const at = START + (half * HOUR) / 2;
          const answer = evaluate(
            {
              action: "ssm:StartSession",
              resource: "arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0",
              context: { "aws:CurrentTime": new Date(at).toISOString(), "aws:EpochTime": at / 1000 },
            },
            { identity: [document] },
          );
          // Spans name their ends; whether an end itself is in is told by the neighbours on the hour.
          const isEnd = timeline.spans.some(({ from, to }) => from !== to && (at === from || at === to));
          if (!isEnd) {
            assert.equal(
              isIn(timeline.spans, at),
              answer.decision === "allowed",
              `${new Date(at).toISOString()} in ${JSON.stringify(timeline.spans)} of ${JSON.stringify(statements)}`,
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is empty where an end lies before its start", () => {
    const document = documentOf([
      {
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: {
          DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
          NumericGreaterThan: { "aws:EpochTime": "1767312000" },
        },
      },
    ]);
    const [deny] = document.statements;
    assert.ok(deny !== undefined);
    assert.deepEqual(timesOf(document, deny), { kind: "known", spans: [] });
  });

  it("is undecided where texts are compared, and where there are too many dates", () => {
    const like = documentOf([
      {
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { StringLike: { "aws:CurrentTime": "2026-*" } },
      },
    ]);
    const many = documentOf([
      {
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { DateEquals: { "aws:CurrentTime": Array.from({ length: 101 }, (_, n) => String(n)) } },
      },
    ]);
    for (const document of [like, many]) {
      const [first] = document.statements;
      assert.ok(first !== undefined);
      assert.equal(timelineOf(document, anythingOf(first)).kind, "undecided");
    }
  });
});

describe("a promise of time", () => {
  const from = (text: string): number => Date.parse(text);
  const span = (start: string, end: string): TimeSpan => ({ from: from(start), to: from(end) });

  it("is broken by an instant that the spans have, and by none that they have not", () => {
    const end = fc.option(fc.integer({ min: 0, max: 20 * 24 }), { nil: undefined });
    fc.assert(
      fc.property(
        end,
        end,
        fc.constantFrom("BusinessHours", "Weekdays", "Weekend", "Temporary"),
        (one, other, sid) => {
          const [low, high] = [one, other].toSorted((a, b) => (a ?? 0) - (b ?? 0));
          const start = one === undefined || other === undefined ? one : low;
          const stop = one === undefined || other === undefined ? other : high;
          const at: TimeSpan = {
            from: start === undefined ? undefined : START + start * HOUR,
            to: stop === undefined ? undefined : START + stop * HOUR,
          };
          fc.pre(at.from === undefined || at.to === undefined || at.from < at.to);
          const [promise] = promisesOf(sid, "name");
          assert.ok(promise !== undefined);
          const broken = breaks([at], promise);
          if (broken !== undefined) {
            assert.ok(isIn([at], broken.at), `${JSON.stringify(at)} ${broken.at}`);
          }
          const lasts = (at.to ?? Number.POSITIVE_INFINITY) - (at.from ?? Number.NEGATIVE_INFINITY);
          if (promise.kind === "hours") {
            assert.equal(broken === undefined, lasts < 24 * HOUR);
          } else if (promise.kind === "end") {
            assert.equal(broken === undefined, at.to !== undefined);
          } else if (lasts > 5 * 24 * HOUR) {
            assert.notEqual(broken, undefined);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("of weekdays holds from Monday to Friday, and not on Saturday", () => {
    const [weekdays] = promisesOf("Weekdays", "name");
    assert.ok(weekdays !== undefined);
    assert.equal(breaks([span("2026-03-02T00:00Z", "2026-03-07T00:00Z")], weekdays), undefined);
    const broken = breaks([span("2026-03-02T00:00Z", "2026-03-07T00:01Z")], weekdays);
    assert.equal(new Date(broken?.at ?? 0).getUTCDay(), 6);
  });

  it("of hours is held by two windows of one day, and not of two days", () => {
    const [hours] = promisesOf("BusinessHours", "name");
    assert.ok(hours !== undefined);
    const morning = span("2026-03-02T08:00Z", "2026-03-02T12:00Z");
    assert.equal(breaks([morning, span("2026-03-02T13:00Z", "2026-03-02T18:00Z")], hours), undefined);
    assert.notEqual(breaks([morning, span("2026-03-03T08:00Z", "2026-03-03T12:00Z")], hours), undefined);
  });

  it("is read from names however they are joined", () => {
    const table: readonly (readonly [text: string, kind: string | undefined])[] = [
      ["BusinessHours", "hours"],
      ["BUSINESS_HOURS", "hours"],
      ["ssm-office.hours", "hours"],
      ["Allow9to5", "hours"],
      ["９ｔｏ５", "hours"],
      ["between 9am and 5pm", "hours"],
      ["SessionsMonFri", "days"],
      ["weekend-deploys", "days"],
      ["TempAccess", "end"],
      ["time-boxed", "end"],
      ["SessionsUntilMarch", "end"],
      ["ReadTemporaryFiles", undefined],
      ["Template", undefined],
      ["Knights", undefined],
      ["acme-95", undefined],
      ["release-2-9-5", undefined],
      ["Sessions", undefined],
      ["", undefined],
    ];
    for (const [text, kind] of table) {
      assert.equal(promisesOf(text, "name")[0]?.kind, kind, text);
    }
    assert.equal(promisesOf("Denied until MFA is set up.", "description")[0], undefined);
    assert.equal(promisesOf("Until 1 March.", "description")[0]?.kind, "end");
  });

  it("is read in bounded time, whatever the text", () => {
    // What grows with the square of the length would outlast the time that a test has.
    for (const text of [
      "9 ".repeat(50_000),
      "a-".repeat(50_000),
      "aA".repeat(50_000),
      " - ".repeat(50_000),
    ]) {
      promisesOf(text, "description");
    }
  });
});

describe("a window", () => {
  it("without both ends is longer than any number of days", () => {
    const day = 24 * HOUR;
    assert.equal(longest([{ from: 0, to: 3 * day }], 3), undefined);
    assert.deepEqual(longest([{ from: 0, to: 3 * day + 1 }], 3), { from: 0, to: 3 * day + 1 });
    assert.deepEqual(longest([{ from: undefined, to: day }], 3), { from: undefined, to: day });
    assert.deepEqual(longest([{ from: 0, to: undefined }], 3), { from: 0, to: undefined });
  });
});
