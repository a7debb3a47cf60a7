/**
 * Shapes of `awsx:ec2:Vpc`, as data: what a conformance test builds on both engines, with the built-in expansion and,
 * where there is one, with awsx's own provider. A shape that is not here is one in which the two may differ.
 */
import type { VpcArgs } from "@pulumi/awsx/ec2/vpc.js";

type Spec = NonNullable<VpcArgs["subnetSpecs"]>[number];
type Strategy = NonNullable<VpcArgs["subnetStrategy"]>;
type NatStrategy = NonNullable<VpcArgs["natGateways"]>["strategy"];

const STRATEGIES: readonly Strategy[] = ["Legacy", "Auto", "AutoMerge"];
const ZONE_COUNTS = [1, 2, 3] as const;
const NAT_STRATEGIES: readonly NatStrategy[] = ["None", "Single", "OnePerAz"];
const NO_NAT = { natGateways: { strategy: "None" } } as const;
const THREE_TYPES: Spec[] = [{ type: "Private" }, { type: "Isolated" }, { type: "Public" }];

/** Every strategy by every number of zones and every kind of NAT. */
function grid(): readonly (readonly [string, VpcArgs])[] {
  return STRATEGIES.flatMap((subnetStrategy) =>
    ZONE_COUNTS.flatMap((numberOfAvailabilityZones) =>
      NAT_STRATEGIES.map((strategy): readonly [string, VpcArgs] => [
        `grid-${subnetStrategy}-${numberOfAvailabilityZones}-${strategy}`.toLowerCase(),
        {
          subnetStrategy,
          numberOfAvailabilityZones,
          natGateways: { strategy },
          subnetSpecs: [...THREE_TYPES],
        },
      ]),
    ),
  );
}

/** What is laid out in the same terms under each strategy, and comes out differently. */
function layouts(): readonly (readonly [string, VpcArgs])[] {
  const shapes: { readonly [name: string]: VpcArgs } = {
    bare: { numberOfAvailabilityZones: 2 },
    masks: {
      cidrBlock: "172.20.0.0/20",
      numberOfAvailabilityZones: 2,
      subnetSpecs: [
        { type: "Public", cidrMask: 26 },
        { type: "Isolated", cidrMask: 25 },
        { type: "Private", cidrMask: 24 },
      ],
    },
    sizes: {
      numberOfAvailabilityZones: 2,
      subnetSpecs: [
        { type: "Public", size: 1024 },
        { type: "Private", size: 4096 },
        { type: "Isolated", size: 256 },
      ],
    },
    names: {
      numberOfAvailabilityZones: 2,
      subnetSpecs: [
        { type: "Public", name: "edge", cidrMask: 24 },
        { type: "Private", name: "app", cidrMask: 21 },
        { type: "Private", name: "db", cidrMask: 23 },
        { type: "Isolated", cidrMask: 24 },
      ],
    },
    gaps: {
      numberOfAvailabilityZones: 2,
      subnetSpecs: [
        { type: "Public", cidrMask: 24 },
        { type: "Unused", cidrMask: 22 },
        { type: "Private", cidrMask: 20 },
      ],
    },
    alone: {
      cidrBlock: "10.1.0.0/24",
      numberOfAvailabilityZones: 2,
      ...NO_NAT,
      subnetSpecs: [{ type: "Isolated" }],
    },
    tags: {
      numberOfAvailabilityZones: 1,
      tags: { Owner: "platform", Name: "shown" },
      subnetSpecs: [
        { type: "Public", tags: { "kubernetes.io/role/elb": "1", Name: "hidden" } },
        { type: "Private", tags: { Owner: "application" } },
      ],
    },
  };
  return STRATEGIES.flatMap((subnetStrategy) =>
    Object.entries(shapes).map(([name, args]): readonly [string, VpcArgs] => [
      `${name}-${subnetStrategy}`.toLowerCase(),
      { ...args, subnetStrategy },
    ]),
  );
}

const OTHERS: { readonly [name: string]: VpcArgs } = {
  defaults: {},
  "strategy-open": {
    numberOfAvailabilityZones: 2,
    subnetSpecs: [{ type: "Public" }, { type: "Private", cidrMask: 20 }],
  },
  "named-zones": { availabilityZoneNames: ["eu-west-1b", "eu-west-1c"] },
  "zone-tags": {
    availabilityZoneNames: ["eu-west-1a", "eu-west-1c"],
    subnetNameTagStrategy: "AvailabilityZone",
    subnetStrategy: "Auto",
  },
  "zone-mask": {
    numberOfAvailabilityZones: 3,
    availabilityZoneCidrMask: 20,
    subnetStrategy: "Auto",
    subnetSpecs: [{ type: "Public" }, { type: "Private" }],
  },
  "zone-mask-merged": {
    numberOfAvailabilityZones: 2,
    availabilityZoneCidrMask: 19,
    subnetStrategy: "AutoMerge",
  },
  "exact-bare": {
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Exact",
    ...NO_NAT,
    subnetSpecs: [{ type: "Private" }],
  },
  "exact-unused": {
    cidrBlock: "10.10.0.0/22",
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Exact",
    subnetSpecs: [
      { type: "Public", cidrMask: 25 },
      { type: "Private", cidrMask: 25 },
      { type: "Unused", cidrMask: 24 },
    ],
  },
  "exact-blocks": {
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Exact",
    natGateways: { strategy: "Single" },
    subnetSpecs: [
      { type: "Public", cidrBlocks: ["10.0.0.0/18", "10.0.128.0/18"] },
      { type: "Private", cidrBlocks: ["10.0.64.0/18", "10.0.192.0/18"] },
    ],
  },
  blocks: {
    cidrBlock: "10.11.0.0/16",
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Auto",
    subnetSpecs: [
      { type: "Public", cidrBlocks: ["10.11.0.0/24", "10.11.1.0/24"], cidrMask: 24 },
      { type: "Private", name: "app", cidrBlocks: ["10.11.128.0/20", "10.11.144.0/20"], size: 4096 },
    ],
  },
  "addresses-each": {
    numberOfAvailabilityZones: 2,
    natGateways: {
      strategy: "OnePerAz",
      elasticIpAllocationIds: ["eipalloc-0123456789abcdef0", "eipalloc-0123456789abcdef1"],
    },
  },
  "address-one": {
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Auto",
    natGateways: { strategy: "Single", elasticIpAllocationIds: ["eipalloc-0123456789abcdef2"] },
  },
  attributes: {
    numberOfAvailabilityZones: 1,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    enableNetworkAddressUsageMetrics: true,
    instanceTenancy: "default",
    tags: { Project: "bastionless", Environment: "test" },
  },
  ipv6: {
    numberOfAvailabilityZones: 2,
    assignGeneratedIpv6CidrBlock: true,
    subnetStrategy: "Auto",
    subnetSpecs: [
      { type: "Public" },
      { type: "Private", assignIpv6AddressOnCreation: false },
      { type: "Isolated", assignIpv6AddressOnCreation: true },
    ],
  },
  "endpoints-legacy": {
    numberOfAvailabilityZones: 1,
    vpcEndpointSpecs: [
      { serviceName: "com.amazonaws.eu-west-1.s3", tags: { Name: "s3" } },
      { serviceName: "com.amazonaws.eu-west-1.ssm", vpcEndpointType: "Interface", privateDnsEnabled: false },
    ],
  },
  "endpoints-auto": {
    numberOfAvailabilityZones: 2,
    tags: { Owner: "platform" },
    vpcEndpointStrategy: "Auto",
    vpcEndpointSpecs: [
      { serviceName: "com.amazonaws.eu-west-1.dynamodb", vpcEndpointType: "Gateway" },
      {
        serviceName: "com.amazonaws.eu-west-1.ssmmessages",
        vpcEndpointType: "Interface",
        tags: { Name: "messages" },
      },
    ],
  },
  "endpoints-auto-isolated": {
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Auto",
    ...NO_NAT,
    subnetSpecs: [{ type: "Isolated", name: "closed", cidrMask: 24 }],
    vpcEndpointStrategy: "Auto",
    vpcEndpointSpecs: [
      {
        serviceName: "com.amazonaws.eu-west-1.kms",
        vpcEndpointType: "Interface",
        policy: '{"Statement":[]}',
      },
    ],
  },
};

/** By name, which is also the name of the VPC. */
export const SHAPES: { readonly [name: string]: VpcArgs } = Object.fromEntries([
  ...Object.entries(OTHERS),
  ...grid(),
  ...layouts(),
]);

/** Arguments that are refused, by what is wrong with them. */
export const REFUSED: { readonly [what: string]: VpcArgs } = {
  "zones by name and by number": { availabilityZoneNames: ["eu-west-1a"], numberOfAvailabilityZones: 1 },
  "more zones than there are": { numberOfAvailabilityZones: 9 },
  "zones that look alike": {
    availabilityZoneNames: ["us-east-1a", "1a"],
    subnetNameTagStrategy: "AvailabilityZone",
  },
  "only public subnets with NAT": { numberOfAvailabilityZones: 1, subnetSpecs: [{ type: "Public" }] },
  "only private subnets with NAT": { numberOfAvailabilityZones: 1, subnetSpecs: [{ type: "Private" }] },
  "addresses without NAT": {
    numberOfAvailabilityZones: 1,
    natGateways: { strategy: "None", elasticIpAllocationIds: ["eipalloc-1"] },
  },
  "two addresses for one gateway": {
    numberOfAvailabilityZones: 2,
    natGateways: { strategy: "Single", elasticIpAllocationIds: ["eipalloc-1", "eipalloc-2"] },
  },
  "fewer addresses than zones": {
    numberOfAvailabilityZones: 2,
    natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["eipalloc-1"] },
  },
  "two unnamed specs of a type": {
    numberOfAvailabilityZones: 1,
    subnetSpecs: [{ type: "Public" }, { type: "Private" }, { type: "Private" }],
  },
  "a size that is no power of two": {
    numberOfAvailabilityZones: 1,
    subnetSpecs: [
      { type: "Public", size: 1000 },
      { type: "Private", size: 512, cidrMask: 20 },
    ],
  },
  "blocks for some specs": {
    numberOfAvailabilityZones: 1,
    subnetStrategy: "Auto",
    subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }, { type: "Private" }],
  },
  "too few blocks": {
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Auto",
    subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }],
  },
  "blocks that overlap": {
    numberOfAvailabilityZones: 1,
    subnetStrategy: "Auto",
    subnetSpecs: [
      { type: "Public", cidrBlocks: ["10.0.0.0/24"] },
      { type: "Private", cidrBlocks: ["10.0.0.128/25"] },
    ],
  },
  "blocks to merge": {
    numberOfAvailabilityZones: 1,
    subnetStrategy: "AutoMerge",
    subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }],
  },
  "an exact layout with gaps": {
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Exact",
    subnetSpecs: [
      { type: "Public", cidrMask: 20 },
      { type: "Private", cidrMask: 19 },
    ],
  },
  "specs larger than a zone": {
    cidrBlock: "10.0.0.0/24",
    numberOfAvailabilityZones: 2,
    subnetStrategy: "Auto",
    subnetSpecs: [
      { type: "Public", cidrMask: 25 },
      { type: "Private", cidrMask: 25 },
    ],
  },
  "a VPC too small for a default": {
    cidrBlock: "10.0.0.0/27",
    numberOfAvailabilityZones: 1,
    subnetStrategy: "Auto",
  },
  "no specs": { numberOfAvailabilityZones: 1, subnetStrategy: "Auto", subnetSpecs: [] },
  "a pool without a size": { ipv4IpamPoolId: "ipam-pool-1", numberOfAvailabilityZones: 1 },
  "a pool with a size and a range": {
    ipv4IpamPoolId: "ipam-pool-1",
    ipv4NetmaskLength: 20,
    cidrBlock: "10.0.0.0/20",
    numberOfAvailabilityZones: 1,
  },
  "a pool under the Legacy strategy": {
    ipv4IpamPoolId: "ipam-pool-1",
    ipv4NetmaskLength: 20,
    numberOfAvailabilityZones: 1,
    subnetStrategy: "Legacy",
  },
  "endpoints that need the DNS that is off": {
    numberOfAvailabilityZones: 1,
    enableDnsSupport: false,
    vpcEndpointStrategy: "Auto",
    vpcEndpointSpecs: [{ serviceName: "com.amazonaws.eu-west-1.ssm", vpcEndpointType: "Interface" }],
  },
};
