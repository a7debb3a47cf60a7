import { isUnknown } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { ec2Id, ipv4Network, ipv6Network, matching, oneOf } from "../../rules/formats.ts";
import { exclusive, format } from "../../rules/rule.ts";
import type { Format } from "../../rules/rule.ts";
import { zoneIdOf, zoneNameOf, zonesOf } from "../../zones.ts";
import { ec2Arn, owner } from "../common.ts";
import { asText } from "../../values.ts";

const zoneOfRegion: Format = (value, place) => {
  const name = asText(value);
  return isUnknown(place.region) || (name.startsWith(place.region) && name.length > place.region.length)
    ? undefined
    : `is refused: expected an availability zone of \`${place.region}\`, such as \`${place.region}a\``;
};

function zone(reading: Reading): string {
  const byId = zoneNameOf(reading.place.region, reading.text("availabilityZoneId"));
  return byId ?? zonesOf(reading.place.region)[0] ?? `${reading.place.region}a`;
}

/** Source: EC2 API Reference, CreateSubnet. */
export const subnet: Model = {
  type: "aws:ec2/subnet:Subnet",
  id: (reading) => reading.ec2Id("subnet"),
  defaults: {
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    ipv6Native: false,
    mapPublicIpOnLaunch: false,
  },
  rules: [
    format("vpcId", ec2Id("vpc")),
    format("cidrBlock", ipv4Network(16, 28)),
    format("ipv6CidrBlock", ipv6Network(44, 64)),
    format("availabilityZone", zoneOfRegion),
    format(
      "availabilityZoneId",
      matching(/^[a-z]+\d+-[a-z]+\d+(-[a-z]+\d+)*$/u, "a zone id such as use1-az1"),
    ),
    format("privateDnsHostnameTypeOnLaunch", oneOf("ip-name", "resource-name")),
    exclusive(["availabilityZone", "availabilityZoneId"]),
  ],
  replaces: ["availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6Native", "outpostArn", "vpcId"],
  computed: {
    arn: ec2Arn("subnet"),
    ownerId: owner,
    availabilityZone: zone,
    availabilityZoneId: (reading) =>
      zoneIdOf(reading.place.region, reading.text("availabilityZone", zone(reading))) ?? "",
    ipv6CidrBlockAssociationId: (reading) =>
      reading.has("ipv6CidrBlock") ? reading.ec2Id("subnet-cidr-assoc") : "",
    privateDnsHostnameTypeOnLaunch: () => "ip-name",
  },
};
