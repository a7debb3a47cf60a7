import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const COMPONENTS = join(import.meta.dirname, "..", "..", "components");

/** What a module of that text keeps, or reads as it is loaded, that another program in the same process could find. */
function kept(text: string): readonly string[] {
  const source = ts.createSourceFile("module.ts", text, ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) =>
    declarationList.declarations.flatMap((declaration) => {
      const name = declaration.name.getText();
      const initial = declaration.initializer;
      const type = declaration.type?.getText() ?? "";
      if ((declarationList.flags & ts.NodeFlags.Const) === 0) {
        return [`\`${name}\` can be set anew`];
      }
      if (initial === undefined || ts.isArrowFunction(initial) || ts.isFunctionExpression(initial)) {
        return [];
      }
      // What an object is the key of is found only by whoever has that object.
      if (/^new (?:Map|Set)\b/u.test(initial.getText()) && !/^Readonly(?:Map|Set)</u.test(type)) {
        return [`\`${name}\` can be added to`];
      }
      if (/^(?:\[\s*\]|\{\s*\})$/u.test(initial.getText())) {
        return [`\`${name}\` is there to be filled`];
      }
      return /\bprocess\.|\bConfig\(|\bgetStack\(|\bgetProject\(/u.test(initial.getText())
        ? [`\`${name}\` is read as the module is loaded`]
        : [];
    }),
  );
}

describe("what the package of components says of itself", () => {
  it("is that it keeps nothing of a program, and none of its modules does", () => {
    const manifest: unknown = JSON.parse(readFileSync(join(COMPONENTS, "package.json"), "utf8"));
    assert.ok(typeof manifest === "object" && manifest !== null && "bastionless" in manifest);
    assert.deepEqual(manifest.bastionless, { keepsNothing: true });
    const files = globSync("**/*.ts", { cwd: COMPONENTS, exclude: ["dist/**", "node_modules/**"] });
    assert.ok(files.length > 50);
    const found = files.flatMap((file) =>
      kept(readFileSync(join(COMPONENTS, file), "utf8")).map((what) => `${file}: ${what}`),
    );
    assert.deepEqual(found, []);
  });

  it("would be noticed not to be so", () => {
    assert.deepEqual(
      kept(`
        let count = 0;
        const seen = new Map<string, string>();
        export const names = [];
        const region = new Config("aws").require("region");
        const fixed: ReadonlyMap<string, number> = new Map([["a", 1]]);
        const byObject = new WeakMap<object, string>();
        const later = () => process.cwd();
      `),
      [
        "`count` can be set anew",
        "`seen` can be added to",
        "`names` is there to be filled",
        "`region` is read as the module is loaded",
      ],
    );
  });
});
