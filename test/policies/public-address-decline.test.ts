import assert from "node:assert/strict";
import { noPublicIp } from "@bastionless/policies/rules/no-public-ip.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const SUBNET = {
  type: "aws:ec2/subnet:Subnet",
  name: "open",
  props: { mapPublicIpOnLaunch: true, vpcId: "vpc-1" },
  outputs: { id: "subnet-1" },
};
/** Of the stack, so that what they say is known: nothing. */
const SOURCES = [
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    props: { name: "web" },
    outputs: { id: "lt-1", latestVersion: 1, defaultVersion: 1 },
  },
  {
    type: "aws:ec2/launchConfiguration:LaunchConfiguration",
    name: "configuration",
    props: { name: "lc" },
    outputs: { id: "lc" },
  },
];
const OUT = "subnet-0123456789abcdef0";
const TEMPLATE = "In its launch template set `networkInterfaces[0].associatePublicIpAddress` to false, or ";
const NEW_TEMPLATE =
  "Give it a launch template and in that set `networkInterfaces[0].associatePublicIpAddress` to false, or ";

/** Each form of a launch into a subnet, and what is proposed to decline the address with, where it has something. */
const FORMS: readonly (readonly [type: string, props: (subnet: string) => object, proposed: string])[] = [
  [
    "aws:ec2/instance:Instance",
    (subnetId) => ({ ami: "ami-1", subnetId }),
    "Set `associatePublicIpAddress` to false, or ",
  ],
  [
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    (subnetId) => ({ ami: "ami-1", subnetId }),
    "Set `associatePublicIpAddress` to false, or ",
  ],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    (subnetId) => ({ networkInterfaces: [{ subnetId }] }),
    "Set `networkInterfaces[0].associatePublicIpAddress` to false, or ",
  ],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    (subnetId) => ({ launchSpecifications: [{ ami: "ami-1", subnetId }] }),
    "Set `launchSpecifications[0].associatePublicIpAddress` to false, or ",
  ],
  [
    "aws:ec2/fleet:Fleet",
    (subnetId) => ({
      launchTemplateConfigs: [
        {
          launchTemplateSpecification: { launchTemplateId: "lt-1", version: "$Latest" },
          overrides: [{ subnetId }],
        },
      ],
    }),
    TEMPLATE,
  ],
  [
    "aws:autoscaling/group:Group",
    (subnet) => ({ launchTemplate: { id: "lt-1" }, vpcZoneIdentifiers: [subnet] }),
    TEMPLATE,
  ],
  [
    "aws:autoscaling/group:Group",
    (subnet) => ({ launchConfiguration: "lc", vpcZoneIdentifiers: [subnet] }),
    "Set `associatePublicIpAddress` to false in its launch configuration, or ",
  ],
  ["aws:eks/nodeGroup:NodeGroup", (subnet) => ({ subnetIds: [subnet] }), NEW_TEMPLATE],
  [
    "aws:eks/nodeGroup:NodeGroup",
    (subnet) => ({ subnetIds: [subnet], launchTemplate: { id: "lt-1", version: "$Latest" } }),
    TEMPLATE,
  ],
  [
    "aws:batch/computeEnvironment:ComputeEnvironment",
    (subnet) => ({ computeResources: { type: "EC2", subnets: [subnet] } }),
    NEW_TEMPLATE,
  ],
  [
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    (subnetId) => ({ subnetId }),
    "",
  ],
];

function messages(type: string, props: object): readonly string[] {
  const stack = toStack([SUBNET, ...SOURCES, { type, name: "it", props: { ...props } }]);
  return runRules([noPublicIp], stack)
    .filter(({ on }) => on === "it")
    .map(({ message }) => message);
}

describe("what is proposed against a public address", () => {
  for (const [type, props, proposed] of FORMS) {
    it(`is what the type has: ${type}, ${JSON.stringify(props("…"))}`, () => {
      const outside = messages(type, props(OUT)).filter((message) => message.includes("trustedSubnets"));
      const open = messages(type, props("subnet-1")).filter((message) =>
        message.includes("mapPublicIpOnLaunch"),
      );
      const first =
        proposed === ""
          ? ["Name the subnet in", "Choose a subnet"]
          : [`${proposed}name the`, `${proposed}choose a`];
      assert.ok(
        outside.length > 0 && outside.every((message) => message.includes(first[0] ?? "?")),
        outside[0],
      );
      assert.ok(open.length > 0 && open.every((message) => message.includes(first[1] ?? "?")), open[0]);
    });
  }
});
