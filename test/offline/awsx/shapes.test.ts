import assert from "node:assert/strict";
import { toWireMap } from "@bastionless/offline/protocol/plain-data.ts";
import { isWireMap } from "@bastionless/offline/protocol/wire.ts";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { REFUSED, SHAPES } from "./shapes.ts";
import { constructVpc } from "./support/construct.ts";
import type { Constructed } from "./support/construct.ts";
import { disjoint, rangeOf, within } from "./support/ranges.ts";

const SETTLED = {
  Vpc: { ipv6CidrBlock: "2600:1f18:abc:de00::/56" },
  Eip: { allocationId: "eipalloc-1" },
};

describe("the table of network shapes", () => {
  for (const [name, args] of Object.entries(SHAPES)) {
    it(`has ${name}, whose subnets fit into the VPC and into each other`, async () => {
      const { host } = await built(toWireMap(args));
      const vpc = rangeOf(text(host.child("Vpc", "net").inputs, "cidrBlock"));
      const subnets = host.children.filter(({ type }) => type.endsWith(":Subnet"));
      const ranges = subnets.map(({ inputs }) => rangeOf(text(inputs, "cidrBlock")));
      assert.ok(subnets.length > 0);
      assert.ok(ranges.every((range) => within(range, vpc)));
      assert.ok(
        ranges.every((range, index) => ranges.slice(index + 1).every((other) => disjoint(range, other))),
      );
    });

    it(`has ${name}, whose every public subnet reaches the internet, and whose every private one where there is NAT`, async () => {
      const { host } = await built(toWireMap(args));
      const nat = args.natGateways?.strategy ?? "OnePerAz";
      for (const { inputs, name: subnet } of host.children.filter(({ type }) => type.endsWith(":Subnet"))) {
        const type = isWireMap(inputs["tags"]) ? inputs["tags"]["SubnetType"] : undefined;
        const routes = host.children.filter(
          (child) => child.type.endsWith(":Route") && child.name === subnet,
        );
        const targets = routes.map((route) =>
          Object.keys(route.inputs).find((key) => key.endsWith("ewayId")),
        );
        const expected =
          type === "Public" ? ["gatewayId"] : type === "Private" && nat !== "None" ? ["natGatewayId"] : [];
        assert.deepEqual(targets, expected, subnet);
      }
    });

    it(`has ${name}, with the same children in a preview`, async () => {
      const [preview, applied] = await Promise.all([built(toWireMap(args), true), built(toWireMap(args))]);
      assert.deepEqual(preview.host.names, applied.host.names);
      assert.deepEqual(preview.response.outputDependencies, applied.response.outputDependencies);
    });
  }

  for (const [what, args] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(built(toWireMap(args)), { name: "ComponentError" });
    });
  }
});

function built(inputs: WireMap, preview = false): Promise<Constructed> {
  return constructVpc(inputs, { preview, settled: SETTLED });
}

function text(inputs: WireMap, property: string): string {
  const value = inputs[property];
  assert.ok(typeof value === "string");
  return value;
}
