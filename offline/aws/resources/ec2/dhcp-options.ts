import type { Model } from "../../model.ts";
import { ec2Id, ipv4Address, oneOf } from "../../rules/formats.ts";
import { atLeastOne, format } from "../../rules/rule.ts";
import { ec2Arn, owner } from "../common.ts";

const OPTIONS = ["domainName", "domainNameServers", "netbiosNameServers", "netbiosNodeType", "ntpServers"];

/** Source: EC2 API Reference, CreateDhcpOptions. */
export const vpcDhcpOptions: Model = {
  type: "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
  id: (reading) => reading.ec2Id("dopt"),
  rules: [
    atLeastOne([...OPTIONS, "ipv6AddressPreferredLeaseTime"]),
    format("netbiosNodeType", oneOf("1", "2", "4", "8")),
    format("netbiosNameServers[]", ipv4Address),
  ],
  replaces: [...OPTIONS, "ipv6AddressPreferredLeaseTime"],
  computed: { arn: ec2Arn("dhcp-options"), ownerId: owner },
};

export const vpcDhcpOptionsAssociation: Model = {
  type: "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
  id: (reading) => `${reading.text("dhcpOptionsId")}-${reading.text("vpcId")}`,
  rules: [format("vpcId", ec2Id("vpc"))],
  replaces: ["vpcId"],
};
