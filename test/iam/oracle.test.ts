import assert from "node:assert/strict";
import {
  type Answer,
  compare,
  type ConditionValue,
  decide,
  evaluate,
  type ParsedDocument,
  parsePolicyDocument,
  type Question,
  type Request,
} from "@bastionless/iam";
import { bitsOf, enumerated, REQUESTS, someRequest } from "./support/enumerate.ts";
import { type NaiveDocument, naiveAllowed, type NaiveRequest } from "./support/naive.ts";
import { type Flavour, Random, randomDocument, randomRequest, UNIVERSE } from "./support/random-documents.ts";

/**
 * Random pairs of documents, each answer checked against a naive evaluator: a witness must be allowed by it, and no
 * request of a small universe, all of it enumerated, may contradict `none`; nor may random requests. Where policy
 * variables are in the documents, the universe is enumerated for each of a few values of theirs. `IAM_ORACLE_PAIRS` sets
 * how many pairs (default 20,000); where it is set, the answers are counted on standard output.
 */
const PAIRS_ASKED_FOR = process.env["IAM_ORACLE_PAIRS"];
const PAIRS = Number(PAIRS_ASKED_FOR ?? "20000");
const SEED = Number(process.env["IAM_ORACLE_SEED"] ?? "1");
const SAMPLES = 30;

function parsed(document: NaiveDocument): ParsedDocument {
  const result = parsePolicyDocument(document);
  if (result.kind !== "parsed") {
    throw new Error(JSON.stringify({ document, result }));
  }
  return result.document;
}

const question: Question = {
  name: "anything",
  scenarios: [
    {
      name: "anything",
      checks: [{ name: "machine", actions: [UNIVERSE.action], resources: [UNIVERSE.template] }],
      credentials: ["long-term", "temporary", "temporary-mfa"],
    },
  ],
};

function naive({ action, resource, context }: Request): NaiveRequest {
  const texts = Object.entries(context).map(
    ([key, value]) => [key, Array.isArray(value) ? value.map(String) : String(value)] as const,
  );
  return { action, resource, context: Object.fromEntries(texts) };
}

function witnessOf(answer: Answer): Request {
  assert.equal(answer.kind, "witness");
  const [check] = answer.kind === "witness" ? answer.checks : [];
  if (check === undefined) {
    throw new Error("a witness without a check");
  }
  return check.request;
}

interface Tally {
  readonly witness: number;
  readonly none: number;
  readonly undecided: number;
}

/** Runs `pairs` random pairs through `check`, and counts the answers. */
function overPairs(
  pairs: number,
  flavour: Flavour,
  check: (first: NaiveDocument, second: NaiveDocument, random: Random) => Pick<Answer, "kind">,
): Tally {
  const tally = { witness: 0, none: 0, undecided: 0 };
  for (let index = 0; index < pairs; index += 1) {
    const random = new Random(SEED * 1_000_003 + index);
    const first = randomDocument(random, flavour);
    const second = randomDocument(random, flavour);
    try {
      tally[check(first, second, random).kind] += 1;
    } catch (error) {
      throw new Error(`pair ${index} of seed ${SEED}: ${JSON.stringify([first, second])}`, {
        cause: error,
      });
    }
  }
  if (PAIRS_ASKED_FOR !== undefined) {
    process.stdout.write(
      `seed ${SEED}: ${pairs} pairs: ${tally.witness} witness, ${tally.none} none, ${tally.undecided} undecided\n`,
    );
  }
  return tally;
}

/** No policy variable in it: what it asks of one key does not depend on another. */
function isFlat(documents: readonly NaiveDocument[]): boolean {
  return !JSON.stringify(documents).includes("${");
}

/** Fails where a request of the universe, with these keys in it, is allowed by the documents together. */
function assertNothingAllowed(
  first: NaiveDocument,
  second: NaiveDocument,
  fixed: { readonly [key: string]: string | undefined } = {},
): void {
  const [one, two] = [bitsOf(first), bitsOf(second, first.Statement.length)];
  const request = enumerated(
    [first, second],
    (matching) => (matching & (one.allow | two.allow)) !== 0 && (matching & (one.deny | two.deny)) === 0,
    "user",
    fixed,
  );
  assert.equal(request, undefined, `none, but ${JSON.stringify({ ...request, fixed })}`);
}

/** Values that the variables of random documents are given: absent, and such as what surrounds them tells apart. */
const TEAMS = [undefined, "", "a", "b", "A", "ab", "ba", "aa", "a-", "x"];
const OTHERS = [undefined, "", "a", "b", "B", "aab"];

/** The same for each of a few values of the variables, with these written in their place. */
function assertNothingAllowedInPlaces(first: NaiveDocument, second: NaiveDocument): void {
  const text = JSON.stringify([first, second]);
  for (const team of text.includes("/Team}") ? TEAMS : [undefined]) {
    for (const other of text.includes("/Other,") ? OTHERS : [undefined]) {
      const [one, two] = [first, second].map((document) => inPlace(document, team, other ?? "b"));
      if (one !== undefined && two !== undefined) {
        assertNothingAllowed(one, two, text.includes("/Team}") ? { [TEAM]: team } : {});
      }
    }
  }
}

const TEAM = "aws:PrincipalTag/Team";

/** Written in place; a pattern with a variable that has no value matches nothing. */
function inPlace(document: NaiveDocument, team: string | undefined, other: string): NaiveDocument {
  const fill = (text: string): readonly string[] =>
    team === undefined && text.includes(`\${${TEAM}}`)
      ? []
      : [text.replaceAll(`\${${TEAM}}`, team ?? "").replaceAll("${aws:PrincipalTag/Other, 'b'}", other)];
  const texts = (values: string | readonly string[]): readonly string[] =>
    (typeof values === "string" ? [values] : values).flatMap(fill);
  const operands = (values: ConditionValue | readonly ConditionValue[]): readonly ConditionValue[] =>
    (typeof values === "object" ? values : [values]).flatMap((value): readonly ConditionValue[] =>
      typeof value === "string" ? fill(value) : [value],
    );
  const Statement = document.Statement.map((statement) => {
    const { Resource, NotResource, Condition = {} } = statement;
    const blocks = Object.entries(Condition).map(
      ([operator, keys]) =>
        [
          operator,
          Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, operands(values)])),
        ] as const,
    );
    return {
      ...statement,
      ...(Resource === undefined ? {} : { Resource: texts(Resource) }),
      ...(NotResource === undefined ? {} : { NotResource: texts(NotResource) }),
      Condition: Object.fromEntries(blocks),
    };
  });
  return { ...document, Statement };
}

function decided(first: NaiveDocument, second: NaiveDocument, random: Random): Answer {
  const identity = [parsed(first), parsed(second)];
  const answer = decide(question, { identity });
  if (answer.kind === "witness") {
    assert.equal(naiveAllowed([first, second], naive(witnessOf(answer))), true, "the witness is not allowed");
  }
  if (answer.kind === "none") {
    if (isFlat([first, second])) {
      assertNothingAllowed(first, second);
    } else if (PAIRS_ASKED_FOR !== undefined || random.chance(25)) {
      assertNothingAllowedInPlaces(first, second);
    }
  }
  if (answer.kind === "none") {
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const request = randomRequest(random);
      assert.equal(naiveAllowed([first, second], request), false, `none, but ${JSON.stringify(request)}`);
    }
  }
  return answer;
}

describe("deciding random documents", function () {
  this.timeout(0);

  it("enumerates as the naive evaluator evaluates", () => {
    overPairs(Math.ceil(PAIRS / 50), { variables: false }, (first, second, random) => {
      const [one, two] = [bitsOf(first), bitsOf(second, first.Statement.length)];
      const isAllowed = (matching: number): boolean =>
        (matching & (one.allow | two.allow)) !== 0 && (matching & (one.deny | two.deny)) === 0;
      const request = enumerated([first, second], isAllowed);
      if (isFlat([first, second]) && request !== undefined) {
        const context = { "aws:CurrentTime": "2030-01-01T00:00:00Z", ...request.context };
        assert.equal(naiveAllowed([first, second], { ...request, context }), true);
        return { kind: "witness" };
      }
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        assert.equal(naiveAllowed([first, second], someRequest(random)), false);
      }
      return { kind: "none" };
    });
  });

  it(`agrees on ${PAIRS} pairs with all ${REQUESTS.toExponential(0)} requests of a small universe, and leaves none undecided`, () => {
    const tally = overPairs(PAIRS, { variables: false }, decided);
    assert.equal(tally.undecided, 0);
    assert.ok(tally.witness > PAIRS / 5, `only ${tally.witness} witnesses`);
    assert.ok(tally.none > PAIRS / 5, `only ${tally.none} proofs`);
  });

  it("is sound with policy variables, and leaves none undecided", () => {
    const pairs = Math.ceil(PAIRS / 10);
    const tally = overPairs(pairs, { variables: true }, decided);
    // Not every question is decided; among many thousand, one may be left.
    assert.ok(tally.undecided <= pairs / 5000, `${tally.undecided} of ${pairs} undecided`);
    assert.ok(tally.none > pairs / 5, `only ${tally.none} proofs`);
  });

  it("compares as a naive evaluator does", () => {
    const pairs = Math.ceil(PAIRS / 10);
    const options = {
      actions: [UNIVERSE.action],
      resources: [UNIVERSE.template],
      credentials: ["long-term", "temporary", "temporary-mfa"],
    } as const;
    const tally = overPairs(pairs, { variables: false }, (first, second) => {
      const answer = compare({ identity: [parsed(first)] }, { identity: [parsed(second)] }, options);
      const more = (request: NaiveRequest): boolean =>
        naiveAllowed([first], request) && !naiveAllowed([second], request);
      if (answer.kind === "witness") {
        assert.equal(more(naive(witnessOf(answer))), true, "the witness is no difference");
      } else {
        const [one, two] = [bitsOf(first), bitsOf(second, first.Statement.length)];
        const request = enumerated(
          [first, second],
          (matching) =>
            (matching & one.allow) !== 0 &&
            (matching & one.deny) === 0 &&
            ((matching & two.allow) === 0 || (matching & two.deny) !== 0),
        );
        assert.equal(request, undefined, `none, but ${JSON.stringify(request)}`);
      }
      return answer;
    });
    assert.equal(tally.undecided, 0);
  });

  it("evaluates as a naive evaluator does", () => {
    const flavour = { variables: true };
    overPairs(Math.ceil(PAIRS / 10), flavour, (first, second, random) => {
      const identity = [parsed(first), parsed(second)];
      for (let sample = 0; sample < 10; sample += 1) {
        const request = randomRequest(random);
        const { decision } = evaluate({ ...request }, { identity });
        assert.equal(decision === "allowed", naiveAllowed([first, second], request), JSON.stringify(request));
      }
      return { kind: "none" };
    });
  });
});

describe("laws of deciding", function () {
  this.timeout(0);
  const pairs = Math.ceil(PAIRS / 20);

  it("finds nothing new where a Deny is added", () => {
    overPairs(pairs, { variables: false }, (first, second) => {
      const denies = {
        ...second,
        Statement: second.Statement.map((each) => ({ ...each, Effect: "Deny" as const })),
      };
      const before = decide(question, { identity: [parsed(first)] });
      const after = decide(question, { identity: [parsed(first), parsed(denies)] });
      assert.ok(before.kind === "witness" || after.kind === "none");
      return after;
    });
  });

  it("loses nothing where an Allow is added", () => {
    overPairs(pairs, { variables: false }, (first, second) => {
      const allows = {
        ...second,
        Statement: second.Statement.map((each) => ({ ...each, Effect: "Allow" as const })),
      };
      const before = decide(question, { identity: [parsed(first)] });
      const after = decide(question, { identity: [parsed(first), parsed(allows)] });
      assert.ok(before.kind === "none" || after.kind === "witness");
      return after;
    });
  });

  it("does not depend on the order of statements or documents", () => {
    overPairs(pairs, { variables: false }, (first, second) => {
      const reversed = [second, first].map((each) =>
        parsed({ ...each, Statement: each.Statement.toReversed() }),
      );
      const forwards = decide(question, { identity: [parsed(first), parsed(second)] });
      const backwards = decide(question, { identity: reversed });
      assert.equal(backwards.kind, forwards.kind);
      return forwards;
    });
  });

  it("treats a boundary as a second set of documents that must allow", () => {
    overPairs(pairs, { variables: false }, (first, second) => {
      const bounded = decide(question, { identity: [parsed(first)], boundary: [parsed(second)] });
      if (bounded.kind === "witness") {
        const request = naive(witnessOf(bounded));
        assert.equal(naiveAllowed([first], request) && naiveAllowed([second], request), true);
      }
      const swapped = decide(question, { identity: [parsed(second)], boundary: [parsed(first)] });
      assert.equal(swapped.kind, bounded.kind);
      return bounded;
    });
  });

  it("says of a document compared with itself that it allows nothing more", () => {
    overPairs(pairs, { variables: false }, (first) => {
      const answer = compare(
        { identity: [parsed(first)] },
        { identity: [parsed(first)] },
        { actions: [UNIVERSE.action] },
      );
      assert.equal(answer.kind, "none");
      return answer;
    });
  });
});
