import assert from "node:assert/strict";
import fc from "fast-check";
import { contains, ipv4Block, parseIpv4Block, vpcBlock } from "../../../components/core/ipv4-block.ts";

/** The addresses of a small block, one by one: slow, and obviously right. */
function addresses(base: number, prefix: number): number[] {
  return Array.from({ length: 2 ** (32 - prefix) }, (_, offset) => base + offset);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

const smallBlock = fc
  .record({ prefix: fc.integer({ min: 24, max: 32 }), network: fc.nat({ max: 2 ** 10 - 1 }) })
  .map(({ prefix, network }) => ({ base: (network * 2 ** (32 - prefix)) % 2 ** 11, prefix }));

describe("an IPv4 block", () => {
  for (const [text, expected] of [
    ["10.0.0.0/16", { base: 10 * 2 ** 24, prefix: 16 }],
    ["0.0.0.0/0", { base: 0, prefix: 0 }],
    ["255.255.255.255/32", { base: 2 ** 32 - 1, prefix: 32 }],
    ["128.0.0.0/1", { base: 2 ** 31, prefix: 1 }],
  ] as const) {
    it(`is read from ${text}`, () => {
      assert.deepEqual(parseIpv4Block(text), expected);
    });
  }

  for (const [text, why] of [
    ["10.0.0.1/16", "its address is not its first"],
    ["10.0.0.0", "the prefix is missing"],
    ["10.0.0.0/33", "no prefix is that long"],
    ["10.0.0/16", "an octet is missing"],
    ["256.0.0.0/8", "an octet ends at 255"],
    ["010.0.0.0/8", "some read a leading zero as octal"],
    [" 10.0.0.0/16", "there is a space"],
    ["10.0.0.0/16\n", "there is a line end"],
    ["::/0", "it is IPv6"],
  ] as const) {
    it(`is not read from ${JSON.stringify(text)}: ${why}`, () => {
      assert.equal(parseIpv4Block(text), undefined);
      assert.notEqual(ipv4Block(text), undefined);
    });
  }

  it("is read back from what it is written as", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), fc.nat({ max: 2 ** 31 - 1 }), (prefix, seed) => {
        const base = seed - (seed % 2 ** (32 - prefix));
        assert.deepEqual(parseIpv4Block(`${dotted(base)}/${prefix}`), { base, prefix });
      }),
    );
  });

  it("contains another exactly if all of the other's addresses are its own", () => {
    fc.assert(
      fc.property(smallBlock, smallBlock, (outer, inner) => {
        const own = new Set(addresses(outer.base, outer.prefix));
        const expected = addresses(inner.base, inner.prefix).every((address) => own.has(address));
        assert.equal(contains(outer, inner), expected);
      }),
    );
  });
});

describe("a VPC's block", () => {
  const check = vpcBlock(16, 24);

  for (const accepted of [
    "10.0.0.0/16",
    "10.255.255.0/24",
    "172.16.0.0/16",
    "172.31.255.0/24",
    "192.168.0.0/16",
    "100.64.0.0/16",
    "100.127.255.0/24",
  ]) {
    it(`may be ${accepted}`, () => {
      assert.equal(check(accepted), undefined);
    });
  }

  for (const [refused, expected] of [
    ["10.0.0.0/15", "a block from /16 to /24"],
    ["10.0.0.0/25", "a block from /16 to /24"],
    ["172.15.0.0/16", /^a block within /],
    ["172.32.0.0/16", /^a block within /],
    ["192.169.0.0/16", /^a block within /],
    ["100.128.0.0/16", /^a block within /],
    ["8.8.0.0/16", /^a block within /],
    ["10.0.0.9/16", /^an IPv4 block in CIDR notation/],
  ] as const) {
    it(`may not be ${refused}`, () => {
      const fault = check(refused);
      assert.ok(fault !== undefined);
      assert.match(fault.expected, typeof expected === "string" ? new RegExp(`^${expected}$`) : expected);
    });
  }
});
