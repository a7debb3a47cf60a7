import { join } from "node:path";
import { previewEnvironment } from "@bastionless/offline/engine/index.ts";
import { RealEngine } from "../engine/support/real-engine.ts";
import { measureCommand } from "./command.ts";
import { allExamples } from "./examples-section.ts";
import { decidingGrowth, decidingPolicies } from "./iam-sections.ts";
import { type Contender, type Result, timed } from "./measure.ts";
import { packStart, policyCost } from "./policies/sections.ts";

export const REPOSITORY = join(import.meta.dirname, "..", "..");
const PROGRAMS = join(import.meta.dirname, "programs");
const OFFLINE = join(REPOSITORY, "offline", "main.js");
/** As the npm script starts it. */
const NODE = ["--max-semi-space-size=64"];
const PACK = join(REPOSITORY, "policies");
const ENVIRONMENTS = ["dev", "staging", "prod"] as const;

/** A ratio of two contenders' medians, and what it is to be. */
export interface Ratio {
  readonly what: string;
  readonly of: string;
  readonly to: string;
  readonly expected: { readonly atMost: number } | { readonly atLeast: number };
}

/** Contenders that are compared with each other, and what the comparison is to show. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly contenders: readonly Contender[];
  readonly rounds: number;
  readonly ratios: readonly Ratio[];
  /** What is said beside the tables: lines of Markdown, made when everything was measured. */
  appendix?(): readonly string[];
  /** Releases what the contenders hold. */
  dispose(): Promise<void>;
}

/** Sections are built when their turn comes: building one may start engines. */
export const SECTIONS: readonly { readonly id: string; build(rounds: number): Promise<Section> }[] = [
  { id: "environments", build: environments },
  { id: "examples", build: allExamples },
  { id: "pack", build: packStart },
  { id: "policies", build: policyCost },
  { id: "scale", build: scale },
  { id: "deciding", build: decidingPolicies },
  { id: "growth", build: decidingGrowth },
];

const OFFLINE_ALL = "offline, three environments, with the pack";
const REAL_ALL = "real engine, the same three previews one after another";
const RUNNER = "@pulumi/pulumi's runner, one empty program";

async function environments(rounds: number): Promise<Section> {
  const engines = await Promise.all(ENVIRONMENTS.map((stack) => RealEngine.create(REPOSITORY, stack)));
  return {
    id: "environments",
    title: "Three environments",
    rounds,
    contenders: [
      {
        name: OFFLINE_ALL,
        run: () =>
          measureCommand(process.execPath, [...NODE, OFFLINE, "preview", "--strict", "--policy-pack", PACK], {
            cwd: REPOSITORY,
          }),
      },
      {
        name: RUNNER,
        run: async () => ({ seconds: await timed(emptyProgram) }),
      },
      {
        name: REAL_ALL,
        run: async () => ({
          seconds: await timed(async () => {
            for (const engine of engines) {
              // oxlint-disable-next-line no-await-in-loop -- one after another is what is measured
              await engine.preview({ packs: [{ dir: PACK }] });
            }
          }),
        }),
      },
    ],
    ratios: [
      { what: "real engine / offline", of: REAL_ALL, to: OFFLINE_ALL, expected: { atLeast: 4 } },
      { what: "offline / empty program", of: OFFLINE_ALL, to: RUNNER, expected: { atMost: 5 } },
    ],
    dispose: async () => {
      await Promise.all(engines.map((engine) => engine.dispose()));
    },
  };
}

async function emptyProgram(): Promise<void> {
  const root = join(PROGRAMS, "empty");
  const outcome = await previewEnvironment({
    project: { name: "empty", root, runtimeOptions: { typescript: false } },
    stack: "dev",
    config: { values: {}, secretKeys: [] },
    packs: [],
    providers: [],
    components: [],
    answers: [],
    mode: "resolved",
    plainRunner: true,
  });
  if (outcome.kind === "failed") {
    throw new Error(outcome.problems.map(({ message }) => message).join("\n"));
  }
}

const SIZES = [100, 1000, 5000] as const;
const LARGEST = 5000;

async function scale(rounds: number): Promise<Section> {
  const program = join(PROGRAMS, "many");
  const engine = await RealEngine.create(program, `r${LARGEST}`);
  const offline = (size: number): string => `offline, ${size} resources`;
  const real = `real engine, ${LARGEST} resources`;
  return {
    id: "scale",
    title: "A program of 100, 1,000 and 5,000 resources, without a pack",
    rounds: Math.max(1, Math.ceil(rounds / 2)),
    contenders: [
      ...SIZES.map((size) => ({
        name: offline(size),
        run: () =>
          measureCommand(process.execPath, [...NODE, OFFLINE, "preview", "--stack", `r${size}`], {
            cwd: program,
          }),
      })),
      { name: real, run: async () => ({ seconds: await timed(() => engine.preview()) }) },
    ],
    ratios: [
      { what: "5,000 / 1,000 resources", of: offline(5000), to: offline(1000), expected: { atMost: 5 } },
      { what: "real engine / offline, 5,000", of: real, to: offline(5000), expected: { atLeast: 3 } },
    ],
    dispose: () => engine.dispose(),
  };
}

/** The ratio of two results' medians. */
export function ratioOf(ratio: Ratio, results: readonly Result[]): number {
  const seconds = (name: string): number =>
    results.find((result) => result.name === name)?.seconds ?? Number.NaN;
  return seconds(ratio.of) / seconds(ratio.to);
}
