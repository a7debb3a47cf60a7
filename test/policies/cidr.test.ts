import assert from "node:assert/strict";
import { BlockList, isIPv4 } from "node:net";
import { type AddressRange, coversEverything, parseCidr, union } from "@bastionless/policies/estate/cidr.ts";
import fc from "fast-check";

const cidr4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`);
const cidr6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([ip, bits]) => `${ip}/${bits}`);

function read(text: string): AddressRange {
  const range = parseCidr(text);
  assert.ok(range !== undefined, text);
  return range;
}

function contains(ranges: readonly AddressRange[], address: string): boolean {
  const { family, first } = read(address);
  return ranges.some((range) => range.family === family && range.first <= first && first <= range.last);
}

describe("address ranges", () => {
  it("hold the addresses that Node's own block list says they hold", () => {
    fc.assert(
      fc.property(fc.oneof(cidr4, cidr6), fc.oneof(fc.ipV4(), fc.ipV6()), (text, address) => {
        const [network = "", bits = ""] = text.split("/");
        const oracle = new BlockList();
        oracle.addSubnet(network, Number(bits), isIPv4(network) ? "ipv4" : "ipv6");
        // Node takes an IPv4 address and its IPv6-mapped form for one; EC2 has no such addresses.
        fc.pre(isIPv4(network) === isIPv4(address));
        assert.equal(
          contains([read(text)], address),
          oracle.check(address, isIPv4(address) ? "ipv4" : "ipv6"),
          `${address} in ${text}`,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("in union hold what one of them holds, in order, none touching the next", () => {
    fc.assert(
      fc.property(
        fc.array(cidr4, { maxLength: 8 }),
        fc.array(fc.ipV4(), { maxLength: 20 }),
        (texts, addresses) => {
          const ranges = texts.map(read);
          const joined = union(ranges);
          for (const address of [...addresses, ...texts.map((text) => text.split("/")[0] ?? "")]) {
            assert.equal(contains(joined, address), contains(ranges, address));
          }
          for (const [index, range] of joined.slice(1).entries()) {
            const before = joined[index];
            assert.ok(before !== undefined && before.last + 1n < range.first);
          }
          assert.deepEqual(union(ranges.toReversed()), joined);
          assert.deepEqual(union([...joined, ...joined]), joined);
        },
      ),
    );
  });

  it("see the internet in two halves", () => {
    const halves = ["128.0.0.0/1", "0.0.0.0/1"].map(read);
    assert.equal(coversEverything(halves, 4), true);
    assert.equal(coversEverything(halves, 6), false);
    assert.equal(coversEverything(halves.slice(1), 4), false);
    assert.equal(coversEverything(["::/1", "8000::/1"].map(read), 6), true);
    const but = ["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3", "224.0.0.0/4", "240.0.0.0/5", "248.0.0.0/6"];
    assert.equal(coversEverything(but.map(read), 4), false);
  });

  it("refuse what is no range", () => {
    for (const text of [
      "",
      "10.0.0.0/33",
      "10.0.0/8",
      "::/129",
      "10.0.0.0/8/8",
      "010.0.0.0/8",
      "a/8",
      "fe80::1%eth0",
      "10.0.0.0/ 8",
      "10.0.0.0/",
    ]) {
      assert.equal(parseCidr(text), undefined, text);
    }
  });
});
