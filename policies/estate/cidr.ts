import { isIPv4, isIPv6 } from "node:net";

/** A block of addresses, both ends included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Reads `10.0.0.0/8`, `::/0`, or an address alone. Bits behind the prefix are dropped, as EC2 does. */
export function parseCidr(text: string): AddressRange | undefined {
  const [address, prefixText, ...rest] = text.split("/");
  if (address === undefined || rest.length > 0) {
    return undefined;
  }
  const family = isIPv4(address) ? 4 : isIPv6(address) && !address.includes("%") ? 6 : undefined;
  if (family === undefined) {
    return undefined;
  }
  const bits = BITS[family];
  const prefix = prefixText === undefined ? bits : /^[0-9]{1,3}$/.test(prefixText) ? Number(prefixText) : -1;
  if (prefix < 0 || prefix > bits) {
    return undefined;
  }
  const size = 1n << BigInt(bits - prefix);
  const value = family === 4 ? ipv4Value(address) : ipv6Value(address);
  const first = value - (value % size);
  return { family, first, last: first + size - 1n };
}

function ipv4Value(address: string): bigint {
  return address.split(".").reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

function ipv6Value(address: string): bigint {
  const groups = address.split("::").map((half) => (half === "" ? [] : half.split(":").flatMap(groupsOf)));
  const [head = [], tail = []] = groups;
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0n);
  return [...head, ...zeros, ...tail].reduce((value, group) => value * 65_536n + group, 0n);
}

/** One group of an IPv6 address; the last 32 bits may be written as an IPv4 address. */
function groupsOf(group: string): readonly bigint[] {
  if (!group.includes(".")) {
    return [BigInt(`0x${group}`)];
  }
  const value = ipv4Value(group);
  return [value / 65_536n, value % 65_536n];
}

/**
 * The same addresses in the fewest ranges, in order, none touching another.
 *
 * Laws: order and repetition do not matter; an address is in the union exactly if it is in one of the ranges.
 */
export function union(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = ranges.toSorted((a, b) => a.family - b.family || compare(a.first, b.first));
  const merged: AddressRange[] = [];
  for (const range of sorted) {
    const previous = merged.at(-1);
    if (previous !== undefined && previous.family === range.family && range.first <= previous.last + 1n) {
      merged[merged.length - 1] = {
        ...previous,
        last: range.last > previous.last ? range.last : previous.last,
      };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether the ranges together hold every address of a family. */
export function coversEverything(ranges: readonly AddressRange[], family: 4 | 6): boolean {
  const last = (1n << BigInt(BITS[family])) - 1n;
  return union(ranges).some((range) => range.family === family && range.first === 0n && range.last === last);
}
