import { planPrivateNetwork, PrivateNetwork } from "@bastionless/components";
import { type BadInput, row, told } from "../bad-input.ts";
import { BUCKET_NAME, COMMON, idRow, KEY_ARN, retention } from "./common.ts";

const EXISTING = {
  vpcId: "vpc-0a1b2c3d",
  subnetIds: ["subnet-0a1b2c3d"],
  routeTableIds: ["rtb-0a1b2c3d"],
};
const many = (count: number, kind: string): string[] =>
  Array.from({ length: count }, (_, index) => `${kind}-0000000${index % 10}${index < 10 ? "" : "000000001"}`);

export const PRIVATE_NETWORK: BadInput = {
  component: "PrivateNetwork",
  right: {},
  plan: planPrivateNetwork,
  construct: PrivateNetwork,
  names: { takes: ["n", "n".repeat(45)], refuses: ["", "a;\u00e4", "n".repeat(256)] },
  rows: {
    ...COMMON,
    egress: row(["endpoints", "nat", "nat-per-zone"], ["", "NAT", "none", "toString"]),
    zones: row([1, 3], [0, -0, 4, -1, 1.5]),
    availabilityZones: row(
      [["eu-west-1a"], ["eu-west-1a", "eu-west-1b", "eu-west-1c"]],
      [
        [],
        ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d"],
        told(["eu-west-1a", "eu-west-1a"], "availabilityZones[1]"),
      ],
    ),
    "availabilityZones[]": row(
      ["eu-west-1a", "us-gov-west-1b", "ap-southeast-2c"],
      ["", "eu-west-1", "euw1-az1", "a", "EU-WEST-1A"],
    ),
    cidrBlock: row(
      ["10.0.0.0/16", "10.0.0.0/24", "172.31.0.0/16", "192.168.0.0/24", "100.127.0.0/16"],
      [
        "",
        "10.0.0.0/15",
        "10.0.0.0/25",
        "10.0.0.1/16",
        "8.8.0.0/16",
        "172.32.0.0/16",
        "10.0.0.0",
        "fd00::/56",
      ],
    ),
    vpcId: { ...idRow("vpc"), beside: EXISTING },
    subnetIds: row(
      [many(1, "subnet"), many(3, "subnet")],
      [[], many(4, "subnet"), told(["subnet-0a1b2c3d", "subnet-0a1b2c3d"], "subnetIds[1]")],
      EXISTING,
    ),
    "subnetIds[]": { ...idRow("subnet"), beside: EXISTING },
    routeTableIds: row(
      [many(1, "rtb"), many(10, "rtb")],
      [[], many(11, "rtb"), told(["rtb-0a1b2c3d", "rtb-0a1b2c3d"], "routeTableIds[1]")],
      EXISTING,
    ),
    "routeTableIds[]": { ...idRow("rtb"), beside: EXISTING },
    endpointZones: row([1, 3], [0, 4, 1.5, -1], { zones: 3 }),
    "additionalEndpoints[]": row(
      ["secretsmanager", "ecr.api", "s3-outposts"],
      [
        "",
        "com.amazonaws.eu-west-1.kms ",
        "KMS",
        "a b",
        ".a",
        "ssm",
        "ssmmessages",
        "ec2messages",
        "s3",
        "dynamodb",
      ],
    ),
    "readableBuckets[]": BUCKET_NAME,
    "flowLogs.trafficType": row(["ALL", "ACCEPT", "REJECT"], ["", "all", "NONE"], { flowLogs: {} }),
    "flowLogs.retentionDays": { ...retention(false), beside: { flowLogs: {} } },
    "flowLogs.aggregationSeconds": row([60, 600], [0, 59, 61, 601], { flowLogs: {} }),
    "flowLogs.kmsKeyArn": { ...KEY_ARN, beside: { flowLogs: {} } },
  },
  unlimited: {
    additionalEndpoints:
      "an empty list and a service twice are what they seem; AWS's quota of endpoints can be raised",
    readableBuckets:
      "an empty list and a bucket twice are what they seem; the policy's length is AWS's to judge",
  },
  conflicts: [
    ["zones and availabilityZones", { zones: 2, availabilityZones: ["eu-west-1a"] }, ["zones"]],
    ["zones and vpcId", { ...EXISTING, zones: 1 }, ["zones"]],
    [
      "availabilityZones and vpcId",
      { ...EXISTING, availabilityZones: ["eu-west-1a"] },
      ["availabilityZones"],
    ],
    ["cidrBlock and vpcId", { ...EXISTING, cidrBlock: "10.0.0.0/16" }, ["cidrBlock"]],
    ["egress nat and vpcId", { ...EXISTING, egress: "nat" }, ["egress"]],
    ["egress nat-per-zone and vpcId", { ...EXISTING, egress: "nat-per-zone" }, ["egress"]],
    ["subnetIds without vpcId", { subnetIds: ["subnet-0a1b2c3d"] }, ["subnetIds"]],
    ["routeTableIds without vpcId", { routeTableIds: ["rtb-0a1b2c3d"] }, ["routeTableIds"]],
    ["vpcId without subnetIds and routeTableIds", { vpcId: "vpc-0a1b2c3d" }, ["subnetIds", "routeTableIds"]],
    ["routeTableIds with s3Endpoint off", { ...EXISTING, s3Endpoint: false }, ["routeTableIds"]],
    [
      "readableBuckets with s3Endpoint off",
      { egress: "nat", s3Endpoint: false, readableBuckets: ["abc"] },
      ["readableBuckets"],
    ],
    ["s3Endpoint off without a way out", { s3Endpoint: false }, ["s3Endpoint"]],
    ["endpointZones with nat", { egress: "nat", endpointZones: 1 }, ["endpointZones"]],
    ["ec2Messages with nat", { egress: "nat", ec2Messages: true }, ["ec2Messages"]],
    [
      "additionalEndpoints with nat",
      { egress: "nat", additionalEndpoints: ["kms"] },
      ["additionalEndpoints"],
    ],
    ["more endpointZones than zones", { zones: 1, endpointZones: 2 }, ["endpointZones"]],
    ["more endpointZones than subnets", { ...EXISTING, endpointZones: 2 }, ["endpointZones"]],
  ],
};
