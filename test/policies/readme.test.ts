import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "@bastionless/policies/rules/index.ts";

const README = readFileSync(join(import.meta.dirname, "..", "..", "policies", "README.md"), "utf8");

describe("the pack's README", () => {
  it("names every rule in its table", () => {
    const named = [...README.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, id]) => id);
    assert.deepEqual(
      named,
      RULES.map(({ id }) => id),
    );
  });

  it("configures nothing that a rule does not know", () => {
    const [, text] = /```json\n([\s\S]+?)```/.exec(README) ?? [];
    const config: Record<string, unknown> = JSON.parse(text ?? "");
    for (const [id, properties] of Object.entries(config)) {
      const rule = RULES.find((each) => each.id === id);
      assert.ok(rule !== undefined, id);
      const known = new Set([...Object.keys(rule.configSchema.properties), "undecided", "enforcementLevel"]);
      assert.ok(typeof properties === "object" && properties !== null);
      for (const property of Object.keys(properties)) {
        assert.ok(known.has(property), `${id}: ${property}`);
      }
    }
  });
});
