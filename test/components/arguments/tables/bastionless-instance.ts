import { BastionlessInstance, planBastionlessInstance } from "@bastionless/components";
import { type BadInput, row } from "../bad-input.ts";
import { idRow } from "./common.ts";
import { MACHINE, MACHINE_CONFLICTS, MACHINE_UNLIMITED, NETWORK } from "./machines.ts";

const SUBNET = { network: undefined, vpcId: "vpc-0a1b2c3d", subnetId: "subnet-0a1b2c3d" };
const MAC = { os: "macos-sequoia" };

export const BASTIONLESS_INSTANCE: BadInput = {
  component: "BastionlessInstance",
  right: { network: NETWORK },
  plan: planBastionlessInstance,
  construct: BastionlessInstance,
  names: { takes: ["n", "n".repeat(55)], refuses: ["", "n".repeat(56), "a b", "a/b", "ä"] },
  rows: {
    ...MACHINE,
    zone: row([1, 2], [0, -0, 3, 1.5, -1]),
    vpcId: { ...idRow("vpc"), beside: SUBNET },
    subnetId: { ...idRow("subnet"), beside: SUBNET },
    instanceType: row(
      ["t4g.nano", "m7gd.metal", "t3.small", "u7i-12tb.224xlarge"],
      ["", "t4g", "t4g.tiny", "mac2.metal", "T4G.nano", "t4g.nano "],
    ),
    hostId: { ...idRow("h"), beside: MAC },
    hostAvailabilityZone: row(["eu-west-1a", "us-gov-west-1b"], ["", "eu-west-1", "a", "euw1-az1"], MAC),
  },
  unlimited: MACHINE_UNLIMITED,
  conflicts: [
    ...MACHINE_CONFLICTS,
    ["no place", { network: undefined }, ["network"]],
    ["network and vpcId", { vpcId: "vpc-0a1b2c3d" }, ["vpcId"]],
    ["network and subnetId", { subnetId: "subnet-0a1b2c3d" }, ["subnetId"]],
    ["vpcId without subnetId", { network: undefined, vpcId: "vpc-0a1b2c3d" }, ["subnetId"]],
    ["subnetId without vpcId", { network: undefined, subnetId: "subnet-0a1b2c3d" }, ["vpcId"]],
    ["zone without network", { ...SUBNET, zone: 1 }, ["zone"]],
    ["hostId without macOS", { hostId: "h-0a1b2c3d" }, ["hostId"]],
    ["hostAvailabilityZone without macOS", { hostAvailabilityZone: "eu-west-1a" }, ["hostAvailabilityZone"]],
    [
      "hostId and hostAvailabilityZone",
      { ...MAC, hostId: "h-0a1b2c3d", hostAvailabilityZone: "eu-west-1a" },
      ["hostAvailabilityZone"],
    ],
    ["macOS without a host", MAC, ["hostId"]],
    [
      "macOS and another machine's type",
      { ...MAC, hostId: "h-0a1b2c3d", instanceType: "t4g.nano" },
      ["instanceType"],
    ],
    [
      "an instance type of another architecture",
      { architecture: "arm64", instanceType: "t3.small" },
      ["instanceType"],
    ],
    ["Windows on a type of arm64", { os: "windows-2025", instanceType: "t4g.small" }, ["instanceType"]],
  ],
};
