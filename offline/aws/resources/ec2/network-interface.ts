import type { Model } from "../../model.ts";
import { ec2Id, ipv4Address, oneOf } from "../../rules/formats.ts";
import { exclusive, format } from "../../rules/rule.ts";
import { always, ec2Arn, owner } from "../common.ts";

/** Source: EC2 API Reference, CreateNetworkInterface. */
export const networkInterface: Model = {
  type: "aws:ec2/networkInterface:NetworkInterface",
  id: (reading) => reading.ec2Id("eni"),
  defaults: { sourceDestCheck: true },
  rules: [
    format("subnetId", ec2Id("subnet")),
    format("securityGroups[]", ec2Id("sg")),
    format("privateIps[]", ipv4Address),
    format("interfaceType", oneOf("branch", "efa", "efa-only", "trunk")),
    exclusive(["ipv4PrefixCount", "ipv4Prefixes"]),
    exclusive(["ipv6AddressCount", "ipv6Addresses"]),
    exclusive(["privateIps", "privateIpsCount", "privateIpLists"]),
  ],
  replaces: ["interfaceType", "subnetId"],
  comparisons: { privateIps: "set", securityGroups: "set" },
  computed: {
    arn: ec2Arn("network-interface"),
    interfaceType: always("interface"),
    macAddress: (reading) => `02:${(reading.hex("mac", 10).match(/../gu) ?? []).join(":")}`,
    outpostArn: always(""),
    ownerId: owner,
    privateDnsName: (reading) => `ip-${reading.privateIp("primary").replaceAll(".", "-")}.ec2.internal`,
    privateIp: (reading) => {
      const [first] = reading.list("privateIps");
      return typeof first === "string" ? first : reading.privateIp("primary");
    },
    privateIps: (reading) => [reading.privateIp("primary")],
    securityGroups: (reading) => [reading.ec2Id("sg")],
  },
};

export const securityGroupAttachment: Model = {
  type: "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
  id: (reading) => `${reading.text("securityGroupId")}_${reading.text("networkInterfaceId")}`,
  rules: [format("securityGroupId", ec2Id("sg")), format("networkInterfaceId", ec2Id("eni"))],
  replaces: ["networkInterfaceId", "securityGroupId"],
};
