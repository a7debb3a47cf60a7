import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ExamplePreview, exampleNames } from "./example-previews.ts";
import { type Costs, costsOf, isCreated } from "./footprint.ts";
import { alignedTable } from "./markdown.ts";
import { standing } from "./component-pages.ts";
import { REPOSITORY } from "./pages.ts";

export const EXAMPLES_README = join(REPOSITORY, "examples", "README.md");

const ROW = /^\| \[([^\]]+)\]\([^)]*\) *\| *((?:\\\||[^|])*?) *\|.*$/;

/**
 * The README of the examples with its table made anew: what each example shows is kept as somebody wrote it, what it
 * creates and costs comes from its preview.
 *
 * @throws Error with every example that has no row yet, and every row without an example
 */
export function examplesReadme(readme: string, previews: readonly ExamplePreview[]): string {
  const lines = readme.split("\n");
  const begin = lines.findIndex((line) => /^\| (?:program|example)\b/.test(line));
  const length = begin === -1 ? 0 : lines.slice(begin).findIndex((line) => !line.startsWith("|"));
  const rows = lines.slice(begin, begin + length).flatMap((line) => {
    const [, name, shows] = ROW.exec(line) ?? [];
    return name === undefined || shows === undefined
      ? []
      : [{ name, shows: shows.replaceAll(String.raw`\|`, "|") }];
  });
  const names = new Set(exampleNames());
  const problems = [
    ...[...names]
      .filter((name) => !rows.some((row) => row.name === name && row.shows !== ""))
      .map((name) => `\`examples/${name}\` has no row: add \`| [${name}](${name}) | what it shows |\``),
    ...rows
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => `\`examples/${name}\` is not there: remove its row`),
    ...rows
      .filter(({ name }, index) => rows.findIndex((row) => row.name === name) !== index)
      .map(({ name }) => `\`examples/${name}\` has several rows: keep one`),
  ];
  if (problems.length > 0) {
    throw new Error(`in the table of examples/README.md; then run \`npm run docs\`:\n${problems.join("\n")}`);
  }
  const table = alignedTable(
    ["example", "what it shows", "resources", "costs in a month"],
    rows.map(({ name, shows }) => [
      `[${name}](${name})`,
      shows,
      ...figures(previews.find((each) => each.name === name)),
    ]),
  );
  return [...lines.slice(0, begin), ...table.split("\n"), ...lines.slice(begin + length)].join("\n");
}

export function readExamplesReadme(): string {
  return readFileSync(EXAMPLES_README, "utf8");
}

function figures(preview: ExamplePreview | undefined): readonly string[] {
  if (preview === undefined) {
    return ["", "not previewed offline"];
  }
  const created = preview.resources.filter(isCreated);
  const costs = costsOf(created);
  return [String(created.length), [standing(costs), drivers(costs)].filter((text) => text !== "").join(": ")];
}

/** The dearest kinds that stand, and those whose price depends on size. */
function drivers({ drivers: all }: Costs): string {
  return all.map(({ price, count }) => `${count} ${plural(price.what, count)}`).join(", ");
}

function plural(what: string, count: number): string {
  return count === 1 ? what : what.replace(/^(\S+(?: \S+)*?)(?= in a zone$|$)/, pluralNoun);
}

function pluralNoun(noun: string): string {
  return /(?:s|x|ch)$/.test(noun) ? `${noun}es` : noun.replace(/([^aeiou])y$/, "$1ie").concat("s");
}
