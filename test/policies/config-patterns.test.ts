import assert from "node:assert/strict";
import { matchesAny } from "@bastionless/policies/rules/config.ts";
import fc from "fast-check";

const text = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "/", "*"), maxLength: 6 });

describe("patterns in configuration", () => {
  it("match as a regular expression does that stands for them", () => {
    fc.assert(
      fc.property(text, pattern, (value, each) => {
        const oracle = new RegExp(`^${each.replaceAll("*", ".*")}$`);
        assert.equal(matchesAny(value, [each]), oracle.test(value), `${value} ~ ${each}`);
      }),
      { numRuns: 5000 },
    );
  });

  it("take every other character for itself", () => {
    assert.equal(matchesAny("axb", ["a.b"]), false);
    assert.equal(matchesAny("a.b", ["a.b"]), true);
    assert.equal(matchesAny("aba", ["ab*ba"]), false);
    assert.equal(matchesAny("", ["*"]), true);
    assert.equal(matchesAny("a", []), false);
  });

  it("do not explode", () => {
    // What tries all ways would outlast the time that a test has.
    assert.equal(matchesAny("a".repeat(100_000), [`${"*a".repeat(1000)}*b`]), false);
  });
});
