import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { Vpc } from "@pulumi/awsx/ec2/vpc.js";
import * as pulumi from "@pulumi/pulumi";
import { resourceId } from "../core/resource-id.ts";
import { transformed } from "../core/transform.ts";
import type { NetworkContext } from "./network-context.ts";
import type { CreatedVpcPlan } from "./private-network-plan.ts";

/** What the rest of a network stands in. */
export interface VpcParts {
  readonly vpcId: pulumi.Output<string>;
  /** Subnets of instances, one a zone. */
  readonly subnetIds: pulumi.Output<readonly string[]>;
  readonly routeTableIds: pulumi.Output<readonly string[]>;
}

/**
 * Builds the VPC of the plan, or takes the existing one.
 *
 * awsx gives every VPC an internet gateway. Isolated subnets have no route to it, and private ones only through NAT.
 */
export function buildVpc(context: NetworkContext): VpcParts {
  const { vpc } = context.plan;
  return vpc.kind === "created"
    ? createVpc(context, vpc)
    : {
        vpcId: pulumi.output(vpc.vpcId),
        subnetIds: pulumi.all([...vpc.subnetIds]),
        routeTableIds: pulumi.all([...vpc.routeTableIds]),
      };
}

function createVpc(context: NetworkContext, created: CreatedVpcPlan): VpcParts {
  const { name, parent, plan, transform } = context;
  const vpc = new Vpc(
    ...transformed(
      transform.vpc,
      name,
      {
        cidrBlock: created.cidrBlock,
        availabilityZoneCidrMask: created.zoneMask,
        ...(created.zoneNames === undefined
          ? { numberOfAvailabilityZones: plan.zones }
          : { availabilityZoneNames: [...created.zoneNames] }),
        subnetStrategy: "Auto",
        subnetSpecs: created.subnets.map(({ type, cidrMask }) => ({ type, cidrMask })),
        natGateways: { strategy: created.natGateways },
        // Private names of endpoints resolve only with both.
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: plan.tags,
      },
      { parent },
    ),
  );
  // The group that AWS puts everything into that names no other lets its members talk to each other: it is emptied.
  new DefaultSecurityGroup(
    ...transformed(
      transform.defaultSecurityGroup,
      `${name}-default`,
      { vpcId: vpc.vpcId, ingress: [], egress: [], tags: plan.tags },
      { parent },
    ),
  );
  return {
    vpcId: vpc.vpcId,
    subnetIds: created.natGateways === "None" ? vpc.isolatedSubnetIds : vpc.privateSubnetIds,
    routeTableIds: vpc.routeTables.apply((tables) => pulumi.all(tables.map(resourceId))),
  };
}
