/** `awsx:ec2:Vpc` as awsx 3.9 expands it. Source: pulumi/pulumi-awsx, awsx/ec2/vpc.ts. */
import { ComponentError } from "../protocol/component-error.ts";
import type { ComponentHost, ConstructRequest, ConstructResponse } from "../protocol/component-host.ts";
import { UNKNOWN } from "../protocol/wire.ts";
import { availabilityZones } from "./availability-zones.ts";
import { Children } from "./children.ts";
import type { Child } from "./children.ts";
import { registerComponent } from "./component.ts";
import { dnsAttributes, legacyEndpointWarnings, registerEndpoint, typedEndpoints } from "./endpoints.ts";
import { checkZoneSuffixes } from "./naming.ts";
import { natKind } from "./nat.ts";
import { outputsOf } from "./vpc-outputs.ts";
import { mergeTags } from "./tags.ts";
import { readInputs, writeWire } from "./values.ts";
import type { Value } from "./values.ts";
import { readVpcArgs } from "./vpc-args.ts";
import type { VpcArgs } from "./vpc-args.ts";
import { registerSubnets } from "./vpc-network.ts";
import { vpcSubnets } from "./vpc-subnets.ts";
import type { VpcSubnets } from "./vpc-subnets.ts";

const DEFAULT_CIDR_BLOCK = "10.0.0.0/16";

/** Arguments that the VPC itself takes, besides its tags, range and DNS attributes. */
const PASSED_ON = [
  "assignGeneratedIpv6CidrBlock",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
  "ipv4IpamPoolId",
  "ipv4NetmaskLength",
  "ipv6CidrBlock",
  "ipv6CidrBlockNetworkBorderGroup",
  "ipv6IpamPoolId",
  "ipv6NetmaskLength",
  "region",
] as const;

export async function constructVpc(
  request: ConstructRequest,
  host: ComponentHost,
): Promise<ConstructResponse> {
  const args = readVpcArgs(readInputs(request.inputs, request.inputDependencies));
  checkPool(args);
  const endpoints = typedEndpoints(args);
  const dns = dnsAttributes(args, endpoints);
  if (args.availabilityZoneNames !== undefined && args.numberOfAvailabilityZones) {
    throw new ComponentError(
      "Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified",
    );
  }
  const urn = await registerComponent(request, host);
  const zones = args.availabilityZoneNames ?? (await availabilityZones(args, request, host));
  const nat = natKind(args.natStrategy, args.allocationIds.length, zones.length);
  if (args.nameTags === "AvailabilityZone") {
    checkZoneSuffixes(zones);
  }

  const children = new Children(host, request);
  const sharedTags = mergeTags({ Name: request.name }, args.tags);
  const layOut = (cidrBlock: Parameters<typeof vpcSubnets>[1]): VpcSubnets =>
    vpcSubnets(
      {
        vpcName: request.name,
        zones,
        strategy: args.subnetStrategy ?? "Legacy",
        nameTags: args.nameTags,
        specs: args.subnetSpecs,
        zoneMask: args.availabilityZoneCidrMask,
      },
      cidrBlock,
      nat,
      args.subnetStrategy !== undefined,
    );
  const cidrBlock =
    args.cidrBlock ?? (args.all["ipv4IpamPoolId"] === undefined ? DEFAULT_CIDR_BLOCK : undefined);
  // A range that is given is checked before anything of it exists.
  const early = cidrBlock ? layOut(cidrBlock) : undefined;
  const vpc = await children.register(
    "aws:ec2/vpc:Vpc",
    request.name,
    {
      ...Object.fromEntries(PASSED_ON.map((property) => [property, args.all[property]])),
      ...dns,
      cidrBlock,
      tags: sharedTags,
    },
    { parent: urn, dependsOn: [] },
  );
  const { subnets, layout, warnAboutStrategy } = early ?? layOut(vpc.output("cidrBlock"));
  if (warnAboutStrategy && layout.known) {
    await host.warn?.(urn, strategyWarning(layout.value));
  }

  const gateway = await children.register(
    "aws:ec2/internetGateway:InternetGateway",
    request.name,
    { region: args.region, tags: sharedTags, vpcId: vpc.id },
    { parent: vpc.urn, dependsOn: [vpc] },
  );
  const network = await registerSubnets(
    { name: request.name, args, zones, nat, sharedTags, vpc, gateway, subnets },
    children,
  );
  const warn = async (text: string): Promise<void> => {
    await host.warn?.(urn, text);
  };
  const vpcEndpoints: Child[] = [];
  for (const endpoint of endpoints) {
    // oxlint-disable-next-line no-await-in-loop -- registered in the order in which they are given
    await Promise.all(legacyEndpointWarnings(endpoint, args.endpointStrategy).map(warn));
    vpcEndpoints.push(
      // oxlint-disable-next-line no-await-in-loop -- as above
      await registerEndpoint(
        endpoint,
        { strategy: args.endpointStrategy, region: args.region },
        { vpc, zones, subnets: network.subnets, routeTables: network.routeTables, sharedTags },
        children,
      ),
    );
  }
  await host.registerOutputs(urn, {});
  return { urn, ...outputsOf({ vpc, gateway, ...network, vpcEndpoints, layout }) };
}

/** @throws ComponentError where a pool is to give the range, and it is not clear which */
function checkPool({ all }: VpcArgs): void {
  if (all["ipv4IpamPoolId"] === undefined) {
    return;
  }
  const { cidrBlock, ipv4NetmaskLength } = all;
  if (cidrBlock !== undefined && ipv4NetmaskLength !== undefined) {
    throw new ComponentError("Only one of 'cidrBlock', 'ipv4NetmaskLength' is allowed.");
  }
  if (cidrBlock === undefined && ipv4NetmaskLength === undefined) {
    throw new ComponentError(
      "If 'ipv4IpamPoolId' is specified, 'ipv4NetmaskLength' or 'cidrBlock' must also be specified.",
    );
  }
}

function strategyWarning(layout: Value | undefined): string {
  return (
    'The default subnetStrategy will change from "Legacy" to "Auto" in the next major version. Please specify the ' +
    'subnetStrategy explicitly. The current subnet layout can be specified via "Auto" as:\n\n' +
    JSON.stringify(writeWire(layout) ?? UNKNOWN)
  );
}
