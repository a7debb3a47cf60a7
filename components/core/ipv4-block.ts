import type { Check } from "./problems.ts";

/** An IPv4 block: the address of its first host as a number, and the length of its prefix in bits. */
export interface Ipv4Block {
  readonly base: number;
  readonly prefix: number;
}

/** `10.0.0.0/16` as a block; `undefined` where it is not one, or has bits set beyond its prefix. */
export function parseIpv4Block(text: string): Ipv4Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const parts = match.slice(1);
  const numbers = parts.map(Number);
  const prefix = numbers[4] ?? 33;
  // A leading zero is read as octal by some tools.
  if (
    parts.some((part) => /^0\d/.test(part)) ||
    numbers.slice(0, 4).some((octet) => octet > 255) ||
    prefix > 32
  ) {
    return undefined;
  }
  const base = numbers.slice(0, 4).reduce((sum, octet) => sum * 256 + octet, 0);
  return base % 2 ** (32 - prefix) === 0 ? { base, prefix } : undefined;
}

/** Private ranges of RFC 1918 and the shared range of RFC 6598, which AWS recommends for a VPC. */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"] as const;

/** Whether every address of `inner` is one of `outer`. */
export function contains(outer: Ipv4Block, inner: Ipv4Block): boolean {
  const size = 2 ** (32 - outer.prefix);
  return inner.prefix >= outer.prefix && Math.floor(inner.base / size) === outer.base / size;
}

function isPrivate(block: Ipv4Block): boolean {
  return PRIVATE_RANGES.some((range) => {
    const outer = parseIpv4Block(range);
    return outer !== undefined && contains(outer, block);
  });
}

/** A block for a VPC: aligned, in a private range, of a size from `/largest` to `/smallest`. */
export function vpcBlock(largest: number, smallest: number): Check<string> {
  return (value) => {
    const block = parseIpv4Block(value);
    if (block === undefined) {
      return {
        expected: "an IPv4 block in CIDR notation whose address is its first, as `10.0.0.0/16`",
        remedy: "write the first address of the block, a slash and the length of the prefix",
      };
    }
    if (block.prefix < largest || block.prefix > smallest) {
      return {
        expected: `a block from /${largest} to /${smallest}`,
        remedy:
          "choose a size in that range: the VPC is cut into four, one part for each zone and one in reserve",
      };
    }
    return isPrivate(block)
      ? undefined
      : {
          expected: `a block within ${PRIVATE_RANGES.join(", ")}`,
          remedy: "choose addresses that are not somebody's on the internet",
        };
  };
}

/** Any IPv4 block. */
export const ipv4Block: Check<string> = (value) =>
  parseIpv4Block(value) === undefined
    ? {
        expected: "an IPv4 block in CIDR notation whose address is its first, as `10.0.0.0/16`",
        remedy: "write the first address of the block, a slash and the length of the prefix",
      }
    : undefined;
