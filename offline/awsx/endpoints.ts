import { ComponentError } from "../protocol/component-error.ts";
import type { Child, Children } from "./children.ts";
import { isType } from "./subnet-spec.ts";
import { mergeTags } from "./tags.ts";
import type { Computed, Value, ValueMap } from "./values.ts";
import type { EndpointSpec, EndpointStrategy, VpcArgs } from "./vpc-args.ts";

export interface TypedEndpoint extends EndpointSpec {
  /** In lower case; undefined where it is an output. */
  readonly type: string | undefined;
}

/** What an endpoint of the Auto strategy takes from the VPC it is in. */
export interface EndpointSurroundings {
  readonly vpc: Child;
  readonly zones: readonly string[];
  readonly subnets: readonly { readonly child: Child; readonly type: string; readonly zone: string }[];
  readonly routeTables: readonly Child[];
  readonly sharedTags: Value;
}

/** Types in which one subnet of each zone is looked for, the first choice first. */
const SUBNET_PREFERENCE = ["private", "isolated", "public"] as const;
const IPV6_ADDRESS_TYPES: ReadonlySet<string> = new Set(["ipv6", "dualstack"]);

/** @throws ComponentError where the Auto strategy would need to know a type that is an output */
export function typedEndpoints({ endpoints, endpointStrategy }: VpcArgs): readonly TypedEndpoint[] {
  return endpoints.map((endpoint) => {
    const given = endpoint.properties["vpcEndpointType"];
    const type =
      given === undefined ? "gateway" : typeof given === "string" ? given.toLowerCase() : undefined;
    if (endpointStrategy === "Auto" && type === undefined) {
      throw new ComponentError(
        `vpcEndpointStrategy "Auto" requires vpcEndpointType for endpoint "${endpoint.serviceName}" to be omitted or a plain string. Use vpcEndpointStrategy "Legacy" for dynamic endpoint types.`,
      );
    }
    return { ...endpoint, type };
  });
}

/**
 * The VPC's DNS attributes: on by default where an endpoint of the Auto strategy needs them for its private DNS.
 *
 * @throws ComponentError where they are switched off although one needs them
 */
export function dnsAttributes(args: VpcArgs, endpoints: readonly TypedEndpoint[]): ValueMap {
  const { enableDnsHostnames, enableDnsSupport } = args.all;
  const privateDns = endpoints.some(
    ({ type, properties }) => type === "interface" && (properties["privateDnsEnabled"] ?? true) === true,
  );
  if (args.endpointStrategy !== "Auto" || !privateDns) {
    return { enableDnsHostnames, enableDnsSupport };
  }
  for (const [name, value] of Object.entries({ enableDnsHostnames, enableDnsSupport })) {
    if (value === false) {
      throw new ComponentError(
        `vpcEndpointStrategy "Auto" requires ${name} to be true when Interface endpoint private DNS is enabled.`,
      );
    }
  }
  return { enableDnsHostnames: enableDnsHostnames ?? true, enableDnsSupport: enableDnsSupport ?? true };
}

/** What the Legacy strategy warns about: an endpoint that nothing in the VPC could use. The Auto strategy: nothing. */
export function legacyEndpointWarnings(
  { type, serviceName, properties }: TypedEndpoint,
  strategy: EndpointStrategy,
): readonly string[] {
  if (strategy !== "Legacy") {
    return [];
  }
  const warnings: string[] = [];
  if (
    type === "interface" &&
    properties["subnetIds"] === undefined &&
    properties["subnetConfigurations"] === undefined
  ) {
    warnings.push(
      `VPC endpoint "${serviceName}" is an Interface endpoint without subnetIds or subnetConfigurations. Specify vpcEndpointStrategy: "Auto" to use generated VPC subnets.`,
    );
  }
  if (type === "gateway" && properties["routeTableIds"] === undefined) {
    warnings.push(
      `VPC endpoint "${serviceName}" is a Gateway endpoint without routeTableIds. Specify vpcEndpointStrategy: "Auto" to use generated VPC route tables.`,
    );
  }
  return warnings;
}

export async function registerEndpoint(
  endpoint: TypedEndpoint,
  args: { readonly strategy: EndpointStrategy; readonly region: Value | undefined },
  surroundings: EndpointSurroundings,
  children: Children,
): Promise<Child> {
  const { properties, serviceName, type } = endpoint;
  const { vpc, routeTables, sharedTags } = surroundings;
  const region = properties["region"] ?? args.region;
  const autoInterface = args.strategy === "Auto" && type === "interface";
  const autoGateway = args.strategy === "Auto" && type === "gateway";
  let { subnetIds, privateDnsEnabled, securityGroupIds, routeTableIds } = properties;
  if (autoInterface && subnetIds === undefined && properties["subnetConfigurations"] === undefined) {
    subnetIds = oneSubnetOfEachZone(surroundings);
  }
  if (autoInterface && privateDnsEnabled === undefined) {
    privateDnsEnabled = true;
  }
  if (autoInterface && securityGroupIds === undefined) {
    securityGroupIds = [await registerSecurityGroup(endpoint, region, surroundings, children)];
  }
  if (autoGateway && routeTableIds === undefined) {
    routeTableIds = routeTables.map(({ id }) => id);
  }
  return children.register(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    serviceName,
    {
      autoAccept: properties["autoAccept"],
      dnsOptions: properties["dnsOptions"],
      ipAddressType: properties["ipAddressType"],
      policy: properties["policy"],
      privateDnsEnabled,
      region,
      resourceConfigurationArn: properties["resourceConfigurationArn"],
      routeTableIds,
      securityGroupIds,
      serviceName,
      serviceNetworkArn: properties["serviceNetworkArn"],
      serviceRegion: properties["serviceRegion"],
      subnetConfigurations: properties["subnetConfigurations"],
      subnetIds,
      tags: mergeTags(sharedTags, properties["tags"]),
      vpcEndpointType: properties["vpcEndpointType"],
      vpcId: vpc.id,
    },
    { parent: vpc.urn, dependsOn: [vpc] },
  );
}

function oneSubnetOfEachZone({ zones, subnets }: EndpointSurroundings): readonly Value[] {
  return zones.flatMap((zone) => {
    const ofZone = subnets.filter((subnet) => subnet.zone === zone);
    const chosen = SUBNET_PREFERENCE.map((type) => ofZone.find((subnet) => isType(subnet, type)));
    return chosen
      .filter((subnet) => subnet !== undefined)
      .slice(0, 1)
      .map(({ child }) => child.id);
  });
}

async function registerSecurityGroup(
  { serviceName, properties }: TypedEndpoint,
  region: Value | undefined,
  { vpc, sharedTags }: EndpointSurroundings,
  children: Children,
): Promise<Computed> {
  const group = await children.register(
    "aws:ec2/securityGroup:SecurityGroup",
    `${serviceName}-sg`,
    // The description is what the AWS package's own SDK fills in.
    {
      description: "Managed by Pulumi",
      region,
      tags: mergeTags(sharedTags, properties["tags"]),
      vpcId: vpc.id,
    },
    { parent: vpc.urn, dependsOn: [vpc] },
  );
  const addressType = properties["ipAddressType"];
  const ipv6 = typeof addressType === "string" && IPV6_ADDRESS_TYPES.has(addressType.toLowerCase());
  await children.register(
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    `${serviceName}-ingress`,
    {
      cidrBlocks: [vpc.output("cidrBlock")],
      fromPort: 443,
      ipv6CidrBlocks: ipv6 ? [vpc.output("ipv6CidrBlock")] : undefined,
      protocol: "tcp",
      region,
      securityGroupId: group.id,
      toPort: 443,
      type: "ingress",
    },
    { parent: vpc.urn, dependsOn: [group] },
  );
  return group.id;
}
