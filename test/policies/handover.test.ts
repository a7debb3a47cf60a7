import assert from "node:assert/strict";
import type { Message } from "@bastionless/policies/messages/message.ts";
import { unknownValueOf } from "@bastionless/policies/messages/unknown-value.ts";
import { noInboundAdminPorts } from "@bastionless/policies/rules/no-inbound-admin-ports.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import { undecided, violation } from "@bastionless/policies/rules/verdict.ts";
import fc from "fast-check";
import { type PackRun, type Reported, runPack } from "./support/run-pack.ts";
import { type StackResource, toStack, urnOf } from "./support/stack.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

const STACK: StackResource = {
  urn: urnOf("pulumi:pulumi:Stack", "project-test"),
  type: "pulumi:pulumi:Stack",
  name: "project-test",
  inputs: {},
  outputs: {},
  dependencies: {},
};

function unknownAt(path: string): Message {
  return { id: "unreadable-value", what: "something", cause: { kind: "unknown", path } };
}

/** What a letter of a resource's name stands for; capitals are told by the stack's callback. */
const MESSAGES: { readonly [letter: string]: Message } = {
  p: unknownAt("policy"),
  c: unknownAt("content"),
  // Not a value of the resource that is not known: told by the rule, with what to do.
  o: { id: "policy-outside", path: "policyArn", requirement: "mfa", policy: "shared" },
};

function verdicts(letters: string) {
  return letters.split("").flatMap((letter) => {
    const message = MESSAGES[letter];
    return letter === "v"
      ? [violation(unknownAt("policy"))]
      : message === undefined
        ? []
        : [undecided(message)];
  });
}

/** A rule that says of each group what its name says. */
function rule(id: string, severity: Rule["severity"] = "low"): Rule {
  return {
    ...noInboundAdminPorts,
    id,
    severity,
    description: `What ${id} is about.`,
    decideResource: ({ record }) => verdicts(record.name.split("-")[0] ?? ""),
    decideStack: (estate) =>
      [...estate.facts.values()].flatMap(({ record: { urn, name } }) =>
        verdicts((name.split("-")[1] ?? "").toLowerCase()).map((verdict) => ({ urn, verdict })),
      ),
  };
}

const RULES = [rule("a-rule"), rule("b-rule", "high"), rule("c-rule")];

function run(names: readonly string[], options: PackRun = {}, first: readonly StackResource[] = [STACK]) {
  const groups = toStack(names.map((name) => ({ type: GROUP, name, props: { description: name } })));
  return runPack(RULES, [...first, ...groups], options).filter(({ urn }) => urn !== "");
}

function told(reported: readonly Reported[]) {
  return reported.map(({ policy, level, urn, message }) => [
    policy,
    level,
    urn.split("::").at(-1),
    /(?:rules can decide what it is asked about it: )(.*)\.$/.exec(message)?.[1] ?? "",
  ]);
}

describe("a value that is not known before the deployment", () => {
  it("is told once of a resource, with the rules that it stops", () => {
    const [only, ...others] = run(["p"]);
    assert.deepEqual(others, []);
    assert.equal(only?.urn, urnOf(GROUP, "p"));
    assert.equal(
      only.message,
      "undecided: `policy` is not known before the deployment, and until it is, none of these rules can decide what it is asked about it: a-rule, b-rule, c-rule.",
    );
    assert.deepEqual([only.policy, only.level], ["summary", "advisory"]);
  });

  it("is told for each value by itself, and once more of what the stack's callback asks", () => {
    assert.deepEqual(told(run(["pc-P", "c"])), [
      ["summary", "advisory", "pc-P", "a-rule, b-rule, c-rule"],
      ["summary", "advisory", "pc-P", "a-rule, b-rule, c-rule"],
      ["summary", "advisory", "c", "a-rule, b-rule, c-rule"],
      ["summary", "advisory", "pc-P", "a-rule, b-rule, c-rule"],
    ]);
  });

  it("is the rule's own finding where it stops one rule only", () => {
    const block = { configs: { "a-rule": { undecided: "block" }, "c-rule": { undecided: "block" } } };
    assert.deepEqual(told(run(["p"], block)), [
      ["a-rule", undefined, "p", ""],
      ["c-rule", undefined, "p", ""],
      ["b-rule", "advisory", "p", ""],
    ]);
  });

  it("still blocks, under the rule's own name, where configuration says so", () => {
    assert.deepEqual(told(run(["p"], { configs: { "b-rule": { undecided: "block" } } })), [
      ["b-rule", undefined, "p", ""],
      ["summary", "advisory", "p", "a-rule, c-rule"],
    ]);
  });

  it("is told by each rule where the summary is disabled", () => {
    assert.deepEqual(told(run(["p"], { disabled: ["summary"] })), [
      ["a-rule", "advisory", "p", ""],
      ["b-rule", "advisory", "p", ""],
      ["c-rule", "advisory", "p", ""],
    ]);
  });

  it("is told by each rule as long as nothing shows that the summary will be called", () => {
    assert.deepEqual(told(run(["p", "pp"], {}, [])), [
      ["a-rule", "advisory", "p", ""],
      ["b-rule", "advisory", "p", ""],
      ["c-rule", "advisory", "p", ""],
      ["summary", "advisory", "pp", "a-rule, b-rule, c-rule"],
    ]);
  });

  it("is not told of rules that an exemption covers", () => {
    const entries = [{ rule: "b-rule", urn: "*::p", reason: "it is checked by hand", expires: "2026-12-31" }];
    assert.deepEqual(told(run(["p"], { configs: { exemptions: { entries } } })), [
      ["summary", "advisory", "p", "a-rule, c-rule"],
    ]);
  });

  it("leaves to each rule what else stops it, and what is refuted", () => {
    assert.deepEqual(told(run(["ov"])), [
      ["a-rule", "advisory", "ov", ""],
      ["a-rule", undefined, "ov", ""],
      ["b-rule", "advisory", "ov", ""],
      ["b-rule", undefined, "ov", ""],
      ["c-rule", "advisory", "ov", ""],
      ["c-rule", undefined, "ov", ""],
    ]);
  });

  it("is dropped by nobody: with the summary and without it, the same rules speak of the same resources", () => {
    const spoken = (reported: readonly Reported[]): readonly string[] =>
      [
        ...new Set(
          told(reported).flatMap(([policy = "", level = "its own", name = "", rules = ""]) =>
            (rules === "" ? [policy] : rules.split(", ")).map((each) => `${each} ${level} ${name}`),
          ),
        ),
      ].toSorted();
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[pcov]{0,3}(-[PCOV]{1,2})?$/), { maxLength: 4 }),
        fc.subarray(RULES.map(({ id }) => id)),
        fc.boolean(),
        (names, blocking, isRootFirst) => {
          const configs = Object.fromEntries(blocking.map((id) => [id, { undecided: "block" }]));
          const first = isRootFirst ? [STACK] : [];
          assert.deepEqual(
            spoken(run(names, { configs }, first)),
            spoken(run(names, { configs, disabled: ["summary"] }, first)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("what stops a rule", () => {
  const undecidedBy = (...reasons: readonly string[]): Message => ({
    id: "session-undecided",
    path: "policy",
    requirement: "mfa",
    reasons,
  });
  const UNKNOWN = "`policy` is not known before the deployment";

  it("is a value of the resource, whether a rule read it itself or asked the document", () => {
    assert.equal(unknownValueOf(unknownAt("policy"), "people"), UNKNOWN);
    assert.equal(
      unknownValueOf(undecidedBy(`what \`people\` says is not known: ${UNKNOWN}`), "people"),
      UNKNOWN,
    );
  });

  it("is no value of the resource where another document is not known, or anything else stops it too", () => {
    assert.equal(
      unknownValueOf(undecidedBy(`what \`others\` says is not known: ${UNKNOWN}`), "people"),
      undefined,
    );
    assert.equal(unknownValueOf(undecidedBy(UNKNOWN, "the budget ran out"), "people"), undefined);
    assert.equal(unknownValueOf(undecidedBy(), "people"), undefined);
    assert.equal(
      unknownValueOf(
        {
          id: "unreadable-value",
          what: "it",
          cause: { kind: "malformed", path: "policy", expected: "a text", found: "7" },
        },
        "people",
      ),
      undefined,
    );
  });
});
