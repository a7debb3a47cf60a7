import { ComponentError } from "../protocol/component-error.ts";
import type { Child, Children } from "./children.ts";
import { subnetIpv6Block } from "./ipv6.ts";
import { needsGateway } from "./nat.ts";
import type { NatKind } from "./nat.ts";
import { isType } from "./subnet-spec.ts";
import type { SubnetType } from "./subnet-spec.ts";
import { mergeTags } from "./tags.ts";
import { combine } from "./values.ts";
import type { Computed, Value } from "./values.ts";
import type { VpcArgs } from "./vpc-args.ts";
import type { VpcSubnet } from "./vpc-subnets.ts";

export interface NetworkRequest {
  readonly name: string;
  readonly args: VpcArgs;
  readonly zones: readonly string[];
  readonly nat: NatKind;
  readonly sharedTags: Value;
  readonly vpc: Child;
  readonly gateway: Child;
  readonly subnets: readonly VpcSubnet[];
}

export interface RegisteredSubnet {
  readonly child: Child;
  readonly type: SubnetType;
  readonly zone: string;
}

export interface Network {
  readonly subnets: readonly RegisteredSubnet[];
  readonly routeTables: readonly Child[];
  readonly routeTableAssociations: readonly Child[];
  readonly routes: readonly Child[];
  readonly natGateways: readonly Child[];
  readonly eips: readonly Child[];
}

const EVERYWHERE = "0.0.0.0/0";
/** The order of subnets within a zone: a gateway must stand before what is routed through it. */
const RANK: readonly string[] = ["public", "private"];

/** What is registered so far. */
interface Growing {
  readonly subnets: RegisteredSubnet[];
  readonly routeTables: Child[];
  readonly routeTableAssociations: Child[];
  readonly routes: Child[];
  readonly natGateways: Child[];
  readonly eips: Child[];
}

interface PlacedInZone {
  readonly planned: VpcSubnet;
  readonly zone: string;
  readonly zoneIndex: number;
  /** Which of the VPC's /64 ranges it gets where it has IPv6. */
  readonly ipv6Index: number;
}

/** Registers, zone by zone, every subnet with its route table, and what it takes to reach the internet from it. */
export async function registerSubnets(request: NetworkRequest, children: Children): Promise<Network> {
  const network: Growing = {
    subnets: [],
    routeTables: [],
    routeTableAssociations: [],
    routes: [],
    natGateways: [],
    eips: [],
  };
  for (const place of inOrder(request)) {
    // oxlint-disable-next-line no-await-in-loop -- a route needs the gateway of a subnet before it, and the order is part of the result
    await registerPlace(place, request, network, children);
  }
  return network;
}

function inOrder({ zones, subnets }: NetworkRequest): readonly PlacedInZone[] {
  return zones.flatMap((zone, zoneIndex) =>
    subnets
      .filter((subnet) => subnet.zone === zone && subnet.spec.type !== "Unused")
      .toSorted((a, b) => rank(a.spec.type) - rank(b.spec.type))
      .map((planned, place) => ({ planned, zone, zoneIndex, ipv6Index: zoneIndex + place * zones.length })),
  );
}

async function registerPlace(
  { planned, zone, zoneIndex, ipv6Index }: PlacedInZone,
  request: NetworkRequest,
  network: Growing,
  children: Children,
): Promise<void> {
  const { args, nat, vpc, sharedTags } = request;
  const { spec, resourceName, nameTag } = planned;
  const { region } = args;
  const subnet = await registerSubnet(request, planned, ipv6Index, children);
  network.subnets.push({ child: subnet, type: spec.type, zone });
  const routeTable = await children.register(
    "aws:ec2/routeTable:RouteTable",
    resourceName,
    { region, tags: mergeTags(sharedTags, { Name: nameTag, SubnetType: spec.type }), vpcId: vpc.id },
    { parent: subnet.urn, dependsOn: [subnet] },
  );
  network.routeTables.push(routeTable);
  const ofTable = { parent: routeTable.urn, dependsOn: [routeTable] };
  network.routeTableAssociations.push(
    await children.register(
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      resourceName,
      { region, routeTableId: routeTable.id, subnetId: subnet.id },
      ofTable,
    ),
  );
  if (isType(spec, "public") && needsGateway(nat, network.natGateways.length, zoneIndex)) {
    network.natGateways.push(await registerNatGateway(request, subnet, zoneIndex, network.eips, children));
  }
  const target = routeTarget(request, spec, network.natGateways, zoneIndex);
  if (target !== undefined) {
    network.routes.push(
      await children.register(
        "aws:ec2/route:Route",
        resourceName,
        { destinationCidrBlock: EVERYWHERE, ...target, region, routeTableId: routeTable.id },
        ofTable,
      ),
    );
  }
}

function rank(type: SubnetType): number {
  const place = RANK.indexOf(type.toLowerCase());
  return place === -1 ? RANK.length : place;
}

async function registerSubnet(
  { args, vpc, sharedTags }: NetworkRequest,
  { zone, spec, cidrBlock, nameTag, resourceName }: VpcSubnet,
  ipv6Index: number,
  children: Children,
): Promise<Child> {
  const assignIpv6 = combine(
    [spec.assignIpv6AddressOnCreation, args.all["assignGeneratedIpv6CidrBlock"]],
    ([ofSubnet, ofVpc]) => ofSubnet ?? ofVpc ?? false,
  );
  return children.register(
    "aws:ec2/subnet:Subnet",
    resourceName,
    {
      assignIpv6AddressOnCreation: assignIpv6,
      availabilityZone: zone,
      cidrBlock,
      ipv6CidrBlock: combine([vpc.output("ipv6CidrBlock"), assignIpv6], ([vpcBlock, assign]) =>
        assign ? ipv6BlockOf(vpcBlock, ipv6Index) : undefined,
      ),
      mapPublicIpOnLaunch: isType(spec, "public"),
      region: args.region,
      tags: mergeTags(sharedTags, spec.tags, { Name: nameTag, SubnetType: spec.type }),
      vpcId: vpc.id,
    },
    { parent: vpc.urn, dependsOn: [vpc] },
  );
}

function ipv6BlockOf(vpcBlock: Value | undefined, index: number): string {
  if (typeof vpcBlock !== "string" || vpcBlock === "") {
    throw new ComponentError(
      "Subnets with assignIpv6AddressOnCreation=true require the VPC to have an IPv6 CIDR block. Set assignGeneratedIpv6CidrBlock=true or provide ipv6CidrBlock.",
    );
  }
  return subnetIpv6Block(vpcBlock, index);
}

/** A gateway in a public subnet, with an address of its own where none is given. */
async function registerNatGateway(
  { name, args }: NetworkRequest,
  subnet: Child,
  zoneIndex: number,
  eips: Child[],
  children: Children,
): Promise<Child> {
  const gatewayName = `${name}-${zoneIndex + 1}`;
  const tags = mergeTags(args.tags, { Name: gatewayName });
  const place = { parent: subnet.urn, dependsOn: [subnet] };
  let allocationId: Value | undefined = args.allocationIds[zoneIndex];
  if (args.allocationIds.length === 0) {
    const eip = await children.register("aws:ec2/eip:Eip", gatewayName, { region: args.region, tags }, place);
    eips.push(eip);
    allocationId = eip.output("allocationId");
  }
  return children.register(
    "aws:ec2/natGateway:NatGateway",
    gatewayName,
    { allocationId, region: args.region, subnetId: subnet.id, tags },
    place,
  );
}

/** Where traffic to the internet goes: nowhere from an isolated subnet, or a private one without NAT. */
function routeTarget(
  { nat, gateway }: NetworkRequest,
  spec: { readonly type: SubnetType },
  natGateways: readonly Child[],
  zoneIndex: number,
): { readonly [property: string]: Computed } | undefined {
  if (isType(spec, "public")) {
    return { gatewayId: gateway.id };
  }
  const natGateway = natGateways[nat === "single" ? 0 : zoneIndex];
  return isType(spec, "private") && nat !== "none" && natGateway !== undefined
    ? { natGatewayId: natGateway.id }
    : undefined;
}
