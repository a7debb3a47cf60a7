import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

const VPC: ExampleResource = {
  type: "aws:ec2/vpc:Vpc",
  name: "vpc",
  props: { cidrBlock: "10.0.0.0/16" },
};

function defaultGroup(props: ExampleResource["props"], from: ExampleResource["from"] = { vpcId: ["vpc"] }) {
  return {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    name: "default",
    props: { vpcId: UNKNOWN, ...props },
    from,
  };
}

function ingressRule(name: string, props: ExampleResource["props"], from?: ExampleResource["from"]) {
  return {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name,
    props: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16", ...props },
    ...(from === undefined ? {} : { from }),
  };
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "a VPC whose default group is taken over without rules, in a first preview",
    resources: [VPC, defaultGroup({})],
    expect: {},
  },
  {
    title: "the same after the deployment, with lists that are empty and a block that lets nobody through",
    resources: [
      { ...VPC, outputs: { id: "vpc-1", defaultSecurityGroupId: "sg-1" } },
      defaultGroup({ vpcId: "vpc-1", ingress: [{ protocol: "-1", fromPort: 0, toPort: 0 }], egress: [] }, {}),
    ],
    expect: {},
  },
  {
    title: "a VPC whose default group is left as AWS makes it",
    resources: [VPC],
    expect: { vpc: "violation" },
  },
  {
    title: "the default group of another VPC",
    resources: [VPC, { ...VPC, name: "other" }, defaultGroup({})],
    expect: { other: "violation" },
  },
  {
    title: "a default group that keeps AWS's rules",
    resources: [
      VPC,
      defaultGroup({
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      }),
    ],
    expect: { default: "violation" },
  },
  {
    title: "rules that are not known yet",
    resources: [VPC, defaultGroup({ ingress: UNKNOWN })],
    expect: { default: "undecided" },
  },
  {
    title: "a default group of a VPC that is not known yet",
    resources: [VPC, defaultGroup({}, {})],
    expect: { vpc: "undecided" },
  },
  {
    title: "the default VPC, with and without",
    resources: [
      { type: "aws:ec2/defaultVpc:DefaultVpc", name: "default-vpc", props: {} },
      defaultGroup({ vpcId: null }, {}),
      VPC,
    ],
    expect: { vpc: "violation" },
  },
  {
    title: "a rule that is added to the default group, by the VPC's own property",
    resources: [
      VPC,
      defaultGroup({}),
      ingressRule("by-vpc", { securityGroupId: UNKNOWN }, { securityGroupId: ["vpc"] }),
      {
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        name: "by-group",
        props: { type: "egress", protocol: "-1", cidrBlocks: ["0.0.0.0/0"], securityGroupId: UNKNOWN },
        from: { securityGroupId: ["default"] },
      },
    ],
    expect: { "by-vpc": "violation", "by-group": "violation" },
  },
  {
    title: "rules of other groups: of the stack, and computed from what has no default group",
    resources: [
      VPC,
      defaultGroup({}),
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "web", props: { vpcId: UNKNOWN } },
      { type: "aws:eks/cluster:Cluster", name: "cluster", props: {} },
      ingressRule("https", { securityGroupId: UNKNOWN }, { securityGroupId: ["web"] }),
      ingressRule("nodes", { securityGroupId: UNKNOWN }, { securityGroupId: ["cluster"] }),
    ],
    expect: {},
  },
  {
    title: "rules of groups that are not in the stack: vouched for, or looked up by a subnet's VPC",
    config: { trustedSecurityGroups: ["sg-0aaa*"] },
    resources: [
      { type: "aws:ec2/subnet:Subnet", name: "subnet", props: { vpcId: "vpc-0ccc" } },
      ingressRule("looked-up", { securityGroupId: "sg-0ccc1" }, { securityGroupId: ["subnet"] }),
      ingressRule("vouched", { securityGroupId: "sg-0aaa1" }),
      ingressRule("outside", { securityGroupId: "sg-0bbb1" }),
      ingressRule("later", { securityGroupId: UNKNOWN }),
    ],
    expect: { "looked-up": "undecided", outside: "undecided", later: "undecided" },
  },
  {
    title: "a rule of one of two groups, which is not known yet",
    resources: [
      VPC,
      defaultGroup({}),
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "web", props: { vpcId: UNKNOWN } },
      ingressRule("either", { securityGroupId: UNKNOWN }, { securityGroupId: ["web", "vpc"] }),
    ],
    expect: { either: "undecided" },
  },
  {
    title: "a VPC of another provider, which is not read",
    resources: [{ type: "aws-native:ec2:Vpc", name: "native", props: { cidrBlock: "10.0.0.0/16" } }],
    expect: { native: "undecided" },
  },
];
