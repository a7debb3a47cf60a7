/**
 * IPv4 ranges as the two libraries see them that the awsx provider counts with.
 *
 * A `Block` is aligned to its own size: bits of the host are dropped. An `Address` keeps them, so that a VPC written as
 * `10.0.0.5/16` is split from `10.0.0.5` on under the Legacy strategy, as the real component does.
 */
const BITS = 32;
const ADDRESSES = 2 ** BITS;
const OCTET = /^(?:25[0-5]|2[0-4]\d|[01]?\d?\d)$/;

/** Addresses in a range of this mask, 0 to 32. */
export function sizeOf(mask: number): number {
  return 2 ** (BITS - mask);
}

export interface Block {
  /** The first address, as a number. */
  readonly start: number;
  /** 0 to 32. */
  readonly mask: number;
}

export interface Address {
  readonly at: number;
  readonly mask: number;
}

/** @throws Error where `text` is no IPv4 CIDR block */
export function parseAddress(text: string): Address {
  const [address = "", mask, ...rest] = text.split("/");
  const octets = address.split(".");
  if (rest.length > 0 || octets.length !== 4 || !octets.every((octet) => OCTET.test(octet))) {
    throw new Error(`Invalid net address: ${address}`);
  }
  const bits = mask === undefined ? BITS : parseMask(mask);
  return { at: octets.reduce((sum, octet) => sum * 256 + Number(octet), 0), mask: bits };
}

function parseMask(text: string): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) > BITS) {
    throw new Error(`Invalid mask for ip4: ${text}`);
  }
  return Number(text);
}

/** @throws Error where `text` is no IPv4 CIDR block */
export function parseBlock(text: string): Block {
  const { at, mask } = parseAddress(text);
  return blockAt(at, mask);
}

/** The block of this mask that holds `address`. @throws Error for a mask above 32 */
export function blockAt(address: number, mask: number): Block {
  if (!(mask <= BITS)) {
    throw new Error(`Invalid mask for ip4: ${mask}`);
  }
  const size = sizeOf(mask);
  return { start: Math.floor(address / size) * size, mask };
}

/** The block of the same size right after it; past the last address it starts at 0.0.0.0 again. */
export function following(block: Block): Block {
  return { start: (block.start + sizeOf(block.mask)) % ADDRESSES, mask: block.mask };
}

/** The last address a host can have: the one before the broadcast address, where there is one. */
export function lastHost(block: Block): number {
  return block.start + sizeOf(block.mask) - (block.mask <= 30 ? 2 : 1);
}

/** The first address a host can have. */
export function firstHost(block: Block): number {
  return block.mask <= 30 ? block.start + 1 : block.start;
}

export function contains(block: Block, address: number): boolean {
  return address >= block.start && address < block.start + sizeOf(block.mask);
}

/** Whether one of two blocks lies within the other. */
export function overlap(a: Block, b: Block): boolean {
  return contains(a, b.start) || contains(b, a.start);
}

/** @throws Error past 255.255.255.255 */
export function formatAddress(address: number): string {
  if (address < 0 || address >= ADDRESSES) {
    throw new Error(`the range ends past the last IPv4 address (at ${address})`);
  }
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

export function formatBlock(block: Block): string {
  return `${formatAddress(block.start)}/${block.mask}`;
}

export function formatCidr(address: Address): string {
  return `${formatAddress(address.at)}/${address.mask}`;
}
