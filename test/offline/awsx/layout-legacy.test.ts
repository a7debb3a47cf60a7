import assert from "node:assert/strict";
import { chooseLayout, placeSubnets } from "@bastionless/offline/awsx/layout.ts";
import fc from "fast-check";
import { disjoint, rangeOf } from "./support/ranges.ts";
import { namedSpecs, ranges, request, spec, vpcCidrs, zones } from "./support/specs.ts";

describe("the Legacy strategy", () => {
  it("puts private subnets of all zones before public ones by default", () => {
    assert.deepEqual(ranges(request({ strategy: "Legacy" }), "10.0.0.0/16"), [
      "net-private-1 10.0.0.0/18",
      "net-private-2 10.0.128.0/18",
      "net-public-1 10.0.64.0/19",
      "net-public-2 10.0.192.0/19",
    ]);
  });

  it("fills a zone with private, public and isolated subnets, whatever the order of the specs", () => {
    const specs = [spec("Isolated"), spec("Public"), spec("Private")];
    assert.deepEqual(ranges(request({ strategy: "Legacy", specs, zones: ["eu-west-1a"] }), "10.0.0.0/16"), [
      "net-private-1 10.0.0.0/19",
      "net-public-1 10.0.32.0/20",
      "net-isolated-1 10.0.48.0/24",
    ]);
  });

  it("counts in steps of a subnet's own size, and moves only what would overlap", () => {
    const specs = [
      spec("Private", { name: "small", cidrMask: 24 }),
      spec("Private", { name: "large", cidrMask: 20 }),
      spec("Public", { cidrMask: 22 }),
    ];
    assert.deepEqual(ranges(request({ strategy: "Legacy", specs, zones: ["eu-west-1a"] }), "10.0.0.0/16"), [
      "net-small-1 10.0.0.0/24",
      "net-large-1 10.0.16.0/20",
      "net-public-1 10.0.32.0/22",
    ]);
  });

  it("lets one kind of subnet alone have the whole zone", () => {
    const specs = [spec("Isolated")];
    assert.deepEqual(ranges(request({ strategy: "Legacy", specs, zones: ["eu-west-1a"] }), "10.0.0.0/26"), [
      "net-isolated-1 10.0.0.0/26",
    ]);
  });

  it("leaves out specs that are none of the three types, and spells types in one way", () => {
    const specs = [
      spec("public", { cidrMask: 24 }),
      spec("Unused", { cidrMask: 24 }),
      spec("PRIVATE", { cidrMask: 24 }),
    ];
    const layout = request({ strategy: "Legacy", specs, zones: ["eu-west-1a"] });
    assert.deepEqual(
      placeSubnets(layout, chooseLayout(layout), "10.0.0.0/16").map((subnet) => subnet.spec.type),
      ["Private", "Public"],
    );
  });

  it("refuses specs for which there are no bits left", () => {
    const specs = [spec("Public", { cidrMask: 33 })];
    assert.throws(
      () => ranges(request({ strategy: "Legacy", specs, zones: ["eu-west-1a"] }), "10.0.0.0/16"),
      /Requested 17 new bits, but only 16 are available/,
    );
  });

  it("gives every subnet its mask, and no two of one zone overlap where the first of each type is not the smallest", () => {
    fc.assert(
      fc.property(namedSpecs, zones, vpcCidrs, (given, zoneNames, vpcCidr) => {
        const specs = given.map((one) => ({ ...one, cidrMask: one.cidrMask ?? 28 }));
        const sorted = specs.toSorted((a, b) => a.cidrMask - b.cidrMask);
        const layout = request({ strategy: "Legacy", specs: sorted, zones: zoneNames });
        const placed = placeSubnets(layout, chooseLayout(layout), vpcCidr);
        for (const [index, subnet] of placed.entries()) {
          const range = rangeOf(subnet.cidrBlock);
          assert.equal(range.mask, subnet.spec.cidrMask);
          const next = placed.slice(index + 1).find((other) => other.zone === subnet.zone);
          assert.ok(next === undefined || disjoint(range, rangeOf(next.cidrBlock)));
        }
      }),
    );
  });

  it("agrees with the Auto strategy on the ranges of the default layout", () => {
    fc.assert(
      fc.property(zones, vpcCidrs, (zoneNames, vpcCidr) => {
        const mask = rangeOf(vpcCidr).mask + Math.ceil(Math.log2(zoneNames.length));
        fc.pre(mask >= 16 && mask <= 26);
        const legacy = ranges(request({ strategy: "Legacy", zones: zoneNames }), vpcCidr);
        const auto = ranges(request({ strategy: "Auto", zones: zoneNames }), vpcCidr);
        assert.deepEqual(legacy.toSorted(), auto.toSorted());
      }),
    );
  });
});
