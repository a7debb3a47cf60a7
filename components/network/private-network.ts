import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { awsIdentity } from "../core/identity.ts";
import { buildInterfaceEndpoints, buildS3Endpoint } from "./endpoints.ts";
import { buildFlowLogs } from "./flow-logs.ts";
import { buildInstancesEgress, buildInstancesGroup } from "./instances-group.ts";
import type { NetworkContext } from "./network-context.ts";
import type { PrivateNetworkArgs } from "./private-network-args.ts";
import { planPrivateNetwork } from "./private-network-plan.ts";
import { buildVpc } from "./vpc.ts";

/**
 * A network whose instances reach Systems Manager, and that nobody reaches from outside: no public address, no open
 * port, no bastion.
 *
 * Instances join by taking `instancesSecurityGroupId`: a group with no ingress, whose egress is HTTPS to the endpoints
 * and S3, or HTTPS to anywhere behind NAT. The endpoints admit that group and nothing else. DNS and time need no rule:
 * Amazon's resolver and its clock are not subject to security groups.
 *
 * @example
 * const network = new PrivateNetwork("network", { zones: 3, endpointZones: 1, logging });
 * const added = new PrivateNetwork("added", { vpcId, subnetIds: [one, two], routeTableIds: [table], logging });
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Subnets for instances, one a zone, in the order of the zones. */
  readonly subnetIds: pulumi.Output<readonly string[]>;
  /** Route tables that the S3 gateway endpoint is added to. */
  readonly routeTableIds: pulumi.Output<readonly string[]>;
  /** How many zones there are. */
  readonly zones: number;
  /** Where instances reach HTTPS beside the endpoints: `s3` alone, or `anywhere`, through NAT. */
  readonly httpsEgress: "anywhere" | "s3";
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

  /** @throws pulumi.InputPropertiesError with every bad argument at once, before anything is registered. */
  constructor(name: string, args: PrivateNetworkArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const plan = planPrivateNetwork(name, args, currentDeployment());
    super("bastionless:index:PrivateNetwork", name, {}, opts);
    const context: NetworkContext = {
      parent: this,
      name,
      plan,
      identity: awsIdentity(this),
      transform: args.transform ?? {},
    };
    const vpc = buildVpc(context);
    const instances = buildInstancesGroup(context, vpc.vpcId);
    const endpoints = buildInterfaceEndpoints(context, vpc, instances.id);
    const s3 = buildS3Endpoint(context, vpc, args.logging?.permissions.endpoints.s3Statements);
    buildInstancesEgress(context, instances.id, endpoints?.securityGroupId, s3);
    const flowLogs =
      plan.flowLogs === undefined ? undefined : buildFlowLogs(context, plan.flowLogs, vpc.vpcId);

    this.vpcId = vpc.vpcId;
    this.subnetIds = vpc.subnetIds;
    this.routeTableIds = vpc.routeTableIds;
    this.zones = plan.zones;
    this.httpsEgress = plan.httpsEgress;
    this.instancesSecurityGroupId = instances.id;
    this.endpointsSecurityGroupId = endpoints?.securityGroupId;
    this.interfaceEndpointIds = endpoints?.ids ?? {};
    this.s3EndpointId = s3?.id;
    this.flowLogGroupName = flowLogs?.name;
    this.registerOutputs({
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
      routeTableIds: this.routeTableIds,
      zones: this.zones,
      httpsEgress: this.httpsEgress,
      instancesSecurityGroupId: this.instancesSecurityGroupId,
      endpointsSecurityGroupId: this.endpointsSecurityGroupId,
      interfaceEndpointIds: this.interfaceEndpointIds,
      s3EndpointId: this.s3EndpointId,
      flowLogGroupName: this.flowLogGroupName,
    });
  }
}
