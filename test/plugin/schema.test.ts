import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as components from "@bastionless/components";
import { PLANS } from "../../components/plugin/plans.ts";
import schema from "../../components/plugin/schema.json" with { type: "json" };
import {
  TYPESCRIPT_ONLY_ARGUMENTS,
  TYPESCRIPT_ONLY_FUNCTIONS,
  TYPESCRIPT_ONLY_OUTPUTS,
} from "../../components/plugin/typescript-only.ts";
import { REPOSITORY } from "../docs/pages.ts";
import { SCHEMA_FILE, schemaText } from "./schema-file.ts";

const GUIDE = readFileSync(join(REPOSITORY, "docs", "plugin.md"), "utf8");

const OFFERED = Object.keys(schema.resources).map((token) => token.slice("bastionless:index:".length));

/** The components that a TypeScript program finds, by name. */
function published(): readonly string[] {
  return Object.entries(components)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof pulumi.ComponentResource)
    .map(([name]) => name)
    .toSorted();
}

describe("the schema of the plugin", function () {
  this.timeout(60_000);

  it("is as the components' TypeScript is (`npm run schema` writes it)", () => {
    assert.ok(readFileSync(SCHEMA_FILE, "utf8") === schemaText(), "components/plugin/schema.json is stale");
  });

  it("has every component that is published, and something checks the arguments of each", () => {
    assert.deepEqual(OFFERED, published());
    assert.deepEqual(Object.keys(PLANS), OFFERED);
  });

  it("has no argument and no output that is for TypeScript alone", () => {
    for (const [token, { inputProperties, properties }] of Object.entries(schema.resources)) {
      const component = token.slice("bastionless:index:".length);
      const outputs: object =
        Object.entries(TYPESCRIPT_ONLY_OUTPUTS).find(([name]) => name === component)?.[1] ?? {};
      for (const [left, offered] of [
        [TYPESCRIPT_ONLY_ARGUMENTS, inputProperties],
        [outputs, properties],
      ] as const) {
        assert.deepEqual(
          Object.keys(left).filter((name) => Object.hasOwn(offered, name)),
          [],
          token,
        );
      }
    }
  });

  it("lacks nothing of TypeScript that docs/plugin.md does not name, with what stands for it", () => {
    const left = [
      ...Object.entries(TYPESCRIPT_ONLY_ARGUMENTS).map(([name, reason]) => [`\`${name}\``, reason]),
      ...Object.entries(TYPESCRIPT_ONLY_OUTPUTS).flatMap(([component, outputs]) =>
        Object.entries(outputs).map(([name, reason]) => [`\`${component}.${name}\``, reason]),
      ),
      ...Object.entries(TYPESCRIPT_ONLY_FUNCTIONS).map(([name, reason]) => [`\`${name}\``, reason]),
    ] as const;
    const rows = GUIDE.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    for (const [name, reason] of left) {
      assert.ok(
        rows.some(([, first, second]) => first === name && second === reason),
        `docs/plugin.md has no row: | ${name} | ${reason} |`,
      );
    }
  });

  it("stands for all else that is published, or docs/plugin.md says what does", () => {
    const functions = Object.entries(components)
      .filter(([, value]) => typeof value === "function")
      .map(([name]) => name);
    const named = Object.keys(TYPESCRIPT_ONLY_FUNCTIONS);
    assert.deepEqual(
      functions.filter(
        (name) => !OFFERED.includes(name) && !named.includes(name) && !/^plan[A-Z]/.test(name),
      ),
      [],
    );
  });

  it("names what it has in words that other languages can write", () => {
    const names = Object.values(schema.resources).flatMap(({ inputProperties, properties }) => [
      ...Object.keys(inputProperties),
      ...Object.keys(properties),
    ]);
    assert.deepEqual(
      names.filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name)),
      [],
    );
  });
});
