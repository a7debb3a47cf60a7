/**
 * The Auto and AutoMerge strategies: every zone gets an equal part of the VPC's range, and within a zone subnets
 * follow each other in the order of their specs, each aligned to its own size.
 *
 * Laws: every subnet has its mask; all zones have the same layout; where specs fit, no two subnets overlap as long as
 * none is smaller than a /30, and all lie in the VPC.
 */
import { ComponentError } from "../protocol/component-error.ts";
import { blockAt, following, formatBlock, lastHost, parseBlock, sizeOf } from "./cidr.ts";
import type { Block } from "./cidr.ts";
import { duplicateTypeMessage } from "./subnet-spec.ts";
import type { SubnetSpec } from "./subnet-spec.ts";

/** The smallest range of a zone that is divided by default: its public subnet is a /28. */
const SMALLEST_DEFAULT_ZONE_MASK = 26;
/** Of a zone that is wider, only this much is used by default. */
const WIDEST_DEFAULT_ZONE_MASK = 16;

function specOf(type: string, cidrMask?: number): SubnetSpec {
  return {
    type,
    cidrMask,
    name: undefined,
    size: undefined,
    cidrBlocks: undefined,
    tags: undefined,
    assignIpv6AddressOnCreation: undefined,
  };
}

/** The specs of a VPC that names none, without their masks. */
export const DEFAULT_TYPES: readonly SubnetSpec[] = [specOf("Private"), specOf("Public")];

/** Half of the zone's range for private subnets and a quarter for public ones. @throws ComponentError for a zone below /26 */
export function defaultSpecs(zoneMask: number): readonly SubnetSpec[] {
  if (zoneMask > SMALLEST_DEFAULT_ZONE_MASK) {
    throw new ComponentError(
      `Automatic subnet creation requires a VPC with at least /26 available per AZ, but only /${zoneMask} is available.` +
        "If you do need very small subnets, please specify them explicitly.",
    );
  }
  const widest = Math.max(zoneMask, WIDEST_DEFAULT_ZONE_MASK);
  return DEFAULT_TYPES.map(({ type }, index) => specOf(type, widest + index + 1));
}

/**
 * The default specs, each with what an unnamed spec of its type says instead; after them all other specs.
 *
 * @throws ComponentError for two unnamed specs of one default type
 */
export function mergeWithDefaults(
  specs: readonly SubnetSpec[],
  defaults: readonly SubnetSpec[],
): readonly SubnetSpec[] {
  const overrides = new Map<string, SubnetSpec>();
  const others: SubnetSpec[] = [];
  for (const spec of specs) {
    const type = spec.type.toLowerCase();
    const known = defaults.some((candidate) => candidate.type.toLowerCase() === type);
    if (!known || spec.name !== undefined) {
      others.push(spec);
    } else if (overrides.has(type)) {
      throw new ComponentError(duplicateTypeMessage(type));
    } else {
      overrides.set(type, spec);
    }
  }
  return [...defaults.map((spec) => overrides.get(spec.type.toLowerCase()) ?? spec), ...others];
}

/** How many times a range is halved to have at least `count` parts. */
export function bitsFor(count: number): number {
  return count === 0 ? 0 : Math.ceil(Math.log2(count));
}

/**
 * The ranges of each spec, one for each zone.
 *
 * @param specsFor the specs for a zone whose range has this mask
 * @throws ComponentError where the specs of one zone need more than its range has
 */
export function layOutAuto(
  vpcCidr: string,
  zoneCount: number,
  zoneMask: number | undefined,
  specsFor: (zoneMask: number) => readonly SubnetSpec[],
): readonly (readonly string[])[] {
  const vpc = parseBlock(vpcCidr);
  const mask = zoneMask ?? vpc.mask + bitsFor(zoneCount);
  const specs = specsFor(mask);
  if (specs.length === 0) {
    throw new ComponentError("No subnets specified");
  }
  const masks = specs.map((spec) => spec.cidrMask ?? mask + bitsFor(specs.length));
  const needed = masks.reduce((sum, subnet) => sum + sizeOf(blockAt(vpc.start, subnet).mask), 0);
  const available = sizeOf(blockAt(vpc.start, mask).mask);
  if (needed > available) {
    throw new ComponentError(
      `Subnets are too large for VPC. VPC has ${available} addresses, but subnets require ${needed} addresses.`,
    );
  }
  const zones: (readonly Block[])[] = [];
  let zone = blockAt(vpc.start, mask);
  for (let index = 0; index < zoneCount; index++) {
    zones.push(layOutZone(zone, masks));
    zone = following(zone);
  }
  return specs.map((_, index) =>
    zones.flatMap((blocks) => blocks.slice(index, index + 1).map((block) => formatBlock(block))),
  );
}

function layOutZone(zone: Block, masks: readonly number[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const mask of masks) {
    const previous = blocks.at(-1);
    // Counted from the last host of the subnet before, so that a /31 or /32 may fall onto its broadcast address, as
    // in the real component; the check for overlaps finds that.
    blocks.push(
      previous === undefined ? blockAt(zone.start, mask) : following(blockAt(lastHost(previous), mask)),
    );
  }
  return blocks;
}
