import assert from "node:assert/strict";
import {
  anySession,
  assumeRoleWithoutMfa,
  decide,
  mayAllow,
  type ParsedDocument,
  parsePolicyDocument,
  type PolicyInput,
  type Question,
  sessionOutsideTags,
  sessionsOfOthers,
  sessionWithDocument,
  sessionWithOtherDocument,
  sessionWithOtherOwnDocument,
  sessionWithoutMfa,
  SIDE_DOORS,
  sideDoorOpen,
  sideDoorOutsideTags,
  sideDoorWithoutMfa,
} from "@bastionless/iam";
import fc from "fast-check";
import { allow, deny, document } from "./support/documents.ts";

const TAGS = { Environment: ["prod"] };

/** Every question that rules ask of people's documents. */
const QUESTIONS: readonly Question[] = [
  anySession(),
  sessionWithoutMfa(),
  ...sessionOutsideTags(TAGS),
  sessionWithDocument({ own: ["acme-tunnel"], aws: ["AWS-StartSSHSession"] }),
  sessionWithOtherDocument(["arn:*:ssm:*:*:document/acme-*"]),
  sessionWithOtherOwnDocument(["arn:*:ssm:*:*:document/acme-*"]),
  sessionsOfOthers("ssm:TerminateSession"),
  sessionsOfOthers("ssm:ResumeSession"),
  ...SIDE_DOORS.flatMap((door) => [
    sideDoorOpen(door),
    sideDoorWithoutMfa(door),
    ...sideDoorOutsideTags(door, TAGS),
  ]),
];

const action = fc.constantFrom(
  "*",
  "ssm:*",
  "SSM:startsession",
  "ssm:StartSession",
  "ssm:Start?ession",
  "s*:S*Command",
  "ssm:SendCommand",
  "ssm:*Association*",
  "ssm:Re*",
  "ssm:TerminateSession",
  "ssm:Get*",
  "ssm:Describe*",
  "ssmmessages:*",
  "ec2-instance-connect:Send*",
  "ec2-instance-connect:OpenTunnel",
  "ec2:*",
  "s3:GetObject",
  "?sm:StartAutomationExecution",
);
const actions = fc.array(action, { minLength: 1, maxLength: 3 });
const condition = fc.constantFrom(
  undefined,
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { StringEquals: { "ssm:resourceTag/Environment": "prod" } },
  { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
);
const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    isNegated: fc.boolean(),
    actions,
    Resource: fc.constantFrom("*", "arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/*"),
    condition,
  })
  .map(({ Effect, isNegated, actions: listed, Resource, condition: Condition }) => ({
    Effect,
    ...(isNegated ? { NotAction: listed } : { Action: listed }),
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  }));
const parsed = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((statements): PolicyInput => read({ Version: "2012-10-17", Statement: statements }));
const unknown = fc
  .record({ mayAllow: fc.boolean(), mayDeny: fc.boolean() })
  .map((may): PolicyInput => ({ kind: "unknown", name: "later", reason: "it is not known", ...may }));
const input = fc.oneof({ weight: 6, arbitrary: parsed }, { weight: 1, arbitrary: unknown });

function read(text: object): ParsedDocument {
  const result = parsePolicyDocument(text, { name: "document" });
  if (result.kind !== "parsed") {
    throw new Error(JSON.stringify(result));
  }
  return result.document;
}

describe("telling documents apart by their actions", () => {
  it("never leaves out a document that a search would not, and finds the same where it does", () => {
    let leftOut = 0;
    fc.assert(
      fc.property(
        fc.array(input, { minLength: 1, maxLength: 3 }),
        fc.option(fc.array(input, { maxLength: 2 }), { nil: undefined }),
        fc.constantFrom(...QUESTIONS),
        (identity, boundary, question) => {
          if (mayAllow(identity, question)) {
            return;
          }
          leftOut += 1;
          const policies = { identity, ...(boundary === undefined ? {} : { boundary }) };
          assert.deepEqual(decide(question, policies), {
            kind: "none",
            question: question.name,
            excludedBy: [],
          });
        },
      ),
      { numRuns: 4000 },
    );
    assert.ok(leftOut > 500, `only ${leftOut} were left out`);
  });

  it("takes an Allow in any form for one, and a Deny for none", () => {
    const cases: readonly (readonly [PolicyInput, boolean])[] = [
      [document(allow()), true],
      [document(allow(undefined, { Action: "S?m:start*" })), true],
      [document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), true],
      [document({ Effect: "Allow", NotAction: ["iam:*", "ssm:*"], Resource: "*" }), false],
      [document(allow(undefined, { Action: "ssm:DescribeSessions" })), false],
      [document(deny()), false],
      [{ kind: "unknown", name: "later", reason: "later" }, true],
      [{ kind: "unknown", name: "later", reason: "later", mayAllow: false }, false],
    ];
    for (const [policy, expected] of cases) {
      assert.equal(mayAllow([policy], anySession()), expected, JSON.stringify(policy));
    }
  });

  it("takes an action that is not known yet for any", () => {
    const result = parsePolicyDocument(
      { Statement: { Effect: "Allow", Action: "UNKNOWN", Resource: "*" } },
      { unknown: (value) => (value === "UNKNOWN" ? "an output" : undefined) },
    );
    assert.ok(result.kind === "parsed" || result.kind === "unknown");
    assert.equal(mayAllow([result.document], anySession()), true);
  });

  it("asks for every check of a scenario, from whichever document", () => {
    const two: Question = {
      name: "two actions",
      scenarios: [
        {
          name: "both",
          checks: [
            { name: "one", actions: ["ssm:StartSession"], resources: ["*"] },
            { name: "other", actions: ["ssm:SendCommand"], resources: ["*"] },
          ],
        },
      ],
    };
    const [start, send] = [document(allow()), document(allow(undefined, { Action: "ssm:SendCommand" }))];
    assert.equal(mayAllow([start], two), false);
    assert.equal(mayAllow([send], two), false);
    assert.equal(mayAllow([start, send], two), true);
  });

  it("leaves out nothing where a question leaves the action open", () => {
    const [scenario] = assumeRoleWithoutMfa().scenarios;
    assert.ok(scenario);
    const open: Question = {
      name: "anything",
      scenarios: [{ ...scenario, checks: [{ name: "any", actions: ["*"], resources: ["*"] }] }],
    };
    assert.equal(mayAllow([document(deny())], open), true);
  });
});
