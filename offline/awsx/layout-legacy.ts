/**
 * The Legacy strategy: every zone gets an equal part of the VPC's range, and within a zone private subnets come first,
 * then public ones, then isolated ones, whatever the order of their specs.
 *
 * Each subnet is first put where awsx 1.0 put it, by counting in steps of its own size from a base; only where that
 * overlaps the subnet before, it is put right after it. Specs of other types, such as `Unused`, get no range.
 *
 * Source of the rules: pulumi/pulumi-awsx, awsx/ec2/subnetDistributorLegacy.ts, as of 3.9.
 */
import { ComponentError } from "../protocol/component-error.ts";
import { formatCidr, overlap, parseAddress, sizeOf } from "./cidr.ts";
import type { Address, Block } from "./cidr.ts";
import { bitsFor, DEFAULT_TYPES } from "./layout-auto.ts";
import { isType } from "./subnet-spec.ts";
import type { SubnetSpec } from "./subnet-spec.ts";

export interface LegacySubnet {
  readonly zoneIndex: number;
  /** Its type in the spelling `Private`, `Public` or `Isolated`. */
  readonly spec: SubnetSpec;
  readonly cidrBlock: string;
}

/** By type, in the order in which a zone is filled: the widest a subnet gets where its spec does not say. */
const GROUPS = [
  { type: "private", spelling: "Private", widestMask: 19 },
  { type: "public", spelling: "Public", widestMask: 20 },
  { type: "isolated", spelling: "Isolated", widestMask: 24 },
] as const;

/** @throws ComponentError where the specs need more bits than IPv4 addresses have */
export function layOutLegacy(
  vpcCidr: string,
  zoneCount: number,
  specs: readonly SubnetSpec[] | undefined,
): readonly LegacySubnet[] {
  const vpc = parseAddress(vpcCidr);
  const zones = Array.from({ length: zoneCount }, (_, index) => part(vpc, bitsFor(zoneCount), index));
  return specs === undefined
    ? defaultSubnets(zones)
    : zones.flatMap((zone, zoneIndex) => fillZone(zone, specs).map((subnet) => ({ zoneIndex, ...subnet })));
}

/** All private subnets, then all public ones: half of each zone and a quarter of it. */
function defaultSubnets(zones: readonly Address[]): readonly LegacySubnet[] {
  return DEFAULT_TYPES.flatMap((spec, rank) =>
    zones.map((zone, zoneIndex) => {
      const half = part(zone, 1, 0);
      const cidr = rank === 0 ? half : part(part(half, 0, 1), 1, 0);
      return { zoneIndex, spec, cidrBlock: formatCidr(cidr) };
    }),
  );
}

function fillZone(zone: Address, specs: readonly SubnetSpec[]): readonly Omit<LegacySubnet, "zoneIndex">[] {
  // One kind of subnet alone may take the zone's whole range; two or more share it in halves at most.
  const widest = zone.mask + (specs.length === 1 ? 0 : 1);
  const placed: { readonly spec: SubnetSpec; readonly at: Address }[] = [];
  let last: Block = { start: startOf(zone) - 1, mask: 32 };
  for (const group of GROUPS) {
    const before = placed.at(-1)?.at;
    const base = before === undefined ? zone : part(before, 0, 1);
    for (const [index, spec] of specs.filter((candidate) => isType(candidate, group.type)).entries()) {
      const mask = spec.cidrMask ?? Math.max(widest, group.widestMask);
      const counted = part(base, mask - base.mask, index);
      const at = overlap(blockOf(counted), last) ? after(last, mask) : counted;
      placed.push({ spec: { ...spec, type: group.spelling }, at });
      last = blockOf(at);
    }
  }
  return placed.map(({ spec, at }) => ({ spec, cidrBlock: formatCidr(at) }));
}

/** The range at place `index` among those that `bits` more bits of mask make of `base`, from its address on. */
function part(base: Address, bits: number, index: number): Address {
  const mask = base.mask + bits;
  if (mask > 32) {
    throw new ComponentError(`Requested ${bits} new bits, but only ${32 - base.mask} are available.`);
  }
  return { at: base.at + sizeOf(mask) * index, mask };
}

/** The range of this mask that follows the one in which `block` ends. */
function after(block: Block, mask: number): Address {
  const size = sizeOf(mask);
  const end = block.start + sizeOf(block.mask) - 1;
  return { at: (Math.floor(end / size) + 1) * size, mask };
}

function startOf({ at, mask }: Address): number {
  const size = sizeOf(mask);
  return Math.floor(at / size) * size;
}

function blockOf(address: Address): Block {
  return { start: startOf(address), mask: address.mask };
}
