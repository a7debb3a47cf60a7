import assert from "node:assert/strict";
import { contains, parseIpv4Block } from "../../../components/core/ipv4-block.ts";
import type { Egress } from "../../../components/network/private-network-args.ts";
import { planPrivateNetwork } from "../../../components/network/private-network-plan.ts";
import { chooseLayout, type LayoutRequest, placeSubnets } from "../../../offline/awsx/layout.ts";

const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];

const PLAIN = {
  name: undefined,
  size: undefined,
  cidrBlocks: undefined,
  tags: undefined,
  assignIpv6AddressOnCreation: undefined,
};

/** The ranges of the subnets that awsx makes of a plan, by the subnets' names. */
function layout(egress: Egress, zones: number, cidrBlock: string): Readonly<Record<string, string>> {
  const { vpc } = planPrivateNetwork(
    "network",
    { egress, zones, cidrBlock },
    { project: "shop", stack: "dev" },
  );
  assert.ok(vpc.kind === "created");
  const request: LayoutRequest = {
    vpcName: "network",
    zones: ZONES.slice(0, zones),
    strategy: "Auto",
    nameTags: "Legacy",
    specs: vpc.subnets.map(({ type, cidrMask }) => ({ ...PLAIN, type, cidrMask })),
    zoneMask: vpc.zoneMask,
  };
  const placed = placeSubnets(request, chooseLayout(request), cidrBlock);
  return Object.fromEntries(placed.map(({ resourceName, cidrBlock: range }) => [resourceName, range]));
}

describe("a network's subnets", () => {
  for (const egress of ["endpoints", "nat", "nat-per-zone"] as const) {
    for (const cidrBlock of ["10.0.0.0/16", "10.7.32.0/20", "192.168.3.0/24"]) {
      it(`stay where they are when a zone is added, with ${egress} in ${cidrBlock}`, () => {
        const [one, two, three] = [1, 2, 3].map((zones) => layout(egress, zones, cidrBlock));
        assert.ok(one !== undefined && two !== undefined && three !== undefined);
        assert.equal(Object.keys(three).length, egress === "endpoints" ? 3 : 6);
        assert.deepEqual(two, { ...two, ...one });
        assert.deepEqual(three, { ...three, ...two });
      });

      it(`lie apart within the VPC, and are of a size that AWS makes, with ${egress} in ${cidrBlock}`, () => {
        const blocks = Object.values(layout(egress, 3, cidrBlock)).map((range) => parseIpv4Block(range));
        const vpc = parseIpv4Block(cidrBlock);
        blocks.forEach((block, index) => {
          assert.ok(block !== undefined && vpc !== undefined);
          assert.ok(contains(vpc, block));
          assert.ok(block.prefix >= 16 && block.prefix <= 28);
          const others = blocks.filter((_, other) => other !== index);
          assert.ok(others.every((other) => other !== undefined && !contains(block, other)));
        });
      });
    }
  }
});
