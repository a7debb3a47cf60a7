import assert from "node:assert/strict";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { assertFresh, staleFiles } from "./pages.ts";
import { policyPages } from "./policy-pages.ts";

describe("docs/policies", () => {
  const generated = policyPages();

  it("is as the rules and their examples are (`npm run docs` writes it)", () => {
    assertFresh(staleFiles(generated));
  });

  it("has a page for every rule, with what the rule says of an example that breaks it", () => {
    for (const { id, remediation } of RULES) {
      const page = generated.pages.get(`${id}.md`) ?? "";
      assert.ok(page.includes(remediation), id);
      assert.match(page, /\n## Kept\n/, id);
      assert.match(page, /\n## Violated\n[\s\S]*\n\*\*Violation\*\* on `/, id);
    }
  });

  it("tells a file that is missing, changed, or left over", () => {
    const pages = new Map(generated.pages);
    pages.delete("README.md");
    pages.set("another.md", "");
    pages.set(`${RULES[0]?.id}.md`, "changed");
    assert.deepEqual(staleFiles({ ...generated, pages }), [
      "docs/policies/another.md is missing",
      `docs/policies/${RULES[0]?.id}.md is stale`,
      "docs/policies/README.md is not generated",
    ]);
  });
});
