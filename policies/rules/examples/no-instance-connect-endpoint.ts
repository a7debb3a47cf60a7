import type { Example } from "./example.ts";

const UNKNOWN = { unknown: true };

export const EXAMPLES: readonly Example[] = [
  {
    title: "an interface endpoint for Session Manager",
    resources: [
      {
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        name: "ssmmessages",
        props: { vpcEndpointType: "Interface", serviceName: "com.amazonaws.eu-central-1.ssmmessages" },
      },
    ],
    expect: {},
  },
  {
    title: "an endpoint, whatever it says of itself",
    resources: [
      {
        type: "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
        name: "ssh",
        props: { subnetId: UNKNOWN, preserveClientIp: false },
      },
    ],
    expect: { ssh: "violation" },
  },
  {
    title: "an endpoint of another provider, and one of a Terraform module",
    resources: [
      {
        type: "aws-native:ec2:InstanceConnectEndpoint",
        name: "native",
        props: { subnetId: "subnet-1" },
      },
      { type: "net:tf:aws_ec2_instance_connect_endpoint", name: "module", props: {} },
    ],
    expect: { native: "violation", module: "violation" },
  },
  {
    title: "an endpoint that configuration allows, beside one that it does not",
    config: { allowedEndpoints: ["break-glass-*"] },
    resources: [
      {
        type: "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
        name: "break-glass-eu",
        props: { subnetId: UNKNOWN },
      },
      {
        type: "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
        name: "other",
        props: { subnetId: UNKNOWN },
      },
    ],
    expect: { other: "violation" },
  },
  {
    title: "a CloudFormation stack, which may hold one",
    resources: [{ type: "aws:cloudformation/stack:Stack", name: "stack", props: { templateBody: "{}" } }],
    expect: { stack: "undecided" },
  },
];
