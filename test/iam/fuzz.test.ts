import assert from "node:assert/strict";
import {
  type Answer,
  decide,
  documentWarnings,
  type ParsedDocument,
  parsePolicyDocument,
  type ParseResult,
  type PolicySet,
  sessionWithoutMfa,
} from "@bastionless/iam";
import { MFA } from "./support/documents.ts";
import {
  doubledMember,
  explodingDocument,
  garbled,
  largeInput,
  mangled,
  mutatedPolicy,
  nearlyDocument,
  randomTree,
} from "./support/hostile-inputs.ts";
import { type NaiveDocument, naiveAllowed, type NaiveRequest } from "./support/naive.ts";
import { Random } from "./support/random-documents.ts";
import { SESSION_QUESTIONS } from "./support/session-questions.ts";

/**
 * Inputs that are wrong: parsing them and asking about sessions ends, soon, with an answer, and the answer is never
 * `none` for what was not understood. `IAM_FUZZ_INPUTS` sets how many (default 100,000), `IAM_FUZZ_SEED` others.
 */
const INPUTS = Number(process.env["IAM_FUZZ_INPUTS"] ?? "100000");
const SEED = Number(process.env["IAM_FUZZ_SEED"] ?? "1");

/** Steps for each question: few, so that what would take long shows as `undecided`, as it must. */
const BUDGET = 50_000;

/** Of processor time, for one input with its questions. */
const MOST_MILLISECONDS = 5000;

const WITHOUT_MFA = sessionWithoutMfa();

function read(source: unknown): ParseResult {
  const result = parsePolicyDocument(source, { kind: "identity" });
  for (const { path, message } of result.problems) {
    assert.ok(path.startsWith("$") && message !== "", `${path} ${message}`);
  }
  assert.ok(
    result.kind === "parsed" || result.problems.some(({ severity }) => severity === "error"),
    "refused without an error",
  );
  return result;
}

function ask(document: ParsedDocument, index: number): readonly Answer[] {
  const policies: PolicySet = { identity: [document] };
  const others = index % 10 === 0 ? SESSION_QUESTIONS : [SESSION_QUESTIONS[index % SESSION_QUESTIONS.length]];
  return [WITHOUT_MFA, ...others].flatMap((question) => {
    if (question === undefined) {
      return [];
    }
    const answer = decide(question, policies, { budget: BUDGET });
    assert.ok(answer.kind !== "undecided" || answer.reasons.length > 0, "undecided without a reason");
    assert.ok(answer.kind !== "witness" || answer.checks.length > 0, "a witness without a request");
    return [answer];
  });
}

interface Tally {
  invalid: number;
  witness: number;
  none: number;
  undecided: number;
  /** Proofs that the naive evaluator could read too, and did not contradict. */
  confirmed: number;
}

let tried = 0;

/** Runs inputs through parser and questions; `check` sees what came of each. */
function fuzz(
  share: number,
  make: (random: Random, index: number) => unknown,
  check: (result: ParseResult, answers: readonly Answer[], source: unknown) => void = () => undefined,
): Tally {
  const tally: Tally = { invalid: 0, witness: 0, none: 0, undecided: 0, confirmed: 0 };
  const count = Math.ceil((INPUTS * share) / 100);
  for (let index = 0; index < count; index += 1) {
    tried += 1;
    const source = make(new Random(SEED * 1_000_003 + share * 7919 + index), index);
    const before = process.cpuUsage();
    try {
      const result = read(source);
      const answers = result.kind === "parsed" ? ask(result.document, index) : [];
      const [withoutMfa] = answers;
      if (withoutMfa === undefined) {
        tally.invalid += 1;
      } else {
        tally[withoutMfa.kind] += 1;
        tally.confirmed += withoutMfa.kind === "none" && isConfirmed(source) ? 1 : 0;
      }
      check(result, answers, source);
    } catch (error) {
      throw new Error(`input ${index} of seed ${SEED}: ${told(source)}`, { cause: error });
    }
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < MOST_MILLISECONDS * 1000, `${user + system} µs: ${told(source)}`);
  }
  return tally;
}

function told(source: unknown): string {
  try {
    return (typeof source === "string" ? source : (JSON.stringify(source) ?? typeof source)).slice(0, 2000);
  } catch (error) {
    return `${typeof source}: ${error instanceof Error ? error.message : "unreadable"}`;
  }
}

const INSTANCE = "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0";

/** Requests without MFA that anyone could make. */
const REQUESTS: readonly NaiveRequest[] = [
  {},
  { [MFA]: "false", "aws:TokenIssueTime": "2030-01-01T00:00:00Z" },
  { "aws:ResourceTag/Environment": "prod", "ssm:resourceTag/Environment": "prod" },
].map((keys) => ({
  action: "ssm:StartSession",
  resource: INSTANCE,
  context: {
    "ssm:SessionDocumentAccessCheck": "false",
    "aws:username": "alice",
    "aws:SecureTransport": "true",
    "aws:SourceIp": "198.51.100.7",
    "aws:CurrentTime": "2030-06-01T00:00:00Z",
    "aws:EpochTime": "1906502400",
    "aws:RequestedRegion": "us-east-1",
    "aws:PrincipalAccount": "111122223333",
    "aws:ResourceAccount": "111122223333",
    "aws:PrincipalArn": "arn:aws:iam::111122223333:user/alice",
    "aws:PrincipalType": "User",
    "aws:ViaAWSService": "false",
    "aws:PrincipalIsAWSService": "false",
    "aws:UserAgent": "aws-cli",
    "aws:userid": "AIDAEXAMPLE",
    ...keys,
  },
}));

const NAIVE_OPERATOR =
  /^(?:(?:ForAllValues:|ForAnyValue:)?(?:String(?:Not)?(?:Equals|Like|EqualsIgnoreCase)|Bool)(?:IfExists)?|Null)$/;

/** Asks the naive evaluator, where it can read the document, whether any of the requests contradicts a proof. */
function isConfirmed(source: unknown): boolean {
  const value: unknown = typeof source === "string" ? JSON.parse(source) : source;
  const document = naiveDocument(value);
  if (document === undefined) {
    return false;
  }
  for (const request of REQUESTS) {
    assert.equal(naiveAllowed([document], request), false, `none, but ${JSON.stringify(request)}`);
  }
  return true;
}

function naiveDocument(value: unknown): NaiveDocument | undefined {
  const text = JSON.stringify(value);
  const { Version, Statement }: { Version?: unknown; Statement?: unknown } = JSON.parse(text);
  if (Version !== "2012-10-17" || text.includes("__proto__")) {
    return undefined;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parser took it: it has the form of a document
  const document = {
    Version,
    Statement: Array.isArray(Statement) ? Statement : [Statement],
  } as NaiveDocument;
  const operators = document.Statement.flatMap(({ Condition = {} }) => Object.keys(Condition));
  return operators.every((operator) => NAIVE_OPERATOR.test(operator)) ? document : undefined;
}

describe(`${INPUTS} inputs that are wrong`, function () {
  this.timeout(0);

  after("as many as promised, and nothing was added to the prototypes of others", () => {
    assert.ok(tried >= INPUTS, `${tried} inputs`);
    for (const prototype of [Object.prototype, Array.prototype]) {
      assert.deepEqual(Object.keys(prototype), []);
    }
  });

  it("texts of AWS's policies, cut, doubled and overwritten", () => {
    const tally = fuzz(26, garbled);
    assert.ok(
      tally.invalid > 0 && tally.none > tally.invalid / 100 && tally.confirmed > 0,
      JSON.stringify(tally),
    );
  });

  it("AWS's policies with other parts, other names, and parts that are gone", () => {
    const tally = fuzz(24, mutatedPolicy);
    assert.ok(tally.confirmed > 0 && tally.invalid > 0, JSON.stringify(tally));
  });

  it("documents whose outline alone is right", () => {
    const tally = fuzz(15, nearlyDocument);
    assert.ok(tally.witness > 0 && tally.none > 0 && tally.confirmed > 0, JSON.stringify(tally));
  });

  it("anything at all, as a value and as text", () => {
    const tally = fuzz(15, (random, index) => {
      const tree = randomTree(random, 6);
      return index % 2 === 0 ? tree : JSON.stringify({ Version: "2012-10-17", Statement: tree });
    });
    assert.ok(tally.invalid > 0, JSON.stringify(tally));
  });

  const guarded = (key: string, operator = "Bool"): object => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: "*",
        Condition: { [operator]: { [key]: "true" } },
      },
    ],
  });

  it("a guard under a name that only looks like the key: never a proof", () => {
    assert.equal(decideText(JSON.stringify(guarded(MFA))), "none");
    const tally = fuzz(
      8,
      (random) => {
        const key = mangled(MFA, random);
        // A key of another service is a key that no session has: that is a proof.
        return guarded(key.toLowerCase() === MFA.toLowerCase() ? "aws:x" : key);
      },
      (_, answers) =>
        assert.ok(answers.every(({ kind, question }) => kind !== "none" || question !== WITHOUT_MFA.name)),
    );
    assert.ok(tally.invalid > 0 && tally.witness > 0 && tally.none === 0, JSON.stringify(tally));
  });

  it("a guard under an operator, or in an element, that only looks like one: refused", () => {
    fuzz(
      4,
      (random, index) => {
        if (index % 2 === 0) {
          return guarded(MFA, mangled("BoolIfExists", random));
        }
        const text = JSON.stringify(guarded(MFA));
        const name = random.pick(["Condition", "Action", "Effect", "Statement", "Resource"]);
        return text.replace(`"${name}"`, JSON.stringify(mangled(name, random)));
      },
      (result) => assert.equal(result.kind, "invalid"),
    );
  });

  it("a key that is there twice in the text: refused, by that name", () => {
    fuzz(3, doubledMember, (result) => {
      assert.equal(result.kind, "invalid");
      assert.ok(result.problems.some(({ code }) => code === "duplicate-key"));
    });
  });

  it("numbers that JavaScript would write otherwise: refused, and the others read as they are written", () => {
    const pieces = [
      "0",
      "1",
      "9",
      "00",
      "007",
      "9007199254740993",
      ".5",
      ".0",
      "e5",
      "E-3",
      "e400",
      "-",
      "123456789",
    ];
    fuzz(
      2,
      (random) => {
        const written = Array.from({ length: 1 + random.next(3) }, () => random.pick(pieces)).join("");
        return JSON.stringify(guarded(MFA, "StringEquals")).replace('"true"', written);
      },
      (result, _, source) => {
        const [, written = ""] = /Present":(.*?)\}/.exec(String(source)) ?? [];
        assert.equal(result.kind === "parsed", String(Number(written)) === written, written);
        if (result.kind === "parsed") {
          assert.deepEqual(result.document.statements[0]?.conditions[0]?.values, [written]);
        }
      },
    );
  });

  it("objects that are no JSON: cycles, proxies, getters, functions, inherited and hidden members", () => {
    const tally = fuzz(2, strangeObject);
    assert.ok(tally.invalid > 0 && tally.witness > 0 && tally.none === 0, JSON.stringify(tally));
  });

  it("patterns made to explode", () => {
    const tally = fuzz(2, explodingDocument);
    assert.ok(tally.witness > 0, JSON.stringify(tally));
  });

  it("100 kB, 10,000 statements, nesting without end", () => {
    const tally = fuzz(0.3, largeInput);
    assert.ok(tally.invalid > 0 && tally.witness > 0 && tally.none > 0, JSON.stringify(tally));
  });

  it("warnings of the catalogue, for a sample of them", async () => {
    const random = new Random(SEED);
    const documents = Array.from({ length: Math.ceil(INPUTS / 200) }, (_, index) =>
      read(index % 2 === 0 ? mutatedPolicy(random) : nearlyDocument(random)),
    );
    for (const result of documents) {
      if (result.kind === "parsed") {
        // oxlint-disable-next-line no-await-in-loop -- one after another, as a program would
        const warnings = await documentWarnings(result.document);
        assert.ok(warnings.every(({ severity, path }) => severity === "warning" && path.startsWith("$")));
      }
    }
  });
});

function decideText(text: string): string {
  const result = read(text);
  return result.kind === "parsed" ? decide(WITHOUT_MFA, { identity: [result.document] }).kind : result.kind;
}

class Guarded {
  get Condition(): unknown {
    return { Bool: { [MFA]: "true" } };
  }
}

/** A statement that only looks guarded, or cannot be read, in a document of JavaScript. */
function strangeObject(random: Random): unknown {
  const open = { Effect: "Allow", Action: "ssm:StartSession", Resource: "*" };
  const Condition = { Bool: { [MFA]: "true" } };
  const hostile = new Proxy(open, {
    get: () => {
      // oxlint-disable-next-line typescript/only-throw-error -- what programs throw is not always an error
      throw Object.create(null);
    },
    ownKeys: () => assert.fail("listed"),
  });
  const cycle: { [key: string]: unknown } = { ...open };
  cycle["Condition"] = { Bool: cycle };
  const endless: unknown[] = [];
  endless.push(endless);
  const made: readonly unknown[] = [
    Object.assign(new Guarded(), open),
    Object.assign(Object.create({ Condition }), open),
    Object.defineProperty({ ...open }, "Condition", { value: Condition, enumerable: false }),
    { ...open, [Symbol("Condition")]: Condition },
    JSON.parse(
      JSON.stringify({ ...open, own: 1 }).replace('"own":1', `"__proto__":${JSON.stringify({ Condition })}`),
    ),
    { ...open, Condition: new Map([["Bool", { [MFA]: "true" }]]) },
    { ...open, Condition: { Bool: { [MFA]: () => true } } },
    { ...open, Condition: { Bool: { [MFA]: 1n } } },
    { ...open, Condition: { Bool: { [MFA]: Symbol("true") } } },
    { ...open, Condition: { ...Condition, toJSON: () => ({}) } },
    { ...open, Condition, toJSON: () => open },
    { ...open, Condition: Object.assign(new Date(0), Condition) },
    { ...open, Condition: { Bool: { [MFA]: new String("true") } } },
    { ...open, Action: Object.assign(["ssm:StartSession"], { 3: "s3:*" }), Condition },
    { ...open, Effect: Object("Deny") },
    {
      get Effect(): string {
        throw new TypeError("not now");
      },
    },
    hostile,
    cycle,
    endless,
    undefined,
    () => open,
  ];
  const Statement = made[random.next(made.length)];
  return { Version: "2012-10-17", Statement: random.chance(50) ? Statement : [Statement] };
}
