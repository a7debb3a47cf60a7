import assert from "node:assert/strict";
import { exampleNames } from "./example-previews.ts";
import { examplesReadme } from "./examples-table.ts";

const row = (name: string): string => String.raw`| [${name}](${name}) | Shows \| ${name} |`;

function readme(names: readonly string[]): string {
  return [
    "# Examples",
    "",
    "| program | what it shows |",
    "| --- | --- |",
    ...names.map(row),
    "",
    "The end.",
  ].join("\n");
}

describe("the table of the examples", () => {
  const names = exampleNames();

  it("keeps what was written by hand, and is not changed by being written again", () => {
    const preview = (name: string): Parameters<typeof examplesReadme>[1][number] => ({
      name,
      stack: "dev",
      resources: ["one", "two"].map((each) => ({
        urn: `urn:${each}`,
        type: "aws:kms/key:Key",
        name: each,
        custom: true,
        external: each === "two",
        parent: "",
        inputs: {},
        outputs: {},
      })),
    });
    const first = names[0] ?? "";
    const written = examplesReadme(readme(names), [preview(first)]);
    const rows = written.split("\n").filter((line) => line.startsWith("| ["));
    assert.equal(rows.length, names.length);
    assert.match(rows[0] ?? "", /\| Shows \\\| \S+ +\| 1 +\| 1\.00: 1 KMS key +\|$/);
    assert.match(rows[1] ?? "", /\| Shows \\\| \S+ +\| +\| not previewed offline +\|$/);
    assert.match(written, /^# Examples\n\n\|[^]*\|\n\nThe end\.$/);
    assert.equal(examplesReadme(written, [preview(first)]), written);
  });

  it("is refused where an example has no row, a row no example, or two rows one, all at once", () => {
    const [missing = "", ...others] = names;
    assert.throws(
      () => examplesReadme(readme([...others, "gone", "lost", others[0] ?? ""]), []),
      (error) => {
        assert.ok(error instanceof Error);
        assert.deepEqual(error.message.split("\n").slice(1), [
          `\`examples/${missing}\` has no row: add \`| [${missing}](${missing}) | what it shows |\``,
          "`examples/gone` is not there: remove its row",
          "`examples/lost` is not there: remove its row",
          `\`examples/${others[0]}\` has several rows: keep one`,
        ]);
        return true;
      },
    );
  });
});
