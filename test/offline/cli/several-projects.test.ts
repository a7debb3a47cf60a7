import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolders } from "@bastionless/offline/cli/project-folders.ts";
import { InputError } from "@bastionless/offline/project/input-error.ts";
import { withFolder } from "../project/folder.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");
const MAIN = join(REPOSITORY, "offline", "main.js");

/** A folder of projects by folder and runtime; `one`'s program is fine, and `broken` throws. */
function withProjects(
  projects: Readonly<Record<string, string>>,
  use: (folder: string) => void,
  stacks: readonly string[] = ["dev"],
): void {
  withFolder({}, (folder) => {
    symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
    for (const [name, runtime] of Object.entries(projects)) {
      const root = join(folder, name);
      mkdirSync(root);
      writeFileSync(join(root, "Pulumi.yaml"), `name: ${name}\nruntime: ${runtime}\n`);
      for (const stack of stacks) {
        writeFileSync(join(root, `Pulumi.${stack}.yaml`), "{}\n");
      }
      writeFileSync(join(root, "package.json"), JSON.stringify({ name, main: "index.js" }));
      const program =
        name === "broken" ? "throw new Error('broken on purpose');" : `exports.name = "${name}";`;
      writeFileSync(join(root, "index.js"), program);
    }
    use(folder);
  });
}

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, args: readonly string[]): Ran {
  return spawnSync(process.execPath, [MAIN, "preview", ...args], { cwd: folder, encoding: "utf8" });
}

function problemsOf(use: () => unknown): readonly string[] {
  try {
    use();
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.problems;
  }
  return [];
}

/** Someone who may read what others may read only: of an administrator, no folder is kept. */
function asNobody<T>(use: () => T): T {
  if (process.getuid?.() !== 0) {
    return use();
  }
  process.seteuid?.(65_534);
  try {
    return use();
  } finally {
    process.seteuid?.(0);
  }
}

describe("the folders that --cwd names", () => {
  it("are taken as they are, and by patterns where they hold a project, each once", () => {
    withProjects({ one: "nodejs", "bad-two": "nodejs", three: "nodejs" }, (folder) => {
      mkdirSync(join(folder, "none"));
      const at = (...names: readonly string[]): readonly string[] => names.map((name) => join(folder, name));
      const found = (...paths: readonly string[]): readonly string[] => projectFolders(at(...paths)).folders;
      assert.deepEqual(found("*"), at("bad-two", "one", "three"));
      assert.deepEqual(found("!(bad-*)"), at("one", "three"));
      assert.deepEqual(found("three", "{one,three}"), at("three", "one"));
      assert.deepEqual(found("none"), at("none"), "a folder that is named is judged where it is read");
    });
  });

  it("may have a name that looks like a pattern", () => {
    withProjects({ one: "nodejs" }, (folder) => {
      cpSync(join(folder, "one"), join(folder, "[one]"), { recursive: true });
      assert.deepEqual(projectFolders([join(folder, "[one]")]).folders, [join(folder, "[one]")]);
    });
  });

  it("are passed over where a pattern matches a program of another language, and that is told", () => {
    withProjects({ one: "nodejs", other: "yaml" }, (folder) => {
      assert.deepEqual(projectFolders([join(folder, "*")]), {
        folders: [join(folder, "one")],
        passedOver: [
          `\`${join(folder, "other")}\` is passed over: its runtime is \`yaml\`, and only \`nodejs\` programs can be previewed offline`,
        ],
      });
      assert.equal(problemsOf(() => projectFolders([join(folder, "oth*")])).length, 1, "nothing is left");
    });
  });

  it("are refused, all at once, where a pattern matches no project or a project file cannot be read", () => {
    withProjects({ one: "nodejs" }, (folder) => {
      writeFileSync(join(folder, "one", "Pulumi.yaml"), "name: [");
      const paths = [join(folder, "x*"), join(folder, "*"), join(folder, "y?")];
      assert.equal(problemsOf(() => projectFolders(paths)).length, 3);
    });
  });

  it("are refused where a pattern looks into a folder that cannot be listed, or matches one that cannot be searched", () => {
    withProjects({ one: "nodejs" }, (folder) => {
      chmodSync(folder, 0o755);
      mkdirSync(join(folder, "closed", "deep"), { recursive: true });
      cpSync(join(folder, "one"), join(folder, "closed", "deep", "two"), { recursive: true });
      chmodSync(join(folder, "closed"), 0o000);
      const problems = (path: string): readonly string[] =>
        asNobody(() => problemsOf(() => projectFolders([join(folder, path)]))).map((problem) =>
          problem.replaceAll(folder, "").replace(/, (?:stat|scandir) .*/, ""),
        );
      const denied = "EACCES: permission denied";
      assert.deepEqual(problems("*"), [`what \`/closed/Pulumi.yaml\` is cannot be told: ${denied}`]);
      assert.deepEqual(problems("{one,closed}/*"), [`\`/closed\` cannot be listed: ${denied}`]);
      assert.deepEqual(problems("*/deep/t*"), [`what \`/closed/deep\` is cannot be told: ${denied}`]);
      chmodSync(join(folder, "closed"), 0o755);
    });
  });

  it("are refused where it cannot be told what is there", () => {
    withProjects({ one: "nodejs" }, (folder) => {
      symlinkSync("loop", join(folder, "loop"));
      assert.match(
        problemsOf(() => projectFolders([join(folder, "*")])).join(),
        /^what `[^`]*loop` is cannot be told: ELOOP/,
      );
      const { status, stderr } = run(folder, ["--cwd", "loop"]);
      assert.equal(status, 2);
      assert.match(stderr, /^error: what `[^`]*loop` is cannot be told: ELOOP/);
    });
  });
});

describe("a preview of several projects", function () {
  this.timeout(60_000);

  it("has one result with every environment of every project, by project and stack", () => {
    withProjects({ one: "nodejs", two: "nodejs", other: "python" }, (folder) => {
      const { status, stdout, stderr } = run(folder, ["--cwd", "*", "--json"]);
      const result: unknown = JSON.parse(stdout);
      assert.equal(status, 0);
      const environment = (name: string): object => ({
        project: name,
        folder: join(folder, name),
        stack: "dev",
      });
      assert.partialDeepStrictEqual(result, {
        exitCode: 0,
        environments: [
          { ...environment("one"), kind: "finished", outputs: { name: "one" } },
          { ...environment("two"), kind: "finished", outputs: { name: "two" } },
        ],
      });
      assert.match(stderr, /`[^`]*other` is passed over/);
      assert.match(stdout, /"passedOver": \[\n {4}"`[^`]*other` is passed over/);
    });
  });

  it("goes on where one program fails, names it by its project, and exits with 2", () => {
    withProjects({ broken: "nodejs", one: "nodejs" }, (folder) => {
      const { status, stdout } = run(folder, ["--cwd", "broken", "--cwd", "one"]);
      assert.equal(status, 2);
      assert.match(stdout, /^broken\/dev · /m);
      assert.match(stdout, /^one\/dev · /m);
      assert.match(stdout, /^outputs\n {2}name {2}one$/m);
      assert.match(stdout, /^2 environments in [\d.]+ s: broken\/dev failed /m);
      const frames = stdout.split("\n").filter((line) => line.startsWith("      at "));
      assert.deepEqual(frames, [`      at Object.<anonymous> (${join(folder, "broken", "index.js")}:1:7)`]);
    });
  });

  it("writes every deployment to a file of its own, and refuses a name that would be shared", () => {
    withProjects(
      { one: "nodejs", two: "nodejs" },
      (folder) => {
        const shared = run(folder, ["--cwd", "*", "--export", "out-{stack}.json"]);
        assert.equal(shared.status, 2);
        assert.match(
          shared.stderr,
          /^error: `--export` names 2 files for 4 stacks of 2 projects; put \{project\}/,
        );
        const own = run(folder, ["--cwd", "*", "--export", "out-{project}-{stack}.json"]);
        assert.equal(own.status, 0, own.stderr);
        assert.deepEqual(
          readdirSync(folder)
            .filter((name) => name.startsWith("out-"))
            .toSorted(),
          ["out-one-a.json", "out-one-b.json", "out-two-a.json", "out-two-b.json"],
        );
      },
      ["a", "b"],
    );
  });
});
