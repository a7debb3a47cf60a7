import { isUnknown } from "../../../protocol/wire.ts";
import type { Wire } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { partitionOf } from "../../place.ts";
import { PREFIX_LIST_NETWORK, prefixListId } from "../../prefix-lists.ts";
import type { Reading } from "../../reading.ts";
import { ec2Id, oneOf } from "../../rules/formats.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { exactlyOne, format, together } from "../../rules/rule.ts";
import type { Format } from "../../rules/rule.ts";
import { always, ec2Arn, owner } from "../common.ts";
import { asText } from "../../values.ts";

/** The policy an endpoint gets where none is given: everything. Source: AWS PrivateLink Guide, "endpoint policies". */
const OPEN_POLICY =
  '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}';

/** The services that have gateway endpoints. */
const GATEWAY_SERVICES: ReadonlySet<string> = new Set(["dynamodb", "s3", "s3express", "s3tables"]);

/** `com.amazonaws.us-east-1.ssm`: its region and its service. */
const AWS_SERVICE = /^(?:cn\.)?com\.amazonaws\.(?<region>[a-z0-9-]+)\.(?<service>.+)$/u;

const serviceOfRegion: Format = (value, place) => {
  const region = AWS_SERVICE.exec(asText(value))?.groups?.["region"];
  return region !== undefined &&
    partitionOf(region) !== undefined &&
    region !== place.region &&
    !isUnknown(place.region)
    ? `is refused: it is a service of \`${region}\`, the provider works in \`${place.region}\`; name this region's service`
    : undefined;
};

function kind(reading: Reading): string {
  return reading.text("vpcEndpointType", "Gateway");
}

function service(reading: Reading): string {
  return AWS_SERVICE.exec(reading.text("serviceName"))?.groups?.["service"] ?? "service";
}

function dnsEntries(reading: Reading): Wire {
  if (kind(reading) !== "Interface") {
    return [];
  }
  const { region, dnsSuffix } = reading.place;
  const hostedZoneId = `Z${reading.hex("zone", 13).toUpperCase()}`;
  const own = `${reading.id}-${reading.hex("dns", 8)}.${service(reading)}.${region}.vpce.${dnsSuffix}`;
  const entries: Wire[] = [{ dnsName: own, hostedZoneId }];
  if (reading.read("privateDnsEnabled") === true) {
    entries.push({ dnsName: `${service(reading)}.${region}.${dnsSuffix}`, hostedZoneId });
  }
  return entries;
}

/** Source: EC2 API Reference, CreateVpcEndpoint; AWS PrivateLink Guide. */
export const vpcEndpoint: Model = {
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  id: (reading) => reading.ec2Id("vpce"),
  defaults: { vpcEndpointType: "Gateway" },
  rules: [
    format("vpcId", ec2Id("vpc")),
    format(
      "vpcEndpointType",
      oneOf("Gateway", "GatewayLoadBalancer", "Interface", "Resource", "ServiceNetwork"),
    ),
    format("ipAddressType", oneOf("dualstack", "ipv4", "ipv6")),
    format("securityGroupIds[]", ec2Id("sg")),
    format("subnetIds[]", ec2Id("subnet")),
    format("routeTableIds[]", ec2Id("rtb")),
    format("policy", policyDocument("resource", 20_480)),
    exactlyOne(["resourceConfigurationArn", "serviceName", "serviceNetworkArn"]),
    together(["serviceName", "serviceRegion"], ([name, serviceRegion]) =>
      name !== undefined && serviceRegion === undefined && !/^(?:cn\.)?(?:com|aws)\./u.test(asText(name))
        ? {
            property: "serviceName",
            reason: `\`${asText(name)}\` is refused: expected a name such as com.amazonaws.us-east-1.ssm`,
          }
        : undefined,
    ),
    (subject) =>
      subject.inputs["serviceRegion"] === undefined ? format("serviceName", serviceOfRegion)(subject) : [],
    together(
      [
        "vpcEndpointType",
        "serviceName",
        "subnetIds",
        "securityGroupIds",
        "privateDnsEnabled",
        "routeTableIds",
      ],
      ([type, name, subnets, groups, privateDns, tables]) => {
        if (type === "Gateway") {
          const last = asText(name).split(".").at(-1) ?? "";
          if (name !== undefined && !GATEWAY_SERVICES.has(last)) {
            return {
              property: "vpcEndpointType",
              reason: `\`${asText(name)}\` has no gateway endpoint: set \`vpcEndpointType\` to \`Interface\``,
            };
          }
          if (subnets !== undefined || groups !== undefined || privateDns === true) {
            return {
              property: "vpcEndpointType",
              reason:
                "a gateway endpoint takes no `subnetIds`, `securityGroupIds` or `privateDnsEnabled`: remove them",
            };
          }
        }
        return type === "Interface" && tables !== undefined
          ? {
              property: "routeTableIds",
              reason: "an interface endpoint takes no route tables: remove `routeTableIds`",
            }
          : undefined;
      },
    ),
  ],
  replaces: [
    "resourceConfigurationArn",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "vpcEndpointType",
    "vpcId",
  ],
  comparisons: {
    subnetConfigurations: "set",
    policy: "policy",
    routeTableIds: "set",
    securityGroupIds: "set",
    subnetIds: "set",
  },
  computed: {
    arn: ec2Arn("vpc-endpoint"),
    ownerId: owner,
    cidrBlocks: (reading) => (kind(reading) === "Gateway" ? [PREFIX_LIST_NETWORK] : []),
    dnsEntries,
    dnsOptions: always({ dnsRecordIpType: "ipv4" }),
    ipAddressType: always("ipv4"),
    networkInterfaceIds: (reading) =>
      kind(reading) === "Interface"
        ? reading.list("subnetIds").map((_, index) => reading.ec2Id("eni", asText(index)))
        : [],
    policy: always(OPEN_POLICY),
    prefixListId: (reading) =>
      kind(reading) === "Gateway" ? prefixListId(reading.place.region, service(reading)) : "",
    privateDnsEnabled: always(false),
    requesterManaged: always(false),
    serviceRegion: (reading) => reading.place.region,
    state: always("available"),
  },
};

const endpointId = format("vpcEndpointId", ec2Id("vpce"));

export const vpcEndpointPolicy: Model = {
  type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  id: (reading) => reading.text("vpcEndpointId"),
  rules: [endpointId, format("policy", policyDocument("resource", 20_480))],
  replaces: ["vpcEndpointId"],
  comparisons: { policy: "policy" },
  computed: { policy: always(OPEN_POLICY) },
};

export const vpcEndpointRouteTableAssociation: Model = {
  type: "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  id: (reading) => `a-${reading.text("vpcEndpointId")}${reading.hex("association", 10)}`,
  rules: [endpointId, format("routeTableId", ec2Id("rtb"))],
  replaces: ["routeTableId", "vpcEndpointId"],
};

export const vpcEndpointSubnetAssociation: Model = {
  type: "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
  id: (reading) => `a-${reading.text("vpcEndpointId")}${reading.hex("association", 10)}`,
  rules: [endpointId, format("subnetId", ec2Id("subnet"))],
  replaces: ["subnetId", "vpcEndpointId"],
};
