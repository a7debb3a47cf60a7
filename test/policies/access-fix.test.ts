import assert from "node:assert/strict";
import { readFacts } from "@bastionless/policies/estate/facts.ts";
import { loadIam } from "@bastionless/policies/iam.ts";
import type { AccessFix } from "@bastionless/policies/messages/access-message.ts";
import {
  allow,
  CHECK,
  deny,
  documentArn,
  INSTANCES,
  MFA,
  PROD,
} from "@bastionless/policies/rules/examples/people.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { RuleConfig } from "@bastionless/policies/rules/rule.ts";
import { urnOf } from "./support/stack.ts";

interface Statement {
  readonly Sid?: string;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

await loadIam();

/** The fix that a rule proposes for a policy of these statements; undefined: it finds nothing. */
function fixOf(rule: string, statements: readonly Statement[], config: RuleConfig): AccessFix | undefined {
  const type = "aws:iam/userPolicy:UserPolicy";
  const facts = readFacts({
    urn: urnOf(type, "people"),
    type,
    name: "people",
    inputs: { user: "jo", policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
    outputs: undefined,
    dependencies: {},
    parent: undefined,
    provider: undefined,
  });
  const found = RULES.find(({ id }) => id === rule);
  assert.ok(found, rule);
  const verdicts = found.decideResource(facts, config);
  const messages = verdicts.flatMap(({ kind, message }) => {
    assert.notEqual(kind, "undecided", JSON.stringify(message));
    return kind === "violation" && message.id === "session-allowed" ? [message.fix] : [];
  });
  return messages[0];
}

/** The statements after the change that the fix's words ask for. */
function apply(fix: AccessFix, statements: readonly Statement[]): readonly Statement[] {
  const change = (with_: (statement: Statement) => Statement): readonly Statement[] =>
    statements.map((statement) =>
      "statement" in fix && statement.Sid === fix.statement ? with_(statement) : statement,
    );
  const adding = (operator: string, key: string, value: string) =>
    change((statement) => ({
      ...statement,
      Condition: {
        ...statement.Condition,
        [operator]: { ...statement.Condition?.[operator], [key]: value },
      },
    }));
  const renaming = (from: string, to: string) =>
    change((statement) => {
      const { [from]: moved, ...others } = statement.Condition ?? {};
      return { ...statement, Condition: { ...others, [to]: { ...others[to], ...moved } } };
    });
  switch (fix.kind) {
    case "require-mfa":
      return adding("Bool", "aws:MultiFactorAuthPresent", "true");
    case "strict-allow":
      return renaming(fix.operator, "Bool");
    case "wider-deny":
      return renaming(fix.operator, "BoolIfExists");
    case "require-tag":
      return adding("StringEquals", `ssm:resourceTag/${fix.tag?.key ?? "Any"}`, fix.tag?.values[0] ?? "any");
    case "check-document":
      return adding("BoolIfExists", "ssm:SessionDocumentAccessCheck", "true");
    case "own-sessions":
      return adding("StringEquals", "ssm:resourceTag/aws:ssmmessages:session-id", "${aws:userid}");
    case "close-door":
    case "name-documents":
    case "other-policy":
    case "without-mfa":
      throw new Error(`${fix.kind} is not a change of a condition`);
  }
}

const START = "ssm:StartSession";
const LOOSE_MFA = { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } };
const NAMED = { Resource: [INSTANCES, documentArn("acme-shell")] };

interface Case {
  readonly rule: string;
  readonly statements: readonly Statement[];
  readonly kind: AccessFix["kind"];
  readonly config?: RuleConfig;
  /** How often the rule has to be asked until it is content. Default: 1. */
  readonly changes?: number;
}

const CASES: { readonly [what: string]: Case } = {
  "MFA that nobody asks for": {
    rule: "session-access-requires-mfa",
    statements: [allow(START, { Sid: "One" })],
    kind: "require-mfa",
  },
  "MFA that may be absent": {
    rule: "session-access-requires-mfa",
    statements: [allow(START, { Sid: "One", Condition: LOOSE_MFA })],
    kind: "strict-allow",
  },
  "MFA that may be absent, beside another condition of the operator": {
    rule: "session-access-requires-mfa",
    statements: [
      allow(START, {
        Sid: "One",
        Condition: { BoolIfExists: { ...LOOSE_MFA.BoolIfExists, ...CHECK.BoolIfExists } },
      }),
      allow(START, { Sid: "Two", Resource: documentArn("*"), Condition: LOOSE_MFA }),
    ],
    kind: "strict-allow",
  },
  "a Deny that long-term keys do not meet": {
    rule: "session-access-requires-mfa",
    statements: [
      allow(START, { Sid: "One" }),
      deny("*", { Sid: "Two", Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }),
    ],
    kind: "wider-deny",
  },
  "two statements without MFA": {
    rule: "session-access-requires-mfa",
    statements: [allow(START, { Sid: "One" }), allow("ssm:*", { Sid: "Two" })],
    kind: "require-mfa",
    changes: 2,
  },
  "a tag that is required": {
    rule: "session-access-requires-tags",
    config: { tags: { Environment: ["prod"] } },
    statements: [allow(START, { Sid: "One" })],
    kind: "require-tag",
  },
  "any tag": {
    rule: "session-access-requires-tags",
    statements: [allow(START, { Sid: "One" })],
    kind: "require-tag",
  },
  "a document that nothing checks": {
    rule: "session-documents-pinned",
    statements: [allow(START, { Sid: "One", ...NAMED })],
    kind: "check-document",
  },
  "a document that one of two statements does not check": {
    rule: "session-documents-pinned",
    statements: [
      allow(START, { Sid: "One", Resource: INSTANCES, Condition: PROD }),
      allow(START, { Sid: "Two", Resource: documentArn("acme-shell"), Condition: CHECK }),
    ],
    kind: "check-document",
  },
  "sessions of others": {
    rule: "own-sessions-only",
    statements: [allow(["ssm:TerminateSession", "ssm:ResumeSession"], { Sid: "One" })],
    kind: "own-sessions",
  },
  "sessions of others, in two statements": {
    rule: "own-sessions-only",
    statements: [allow("ssm:TerminateSession", { Sid: "One" }), allow("ssm:ResumeSession", { Sid: "Two" })],
    kind: "own-sessions",
    changes: 2,
  },
  "commands without MFA": {
    rule: "side-doors-guarded",
    statements: [allow("ssm:SendCommand", { Sid: "One", Condition: PROD })],
    kind: "require-mfa",
  },
  "commands on every machine": {
    rule: "side-doors-guarded",
    config: { tags: { Environment: ["prod"] } },
    statements: [
      allow("ssm:SendCommand", { Sid: "One", Resource: "arn:aws:ssm:*::document/AWS-*" }),
      allow("ssm:SendCommand", { Sid: "Two", Resource: INSTANCES, Condition: MFA }),
    ],
    kind: "require-tag",
  },
};

describe("the change that a finding about access asks for", () => {
  for (const [what, { rule, statements, kind, config = {}, changes = 1 }] of Object.entries(CASES)) {
    it(`closes it: ${what}`, () => {
      let current = statements;
      assert.equal(fixOf(rule, current, config)?.kind, kind);
      for (let change = 0; change < changes; change += 1) {
        const fix = fixOf(rule, current, config);
        assert.ok(fix, `content after ${change} changes`);
        current = apply(fix, current);
      }
      assert.equal(fixOf(rule, current, config), undefined, JSON.stringify(current));
    });
  }
});
