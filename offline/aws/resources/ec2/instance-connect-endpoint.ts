import type { Model } from "../../model.ts";
import { ec2Id, oneOf } from "../../rules/formats.ts";
import { format } from "../../rules/rule.ts";
import { zonesOf } from "../../zones.ts";
import { always, ec2Arn, owner } from "../common.ts";

/** Source: EC2 API Reference, CreateInstanceConnectEndpoint. */
export const instanceConnectEndpoint: Model = {
  type: "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
  id: (reading) => reading.ec2Id("eice"),
  rules: [
    format("subnetId", ec2Id("subnet")),
    format("securityGroupIds[]", ec2Id("sg")),
    format("ipAddressType", oneOf("dualstack", "ipv4", "ipv6")),
  ],
  replaces: ["ipAddressType", "preserveClientIp", "securityGroupIds", "subnetId"],
  comparisons: { securityGroupIds: "set" },
  computed: {
    arn: ec2Arn("instance-connect-endpoint"),
    availabilityZone: (reading) => zonesOf(reading.place.region)[0] ?? `${reading.place.region}a`,
    dnsName: (reading) =>
      `${reading.id}.${reading.hex("dns", 8)}.ec2-instance-connect-endpoint.${reading.place.region}.${reading.place.dnsSuffix}`,
    fipsDnsName: always(""),
    ipAddressType: always("ipv4"),
    networkInterfaceIds: (reading) => [reading.ec2Id("eni")],
    ownerId: owner,
    preserveClientIp: always(true),
    securityGroupIds: (reading) => [reading.ec2Id("sg")],
    vpcId: (reading) => reading.ec2Id("vpc"),
  },
};
