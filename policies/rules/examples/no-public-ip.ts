import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

function subnet(name: string, props: ExampleResource["props"] = {}): ExampleResource {
  return { type: "aws:ec2/subnet:Subnet", name, props: { vpcId: UNKNOWN, ...props } };
}

const PRIVATE = subnet("private");
const PUBLIC = subnet("public", { mapPublicIpOnLaunch: true });

function instance(props: ExampleResource["props"], more: Partial<ExampleResource> = {}): ExampleResource {
  return { type: "aws:ec2/instance:Instance", name: "server", props: { ami: "ami-1", ...props }, ...more };
}

/** In a subnet whose id is not known yet. */
function instanceIn(...subnets: readonly string[]): ExampleResource {
  return instance({ subnetId: UNKNOWN }, { from: { subnetId: subnets } });
}

function template(networkInterfaces: unknown): ExampleResource {
  return {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    props: { name: "web", networkInterfaces },
  };
}

function group(subnets: readonly string[], props: ExampleResource["props"] = {}): ExampleResource {
  return {
    type: "aws:autoscaling/group:Group",
    name: "group",
    props: {
      launchTemplate: { name: "web", version: "$Latest" },
      vpcZoneIdentifiers: subnets.map(() => UNKNOWN),
      ...props,
    },
    from: { vpcZoneIdentifiers: subnets },
  };
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "an instance in a private subnet, and one that declines what its subnet gives",
    resources: [
      PRIVATE,
      PUBLIC,
      instanceIn("private"),
      instance(
        { subnetId: UNKNOWN, associatePublicIpAddress: false },
        { name: "nat", from: { subnetId: ["public"] } },
      ),
    ],
    expect: {},
  },
  {
    title: "a public subnet with nothing in it but a NAT gateway and its Elastic IP",
    resources: [
      PUBLIC,
      { type: "aws:ec2/eip:Eip", name: "outbound", props: { domain: "vpc" } },
      {
        type: "aws:ec2/natGateway:NatGateway",
        name: "nat",
        props: { subnetId: UNKNOWN, allocationId: UNKNOWN },
        from: { subnetId: ["public"], allocationId: ["outbound"] },
      },
    ],
    expect: {},
  },
  {
    title: "an instance that asks for a public address",
    resources: [PRIVATE, instance({ associatePublicIpAddress: true, subnetId: "subnet-1" })],
    expect: { server: "violation" },
  },
  {
    title: "an instance that says nothing, in a subnet that gives addresses",
    resources: [PUBLIC, instanceIn("public")],
    expect: { server: "violation" },
  },
  {
    title: "an instance without a subnet: AWS's default ones give addresses",
    resources: [instance({})],
    expect: { server: "violation" },
  },
  {
    title:
      "the default subnet of the instance's zone: one that the stack has made private, and one as AWS makes it",
    resources: [
      {
        type: "aws:ec2/defaultSubnet:DefaultSubnet",
        name: "default-a",
        props: { availabilityZone: "eu-central-1a", mapPublicIpOnLaunch: false },
      },
      {
        type: "aws:ec2/defaultSubnet:DefaultSubnet",
        name: "default-b",
        props: { availabilityZone: "eu-central-1b" },
      },
      instance({ availabilityZone: "eu-central-1a" }),
      instance({ availabilityZone: "eu-central-1b" }, { name: "untouched" }),
      instance({}, { name: "anywhere" }),
    ],
    expect: { untouched: "violation", anywhere: "undecided" },
  },
  {
    title: "one of two subnets, which is not known yet",
    resources: [PRIVATE, PUBLIC, instanceIn("private", "public")],
    expect: { server: "undecided" },
  },
  {
    title: "subnets of other stacks, one of them vouched for",
    config: { trustedSubnets: ["subnet-0aaa*"] },
    resources: [
      instance({ subnetId: "subnet-0bbb" }),
      instance({ subnetId: "subnet-0aaa1" }, { name: "vouched" }),
      instance({ subnetId: "subnet-0ccc", associatePublicIpAddress: false }, { name: "declining" }),
    ],
    expect: { server: "undecided" },
  },
  {
    title: "a template that asks for it, told once",
    resources: [
      PUBLIC,
      template([{ associatePublicIpAddress: "true" }]),
      group(["public"]),
      instance({ launchTemplate: { name: "web" } }),
    ],
    expect: { template: "violation" },
  },
  {
    title: "a template that leaves it to the subnet of whoever launches from it",
    resources: [PUBLIC, template(null), group(["public"])],
    expect: { group: "violation" },
  },
  {
    title: "a template that declines, in public subnets",
    resources: [PUBLIC, template([{ associatePublicIpAddress: "false" }]), group(["public"])],
    expect: {},
  },
  {
    title: "a launch configuration that asks for it, and one that leaves it open",
    resources: [
      PUBLIC,
      {
        type: "aws:ec2/launchConfiguration:LaunchConfiguration",
        name: "asking",
        props: { name: "asking", associatePublicIpAddress: true },
      },
      {
        type: "aws:ec2/launchConfiguration:LaunchConfiguration",
        name: "open",
        props: { name: "open" },
      },
      group(["public"], { launchTemplate: null, launchConfiguration: "open" }),
    ],
    expect: { asking: "violation", group: "violation" },
  },
  {
    title: "a spot fleet, whose subnets stand in one text, and a node group",
    resources: [
      { ...PUBLIC, outputs: { id: "subnet-2" } },
      { ...PRIVATE, outputs: { id: "subnet-1" } },
      {
        type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
        name: "fleet",
        props: { launchSpecifications: [{ ami: "ami-1", subnetId: "subnet-1, subnet-2" }] },
      },
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "nodes",
        props: { clusterName: "c", subnetIds: ["subnet-1", "subnet-2"] },
      },
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "private-nodes",
        props: { clusterName: "c", subnetIds: ["subnet-1"] },
      },
    ],
    expect: { fleet: "violation", nodes: "violation" },
  },
  {
    title: "an Elastic IP for an instance, directly and by an association",
    resources: [
      PRIVATE,
      instanceIn("private"),
      {
        type: "aws:ec2/eip:Eip",
        name: "address",
        props: { instance: UNKNOWN },
        from: { instance: ["server"] },
      },
      {
        type: "aws:ec2/eipAssociation:EipAssociation",
        name: "association",
        props: { allocationId: "eipalloc-1", networkInterfaceId: "eni-1" },
      },
      { type: "aws:ec2/eip:Eip", name: "later", props: { networkInterface: UNKNOWN } },
    ],
    expect: { address: "violation", association: "violation", later: "undecided" },
  },
  {
    title: "IPv6 addresses, asked for by the instance, an interface or the subnet",
    resources: [
      PRIVATE,
      subnet("six", { assignIpv6AddressOnCreation: true }),
      instance({ subnetId: UNKNOWN, ipv6AddressCount: 1 }, { from: { subnetId: ["private"] } }),
      instance(
        { subnetId: UNKNOWN, associatePublicIpAddress: false },
        { name: "by-subnet", from: { subnetId: ["six"] } },
      ),
      {
        type: "aws:ec2/networkInterface:NetworkInterface",
        name: "interface",
        props: { subnetId: UNKNOWN, ipv6Addresses: [UNKNOWN] },
        from: { subnetId: ["private"] },
      },
    ],
    expect: { server: "violation", "by-subnet": "violation", interface: "violation" },
  },
  {
    title: "IPv6 addresses behind an egress-only internet gateway, as configuration says",
    config: { ipv6: "none" },
    resources: [
      subnet("six", { assignIpv6AddressOnCreation: true }),
      instance({ subnetId: UNKNOWN, ipv6AddressCount: 1 }, { from: { subnetId: ["six"] } }),
    ],
    expect: {},
  },
  {
    title: "interfaces that are there already: of the stack, and of another one",
    resources: [
      PRIVATE,
      {
        type: "aws:ec2/networkInterface:NetworkInterface",
        name: "interface",
        props: { subnetId: UNKNOWN },
        from: { subnetId: ["private"] },
      },
      instance(
        { primaryNetworkInterface: { networkInterfaceId: UNKNOWN } },
        { from: { primaryNetworkInterface: ["interface"] } },
      ),
      instance(
        { networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: "eni-0abc" }] },
        { name: "adopting" },
      ),
    ],
    expect: { adopting: "undecided" },
  },
  {
    title: "settings that are not known yet",
    resources: [
      PRIVATE,
      instance({ subnetId: UNKNOWN }),
      instance(
        { subnetId: UNKNOWN, associatePublicIpAddress: UNKNOWN },
        { name: "asking", from: { subnetId: ["private"] } },
      ),
      template(UNKNOWN),
      { ...group(["private"], { launchTemplate: UNKNOWN }), name: "from-anything" },
    ],
    expect: {
      server: "undecided",
      asking: "undecided",
      template: "undecided",
      "from-anything": "undecided",
    },
  },
  {
    title: "Lightsail, and what is not read",
    resources: [
      { type: "aws:lightsail/instance:Instance", name: "blog", props: {} },
      { type: "aws-native:ec2:Eip", name: "native", props: {} },
      { type: "aws:cloud9/environmentEC2:EnvironmentEC2", name: "ide", props: {} },
    ],
    expect: { blog: "violation", native: "undecided", ide: "undecided" },
  },
];
