/**
 * Measures what the documentation says of speed: `npm run bench`, or a part of it with
 * `npm run bench --workspace test -- --only pack --rounds 3`. Writes docs/benchmarks.md when everything was measured.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { prepareToolchain } from "../engine/support/toolchain.ts";
import { type Result, compare } from "./measure.ts";
import { REPOSITORY, SECTIONS, type Ratio, type Section, ratioOf } from "./sections.ts";
import { markdownTable } from "./table.ts";

const ROUNDS = 5;

function report(section: Section, results: readonly Result[]): readonly string[] {
  return [
    `## ${section.title}`,
    "",
    ...markdownTable(
      ["", "median", "fastest", "slowest", "peak memory"],
      results.map(({ name, seconds, fastest, slowest, peakMiB }) => [
        name,
        `${seconds.toFixed(2)} s`,
        `${fastest.toFixed(2)} s`,
        `${slowest.toFixed(2)} s`,
        peakMiB === undefined ? "" : `${Math.round(peakMiB)} MiB`,
      ]),
    ),
    ...(section.ratios.length === 0 ? [] : ["", ...ratioTable(section, results)]),
    ...(section.appendix === undefined ? [] : ["", ...section.appendix()]),
  ];
}

function ratioTable({ ratios }: Section, results: readonly Result[]): readonly string[] {
  return markdownTable(
    ["ratio of medians", "is", "is to be", ""],
    ratios.map((ratio) => {
      const value = ratioOf(ratio, results);
      return [ratio.what, value.toFixed(2), describe(ratio), holds(ratio, value) ? "holds" : "does not hold"];
    }),
  );
}

function describe({ expected }: Ratio): string {
  return "atMost" in expected ? `at most ${expected.atMost}` : `at least ${expected.atLeast}`;
}

function holds({ expected }: Ratio, value: number): boolean {
  return "atMost" in expected ? value <= expected.atMost : value >= expected.atLeast;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string", multiple: true }, rounds: { type: "string" } },
  });
  const rounds = Number(values.rounds ?? ROUNDS);
  const chosen = values.only ?? SECTIONS.map(({ id }) => id);
  const unknown = chosen.filter((id) => !SECTIONS.some((section) => section.id === id));
  if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
    process.stderr.write(
      `error: expected --only with one of ${SECTIONS.map(({ id }) => id).join(", ")}, and --rounds with a whole number from 1\n`,
    );
    return 2;
  }
  const toolchain = await prepareToolchain((line) => void process.stderr.write(`engine: ${line}\n`));
  if (toolchain.kind !== "ready") {
    process.stderr.write(`error: the comparison needs the real engine: ${toolchain.message}\n`);
    return 2;
  }
  const lines: string[] = [];
  let missed = 0;
  for (const { id, ...entry } of SECTIONS.filter((section) => chosen.includes(section.id))) {
    // oxlint-disable-next-line no-await-in-loop -- two measurements at once would measure each other
    const section = await entry.build(rounds);
    try {
      // oxlint-disable-next-line no-await-in-loop -- as above
      const results = await compare(section.contenders, section.rounds, (round, contender) => {
        process.stderr.write(
          `${id}: ${round === 0 ? "warm-up" : `round ${round} of ${section.rounds}`}, ${contender}\n`,
        );
      });
      missed += section.ratios.filter((ratio) => !holds(ratio, ratioOf(ratio, results))).length;
      lines.push("", ...report(section, results));
    } finally {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await section.dispose();
    }
  }
  process.stdout.write(`${lines.join("\n")}\n`);
  if (chosen.length === SECTIONS.length) {
    writeFileSync(
      join(REPOSITORY, "docs", "benchmarks.md"),
      `${[...preamble(rounds), ...lines].join("\n")}\n`,
    );
  }
  return missed === 0 ? 0 : 1;
}

function preamble(rounds: number): readonly string[] {
  return [
    "# Benchmarks",
    "",
    `Made by \`npm run bench\` on ${availableParallelism()} cores with Node.js ${process.versions.node}: medians of up to ${rounds} rounds after one that is not`,
    "counted, the contenders taking turns. The real engine uses the same simulated AWS provider. Ratios are of one run; the",
    "seconds are that machine's. Peak memory is that of all Node.js processes of the command together.",
  ];
}

process.exitCode = await main();
