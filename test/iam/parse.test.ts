import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decide,
  documentWarnings,
  parsePolicyDocument,
  type ParseOptions,
  sessionWithoutMfa,
} from "@bastionless/iam";

function errors(source: unknown, options?: ParseOptions): readonly (readonly [string, string])[] {
  return parsePolicyDocument(source, options).problems.map(({ code, path }) => [code, path]);
}

const GOOD = { Effect: "Allow", Action: "ssm:StartSession", Resource: "*" };

describe("parsing a policy document", () => {
  it("takes one statement or several, one value or a list, quoted or not", () => {
    const forms = [
      { Statement: GOOD },
      { Statement: [{ ...GOOD, Action: [GOOD.Action], Resource: ["*"] }] },
      {
        Version: "2008-10-17",
        Statement: [{ ...GOOD, Condition: { Bool: { "aws:MultiFactorAuthPresent": [true] } } }],
      },
      JSON.stringify({
        Version: "2012-10-17",
        Id: "x",
        Statement: [{ ...GOOD, Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": 300 } } }],
      }),
    ];
    for (const form of forms) {
      const result = parsePolicyDocument(form);
      assert.equal(result.kind, "parsed");
      assert.deepEqual(result.kind === "parsed" && result.document.statements[0]?.action.patterns, [
        "ssm:StartSession",
      ]);
    }
  });

  it("names every problem at once, with its path", () => {
    const statement = {
      Effect: "allow",
      Action: ["ssm"],
      NotAction: "x:y",
      Resource: "bucket",
      Principle: "*",
      Condition: {
        Boo: {},
        IpAddress: { "aws:SourceIp": "10.0.0.0/33" },
        Bool: { "aws:A": "1", "AWS:a": "2" },
      },
    };
    assert.deepEqual(
      errors({ Version: "2012", Statement: [GOOD, statement] })
        .map(([code, path]) => `${code} ${path}`)
        .toSorted(),
      [
        'bad-value $.Statement[1].Condition.Bool["AWS:a"]',
        'bad-value $.Statement[1].Condition.Bool["aws:A"]',
        'bad-value $.Statement[1].Condition.IpAddress["aws:SourceIp"]',
        "bad-value $.Statement[1].Effect",
        "bad-value $.Statement[1].Resource",
        "bad-value $.Version",
        'duplicate-key $.Statement[1].Condition.Bool["AWS:a"]',
        "exclusive-elements $.Statement[1]",
        "unknown-element $.Statement[1].Principle",
        "unknown-operator $.Statement[1].Condition.Boo",
      ],
    );
  });

  it("takes no word but true and false for a boolean, as nothing says what another one means", () => {
    const codes = (value: unknown): readonly string[] =>
      errors({ Statement: [{ ...GOOD, Condition: { BoolIfExists: { "aws:SecureTransport": value } } }] }).map(
        ([code]) => code,
      );
    for (const value of ["no", "1", 0, "", " true", "${aws:PrincipalTag/x}", ["true", "yes"]]) {
      assert.deepEqual(codes(value), ["bad-value"], JSON.stringify(value));
    }
    for (const value of ["TRUE", "False", true, ["true", false]]) {
      assert.deepEqual(codes(value), [], JSON.stringify(value));
    }
  });

  it("finds a key that is there twice in the text, escaped or not", () => {
    assert.deepEqual(
      errors(String.raw`{"Statement":[{"Effect":"Deny","\u0045ffect":"Allow","Action":"*","Resource":"*"}]}`),
      [["duplicate-key", "$.Statement[0].Effect"]],
    );
  });

  it("finds an operator that is there twice, and a number that would be read as another", () => {
    const Condition = { Bool: { "aws:A": "true" }, bool: { "aws:A": "true" } };
    assert.deepEqual(errors({ Statement: { ...GOOD, Condition } }), [
      ["duplicate-key", "$.Statement.Condition.bool"],
    ]);
    const at = '$.Statement.Condition.StringEquals["aws:A"]';
    for (const written of ["1.0", "9007199254740993", "1e2", "-0"]) {
      const text = JSON.stringify({
        Statement: { ...GOOD, Condition: { StringEquals: { "aws:A": "?" } } },
      });
      assert.deepEqual(errors(text.replace('"?"', written)), [["bad-value", at]], written);
      assert.deepEqual(errors(text.replace('"?"', `"${written}"`)), [], written);
    }
  });

  it("refuses numbers and dates with more digits than are compared", () => {
    const kindOf = (operator: string, value: string): string =>
      parsePolicyDocument({ Statement: { ...GOOD, Condition: { [operator]: { "aws:x": value } } } }).kind;
    assert.equal(kindOf("NumericLessThan", "9007199254740993"), "invalid");
    assert.equal(kindOf("NumericLessThan", "900719925474099.0"), "invalid");
    assert.equal(kindOf("NumericLessThan", "1e999"), "invalid");
    assert.equal(kindOf("NumericLessThan", "90071992547409.9"), "parsed");
    assert.equal(kindOf("DateLessThan", "1234567890123"), "invalid");
    assert.equal(kindOf("DateLessThan", "2030-01-01T00:00:00.0001Z"), "invalid");
    assert.equal(kindOf("DateLessThan", "2030-01-01T00:00:00.1230Z"), "parsed");
  });

  it("reads the members that JSON would have, and no others", () => {
    const Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    const conditions = (statement: object): unknown => {
      const result = parsePolicyDocument({ Statement: statement });
      return result.kind === "parsed" ? result.document.statements[0]?.conditions.length : result.kind;
    };
    assert.equal(conditions({ ...GOOD, Condition }), 1);
    assert.equal(conditions(Object.assign(Object.create({ Condition }), GOOD)), 0);
    assert.equal(conditions(Object.defineProperty({ ...GOOD }, "Condition", { value: Condition })), 0);
    assert.equal(conditions({ ...GOOD, Condition, toJSON: () => GOOD }), "invalid");
  });

  it("says where JSON ends", () => {
    assert.deepEqual(errors("{"), [["not-json", "$"]]);
  });

  it("refuses IfExists on Null, and takes operators in any case", () => {
    assert.deepEqual(
      errors({ Statement: { ...GOOD, Condition: { NullIfExists: { "aws:username": true } } } }),
      [["unknown-operator", "$.Statement.Condition.NullIfExists"]],
    );
    // A Kelvin sign, which is a `k` in lower case.
    assert.deepEqual(
      errors({ Statement: { ...GOOD, Condition: { "StringLi\u212ae": { "aws:username": "a" } } } }),
      [["unknown-operator", '$.Statement.Condition["StringLi\u212ae"]']],
    );
    assert.deepEqual(
      errors({ Statement: { ...GOOD, Condition: { boolifexists: { "aws:MultiFactorAuthPresent": true } } } }),
      [],
    );
  });

  it("knows what each kind of policy takes", () => {
    assert.deepEqual(errors({ Statement: { ...GOOD, Principal: "*" } }, { kind: "identity" }), [
      ["unknown-element", "$.Statement.Principal"],
    ]);
    assert.deepEqual(errors({ Statement: { ...GOOD, NotPrincipal: "*" } }, { kind: "identity" }), [
      ["unknown-element", "$.Statement.NotPrincipal"],
    ]);
    assert.deepEqual(errors({ Statement: { ...GOOD } }, { kind: "resource" }), [
      ["missing-element", "$.Statement"],
    ]);
    assert.deepEqual(
      errors(
        { Statement: { Effect: "Allow", Action: "sts:AssumeRole", NotPrincipal: { AWS: "*" } } },
        { kind: "trust" },
      ),
      [["unknown-element", "$.Statement.NotPrincipal"]],
    );
  });

  it("keeps what is not known apart: a value stays a value, a structure makes the document unknown", () => {
    const unknown = (value: unknown): string | undefined => (value === "?" ? "`Bucket`" : undefined);
    const value = parsePolicyDocument({ Statement: { ...GOOD, Resource: ["*", "?"] } }, { unknown });
    assert.deepEqual(value.kind === "parsed" && value.document.statements[0]?.resource?.patterns, [
      "*",
      { unknown: "`Bucket`" },
    ]);
    assert.equal(parsePolicyDocument({ Statement: { ...GOOD, Effect: "?" } }, { unknown }).kind, "unknown");
    assert.equal(parsePolicyDocument("?", { unknown }).kind, "unknown");
  });

  it("decides with unknown values what they cannot change, and names them otherwise", () => {
    const unknown = (value: unknown): string | undefined => (value === "?" ? "`Bucket`" : undefined);
    const kindOf = (...statements: readonly object[]): unknown => {
      const result = parsePolicyDocument({ Version: "2012-10-17", Statement: statements }, { unknown });
      assert.equal(result.kind, "parsed");
      const found =
        result.kind === "parsed" ? decide(sessionWithoutMfa(), { identity: [result.document] }) : undefined;
      return found?.kind === "undecided" ? found.reasons.map(({ subject }) => subject) : found?.kind;
    };
    assert.equal(kindOf({ ...GOOD, Resource: ["*", "?"] }), "witness");
    assert.equal(kindOf({ ...GOOD, Action: "s3:GetObject", Resource: "?" }), "none");
    assert.deepEqual(kindOf({ ...GOOD, Resource: "?" }), ["`Bucket`"]);
    assert.deepEqual(kindOf({ ...GOOD, Action: ["s3:*", "?"] }), ["`Bucket`"]);
    assert.deepEqual(kindOf(GOOD, { ...GOOD, Effect: "Deny", Action: "?" }), ["`Bucket`"]);
    assert.deepEqual(kindOf({ Effect: "Allow", NotAction: "?", Resource: "*" }), ["`Bucket`"]);
    assert.equal(kindOf({ Effect: "Allow", NotAction: ["ssm:*", "?"], Resource: "*" }), "none");
    assert.equal(
      kindOf(GOOD, {
        ...GOOD,
        Effect: "Deny",
        Action: ["?"],
        Condition: { Null: { "aws:PrincipalTag/y": "true" } },
      }),
      "witness",
    );
    const isThere = { "aws:PrincipalTag/x": "?" };
    assert.deepEqual(kindOf({ ...GOOD, Condition: { Null: isThere } }), ["`Bucket`"]);
    assert.deepEqual(kindOf(GOOD, { ...GOOD, Effect: "Deny", Condition: { Null: isThere } }), ["`Bucket`"]);
    // A Deny that may catch the tag is avoided at the other key.
    const tags = { "aws:PrincipalTag/x": "*" };
    assert.equal(
      kindOf(
        { ...GOOD, Condition: { StringLike: tags } },
        {
          ...GOOD,
          Effect: "Deny",
          Condition: { StringEquals: { "aws:PrincipalTag/x": "?" }, Null: { "aws:PrincipalTag/y": "true" } },
        },
      ),
      "witness",
    );
    assert.deepEqual(kindOf(GOOD, { ...GOOD, Effect: "Deny", Resource: "?" }), ["`Bucket`"]);
    assert.equal(
      kindOf({
        ...GOOD,
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": true },
          StringEquals: { "aws:PrincipalTag/x": "?" },
        },
      }),
      "none",
    );
  });

  it("refuses what is no base64 under BinaryEquals", () => {
    const kindOf = (value: string): string =>
      parsePolicyDocument({ Statement: { ...GOOD, Condition: { BinaryEquals: { "aws:x": value } } } }).kind;
    assert.deepEqual(["QQ==", "", "QR==", "QQ", "Q!=="].map(kindOf), [
      "parsed",
      "parsed",
      "invalid",
      "invalid",
      "invalid",
    ]);
  });

  it("warns of actions that do not exist, and of keys that the action does not know", async () => {
    const Condition = {
      StringEquals: { "ec2:ResourceTag/x": "1", "ssm:resourceTag/x": "1", "aws:PrincipalTag/x": "1" },
    };
    const result = parsePolicyDocument({
      Statement: [
        { ...GOOD, Action: "ssm:StartSesion" },
        { ...GOOD, Condition },
      ],
    });
    assert.equal(result.kind, "parsed");
    const warnings = result.kind === "parsed" ? await documentWarnings(result.document) : [];
    assert.deepEqual(
      warnings.map(({ code, path }) => [code, path]),
      [
        ["unknown-action", "$.Statement[0].Action"],
        ["unknown-condition-key", '$.Statement[1].Condition.StringEquals["ec2:ResourceTag/x"]'],
      ],
    );
  });

  it("warns of no key where the actions are all but some, or a service is not named", async () => {
    const Condition = { StringEquals: { "ec2:ResourceTag/x": "1" } };
    const statements = [
      { Effect: "Allow", NotAction: "ssm:StartSession", Resource: "*", Condition },
      { ...GOOD, Action: ["ssm:StartSession", "*:Describe*"], Condition },
    ];
    const warnings = await Promise.all(
      statements.map(async (Statement) => {
        const result = parsePolicyDocument({ Statement });
        return result.kind === "parsed" ? await documentWarnings(result.document) : undefined;
      }),
    );
    assert.deepEqual(warnings, [[], []]);
  });

  it("never throws, whatever it is given, and decides whatever it takes", () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.constantFrom("*", "Allow", "Deny", "ssm:*", "2012-10-17", "${aws:username}", "${", "arn:aws:s3:::x"),
      fc.boolean(),
      fc.double(),
      fc.constant(null),
    );
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "Effect",
        "Action",
        "NotAction",
        "Resource",
        "Condition",
        "Principal",
        "Bool",
        "Null",
        "StringLike",
        "aws:username",
        "AWS",
        "__proto__",
      ),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        scalar,
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (statement, asText) => {
        const value = { Version: "2012-10-17", Statement: statement };
        const result = parsePolicyDocument(asText ? JSON.stringify(value) : value);
        if (result.kind === "parsed") {
          decide(sessionWithoutMfa(), { identity: [result.document] });
        } else {
          assert.ok(result.problems.length > 0);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
