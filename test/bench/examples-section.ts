import { basename, join } from "node:path";
import { projectFolders } from "@bastionless/offline/cli/project-folders.ts";
import { measureCommand } from "./command.ts";
import { type Measurement, median, timed } from "./measure.ts";
import type { Section } from "./sections.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..");

/** As `npm run preview:examples` has it. */
const GOOD = "examples/!(bad-*)";

/** The smallest: what the others are measured by. */
const ONE = "minimal";

function preview(cwd: string): Promise<Measurement> {
  const args = ["--max-semi-space-size=64", "offline/main.js", "preview", "--strict"];
  return measureCommand(process.execPath, [...args, "--policy-pack", "policies", "--cwd", cwd], {
    cwd: REPOSITORY,
  });
}

/**
 * All examples in one command beside the smallest of them and the one in the middle, and beside all of them one command after
 * another.
 */
export function allExamples(rounds: number): Promise<Section> {
  const { folders } = projectFolders([join(REPOSITORY, GOOD)]);
  const one = `one example, ${ONE}, with the pack`;
  const all = `${folders.length} examples in one command, with the pack`;
  const each = `the same ${folders.length}, one command after another`;
  const middle = `the median of these ${folders.length} commands`;
  let alone: readonly number[] = [];
  return Promise.resolve({
    id: "examples",
    title: "All examples",
    rounds: Math.max(1, Math.ceil(rounds / 2)),
    contenders: [
      { name: one, run: () => preview(`examples/${ONE}`) },
      { name: all, run: () => preview(GOOD) },
      {
        name: each,
        run: async () => {
          const measured: number[] = [];
          const seconds = await timed(async () => {
            for (const folder of folders) {
              // oxlint-disable-next-line no-await-in-loop -- one after another is what is measured
              measured.push((await preview(`examples/${basename(folder)}`)).seconds);
            }
          });
          alone = measured;
          return { seconds };
        },
      },
      // Of what the contender before it has measured.
      { name: middle, run: () => Promise.resolve({ seconds: median(alone) }) },
    ],
    ratios: [
      { what: `all examples / ${ONE}`, of: all, to: one, expected: { atMost: 4 } },
      { what: "all examples / the median one", of: all, to: middle, expected: { atMost: 4 } },
      { what: "one after another / in one command", of: each, to: all, expected: { atLeast: 1.5 } },
    ],
    dispose: () => Promise.resolve(),
  });
}
