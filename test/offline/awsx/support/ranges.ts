/** A second, naive view of IPv4 ranges: bits as text. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
  readonly mask: number;
}

export function rangeOf(cidr: string): Range {
  const [address = "", mask = "32"] = cidr.split("/");
  const bits = address
    .split(".")
    .map((octet) => Number(octet).toString(2).padStart(8, "0"))
    .join("");
  const network = bits.slice(0, Number(mask));
  return {
    first: BigInt(`0b${network.padEnd(32, "0")}`),
    last: BigInt(`0b${network.padEnd(32, "1")}`),
    mask: Number(mask),
  };
}

export function disjoint(a: Range, b: Range): boolean {
  return a.last < b.first || b.last < a.first;
}

export function within(inner: Range, outer: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function isAligned(cidr: string): boolean {
  const [address = ""] = cidr.split("/");
  return rangeOf(cidr).first === rangeOf(address).first;
}

/** The widest blocks that fill the addresses from `from` to just before `to`, found address by address. */
export function fill(from: bigint, to: bigint): readonly number[] {
  const masks: number[] = [];
  let at = from;
  while (at < to) {
    let mask = 32;
    while (mask > 0 && at % (1n << BigInt(33 - mask)) === 0n && at + (1n << BigInt(33 - mask)) <= to) {
      mask--;
    }
    masks.push(mask);
    at += 1n << BigInt(32 - mask);
  }
  return masks;
}
