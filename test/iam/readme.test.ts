import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

const REPOSITORY = join(import.meta.dirname, "..", "..");

/** The examples of a Markdown text, in TypeScript. */
function examplesOf(file: string): readonly (readonly [title: string, code: string])[] {
  const text = readFileSync(join(REPOSITORY, file), "utf8");
  return [...text.matchAll(/^```ts\n([^]+?)^```/gm)].map(({ 1: code = "", index }) => {
    const before = text.slice(0, index);
    return [`${file}, line ${before.split("\n").length}`, code] as const;
  });
}

const PRINTED = /^(\s*)console\.log\((.+)\); \/\/ (.+)$/;

/** Every line that an example says it prints is compared with what it prints. */
function asTest(code: string): string {
  const lines = code.split("\n").map((line) => {
    const [, indent, printed, said] = PRINTED.exec(line) ?? [];
    return said === undefined ? line : `${indent}__said(${JSON.stringify(said)}, ${printed});`;
  });
  return `export default async function (__said: (said: string, ...printed: unknown[]) => void) {\n${lines
    .filter((line) => !line.startsWith("import "))
    .join("\n")}\n}\n`;
}

function imports(code: string): string {
  return [...code.matchAll(/^import \{[^}]+\} from "[^"]+";$/gm)].map(([line]) => line).join("\n");
}

describe("the examples of iam/README.md", () => {
  const folder = mkdtempSync(join(import.meta.dirname, ".readme-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const examples = examplesOf("iam/README.md");

  it("are there for each of the four questions", () => {
    const all = examples.map(([, code]) => code).join("\n");
    for (const name of ["parsePolicyDocument", "evaluate", "decide", "compare"]) {
      assert.ok(all.includes(`${name}(`), name);
    }
  });

  for (const [index, [title, code]] of examples.entries()) {
    it(`print what they say: ${title}`, async () => {
      const expected = code.split("\n").filter((line) => PRINTED.test(line)).length;
      assert.ok(expected > 0, "it says nothing");
      const file = join(folder, `example-${index}.ts`);
      writeFileSync(file, `${imports(code)}\n${asTest(code)}`);
      const example: unknown = await import(pathToFileURL(file).href);
      assert.ok(typeof example === "object" && example !== null && "default" in example);
      assert.ok(typeof example.default === "function");
      let printed = 0;
      await example.default((said: string, ...values: unknown[]) => {
        printed += 1;
        assert.equal(format(...values), said);
      });
      assert.equal(printed, expected);
    });
  }
});
