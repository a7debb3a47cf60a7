/** A range of addresses, first and last included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * Reads `203.0.113.0/24`, `2001:db8::/32`, or an address alone (a /32 or /128); undefined where it is neither. Bits
 * behind the prefix are ignored, as IAM does.
 */
export function parseCidr(text: string): AddressRange | undefined {
  const slash = text.indexOf("/");
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) {
    return undefined;
  }
  const bits = BITS[address.family];
  let prefix: number = bits;
  if (slash >= 0) {
    const digits = text.slice(slash + 1);
    if (!/^\d{1,3}$/.test(digits) || Number(digits) > bits) {
      return undefined;
    }
    prefix = Number(digits);
  }
  const size = 1n << BigInt(bits - prefix);
  const first = address.value - (address.value % size);
  return { family: address.family, first, last: first + size - 1n };
}

export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export function parseAddress(text: string): Address | undefined {
  if (text.includes(":")) {
    const value = parseIpv6(text);
    return value === undefined ? undefined : { family: 6, value };
  }
  const value = parseIpv4(text);
  return value === undefined ? undefined : { family: 4, value };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  if (text.length > 45) {
    return undefined;
  }
  let source = text;
  const lastColon = source.lastIndexOf(":");
  const tail = source.slice(lastColon + 1);
  if (tail.includes(".")) {
    const embedded = parseIpv4(tail);
    if (embedded === undefined) {
      return undefined;
    }
    source = `${source.slice(0, lastColon + 1)}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  }
  const halves = source.split("::");
  if (halves.length > 2) {
    return undefined;
  }
  const head = splitGroups(halves[0]);
  const rest = splitGroups(halves[1]);
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) {
    return undefined;
  }
  const all = [...head, ...Array.from({ length: missing }, () => "0"), ...rest];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) {
    return undefined;
  }
  return all.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

function splitGroups(half: string | undefined): readonly string[] {
  return half === undefined || half === "" ? [] : half.split(":");
}

export function formatAddress(address: Address): string {
  if (address.family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address.value >> shift) & 255n)).join(".");
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address.value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  return groups.join(":");
}

export function inRange(address: Address, range: AddressRange): boolean {
  return address.family === range.family && address.value >= range.first && address.value <= range.last;
}
