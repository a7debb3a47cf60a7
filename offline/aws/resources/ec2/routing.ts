import type { Model } from "../../model.ts";
import { ec2Id, ipv4Network, ipv6Network } from "../../rules/formats.ts";
import { exactlyOne, format } from "../../rules/rule.ts";
import { hashOf } from "../../terraform-hash.ts";
import { always, ec2Arn, owner } from "../common.ts";

const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
const TARGETS = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

/** Source: EC2 API Reference, CreateRoute. */
export const route: Model = {
  type: "aws:ec2/route:Route",
  id: (reading) => {
    const destination = DESTINATIONS.map((name) => reading.text(name)).find((text) => text !== "") ?? "";
    return `r-${reading.text("routeTableId")}${hashOf(destination)}`;
  },
  rules: [
    format("routeTableId", ec2Id("rtb")),
    format("destinationCidrBlock", ipv4Network()),
    format("destinationIpv6CidrBlock", ipv6Network()),
    format("destinationPrefixListId", ec2Id("pl")),
    format("natGatewayId", ec2Id("nat")),
    format("networkInterfaceId", ec2Id("eni")),
    format("vpcEndpointId", ec2Id("vpce")),
    exactlyOne(DESTINATIONS),
    exactlyOne(TARGETS),
  ],
  replaces: ["routeTableId", ...DESTINATIONS],
  computed: {
    instanceId: always(""),
    instanceOwnerId: always(""),
    origin: always("CreateRoute"),
    state: always("active"),
  },
};

const inlineRoutes = [
  format("routes[].cidrBlock", ipv4Network()),
  format("routes[].ipv6CidrBlock", ipv6Network()),
  exactlyOne(["cidrBlock", "destinationPrefixListId", "ipv6CidrBlock"], "routes[]"),
  exactlyOne(
    [
      "carrierGatewayId",
      "coreNetworkArn",
      "egressOnlyGatewayId",
      "gatewayId",
      "localGatewayId",
      "natGatewayId",
      "networkInterfaceId",
      "odbNetworkArn",
      "transitGatewayId",
      "vpcEndpointId",
      "vpcPeeringConnectionId",
    ],
    "routes[]",
  ),
];

export const routeTable: Model = {
  type: "aws:ec2/routeTable:RouteTable",
  id: (reading) => reading.ec2Id("rtb"),
  rules: [format("vpcId", ec2Id("vpc")), ...inlineRoutes],
  replaces: ["vpcId"],
  comparisons: { routes: "set", propagatingVgws: "set" },
  computed: { arn: ec2Arn("route-table"), ownerId: owner },
};

export const defaultRouteTable: Model = {
  type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  id: (reading) => reading.text("defaultRouteTableId"),
  rules: [format("defaultRouteTableId", ec2Id("rtb")), ...inlineRoutes],
  replaces: ["defaultRouteTableId"],
  comparisons: { routes: "set", propagatingVgws: "set" },
  computed: { arn: ec2Arn("route-table"), ownerId: owner, vpcId: (reading) => reading.ec2Id("vpc") },
};

export const routeTableAssociation: Model = {
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  id: (reading) => reading.ec2Id("rtbassoc"),
  rules: [
    format("routeTableId", ec2Id("rtb")),
    format("subnetId", ec2Id("subnet")),
    exactlyOne(["gatewayId", "subnetId"]),
  ],
  replaces: ["gatewayId", "subnetId"],
};

export const mainRouteTableAssociation: Model = {
  type: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
  id: (reading) => reading.ec2Id("rtbassoc"),
  rules: [format("routeTableId", ec2Id("rtb")), format("vpcId", ec2Id("vpc"))],
  replaces: ["vpcId"],
  computed: { originalRouteTableId: (reading) => reading.ec2Id("rtb") },
};
