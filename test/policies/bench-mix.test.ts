import assert from "node:assert/strict";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import { mixedStack } from "../bench/policies/estate-mix.ts";
import { runRules } from "./support/run-rules.ts";

/** How many questions each rule answered on a stack. */
function questions(size: number): ReadonlyMap<string, number> {
  const asked = new Map<string, number>(RULES.map(({ id }) => [id, 0]));
  const count = (id: string, verdicts: number): void => {
    asked.set(id, (asked.get(id) ?? 0) + verdicts);
  };
  runRules(
    RULES.map((rule): Rule => ({
      ...rule,
      decideResource: (facts, config) => {
        const verdicts = rule.decideResource(facts, config);
        count(rule.id, verdicts.length);
        return verdicts;
      },
      decideStack: (estate, config) => {
        const findings = rule.decideStack?.(estate, config) ?? [];
        count(rule.id, findings.length);
        return findings;
      },
    })),
    mixedStack(size),
  );
  return asked;
}

describe("the stack that the benchmark measures with", () => {
  for (const size of [100, 1000]) {
    it(`asks every rule at least one question, with ${size} resources`, () => {
      assert.deepEqual(
        [...questions(size)].filter(([, answered]) => answered === 0),
        [],
      );
    });
  }
});
