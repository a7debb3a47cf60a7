import assert from "node:assert/strict";
import { defaultSpecs, mergeWithDefaults } from "@bastionless/offline/awsx/layout-auto.ts";
import { chooseLayout, placeSubnets } from "@bastionless/offline/awsx/layout.ts";
import type { PlacedSubnet } from "@bastionless/offline/awsx/layout.ts";
import fc from "fast-check";
import { disjoint, isAligned, rangeOf, within } from "./support/ranges.ts";
import { namedSpecs, ranges, request, spec, vpcCidrs, zones } from "./support/specs.ts";

describe("the Auto strategy", () => {
  it("gives each zone an equal part and fills it in the order of the specs", () => {
    const specs = [
      spec("Public", { cidrMask: 24 }),
      spec("Private", { cidrMask: 20 }),
      spec("Isolated", { cidrMask: 26 }),
    ];
    assert.deepEqual(ranges(request({ strategy: "Auto", specs }), "10.0.0.0/16"), [
      "net-public-1 10.0.0.0/24",
      "net-private-1 10.0.16.0/20",
      "net-isolated-1 10.0.32.0/26",
      "net-public-2 10.0.128.0/24",
      "net-private-2 10.0.144.0/20",
      "net-isolated-2 10.0.160.0/26",
    ]);
  });

  it("divides a zone evenly among specs without a mask, rounded up to a power of two", () => {
    const specs = [spec("Public"), spec("Private"), spec("Isolated")];
    assert.deepEqual(ranges(request({ strategy: "Auto", specs, zones: ["eu-west-1a"] }), "10.0.0.0/16"), [
      "net-public-1 10.0.0.0/18",
      "net-private-1 10.0.64.0/18",
      "net-isolated-1 10.0.128.0/18",
    ]);
  });

  it("gives zones the size that is asked for", () => {
    const specs = [spec("Public"), spec("Private")];
    assert.deepEqual(ranges(request({ strategy: "Auto", specs, zoneMask: 20 }), "10.0.0.0/16"), [
      "net-public-1 10.0.0.0/21",
      "net-private-1 10.0.8.0/21",
      "net-public-2 10.0.16.0/21",
      "net-private-2 10.0.24.0/21",
    ]);
  });

  it("has a private and a public subnet by default, half and a quarter of a zone", () => {
    assert.deepEqual(ranges(request({ strategy: "Auto" }), "10.0.0.0/16"), [
      "net-private-1 10.0.0.0/18",
      "net-public-1 10.0.64.0/19",
      "net-private-2 10.0.128.0/18",
      "net-public-2 10.0.192.0/19",
    ]);
  });

  it("uses at most a /16 of each zone by default, and refuses zones smaller than a /26", () => {
    assert.deepEqual(
      defaultSpecs(10).map(({ cidrMask }) => cidrMask),
      [17, 18],
    );
    assert.deepEqual(
      defaultSpecs(26).map(({ cidrMask }) => cidrMask),
      [27, 28],
    );
    assert.throws(
      () => defaultSpecs(27),
      /requires a VPC with at least \/26 available per AZ, but only \/27/,
    );
  });

  it("refuses specs that need more addresses than a zone has", () => {
    const specs = [spec("Public", { cidrMask: 25 }), spec("Private", { cidrMask: 24 })];
    assert.throws(
      () => ranges(request({ strategy: "Auto", specs }), "10.0.0.0/23"),
      /VPC has 256 addresses, but subnets require 384 addresses/,
    );
    assert.throws(
      () => ranges(request({ strategy: "Auto", specs: [] }), "10.0.0.0/16"),
      /No subnets specified/,
    );
  });

  it("never lets subnets overlap or leave the VPC, and gives each its mask, for masks that only grow", () => {
    fc.assert(
      fc.property(namedSpecs, zones, vpcCidrs, (given, zoneNames, vpcCidr) => {
        // Where a larger subnet follows a smaller one, aligning it may take it past the end of the zone.
        const specs = given.toSorted((a, b) => (a.cidrMask ?? 0) - (b.cidrMask ?? 0));
        const placed = tryPlace(specs, zoneNames, vpcCidr);
        fc.pre(placed !== undefined && specs.every(({ cidrMask }) => cidrMask !== undefined));
        const subnets = placed.map((subnet) => ({ ...subnet, range: rangeOf(subnet.cidrBlock) }));
        for (const [index, subnet] of subnets.entries()) {
          assert.ok(within(subnet.range, rangeOf(vpcCidr)), subnet.cidrBlock);
          assert.ok(isAligned(subnet.cidrBlock), subnet.cidrBlock);
          assert.equal(subnet.range.mask, subnet.spec.cidrMask);
          assert.ok(subnets.slice(index + 1).every((other) => disjoint(subnet.range, other.range)));
        }
      }),
    );
  });

  it("lays out every zone like the first, as far apart as zones are", () => {
    fc.assert(
      fc.property(namedSpecs, zones, vpcCidrs, (specs, zoneNames, vpcCidr) => {
        const placed = tryPlace(specs, zoneNames, vpcCidr);
        fc.pre(placed !== undefined);
        const size = 1n << BigInt(32 - rangeOf(vpcCidr).mask - Math.ceil(Math.log2(zoneNames.length)));
        for (const [index, subnet] of placed.entries()) {
          const first: PlacedSubnet | undefined = placed[index % specs.length];
          const shift = size * BigInt(Math.floor(index / specs.length));
          assert.equal(rangeOf(subnet.cidrBlock).first, rangeOf(first?.cidrBlock ?? "").first + shift);
          assert.equal(subnet.zone, zoneNames[Math.floor(index / specs.length)]);
        }
      }),
    );
  });
});

describe("the AutoMerge strategy", () => {
  it("keeps the default layout, with what unnamed specs of a default type say, and adds the others", () => {
    const merged = mergeWithDefaults(
      [
        spec("public", { tags: { a: "b" } }),
        spec("Isolated", { cidrMask: 24 }),
        spec("Private", { name: "db" }),
      ],
      defaultSpecs(17),
    );
    assert.deepEqual(
      merged.map(({ type, name, cidrMask, tags }) => ({ type, name, cidrMask, tags })),
      [
        { type: "Private", name: undefined, cidrMask: 18, tags: undefined },
        // The mask of the default goes, too, where a spec stands in for it.
        { type: "public", name: undefined, cidrMask: undefined, tags: { a: "b" } },
        { type: "Isolated", name: undefined, cidrMask: 24, tags: undefined },
        { type: "Private", name: "db", cidrMask: undefined, tags: undefined },
      ],
    );
  });

  it("does not take specs that name their blocks", () => {
    const specs = [spec("Public", { cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] })];
    assert.throws(
      () => chooseLayout(request({ strategy: "AutoMerge", specs })),
      /does not support subnetSpecs with explicit cidrBlocks/,
    );
  });
});

function tryPlace(
  specs: Parameters<typeof request>[0]["specs"],
  zoneNames: readonly string[],
  vpcCidr: string,
): readonly PlacedSubnet[] | undefined {
  const layout = request({ strategy: "Auto", specs, zones: zoneNames });
  try {
    return placeSubnets(layout, chooseLayout(layout), vpcCidr);
  } catch (error) {
    assert.match(String(error), /too large for VPC|Invalid mask/);
    return undefined;
  }
}
