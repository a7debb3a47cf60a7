/** The output `subnetLayout`: what one zone looks like, in terms that the Auto strategy understands. */
import { blockAt, contains, firstHost, following, lastHost, parseBlock } from "./cidr.ts";
import type { Block } from "./cidr.ts";
import type { PlacedSubnet } from "./layout.ts";
import type { SubnetSpec } from "./subnet-spec.ts";
import type { ValueMap } from "./values.ts";

/** The specs as given. What is empty, 0 or was left out does not show. */
export function layoutOfSpecs(specs: readonly SubnetSpec[]): readonly ValueMap[] {
  return specs.map(({ name, cidrBlocks, cidrMask, size, type }) => ({
    ...(name ? { name } : {}),
    ...(cidrBlocks === undefined ? {} : { cidrBlocks }),
    ...(cidrMask ? { cidrMask } : {}),
    ...(size ? { size } : {}),
    type,
  }));
}

/**
 * The layout of the first subnets, as many as one zone has, with what lies between two of them as `Unused`.
 *
 * Under the default layout those are not the first zone's: private subnets of all zones stand before public ones.
 * That is how the real component answers, and a program may depend on it.
 */
export function layoutOfSubnets(subnets: readonly PlacedSubnet[], zoneCount: number): readonly ValueMap[] {
  const layout: ValueMap[] = [];
  let previous: Block | undefined;
  for (const { spec, cidrBlock } of subnets.slice(0, subnets.length / zoneCount)) {
    const block = parseBlock(cidrBlock);
    if (previous !== undefined) {
      layout.push(...gapsBetween(previous, block).map(({ mask }) => ({ cidrMask: mask, type: "Unused" })));
    }
    layout.push({ ...(block.mask === 0 ? {} : { cidrMask: block.mask }), type: spec.type });
    previous = block;
  }
  return layout;
}

/**
 * Blocks that fill what lies between two blocks.
 *
 * They begin in the size of the block before, and only ever grow: where what is left is smaller than that, the last one
 * reaches into the block after it. That is how the real component answers.
 */
export function gapsBetween(a: Block, b: Block): readonly Block[] {
  const [start, end] = a.start < b.start ? [a, b] : [b, a];
  const gaps: Block[] = [];
  let previous = a;
  let next = following(start);
  while (next.start < end.start) {
    for (;;) {
      const wider = blockAt(next.start, next.mask - 1);
      if (contains(wider, lastHost(previous)) || contains(wider, firstHost(end))) {
        break;
      }
      next = wider;
    }
    gaps.push(next);
    previous = next;
    const after = following(next);
    if (after.start <= next.start) {
      break;
    }
    next = after;
  }
  return gaps;
}
