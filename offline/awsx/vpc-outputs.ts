import type { ConstructResponse } from "../protocol/component-host.ts";
import { secret, UNKNOWN } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import type { Child } from "./children.ts";
import { isType } from "./subnet-spec.ts";
import { collectDependencies, writeWire } from "./values.ts";
import type { Computed, Value } from "./values.ts";
import type { Network, RegisteredSubnet } from "./vpc-network.ts";

export interface VpcResources extends Network {
  readonly vpc: Child;
  readonly gateway: Child;
  readonly vpcEndpoints: readonly Child[];
  readonly layout: Computed;
}

/**
 * The component's outputs. All of them come out of one promise in the real component, so that each depends on every
 * id among them, and on the resources it names; and where the layout holds a secret, all of them are secret.
 */
export function outputsOf(
  resources: VpcResources,
): Pick<ConstructResponse, "outputs" | "outputDependencies"> {
  const { subnets, vpc, layout } = resources;
  const publicSubnets = ofType(subnets, "public");
  const privateSubnets = ofType(subnets, "private");
  // Whatever is neither public nor private counts as isolated.
  const isolatedSubnets = subnets
    .map(({ child }) => child)
    .filter((child) => !publicSubnets.includes(child) && !privateSubnets.includes(child));
  const lists: { readonly [output: string]: readonly Child[] } = {
    eips: resources.eips,
    isolatedSubnets,
    natGateways: resources.natGateways,
    privateSubnets,
    publicSubnets,
    routeTableAssociations: resources.routeTableAssociations,
    routeTables: resources.routeTables,
    routes: resources.routes,
    subnets: subnets.map(({ child }) => child),
    vpcEndpoints: resources.vpcEndpoints,
  };
  const outputs: { [output: string]: Wire } = {
    internetGateway: resources.gateway.reference(),
    isolatedSubnetIds: ids(isolatedSubnets),
    privateSubnetIds: ids(privateSubnets),
    publicSubnetIds: ids(publicSubnets),
    subnetLayout: layout.known ? known(layout.value ?? null) : UNKNOWN,
    vpc: vpc.reference(),
    vpcId: known(vpc.id),
  };
  for (const [output, list] of Object.entries(lists)) {
    outputs[output] = list.map((child) => child.reference());
  }
  const shared = new Set([vpc.urn, ...subnets.map(({ child }) => child.urn)]);
  collectDependencies(layout, shared);
  const named: { readonly [output: string]: readonly Child[] } = {
    ...lists,
    internetGateway: [resources.gateway],
  };
  return {
    outputs: layout.secret ? mapWire(outputs, keepSecret) : outputs,
    outputDependencies: Object.fromEntries(
      Object.keys(outputs).map((output) => [
        output,
        [...new Set([...(named[output] ?? []).map(({ urn }) => urn), ...shared])],
      ]),
    ),
  };
}

function ofType(subnets: readonly RegisteredSubnet[], type: "public" | "private"): readonly Child[] {
  return subnets.filter((subnet) => isType(subnet, type)).map(({ child }) => child);
}

/** A list of which one is not known is not known as a whole. */
function ids(subnets: readonly Child[]): Wire {
  return subnets.every(({ id }) => id.known) ? subnets.map(({ id }) => known(id)) : UNKNOWN;
}

function keepSecret(wire: Wire): Wire {
  return wire === UNKNOWN ? wire : secret(wire);
}

function mapWire(map: WireMap, change: (wire: Wire) => Wire): WireMap {
  return Object.fromEntries(Object.entries(map).map(([key, wire]) => [key, change(wire)]));
}

function known(value: Value): Wire {
  return writeWire(value) ?? UNKNOWN;
}
