import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { type MenuDocumentArgs, planSessionDocument, sessionDocumentContent } from "@bastionless/components";
import type { SessionDocumentContent } from "@bastionless/components";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const LOGGING = { s3BucketName: "logs" };

const paths = (menu: Partial<MenuDocumentArgs>): readonly string[] =>
  problemPaths(() => planSessionDocument("menu", { menu: { logging: LOGGING, ...menu } }, DEPLOYMENT));

function contentOf(menu: Partial<MenuDocumentArgs>): SessionDocumentContent {
  const plan = planSessionDocument("menu", { menu: { logging: LOGGING, ...menu } }, DEPLOYMENT);
  return sessionDocumentContent(plan.content, LOGGING);
}

/** The command for one system, with an entry in the place of the parameter, as the agent puts it there. */
function commandOf(content: SessionDocumentContent, system: "linux" | "windows", entry: string): string {
  const { properties } = content;
  assert.ok(properties !== undefined && !("portNumber" in properties));
  return (properties[system]?.commands ?? "").replaceAll("{{ entry }}", entry);
}

describe("a menu of commands", () => {
  const linux = { hello: "echo hello", count: "printf '%s\\n' a b | wc -l # lines", home: 'echo "$HOME"' };

  it("is an InteractiveCommands document that admits its entries and nothing else", () => {
    const content = contentOf({ linux, windows: { date: "Get-Date" } });
    assert.equal(content.sessionType, "InteractiveCommands");
    const pattern = new RegExp(content.parameters?.["entry"]?.allowedPattern ?? "");
    for (const entry of ["hello", "count", "home", "date"]) {
      assert.ok(pattern.test(entry), entry);
    }
    for (const entry of ["", "Hello", "hello ", "hello\n", "hello;id", "x) id;; hello", "hell", "'"]) {
      assert.ok(!pattern.test(entry), entry);
    }
  });

  it("runs the entry, in a shell, and nothing for one of another system", () => {
    const content = contentOf({ linux, windows: { date: "Get-Date" } });
    const run = (entry: string): string =>
      spawnSync("/bin/sh", ["-c", commandOf(content, "linux", entry)], {
        encoding: "utf8",
        env: { HOME: "/x" },
      }).stdout.trim();
    assert.equal(run("hello"), "hello");
    assert.equal(run("count"), "2");
    assert.equal(run("home"), "/x");
    assert.equal(run("date"), "");
    assert.equal(commandOf(content, "windows", "date"), "switch ('date') {\n'date' {\nGet-Date\n}\n}");
  });

  it("has at least one entry, of a name that no shell takes for something else, in one line", () => {
    assert.deepEqual(paths({}), ["menu.linux"]);
    assert.deepEqual(paths({ linux: {} }), ["menu.linux"]);
    for (const name of ["a", "a-1", "n".repeat(64)]) {
      assert.deepEqual(paths({ linux: { [name]: "id" } }), []);
    }
    for (const name of ["A", "a_b", "-a", "a-", "a b", "'", "n".repeat(65)]) {
      assert.deepEqual(paths({ windows: { [name]: "id" } }), [`menu.windows.${name}`], name);
    }
    for (const command of ["", "a\nb", "echo {{ x }}"]) {
      assert.deepEqual(paths({ linux: { a: command } }), ["menu.linux.a"]);
    }
    assert.deepEqual(paths({ linux: { a: "#".repeat(20_000) } }), ["menu.linux"]);
    assert.deepEqual(paths({ linux: { a: "id" }, logging: {} }), ["menu.logging"]);
  });

  it("runs as an ordinary user, and elevated where that is said", () => {
    const elevated = (menu: Partial<MenuDocumentArgs>): unknown => {
      const { properties } = contentOf({ linux, ...menu });
      return properties !== undefined && !("portNumber" in properties)
        ? properties.linux?.runAsElevated
        : undefined;
    };
    assert.equal(elevated({}), false);
    assert.equal(elevated({ runAsElevated: true }), true);
  });
});
