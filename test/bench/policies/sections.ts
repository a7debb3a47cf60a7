import { join } from "node:path";
import { type Contender, timed } from "../measure.ts";
import { PackProcess } from "../../policies/support/pack-process.ts";
import type { Ratio, Section } from "../sections.ts";
import { prepareAwsGuard } from "./awsguard.ts";
import { driveOperation } from "./drive.ts";

const PACKS = join(import.meta.dirname, "..", "packs");
const THIS_PACK = join(import.meta.dirname, "..", "..", "..", "policies");

interface Pack {
  readonly name: string;
  readonly folder: string;
}

const OURS: Pack = { name: "this pack", folder: THIS_PACK };
const FLOOR: Pack = { name: "two policies that do nothing", folder: join(PACKS, "floor") };
const NONE: Pack = { name: "a pack with no policy", folder: join(PACKS, "none") };
const GUARD = "@pulumi/awsguard 0.3.1";

/** The pack to compare with, or none where it cannot be installed, which is said. */
function awsGuard(): readonly Pack[] {
  const guard = prepareAwsGuard();
  if (guard.kind === "missing") {
    process.stderr.write(`policies: without @pulumi/awsguard: ${guard.reason}\n`);
    return [];
  }
  return [{ name: GUARD, folder: guard.folder }];
}

export function packStart(rounds: number): Promise<Section> {
  const guards = awsGuard();
  return Promise.resolve({
    id: "pack",
    title: "Start-up of the pack, until it has answered its first call",
    rounds: rounds * 3,
    contenders: [OURS, NONE, ...guards].map(({ name, folder }): Contender => ({
      name,
      run: async () => ({ seconds: await timeStart(folder) }),
    })),
    ratios: [
      { what: "this pack / no policy", of: OURS.name, to: NONE.name, expected: { atMost: 1.3 } },
      ...guards.map(({ name }): Ratio => ({
        what: "this pack / awsguard",
        of: OURS.name,
        to: name,
        expected: { atMost: 1 },
      })),
    ],
    dispose: () => Promise.resolve(),
  });
}

async function timeStart(folder: string): Promise<number> {
  let pack: PackProcess | undefined;
  const seconds = await timed(async () => {
    pack = await PackProcess.start(folder);
    await pack.info();
  });
  pack?.stop();
  return seconds;
}

const SIZES = [100, 1000, 10_000] as const;

/** What a pack adds to an operation: no pack, no calls. */
export function policyCost(rounds: number): Promise<Section> {
  const packs = [FLOOR, ...awsGuard(), OURS];
  const title = (pack: Pack, size: number): string => `${pack.name}, ${size} resources`;
  return Promise.resolve({
    id: "policies",
    title: "What a pack adds to a preview of 100, 1,000 and 10,000 resources: every call, answered",
    rounds: Math.max(1, Math.ceil(rounds / 2)),
    contenders: SIZES.flatMap((size) =>
      packs.map((pack): Contender => ({
        name: title(pack, size),
        run: () => driveOperation(pack.folder, size),
      })),
    ),
    ratios: [
      ...SIZES.map((size): Ratio => ({
        what: `this pack / two that do nothing, ${size}`,
        of: title(OURS, size),
        to: title(FLOOR, size),
        expected: { atMost: 1.5 },
      })),
      {
        what: "this pack, 10,000 / 1,000 resources",
        of: title(OURS, 10_000),
        to: title(OURS, 1000),
        expected: { atMost: 10 },
      },
    ],
    dispose: () => Promise.resolve(),
  });
}
