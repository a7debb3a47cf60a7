import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { getPrefixListOutput } from "@pulumi/aws/ec2/getPrefixList.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import {
  SecurityGroupEgressRule,
  type SecurityGroupEgressRuleArgs,
} from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { Vpc } from "@pulumi/awsx/ec2/vpc.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { type AwsIdentity, awsIdentity } from "../core/identity.ts";
import { policyJson } from "../core/policy-document.ts";
import type { Tags } from "../core/tags.ts";
import { type Transform, transformed } from "../core/transform.ts";
import { buildFlowLogs } from "./flow-logs.ts";
import type { PrivateNetworkArgs, PrivateNetworkTransform } from "./private-network-args.ts";
import {
  type CreatedVpcPlan,
  type ExistingVpcPlan,
  planPrivateNetwork,
  type PrivateNetworkPlan,
} from "./private-network-plan.ts";
import { s3EndpointStatements } from "./s3-endpoint-policy.ts";

/** The subnets, and what the rest is attached to. */
interface Subnets {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<readonly string[]>;
  readonly routeTableIds: pulumi.Output<readonly string[]>;
}

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 } as const;

/**
 * A network whose instances reach Systems Manager, and that nobody reaches from outside: no public address, no open
 * port, no bastion.
 *
 * Instances join by taking `instancesSecurityGroupId`: a group with no ingress, whose egress is HTTPS to the endpoints
 * and S3, or HTTPS to anywhere behind NAT. The endpoints admit that group and nothing else. DNS and time need no rule:
 * Amazon's resolver and its clock are not subject to security groups.
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Subnets for instances, one a zone, in the order of the zones. */
  readonly subnetIds: pulumi.Output<readonly string[]>;
  /** Route tables that the S3 gateway endpoint is added to. */
  readonly routeTableIds: pulumi.Output<readonly string[]>;
  /** How many zones there are. */
  readonly zones: number;
  /** The group of instances: what the endpoints admit. */
  readonly instancesSecurityGroupId: pulumi.Output<string>;
  /** The group of the interface endpoints; `undefined` where there are none. */
  readonly endpointsSecurityGroupId: pulumi.Output<string> | undefined;
  /** Ids of the interface endpoints by service, as `{ ssm: "vpce-…" }`. */
  readonly interfaceEndpointIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** The S3 gateway endpoint; `undefined` with `s3Endpoint: false`. */
  readonly s3EndpointId: pulumi.Output<string> | undefined;
  /** The log group of the flow logs; `undefined` where there are none. */
  readonly flowLogGroupName: pulumi.Output<string> | undefined;

  /** @throws pulumi.InputPropertiesError with every bad argument at once, before anything is registered below it. */
  constructor(name: string, args: PrivateNetworkArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("bastionless:network:PrivateNetwork", name, {}, opts);
    const plan = planPrivateNetwork(name, args, currentDeployment());
    const transform = args.transform ?? {};
    const identity = awsIdentity(this);

    const subnets =
      plan.vpc.kind === "created" ? buildVpc(this, name, plan.vpc, plan, transform) : existing(plan.vpc);
    this.vpcId = subnets.vpcId;
    this.subnetIds = subnets.subnetIds;
    this.routeTableIds = subnets.routeTableIds;
    this.zones = plan.zones;

    const instances = new SecurityGroup(
      ...transformed(
        transform.instancesSecurityGroup,
        `${name}-instances`,
        {
          name: plan.instancesGroupName,
          description: "Instances that Systems Manager reaches. Nothing comes in.",
          vpcId: this.vpcId,
          tags: { ...plan.tags, Name: plan.instancesGroupName },
        },
        { parent: this },
      ),
    );
    this.instancesSecurityGroupId = instances.id;

    const endpoints = this.#buildInterfaceEndpoints(name, plan, identity, transform);
    this.endpointsSecurityGroupId = endpoints?.groupId;
    this.interfaceEndpointIds = endpoints?.ids ?? {};
    const s3 = this.#buildS3Endpoint(name, args, plan, identity, transform);
    this.s3EndpointId = s3?.id;
    this.#allowHttps(name, plan, identity, s3, transform.egressRule);

    this.flowLogGroupName =
      plan.flowLogs === undefined
        ? undefined
        : buildFlowLogs({
            parent: this,
            name,
            plan: plan.flowLogs,
            vpcId: this.vpcId,
            identity,
            tags: plan.tags,
            transform,
          }).name;

    this.registerOutputs({
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
      routeTableIds: this.routeTableIds,
      zones: this.zones,
      instancesSecurityGroupId: this.instancesSecurityGroupId,
      endpointsSecurityGroupId: this.endpointsSecurityGroupId,
      interfaceEndpointIds: this.interfaceEndpointIds,
      s3EndpointId: this.s3EndpointId,
      flowLogGroupName: this.flowLogGroupName,
    });
  }

  #buildInterfaceEndpoints(
    name: string,
    plan: PrivateNetworkPlan,
    identity: AwsIdentity,
    transform: PrivateNetworkTransform,
  ):
    | { readonly groupId: pulumi.Output<string>; readonly ids: Record<string, pulumi.Output<string>> }
    | undefined {
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
          vpcId: this.vpcId,
          tags: { ...plan.tags, Name: groupName },
        },
        { parent: this },
      ),
    );
    const ingress = new SecurityGroupIngressRule(
      ...transformed(
        transform.ingressRule,
        `${name}-endpoints-from-instances`,
        {
          ...HTTPS,
          securityGroupId: group.id,
          referencedSecurityGroupId: this.instancesSecurityGroupId,
          description: "HTTPS from instances",
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    void ingress;
    this.#allowOut(`${name}-instances-to-endpoints`, plan.tags, transform.egressRule, {
      referencedSecurityGroupId: group.id,
      description: "HTTPS to interface endpoints",
    });
    const ids: Record<string, pulumi.Output<string>> = {};
    for (const service of services) {
      ids[service] = new VpcEndpoint(
        ...transformed(
          transform.interfaceEndpoint,
          `${name}-${service}`,
          {
            vpcId: this.vpcId,
            serviceName: pulumi.interpolate`com.amazonaws.${identity.region}.${service}`,
            vpcEndpointType: "Interface",
            subnetIds: this.subnetIds.apply((all) => all.slice(0, zones)),
            securityGroupIds: [group.id],
            privateDnsEnabled: true,
            tags: { ...plan.tags, Name: `${groupName}-${service}` },
          },
          { parent: this },
        ),
      ).id;
    }
    return { groupId: group.id, ids };
  }

  #buildS3Endpoint(
    name: string,
    args: PrivateNetworkArgs,
    plan: PrivateNetworkPlan,
    identity: AwsIdentity,
    transform: PrivateNetworkTransform,
  ): VpcEndpoint | undefined {
    if (plan.s3Endpoint === undefined) {
      return undefined;
    }
    const { readableBuckets } = plan.s3Endpoint;
    const policy = pulumi
      .all([identity.partition, identity.region, args.logging?.permissions.endpoints.s3Statements ?? []])
      .apply(([partition, region, loggingStatements]) =>
        policyJson(s3EndpointStatements({ partition, region, loggingStatements, readableBuckets })),
      );
    return new VpcEndpoint(
      ...transformed(
        transform.s3Endpoint,
        `${name}-s3`,
        {
          vpcId: this.vpcId,
          serviceName: pulumi.interpolate`com.amazonaws.${identity.region}.s3`,
          vpcEndpointType: "Gateway",
          routeTableIds: this.routeTableIds.apply((ids) => [...ids]),
          policy,
          tags: { ...plan.tags, Name: plan.s3Endpoint.name },
        },
        { parent: this },
      ),
    );
  }

  /** HTTPS from instances beyond the interface endpoints: to S3 only, or with NAT to anywhere. */
  #allowHttps(
    name: string,
    plan: PrivateNetworkPlan,
    identity: AwsIdentity,
    s3: VpcEndpoint | undefined,
    transform: Transform<SecurityGroupEgressRuleArgs> | undefined,
  ): void {
    if (plan.httpsEgress === "anywhere") {
      this.#allowOut(`${name}-instances-to-https`, plan.tags, transform, {
        cidrIpv4: "0.0.0.0/0",
        description: "HTTPS to anywhere, through NAT",
      });
      return;
    }
    this.#allowOut(`${name}-instances-to-s3`, plan.tags, transform, {
      prefixListId:
        s3?.prefixListId ??
        getPrefixListOutput(
          { name: pulumi.interpolate`com.amazonaws.${identity.region}.s3` },
          { parent: this },
        ).id,
      description: "HTTPS to S3, through its gateway endpoint",
    });
  }

  #allowOut(
    name: string,
    tags: Tags,
    transform: Transform<SecurityGroupEgressRuleArgs> | undefined,
    to: Partial<SecurityGroupEgressRuleArgs>,
  ): void {
    const rule = new SecurityGroupEgressRule(
      ...transformed(
        transform,
        name,
        { ...HTTPS, securityGroupId: this.instancesSecurityGroupId, ...to, tags },
        { parent: this },
      ),
    );
    void rule;
  }
}

function buildVpc(
  parent: pulumi.Resource,
  name: string,
  vpcPlan: CreatedVpcPlan,
  plan: PrivateNetworkPlan,
  transform: PrivateNetworkTransform,
): Subnets {
  const vpc = new Vpc(
    ...transformed(
      transform.vpc,
      name,
      {
        cidrBlock: vpcPlan.cidrBlock,
        availabilityZoneCidrMask: vpcPlan.zoneMask,
        ...(vpcPlan.zoneNames === undefined
          ? { numberOfAvailabilityZones: plan.zones }
          : { availabilityZoneNames: [...vpcPlan.zoneNames] }),
        subnetStrategy: "Auto",
        subnetSpecs: vpcPlan.subnets.map(({ type, cidrMask }) => ({ type, cidrMask })),
        natGateways: { strategy: vpcPlan.natGateways },
        // Private names of endpoints resolve only with both.
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: plan.tags,
      },
      { parent },
    ),
  );
  // The group that AWS puts everything into that names no other lets all members talk to each other: it is emptied.
  const unused = new DefaultSecurityGroup(
    ...transformed(
      transform.defaultSecurityGroup,
      `${name}-default`,
      { vpcId: vpc.vpcId, ingress: [], egress: [], tags: plan.tags },
      { parent },
    ),
  );
  void unused;
  return {
    vpcId: vpc.vpcId,
    subnetIds: vpcPlan.natGateways === "None" ? vpc.isolatedSubnetIds : vpc.privateSubnetIds,
    routeTableIds: vpc.routeTables.apply((tables) => pulumi.all(tables.map((table) => table.id))),
  };
}

function existing(plan: ExistingVpcPlan): Subnets {
  return {
    vpcId: pulumi.output(plan.vpcId),
    subnetIds: pulumi.all([...plan.subnetIds]),
    routeTableIds: pulumi.all([...plan.routeTableIds]),
  };
}
