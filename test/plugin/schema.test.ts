import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import schema from "../../components/plugin/schema.json" with { type: "json" };
import { SCHEMA_FILE, schemaText } from "./schema-file.ts";

describe("the schema of the plugin", function () {
  this.timeout(60_000);

  it("is as the components' TypeScript is (`npm run schema` writes it)", () => {
    assert.ok(readFileSync(SCHEMA_FILE, "utf8") === schemaText(), "components/plugin/schema.json is stale");
  });

  it("has no argument that is a function", () => {
    for (const [token, { inputProperties }] of Object.entries(schema.resources)) {
      assert.ok(!("transform" in inputProperties), token);
    }
  });
});
