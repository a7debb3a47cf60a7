import type { Model } from "../../model.ts";
import { ec2Id, ipv4Address, oneOf } from "../../rules/formats.ts";
import { exclusive, format, together } from "../../rules/rule.ts";
import { always, ec2Arn, owner } from "../common.ts";

export const internetGateway: Model = {
  type: "aws:ec2/internetGateway:InternetGateway",
  id: (reading) => reading.ec2Id("igw"),
  rules: [format("vpcId", ec2Id("vpc"))],
  replaces: [],
  computed: { arn: ec2Arn("internet-gateway"), ownerId: owner },
};

/** Source: EC2 API Reference, CreateNatGateway. */
export const natGateway: Model = {
  type: "aws:ec2/natGateway:NatGateway",
  id: (reading) => `nat-0${reading.hex("nat", 16)}`,
  defaults: { connectivityType: "public" },
  rules: [
    format("connectivityType", oneOf("private", "public")),
    format("availabilityMode", oneOf("regional", "zonal")),
    format("subnetId", ec2Id("subnet")),
    format("allocationId", ec2Id("eipalloc")),
    format("privateIp", ipv4Address),
    exclusive(["secondaryPrivateIpAddressCount", "secondaryPrivateIpAddresses"]),
    together(["connectivityType", "secondaryAllocationIds"], ([connectivity, addresses]) =>
      connectivity === "private" && Array.isArray(addresses) && addresses.length > 0
        ? {
            property: "secondaryAllocationIds",
            reason: "a private NAT gateway takes no elastic IPs: remove them",
          }
        : undefined,
    ),
    together(["connectivityType", "secondaryPrivateIpAddressCount"], ([connectivity, count]) =>
      connectivity === "public" && count !== undefined
        ? {
            property: "secondaryPrivateIpAddressCount",
            reason: "a public NAT gateway takes no count: remove it",
          }
        : undefined,
    ),
    together(
      ["connectivityType", "availabilityMode", "allocationId", "subnetId", "vpcId"],
      ([connectivity, mode, allocation, subnet, vpc]) => {
        if (mode === "regional") {
          return vpc === undefined
            ? { property: "vpcId", reason: "a regional NAT gateway needs a VPC: set `vpcId`" }
            : undefined;
        }
        if (subnet === undefined) {
          return { property: "subnetId", reason: "a zonal NAT gateway needs a subnet: set `subnetId`" };
        }
        if (connectivity === "public" && allocation === undefined) {
          return {
            property: "allocationId",
            reason: "a public NAT gateway needs an elastic IP: set `allocationId`",
          };
        }
        return connectivity === "private" && allocation !== undefined
          ? {
              property: "allocationId",
              reason: "a private NAT gateway takes no elastic IP: remove `allocationId`",
            }
          : undefined;
      },
    ),
  ],
  replaces: [
    "allocationId",
    "availabilityMode",
    "connectivityType",
    "privateIp",
    "secondaryPrivateIpAddressCount",
    "subnetId",
    "vpcId",
  ],
  comparisons: { secondaryAllocationIds: "set", secondaryPrivateIpAddresses: "set" },
  computed: {
    associationId: (reading) => (reading.has("allocationId") ? reading.ec2Id("eipassoc") : ""),
    autoProvisionZones: always(""),
    autoScalingIps: always(""),
    availabilityMode: always("zonal"),
    networkInterfaceId: (reading) => reading.ec2Id("eni"),
    privateIp: (reading) => reading.privateIp("nat"),
    publicIp: (reading) => (reading.text("connectivityType") === "public" ? reading.publicIp("nat") : ""),
    regionalNatGatewayAddresses: always([]),
    regionalNatGatewayAutoMode: always(""),
    routeTableId: always(""),
    vpcId: (reading) => reading.ec2Id("vpc"),
  },
};
