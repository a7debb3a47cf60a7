import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

describe("the rules", () => {
  it("are listed in the order of their ids, each named as its file", () => {
    const folder = join(import.meta.dirname, "..", "..", "policies", "rules");
    const ids = RULES.map((rule) => rule.id);
    assert.deepEqual(ids, ids.toSorted());
    for (const id of ids) {
      assert.ok(existsSync(join(folder, `${id}.ts`)), id);
    }
    assert.deepEqual([...EXAMPLES.keys()], ids);
  });

  for (const rule of RULES) {
    const examples = EXAMPLES.get(rule.id) ?? [];

    describe(rule.id, () => {
      it("has an example that keeps it and one that breaks it", () => {
        const outcomes = examples.map((example) => Object.values(example.expect));
        assert.ok(outcomes.some((kinds) => kinds.length === 0));
        assert.ok(outcomes.some((kinds) => kinds.includes("violation")));
      });

      for (const example of examples) {
        it(`decides: ${example.title}`, () => {
          const told = runRules([rule], toStack(example.resources), { [rule.id]: example.config ?? {} });
          const kinds = new Map<string, string>();
          for (const { on, kind } of told) {
            kinds.set(on, kinds.get(on) === "violation" ? "violation" : kind);
          }
          assert.deepEqual(Object.fromEntries(kinds), example.expect, JSON.stringify(told, undefined, 2));
        });
      }
    });
  }
});
