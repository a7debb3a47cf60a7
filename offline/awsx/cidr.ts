/**
 * IPv4 ranges as the two libraries see them that the awsx provider counts with.
 *
 * A `Block` is aligned to its own size: bits of the host are dropped. An `Address` keeps them, so that a VPC written as
 * `10.0.0.5/16` is split from `10.0.0.5` on under the Legacy strategy, as the real component does.
 */
import { ComponentError } from "../protocol/component-error.ts";

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

/** @throws ComponentError where `text` is no IPv4 CIDR block, in the words of the library behind the Legacy strategy */
export function parseAddress(text: string): Address {
  const { at, maskText } = split(text);
  if (at === undefined || maskText.length > 2) {
    throw new ComponentError("Invalid IPv4 address.");
  }
  const mask = maskText === "" ? BITS : Number(maskText);
  if (mask > BITS) {
    throw new ComponentError("Invalid subnet mask.");
  }
  return { at, mask };
}

/** @throws ComponentError where `text` is no IPv4 CIDR block, in the words of the library behind the other strategies */
export function parseBlock(text: string): Block {
  const { address, at, maskText } = split(text);
  if (at === undefined) {
    throw new ComponentError(`Invalid net address: ${address}`);
  }
  return blockAt(at, maskText === "" ? BITS : Number(maskText));
}

/** The parts of `a.b.c.d/mask`; `at` is undefined where the address is none, or the mask no number. */
function split(text: string): {
  readonly address: string;
  readonly at: number | undefined;
  readonly maskText: string;
} {
  const [address = "", maskText = "", ...rest] = text.split("/");
  const octets = address.split(".");
  const valid =
    rest.length === 0 &&
    /^\d*$/.test(maskText) &&
    octets.length === 4 &&
    octets.every((octet) => OCTET.test(octet));
  return {
    address,
    maskText,
    at: valid ? octets.reduce((sum, octet) => sum * 256 + Number(octet), 0) : undefined,
  };
}

/** The block of this mask that holds `address`. @throws ComponentError for a mask above 32 */
export function blockAt(address: number, mask: number): Block {
  if (!(mask <= BITS)) {
    throw new ComponentError(`Invalid mask for ip4: ${mask}`);
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

/** @throws ComponentError past 255.255.255.255 */
export function formatAddress(address: number): string {
  if (address < 0 || address >= ADDRESSES) {
    throw new ComponentError(`the range ends past the last IPv4 address (at ${address})`);
  }
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

export function formatBlock(block: Block): string {
  return `${formatAddress(block.start)}/${block.mask}`;
}

export function formatCidr(address: Address): string {
  return `${formatAddress(address.at)}/${address.mask}`;
}
