import assert from "node:assert/strict";
import { noInboundAdminPorts } from "@bastionless/policies/rules/no-inbound-admin-ports.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import { satisfied, undecided, type Verdict, violation } from "@bastionless/policies/rules/verdict.ts";
import { type Reported, runPack, startPack } from "./support/run-pack.ts";
import { toStack, urnOf } from "./support/stack.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

const MESSAGE = { id: "no-inbound-admin-port", path: "" } as const;

/** Rules that say of each group what its name says. */
function rule(id: string, stack: (urn: string) => readonly Verdict[] = () => []): Rule {
  return {
    ...noInboundAdminPorts,
    id,
    decideResource: ({ record }) =>
      record.name
        .split("")
        .flatMap((letter): readonly Verdict[] =>
          letter === "v"
            ? [violation(MESSAGE)]
            : letter === "u"
              ? [undecided(MESSAGE)]
              : letter === "s"
                ? [satisfied(MESSAGE)]
                : [],
        ),
    decideStack: (estate) =>
      [...estate.facts.keys()].flatMap((urn) => stack(urn).map((verdict) => ({ urn, verdict }))),
  };
}

function groups(...names: readonly string[]) {
  return toStack(names.map((name) => ({ type: GROUP, name, props: {} })));
}

function summaries(reported: readonly Reported[]): readonly string[] {
  return reported.filter(({ policy }) => policy === "summary").map(({ message }) => message);
}

const ALWAYS = { configs: { summary: { show: "always" } } };

describe("the summary", () => {
  it("counts questions by their answer and rule, and names the open ones", () => {
    const reported = runPack(
      [rule("b-rule"), rule("a-rule", () => [satisfied(MESSAGE)])],
      groups("ss", "vs", "uv"),
    );
    assert.deepEqual(summaries(reported), [
      [
        "15 questions: 9 proved, 4 refuted, 2 undecided, 0 exempted.",
        "refuted: a-rule 2 (`uv`, `vs`); b-rule 2 (`uv`, `vs`)",
        "undecided: a-rule 1 (`uv`); b-rule 1 (`uv`)",
        "proved: a-rule 6, b-rule 3",
      ].join("\n"),
    ]);
  });

  it("is an advisory on the stack, told last", () => {
    const last = runPack([rule("a-rule")], groups("v")).at(-1);
    assert.deepEqual([last?.policy, last?.level, last?.urn], ["summary", "advisory", ""]);
  });

  it("is not told of a stack of which everything is proved, unless configuration wants it", () => {
    assert.deepEqual(runPack([rule("a-rule")], groups("s")), []);
    assert.deepEqual(summaries(runPack([rule("a-rule")], groups("s"), ALWAYS)), [
      "1 question: 1 proved, 0 refuted, 0 undecided, 0 exempted.\nproved: a-rule 1",
    ]);
  });

  it("is not told of a stack that no rule has a question about", () => {
    assert.deepEqual(runPack([rule("a-rule")], groups("x"), ALWAYS), []);
  });

  it("counts a resource that only the stack's callback sees, once", () => {
    const stack = groups("s");
    const pack = startPack([rule("a-rule")], ALWAYS);
    assert.deepEqual(summaries(pack(stack)), summaries(pack(stack)));
  });

  it("begins anew with each operation, and keeps stacks apart", () => {
    const pack = startPack([rule("a-rule")], {});
    assert.match(summaries(pack(groups("v")))[0] ?? "", /^1 question: /);
    assert.match(summaries(pack(groups("vv")))[0] ?? "", /^2 questions: /);
    const other = toStack([{ type: GROUP, name: "u", props: {} }], "other");
    assert.match(summaries(pack(other))[0] ?? "", /^1 question: 0 proved, 0 refuted, 1 undecided/);
  });

  it("shortens long lists of names", () => {
    const names = Array.from({ length: 8 }, (_, index) => `v${index}`);
    assert.match(
      summaries(runPack([rule("a-rule")], groups(...names)))[0] ?? "",
      /a-rule 8 \(`v0`, `v1`, `v2`, `v3`, `v4`, 3 more\)/,
    );
  });

  it("is not told where it is disabled", () => {
    assert.deepEqual(
      runPack([rule("a-rule")], groups("v"), { disabled: ["summary"] }).map(({ urn }) => urn),
      [urnOf(GROUP, "v")],
    );
  });
});
