import type { Example } from "./example.ts";

const UNKNOWN = { unknown: true };

/** Good and bad security groups, in every form. */
export const EXAMPLES: readonly Example[] = [
  {
    title: "no inbound rule at all",
    resources: [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        name: "instances",
        props: {
          egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
          vpcId: UNKNOWN,
        },
      },
    ],
    expect: {},
  },
  {
    title: "HTTPS from a group, in a first preview",
    resources: [
      {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "https",
        props: {
          securityGroupId: UNKNOWN,
          referencedSecurityGroupId: UNKNOWN,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
        },
      },
    ],
    expect: {},
  },
  {
    title: "SSH from everywhere, inline",
    resources: [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        name: "ssh",
        props: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
      },
    ],
    expect: { ssh: "violation" },
  },
  {
    title: "the internet in two halves, a range of ports, the protocol as a number",
    resources: [
      {
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        name: "halves",
        props: {
          type: "ingress",
          protocol: "6",
          fromPort: 0,
          toPort: 1023,
          cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"],
          securityGroupId: "sg-1",
        },
      },
    ],
    expect: { halves: "violation" },
  },
  {
    title: "every protocol from IPv6",
    resources: [
      {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "any",
        props: { ipProtocol: "-1", cidrIpv6: "::/0", securityGroupId: "sg-1" },
      },
    ],
    expect: { any: "violation" },
  },
  {
    title: "the default security group open to itself",
    resources: [
      {
        type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        name: "default",
        props: { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] },
      },
    ],
    expect: { default: "violation" },
  },
  {
    title: "RDP from the office, which configuration allows",
    config: { ports: [] },
    resources: [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        name: "rdp",
        props: {
          ingress: [{ protocol: "tcp", fromPort: 3389, toPort: 3389, cidrBlocks: ["198.51.100.7/32"] }],
        },
      },
    ],
    expect: {},
  },
  {
    title: "a node group with an SSH key: EKS opens port 22 to everyone",
    resources: [
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "nodes",
        props: { clusterName: "c", nodeRoleArn: UNKNOWN, remoteAccess: { ec2SshKey: "ops" } },
      },
    ],
    expect: { nodes: "violation" },
  },
  {
    title: "ports that are not known yet",
    resources: [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        name: "later",
        props: { ingress: [{ protocol: "tcp", fromPort: UNKNOWN, toPort: UNKNOWN, cidrBlocks: [UNKNOWN] }] },
      },
    ],
    expect: { later: "undecided" },
  },
  {
    title: "a range around RDP, from a group that does not exist yet",
    resources: [
      {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "wide",
        props: {
          securityGroupId: UNKNOWN,
          referencedSecurityGroupId: UNKNOWN,
          ipProtocol: "tcp",
          fromPort: 3000,
          toPort: 4000,
        },
      },
    ],
    expect: { wide: "violation" },
  },
  {
    title: "one rule that is not known beside one that is",
    resources: [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        name: "mixed",
        props: {
          ingress: [UNKNOWN, { protocol: "tcp", fromPort: 20, toPort: 30, securityGroups: [UNKNOWN] }],
        },
      },
    ],
    expect: { mixed: "violation" },
  },
  {
    title: "a security group of another provider, which is not read",
    resources: [
      {
        type: "aws-native:ec2:SecurityGroup",
        name: "native",
        props: {
          securityGroupIngress: [{ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIp: "0.0.0.0/0" }],
        },
      },
    ],
    expect: { native: "undecided" },
  },
];
