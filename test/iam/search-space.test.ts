import assert from "node:assert/strict";
import {
  absent,
  type Answer,
  type ConditionBlock,
  decide,
  type DecideOptions,
  equals,
  evaluate,
  type KeyConstraint,
  matches,
  outside,
  present,
  type Question,
  type Statement,
} from "@bastionless/iam";
import { goalsToAllow, Layers } from "../../iam/decide/goal.ts";
import { answerQuestion } from "../../iam/decide/run.ts";
import { AGE, allow, deny, document, MFA } from "./support/documents.ts";

function anything(resource = "{any}"): Question {
  const checks = [{ name: "request", actions: ["ssm:StartSession"], resources: [resource] }];
  return { name: "anything", scenarios: [{ name: "anything", checks }] };
}

/** The values of `key` in the witness; its absence is `null`. */
function found(statements: readonly Statement[], key: string): unknown {
  const answer = decide(anything(), { identity: [document(...statements)] });
  return answer.kind === "witness" ? (answer.checks[0]?.request.context[key] ?? null) : answer.kind;
}

function only(Condition: ConditionBlock, ...denied: readonly ConditionBlock[]): readonly Statement[] {
  return [allow(Condition), ...denied.map((each) => deny(each))];
}

describe("a question's constraints on keys", () => {
  const key = "aws:PrincipalTag/x";
  const ask = (constraint: KeyConstraint, ...statements: readonly Statement[]): unknown => {
    const checks = [{ name: "request", actions: ["ssm:StartSession"], resources: ["{any}"] }];
    const question: Question = { name: "q", scenarios: [{ name: "s", checks, keys: [constraint] }] };
    const answer = decide(question, { identity: [document(...statements)] });
    return answer.kind === "witness" ? (answer.checks[0]?.request.context[key] ?? null) : answer.kind;
  };
  const like = (pattern: string): Statement => allow({ StringLike: { [key]: pattern } });

  it("absent", () => {
    assert.equal(ask(absent(key), allow()), null);
    assert.equal(ask(absent(key), like("*")), "none");
  });

  it("present", () => {
    assert.equal(ask(present(key), allow({ Null: { [key]: true } })), "none");
    assert.equal(typeof ask(present(key), allow()), "string");
  });

  it("a Region that only the question names", () => {
    const region = "aws:RequestedRegion";
    const asked = (constraint: KeyConstraint, ...statements: readonly Statement[]): unknown => {
      const checks = [{ name: "request", actions: ["ssm:StartSession"], resources: ["{any}"] }];
      const question: Question = { name: "q", scenarios: [{ name: "s", checks, keys: [constraint] }] };
      const answer = decide(question, { identity: [document(...statements)] });
      return answer.kind === "witness" ? (answer.checks[0]?.request.context[region] ?? null) : answer.kind;
    };
    const fence = (name: string): Statement => deny({ StringNotEquals: { [region]: name } });
    assert.equal(asked(equals(region, "eu-west-1"), allow()), "eu-west-1");
    assert.equal(asked(equals(region, "xx-south-7"), allow()), "xx-south-7");
    assert.equal(asked(matches(region, "cn-*"), allow()), "cn-north-1");
    assert.equal(asked(equals(region, "eu-west-1"), allow(), fence("eu-west-1")), "eu-west-1");
    assert.equal(asked(equals(region, "eu-west-1"), allow(), fence("eu-north-1")), "none");
    assert.equal(asked(outside(region, "us-east-1"), allow(), fence("us-east-1")), "none");
  });

  it("equal to one of several values", () => {
    assert.equal(ask(equals(key, "a*", "b"), like("?")), "b");
    assert.equal(ask(equals(key, "a*", "b"), like("a?")), "a*");
    assert.equal(ask(equals(key, "a*", "b"), like("c*")), "none");
  });

  it("matching a pattern", () => {
    assert.match(String(ask(matches(key, "a*"), like("*z"))), /^a.*z$/);
    assert.equal(ask(matches(key, "a*"), like("b*")), "none");
  });

  it("absent, or matching no pattern", () => {
    assert.equal(ask(outside(key, "a*"), allow()), null);
    assert.equal(ask(outside(key, "a*"), like("a*")), "none");
    assert.match(String(ask(outside(key, "a*"), like("*b"))), /^[^a].*|b$/);
  });

  it("that cannot be read: undecided, and it says which", () => {
    assert.equal(ask({ operator: "StringSounds", key, values: ["x"] }, allow()), "undecided");
    const checks = [{ name: "request", actions: ["ssm:StartSession"], resources: ["arn:{nothing}"] }];
    const answer = decide(
      { name: "q", scenarios: [{ name: "s", checks }] },
      { identity: [document(allow())] },
    );
    assert.deepEqual(answer.kind === "undecided" && answer.reasons.map(({ code }) => code), [
      "invalid-question",
    ]);
  });
});

describe("a policy variable", () => {
  it("in one of several patterns of NotResource leaves the others standing", () => {
    const but = (...NotResource: readonly string[]): Answer["kind"] => {
      const statement = { Effect: "Allow", Action: "ssm:StartSession", NotResource } as const;
      return decide(anything(), { identity: [document(statement)] }).kind;
    };
    const own = "arn:aws:ec2:*:*:instance/${aws:PrincipalTag/x}*";
    assert.equal(but("*", own), "none");
    assert.equal(but("arn:aws:ec2:*:*:instance/i-*", own), "witness");
  });

  it("whose value is not found by trying is undecided by its name, and never a proof", () => {
    // Every letter that is tried is in the text; another one would do.
    const text = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index))
      .filter((char) => !"*?$".includes(char))
      .join("");
    const answer = decide(anything(), {
      identity: [
        document(
          allow({
            StringEquals: { "aws:PrincipalTag/x": `${text}\u00e9\u4e00\u{1f600}` },
            StringLike: { "aws:PrincipalTag/y": "?" },
          }),
          deny({ StringLike: { "aws:PrincipalTag/x": "*${aws:PrincipalTag/y}*" } }),
        ),
      ],
    });
    assert.deepEqual(
      answer.kind === "undecided" && answer.reasons.map(({ code, subject }) => `${code} ${subject}`),
      ["policy-variable aws:principaltag/y"],
    );
  });
});

describe("a request that is found", () => {
  it("is no witness where the evaluator does not allow it, and then nothing is proved either", () => {
    const policies = { identity: [document(allow())] };
    const answer = answerQuestion(
      anything(),
      {},
      {
        layers: (relevant) => [new Layers(policies, "safe", relevant)],
        goals: ([layers], principal) => (layers === undefined ? [] : goalsToAllow(layers, principal)),
        replay: (request) => ({ evaluation: evaluate(request, policies), holds: false }),
      },
    );
    assert.equal(answer.kind, "undecided");
  });
});

describe("a key that is tested as text and as a number", () => {
  const both = (pattern: string, least: number): unknown => {
    const key = "ssm:Level";
    const condition = { StringLike: { [key]: pattern }, NumericGreaterThan: { [key]: least } };
    const answer = decide(anything(), { identity: [document(allow(condition))] });
    return answer.kind === "undecided" ? answer.reasons.map(({ code }) => code) : answer.kind;
  };

  it("is undecided where a value may be both, and none was found", () => {
    assert.deepEqual(both("1*7", 1000), ["value-forms"]);
  });

  it("is decided where one was, or where there is none", () => {
    assert.equal(both("1*7", 5), "witness");
    assert.equal(both("2000", 1000), "witness");
    assert.equal(both("17", 1000), "none");
  });
});

describe("a pattern of half an ARN", () => {
  it("is not modelled: undecided where it matters, by its text, and nothing elsewhere", () => {
    const half = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam" } };
    const run = (...statements: readonly Statement[]): unknown => {
      const answer = decide(anything(), { identity: [document(...statements)] });
      return answer.kind === "undecided"
        ? answer.reasons.map(({ code, subject }) => `${code} ${subject}`)
        : answer.kind;
    };
    assert.deepEqual(run(allow(half)), ["unmodelled-operator arn:aws:iam"]);
    assert.deepEqual(run(allow(), deny(half)), ["unmodelled-operator arn:aws:iam"]);
    assert.equal(run(allow(), allow(half)), "witness");
    assert.equal(run(deny(), allow(half)), "none");
  });
});

describe("the search finds values that no document names", () => {
  it("an address between two refused ranges", () => {
    const key = "aws:SourceIp";
    const range = (value: string | readonly string[]): ConditionBlock => ({ IpAddress: { [key]: value } });
    assert.equal(found(only(range("10.0.0.0/8"), range(["10.0.0.0/16", "10.255.0.0/16"])), key), "10.1.0.0");
    assert.equal(found(only(range("10.0.0.0/8"), range(["10.0.0.0/9", "10.128.0.0/9"])), key), "none");
    assert.equal(
      found(
        only({ NotIpAddress: { [key]: ["0.0.0.0/1", "128.0.0.0/1", "::/1"] }, Null: { [key]: false } }),
        key,
      ),
      "8000:0:0:0:0:0:0:0",
    );
  });

  it("a number between two bounds, and a whole one where the key has whole ones", () => {
    const between = (key: string, low: number, high: number): readonly Statement[] =>
      only({ NumericGreaterThan: { [key]: low }, NumericLessThan: { [key]: high } });
    assert.equal(found(between("ssm:Level", 1, 2), "ssm:Level"), "1.5");
    assert.equal(found(between(AGE, 1, 2), AGE), "none");
    assert.equal(found(between(AGE, 1, 3), AGE), "2");
  });

  it("an instant between two dates", () => {
    const key = "aws:CurrentTime";
    const between = only({ DateGreaterThan: { [key]: "2030-01-01" }, DateLessThan: { [key]: "2030-01-02" } });
    assert.match(String(found(between, key)), /^2030-01-01T/);
    assert.equal(
      found(only({ DateGreaterThan: { [key]: "2030-01-02" }, DateLessThan: { [key]: "2030-01-01" } }), key),
      "none",
    );
  });

  it("one instant for the time in both of its forms", () => {
    const both = only({
      DateGreaterThan: { "aws:CurrentTime": "2031-01-01" },
      NumericLessThan: { "aws:EpochTime": 1_893_456_000 },
    });
    assert.equal(found(both, "aws:EpochTime"), "none");
  });

  it("a text in the intersection of patterns, and outside others", () => {
    const key = "aws:PrincipalTag/x";
    const like = (pattern: string): ConditionBlock => ({ StringLike: { [key]: pattern } });
    const text = String(
      found(
        only({ StringLike: { [key]: "a*" }, StringLikeIfExists: { [key]: "*b" } }, like("ab"), like("a?b")),
        key,
      ),
    );
    assert.match(text, /^a..+b$/);
    assert.equal(
      found(only({ StringLike: { [key]: "a*" }, StringLikeIfExists: { [key]: "b*" } }), key),
      "none",
    );
    assert.equal(
      found(
        only(
          { StringLike: { [key]: "??" } },
          { StringNotLike: { [key]: "a*" } },
          { StringNotLike: { [key]: "*b" } },
        ),
        key,
      ),
      "ab",
    );
  });

  it("several values for a key that has several", () => {
    const key = "aws:TagKeys";
    const any = { "ForAnyValue:StringEquals": { [key]: "a" } };
    const all = { "ForAllValues:StringEquals": { [key]: "a" } };
    const values = found(only(any, all), key);
    assert.ok(Array.isArray(values) && values.includes("a") && values.length === 2, JSON.stringify(values));
    const other = { "ForAnyValue:StringNotEquals": { [key]: "a" } };
    assert.ok(Array.isArray(found([allow({ ...any, ...other })], key)));
    assert.equal(found([allow({ ...other, ...all })], key), "none");
    assert.equal(found(only(any, other), key), "a");
    assert.equal(found(only(any, { "ForAnyValue:StringLike": { [key]: "*" } }), key), "none");
    assert.equal(
      found(
        only({
          "ForAnyValue:StringEquals": { [MFA]: "true" },
          "ForAnyValue:StringEqualsIfExists": { [MFA]: "false" },
        }),
        MFA,
      ),
      "none",
    );
  });

  it("another account than the one refused", () => {
    const question = anything("arn:{partition}:ec2:{region}:{account}:instance/{instance}");
    const statements = [allow(), deny(undefined, { Resource: "arn:aws:ec2:*:111122223333:*" })];
    const answer = decide(question, { identity: [document(...statements)] });
    const resource = answer.kind === "witness" ? answer.checks[0]?.request.resource : answer.kind;
    assert.match(String(resource), /^arn:aws:ec2:us-east-1:\d{12}:instance\/i-/);
    assert.doesNotMatch(String(resource), /111122223333/);
  });

  it("another region than those refused, and none beside the only one allowed", () => {
    const question = anything("arn:{partition}:ec2:{region}:{account}:instance/{instance}");
    const region = (answer: unknown): unknown => JSON.stringify(answer);
    const refused = { StringLike: { "aws:RequestedRegion": ["us-*", "eu-*", "ap-*"] } };
    const elsewhere = decide(question, { identity: [document(allow(), deny(refused))] });
    assert.doesNotMatch(String(region(elsewhere)), /arn:aws:ec2:(?:us|eu|ap)-/);
    const contradiction = allow(
      { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      { Resource: "arn:aws:ec2:us-east-1:*:instance/*" },
    );
    assert.equal(decide(question, { identity: [document(contradiction)] }).kind, "none");
  });

  it("a colon where an Allow's star may cross it and a Deny's may not", () => {
    const pattern = { Resource: "arn:aws:x:u*e:*:*" };
    const kind = (resourceColons: NonNullable<DecideOptions["resourceColons"]>): string =>
      decide(
        anything(),
        { identity: [document(allow(undefined, pattern), deny(undefined, pattern))] },
        { resourceColons },
      ).kind;
    assert.deepEqual([kind("safe"), kind("crossing"), kind("segmented")], ["witness", "none", "none"]);
  });

  it("a value for a policy variable that its surroundings ask for", () => {
    const named = allow({
      StringEquals: { "aws:PrincipalTag/x": "a-1", "aws:PrincipalTag/y": "${aws:PrincipalTag/z}-1" },
      StringEqualsIfExists: { "aws:PrincipalTag/x": "${aws:PrincipalTag/z}-1" },
    });
    assert.equal(found([named], "aws:PrincipalTag/z"), null);
    const captured = decide(anything(), { identity: [document(named)] });
    assert.equal(
      captured.kind === "witness" && captured.checks[0]?.request.context["aws:principaltag/z"],
      "a",
    );
  });

  it("a region and a partition that only the documents name", () => {
    const question = anything("arn:{partition}:ec2:{region}:{account}:instance/{instance}");
    const resource = (Resource: string): string => {
      const answer = decide(question, { identity: [document(allow(undefined, { Resource }))] });
      return answer.kind === "witness" ? (answer.checks[0]?.request.resource ?? "") : answer.kind;
    };
    assert.match(resource("arn:aws:ec2:qq-fake-9:*:instance/*"), /^arn:aws:ec2:qq-fake-9:/);
    assert.match(resource("arn:aws-iso-b:ec2:*:*:instance/*"), /^arn:aws-iso-b:ec2:/);
    assert.match(resource("arn:aws-cn:ec2:*:*:instance/*"), /^arn:aws-cn:ec2:cn-/);
    const placed = { ...question, place: { region: "eu-west-1" } };
    const elsewhere = document(allow(undefined, { Resource: "arn:aws:ec2:us-east-1:*:instance/*" }));
    assert.equal(decide(placed, { identity: [elsewhere] }).kind, "none");
  });

  it("no key of another service, and no second value of a tag", () => {
    assert.equal(found([allow({ StringEquals: { "s3:prefix": "a" } })], "s3:prefix"), "none");
    assert.equal(
      found(
        [allow({ StringEquals: { "aws:ResourceTag/a": "1", "ssm:resourceTag/A": "2" } })],
        "aws:ResourceTag/a",
      ),
      "none",
    );
  });

  it("nothing in a network that is two at once", () => {
    assert.equal(
      found([allow({ Null: { "aws:SourceIp": false, "aws:SourceVpce": false } })], "aws:SourceIp"),
      "none",
    );
  });
});
