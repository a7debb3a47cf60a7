import { planBastionlessInstance, planWorkstation, Workstation } from "@bastionless/components";
import { type BadInput, row } from "../bad-input.ts";
import {
  ACCESS_TAGS,
  COMMON,
  EGRESS_RULES,
  idRow,
  KEY_ARN,
  NETWORK_OF_MACHINES,
  NETWORK_UNLIMITED,
  POLICY_ARN,
  policyArns,
} from "./common.ts";
import { NETWORK } from "./machines.ts";

const SUBNET = { network: undefined, vpcId: "vpc-0a1b2c3d", subnetId: "subnet-0a1b2c3d" };
const groups = (count: number): string[] => Array.from({ length: count }, (_, index) => `sg-0000000${index}`);

export const WORKSTATION: BadInput = {
  component: "Workstation",
  right: { network: NETWORK },
  plan: planWorkstation,
  parts: (name, { instance }: ReturnType<typeof planWorkstation>, deployment) =>
    planBastionlessInstance(name, instance, deployment),
  construct: Workstation,
  names: { takes: ["n", "n".repeat(55)], refuses: ["", "n".repeat(56), "a b", "a/b", "ä"] },
  rows: {
    ...COMMON,
    ...ACCESS_TAGS,
    ...EGRESS_RULES,
    ...NETWORK_OF_MACHINES,
    ...policyArns(8),
    "network.httpsEgress": row(["anywhere"], ["", "nowhere"], { network: NETWORK }),
    zone: row([1, 2], [0, 3, 1.5]),
    vpcId: { ...idRow("vpc"), beside: SUBNET },
    subnetId: { ...idRow("subnet"), beside: SUBNET },
    securityGroupIds: row([[], groups(3)], [groups(4)]),
    "securityGroupIds[]": idRow("sg"),
    environment: row(["python", "data-science"], ["", "toString", "r", "Python"]),
    instanceType: row(["t4g.medium", "t3.large"], ["", "t4g", "mac2.metal"]),
    packages: row(
      [[], Array.from({ length: 100 }, (_, index) => `p${index}`)],
      [Array.from({ length: 101 }, (_, index) => `p${index}`)],
    ),
    "packages[]": row(
      ["numpy", "numpy==2.1.0", "pandas[all]>=2,<3"],
      ["", "-r x", "a b", "a;b", "$(id)", "https://x", "a'b"],
    ),
    pipIndexUrl: row(
      ["https://pypi.example/simple", "https://a:8443/x/"],
      ["", "http://a", "https://u:p@a", "https://a?b", "https://a b", "https://$(id)"],
    ),
    dataVolumeGib: row([1, 16_384], [0, -0, 16_385, 1.5]),
    dataVolumeKmsKeyArn: KEY_ARN,
    dataVolumeSnapshotId: idRow("snap"),
    dataVolumeEnd: row(["delete", "retain", "snapshot"], ["", "keep"]),
    rootVolumeGib: row([16_384], [1, 16_385, 100.5]),
    idleStopMinutes: row([0, -0, 15, 1440], [1, 14, 1441, 15.5, -1]),
    localPort: row([1024, 65_535], [0, 1023, 65_536, 8888.5]),
    permissionsBoundaryArn: POLICY_ARN,
    "shell.documentName": row(["abc", "d".repeat(128)], ["", "ab", "d".repeat(129), "a b"], {
      shell: { documentName: "shop-x" },
    }),
  },
  unlimited: NETWORK_UNLIMITED,
  conflicts: [
    ["no place", { network: undefined }, ["network"]],
    ["network and vpcId", { vpcId: "vpc-0a1b2c3d" }, ["vpcId"]],
    ["network and subnetId", { subnetId: "subnet-0a1b2c3d" }, ["subnetId"]],
    ["zone without network", { ...SUBNET, zone: 1 }, ["zone"]],
    [
      "a network without a way out, and no index",
      { network: { ...NETWORK, httpsEgress: "s3" } },
      ["pipIndexUrl"],
    ],
    [
      "a tag in tags and accessTags",
      { tags: { Team: "a" }, accessTags: { Team: "a" } },
      ['accessTags["Team"]'],
    ],
    ["PyTorch without a GPU", { environment: "pytorch", instanceType: "t3.large" }, ["instanceType"]],
  ],
};
