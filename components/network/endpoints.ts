import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { NetworkContext } from "./network-context.ts";
import { s3EndpointStatements } from "./s3-endpoint-policy.ts";
import type { VpcParts } from "./vpc.ts";

export const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 } as const;

export interface InterfaceEndpoints {
  readonly securityGroupId: pulumi.Output<string>;
  /** By service. */
  readonly ids: Readonly<Record<string, pulumi.Output<string>>>;
}

/**
 * Builds the interface endpoints of the plan, and their group, which admits HTTPS from the group of instances only. Names
 * inside the VPC lead to them, so that SSM Agent needs no settings.
 *
 * In China, too, these services are `com.amazonaws.…`, unlike others there.
 */
export function buildInterfaceEndpoints(
  context: NetworkContext,
  vpc: VpcParts,
  instancesGroupId: pulumi.Output<string>,
): InterfaceEndpoints | undefined {
  const { identity, name, parent, plan, transform } = context;
  if (plan.interfaceEndpoints === undefined) {
    return undefined;
  }
  const { groupName, services, zones } = plan.interfaceEndpoints;
  const group = new SecurityGroup(
    ...transformed(
      transform.endpointsSecurityGroup,
      `${name}-endpoints`,
      {
        name: groupName,
        description: "Interface endpoints. Instances come in over HTTPS.",
        vpcId: vpc.vpcId,
        tags: { ...plan.tags, Name: groupName },
      },
      { parent },
    ),
  );
  new SecurityGroupIngressRule(
    ...transformed(
      transform.ingressRule,
      `${name}-endpoints-from-instances`,
      {
        ...HTTPS,
        securityGroupId: group.id,
        referencedSecurityGroupId: instancesGroupId,
        description: "HTTPS from instances",
        tags: plan.tags,
      },
      { parent },
    ),
  );
  const ids = services.map((service) => {
    const endpoint = new VpcEndpoint(
      ...transformed(
        transform.interfaceEndpoint,
        `${name}-${service}`,
        {
          vpcId: vpc.vpcId,
          serviceName: pulumi.interpolate`com.amazonaws.${identity.region}.${service}`,
          vpcEndpointType: "Interface",
          subnetIds: vpc.subnetIds.apply((all) => all.slice(0, zones)),
          securityGroupIds: [group.id],
          privateDnsEnabled: true,
          tags: { ...plan.tags, Name: `${groupName}-${service}` },
        },
        { parent },
      ),
    );
    return [service, endpoint.id] as const;
  });
  return { securityGroupId: group.id, ids: Object.fromEntries(ids) };
}

/** Builds the S3 gateway endpoint of the plan, with the policy of {@link s3EndpointStatements}. */
export function buildS3Endpoint(
  context: NetworkContext,
  vpc: VpcParts,
  logging: pulumi.Output<readonly PolicyStatement[]> | undefined,
): VpcEndpoint | undefined {
  const { identity, name, parent, plan, transform } = context;
  if (plan.s3Endpoint === undefined) {
    return undefined;
  }
  const { readableBuckets } = plan.s3Endpoint;
  const policy = pulumi
    .all([identity.partition, identity.region, logging ?? []])
    .apply(([partition, region, loggingStatements]) =>
      policyJson(s3EndpointStatements({ partition, region, loggingStatements, readableBuckets })),
    );
  return new VpcEndpoint(
    ...transformed(
      transform.s3Endpoint,
      `${name}-s3`,
      {
        vpcId: vpc.vpcId,
        serviceName: pulumi.interpolate`com.amazonaws.${identity.region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: vpc.routeTableIds.apply((ids) => [...ids]),
        policy,
        tags: { ...plan.tags, Name: plan.s3Endpoint.name },
      },
      { parent },
    ),
  );
}
