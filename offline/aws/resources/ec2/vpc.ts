import { atLeastOne, exclusive, format, needs } from "../../rules/rule.ts";
import { ipv4Network, ipv6Network, oneOf, wholeNumber } from "../../rules/formats.ts";
import type { Model } from "../../model.ts";
import { always, ec2Arn, owner } from "../common.ts";

/** Source: EC2 API Reference, CreateVpc. */
export const vpc: Model = {
  type: "aws:ec2/vpc:Vpc",
  id: (reading) => reading.ec2Id("vpc"),
  defaults: { enableDnsSupport: true, instanceTenancy: "default" },
  rules: [
    format("cidrBlock", ipv4Network(16, 28)),
    format("ipv4NetmaskLength", wholeNumber(16, 28)),
    format("ipv6CidrBlock", ipv6Network(44, 60)),
    format("instanceTenancy", oneOf("default", "dedicated")),
    atLeastOne(["cidrBlock", "ipv4IpamPoolId"]),
    exclusive(["cidrBlock", "ipv4NetmaskLength"]),
    exclusive(["assignGeneratedIpv6CidrBlock", "ipv6IpamPoolId"]),
    needs("ipv4NetmaskLength", ["ipv4IpamPoolId"]),
    needs("ipv6CidrBlock", ["ipv6IpamPoolId"]),
  ],
  replaces: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "instanceTenancy"],
  computed: {
    arn: ec2Arn("vpc"),
    ownerId: owner,
    cidrBlock: (reading) =>
      `10.${Number.parseInt(reading.hex("ipam", 2), 16)}.0.0/${reading.text("ipv4NetmaskLength", "16")}`,
    enableDnsHostnames: always(false),
    enableNetworkAddressUsageMetrics: always(false),
    defaultNetworkAclId: (reading) => reading.ec2Id("acl"),
    defaultRouteTableId: (reading) => reading.ec2Id("rtb"),
    mainRouteTableId: (reading) => reading.ec2Id("rtb"),
    defaultSecurityGroupId: (reading) => reading.ec2Id("sg"),
    dhcpOptionsId: (reading) => reading.ec2Id("dopt"),
    ipv6AssociationId: (reading) =>
      reading.read("assignGeneratedIpv6CidrBlock") === true ? reading.ec2Id("vpc-cidr-assoc") : "",
    ipv6CidrBlock: (reading) =>
      reading.read("assignGeneratedIpv6CidrBlock") === true
        ? `2600:1f18:${reading.hex("ipv6", 4)}:${reading.hex("ipv6", 2)}00::/56`
        : "",
    ipv6CidrBlockNetworkBorderGroup: (reading) =>
      reading.read("assignGeneratedIpv6CidrBlock") === true ? reading.place.region : "",
  },
};
