import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { ec2Id, oneOf } from "../../rules/formats.ts";
import { exclusive, format } from "../../rules/rule.ts";
import { always } from "../common.ts";

function publicName(reading: Reading): string {
  const host = `ec2-${reading.publicIp("eip").replaceAll(".", "-")}`;
  const zone = reading.place.region === "us-east-1" ? "compute-1" : `${reading.place.region}.compute`;
  return `${host}.${zone}.${reading.place.dnsSuffix}`;
}

/** Source: EC2 API Reference, AllocateAddress. */
export const eip: Model = {
  type: "aws:ec2/eip:Eip",
  id: (reading) => reading.ec2Id("eipalloc"),
  rules: [
    format("domain", oneOf("vpc")),
    format("instance", ec2Id("i")),
    format("networkInterface", ec2Id("eni")),
    exclusive(["instance", "networkInterface"]),
  ],
  replaces: [
    "address",
    "customerOwnedIpv4Pool",
    "domain",
    "ipamPoolId",
    "networkBorderGroup",
    "publicIpv4Pool",
  ],
  computed: {
    allocationId: (reading) => reading.id,
    arn: (reading) => reading.arn("ec2", `elastic-ip/${reading.id}`),
    associationId: (reading) =>
      reading.has("instance") || reading.has("networkInterface") ? reading.ec2Id("eipassoc") : "",
    carrierIp: always(""),
    customerOwnedIp: always(""),
    domain: always("vpc"),
    networkBorderGroup: (reading) => reading.place.region,
    privateDns: always(""),
    privateIp: always(""),
    ptrRecord: always(""),
    publicDns: publicName,
    publicIp: (reading) => reading.text("address", reading.publicIp("eip")),
    publicIpv4Pool: always("amazon"),
  },
};

export const eipAssociation: Model = {
  type: "aws:ec2/eipAssociation:EipAssociation",
  id: (reading) => reading.ec2Id("eipassoc"),
  rules: [exclusive(["allocationId", "publicIp"])],
  replaces: [
    "allocationId",
    "allowReassociation",
    "instanceId",
    "networkInterfaceId",
    "privateIpAddress",
    "publicIp",
  ],
  computed: {
    allocationId: (reading) => reading.ec2Id("eipalloc"),
    networkInterfaceId: (reading) => reading.ec2Id("eni"),
    privateIpAddress: (reading) => reading.privateIp("eip"),
    publicIp: (reading) => reading.publicIp("eip"),
  },
};
