import assert from "node:assert/strict";
import { join } from "node:path";
import { InputError } from "@bastionless/offline/project/input-error.ts";
import { listStacks, readProject } from "@bastionless/offline/project/project.ts";
import { withFolder } from "./folder.ts";

/** The problems of an input; fails where there are none. */
function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.problems;
  }
  return assert.fail("expected an InputError");
}

describe("a project file", () => {
  it("is read with the program's folder and the folder of the stacks' configuration", () => {
    const text = "name: shop\nruntime: nodejs\nmain: stacks\nstackConfigDir: environments\n";
    withFolder({ "Pulumi.yaml": text, "deep/er/x": "" }, (folder) => {
      const project = readProject(join(folder, "deep", "er"));
      assert.deepEqual(project, {
        name: "shop",
        root: folder,
        file: join(folder, "Pulumi.yaml"),
        program: join(folder, "stacks"),
        runtimeOptions: {},
        stackConfigFolder: join(folder, "environments"),
        config: new Map(),
      });
    });
  });

  it("takes a text under `config` for the older name of stackConfigDir", () => {
    withFolder({ "Pulumi.yaml": "name: a\nruntime: nodejs\nconfig: cfg\n" }, (folder) => {
      assert.equal(readProject(folder).stackConfigFolder, join(folder, "cfg"));
    });
  });

  it("keeps the options that the Node.js language host reads", () => {
    const text =
      "name: a\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n    nodeargs: --no-warnings\n";
    withFolder({ "Pulumi.yaml": text }, (folder) => {
      assert.deepEqual(readProject(folder).runtimeOptions, { typescript: false, nodeargs: "--no-warnings" });
    });
  });

  it("is refused with every problem at once", () => {
    const text = [
      "name: a b",
      "runtime: {name: python, options: {typescript: maybe}}",
      "main: [1]",
      "stackConfigDir: 7",
      "config:",
      "  zones: {type: whole}",
      "  list: {type: array}",
      "  count: {type: integer, default: many}",
      "  both: {default: 1, value: 2}",
      "  aws:region: {type: string}",
      "",
    ].join("\n");
    withFolder({ "Pulumi.yaml": text }, (folder) => {
      const file = `\`${join(folder, "Pulumi.yaml")}\``;
      assert.deepEqual(
        problemsOf(() => readProject(folder)),
        [
          `${file}: name is "a b"; expected 1 to 100 letters, digits, \`-\`, \`_\` or \`.\``,
          `${file}: runtime is "python"; only \`nodejs\` programs can be previewed offline`,
          `${file}: runtime.options.typescript is "maybe"; expected a boolean`,
          `${file}: main is [1]; expected a path`,
          `${file}: stackConfigDir is 7; expected a path`,
          `${file}: config.zones.type is "whole"; expected one of string, integer, boolean, object, array`,
          `${file}: config.list is an array without \`items\`; say the type of its elements`,
          `${file}: config.count.default is "many"; expected integer`,
          `${file}: config.both has both a default and a value; keep one`,
          `${file}: config.aws:region belongs to another namespace: give it a \`value\`, and neither a type nor a default`,
        ],
      );
    });
  });

  it("is refused with line and column where it is no YAML, duplicate keys included", () => {
    withFolder({ "Pulumi.yaml": "name: a\nname: b\nruntime: nodejs\n" }, (folder) => {
      assert.deepEqual(
        problemsOf(() => readProject(folder)),
        [`\`${join(folder, "Pulumi.yaml")}\` line 2, column 1: Map keys must be unique`],
      );
    });
  });

  it("is missed with the folder that was searched", () => {
    withFolder({ "empty/x": "" }, (folder) => {
      const at = join(folder, "empty");
      assert.deepEqual(
        problemsOf(() => readProject(at)),
        [`no Pulumi.yaml in \`${at}\` or above it; name the project's folder with --cwd`],
      );
      const nowhere = join(folder, "nowhere");
      assert.deepEqual(
        problemsOf(() => readProject(nowhere)),
        [`\`${nowhere}\` is no folder; expected the folder of a Pulumi project`],
      );
    });
  });
});

describe("a project's stacks", () => {
  it("are those with a configuration file, in order, names with dots included", () => {
    const files = {
      "Pulumi.yaml": "name: a\nruntime: nodejs\nstackConfigDir: env\n",
      "env/Pulumi.prod.yaml": "",
      "env/Pulumi.dev.eu.yml": "",
      "env/Pulumi.yaml": "",
      "env/notes.md": "",
    };
    withFolder(files, (folder) => {
      assert.deepEqual(listStacks(readProject(folder)), ["dev.eu", "prod"]);
    });
  });

  it("are none where the folder is missing", () => {
    withFolder({ "Pulumi.yaml": "name: a\nruntime: nodejs\nstackConfigDir: env\n" }, (folder) => {
      assert.deepEqual(listStacks(readProject(folder)), []);
    });
  });
});
