import type { DefaultSecurityGroupArgs } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import type { FlowLogArgs } from "@pulumi/aws/ec2/flowLog.js";
import type { SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup.js";
import type { VpcEndpointArgs } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type { LogGroupArgs } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { RoleArgs } from "@pulumi/aws/iam/role.js";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import type { AliasArgs } from "@pulumi/aws/kms/alias.js";
import type { KeyArgs } from "@pulumi/aws/kms/key.js";
import type { SecurityGroupEgressRuleArgs } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { VpcArgs } from "@pulumi/awsx/ec2/vpc.js";
import type { Input } from "@pulumi/pulumi";
import type { CommonArgs } from "../core/common.ts";
import type { LoggingSource } from "../core/permissions.ts";
import type { Transform } from "../core/transform.ts";

/** How instances reach Systems Manager, and whether they reach anything else. */
export type Egress = "endpoints" | "nat" | "nat-per-zone";

/**
 * Arguments of {@link PrivateNetwork}.
 *
 * What decides which resources are built is plain; everything else may be an output. Prices are those of us-east-1,
 * in US dollars, without tax.
 */
export interface PrivateNetworkArgs extends CommonArgs {
  /**
   * How instances get out.
   *
   * - `endpoints`: isolated subnets, no route to the internet; interface endpoints carry Systems Manager. About 7.30 a
   *   month for each endpoint in each of `endpointZones`, and 0.01 a GB.
   * - `nat`: private subnets behind one NAT gateway, in the first zone. About 37 a month with its address, and 0.045 a GB. Its
   *   zone failing cuts off all.
   * - `nat-per-zone`: one NAT gateway a zone. About 37 a month for each zone.
   *
   * With `vpcId`, only `endpoints`: a way out of an existing VPC is its owner's.
   *
   * @default "endpoints"
   */
  readonly egress?: Egress;
  /**
   * Availability zones to spread subnets over: 1 to 3. Room for a fourth is always kept, so that changing this does not
   * renumber the subnets of the other zones. Subnets are free; what stands in them is not.
   *
   * Excludes `availabilityZones` and `vpcId`.
   *
   * @default 2
   */
  readonly zones?: number;
  /**
   * The zones by name, as `["eu-west-1a", "eu-west-1c"]`: 1 to 3, all different. For a Region with a zone that an
   * endpoint's service or an instance type does not have.
   *
   * Excludes `zones` and `vpcId`.
   *
   * @default the first `zones` of the Region
   */
  readonly availabilityZones?: readonly string[];
  /**
   * Addresses of the VPC, from /16 to /24, in a private range. Each zone gets a quarter.
   *
   * Excludes `vpcId`.
   *
   * @default "10.0.0.0/16"
   */
  readonly cidrBlock?: string;
  /**
   * An existing VPC to add endpoints to, instead of a new one. It must have DNS support and DNS hostnames on, or private
   * names do not resolve to the endpoints. Needs `subnetIds`.
   *
   * @default a new VPC
   */
  readonly vpcId?: Input<string>;
  /**
   * Subnets of the existing VPC that instances stand in: 1 to 3, each in another zone. The first `endpointZones` of them
   * get the interface endpoints. Needs `vpcId`.
   *
   * A plain list, as its length decides what is built; of an output that holds a list, take `[ids[0], ids[1]]`.
   */
  readonly subnetIds?: readonly Input<string>[];
  /**
   * Route tables of those subnets, which the S3 gateway endpoint is added to: 1 to 10, no duplicates. Needs `vpcId`.
   * Required with it, unless `s3Endpoint` is `false`.
   */
  readonly routeTableIds?: readonly Input<string>[];
  /**
   * In how many of the zones interface endpoints stand: 1 up to the number of zones. Fewer cost less; instances of other
   * zones then reach them across zones, at 0.01 a GB each way, and lose them with that zone.
   *
   * Only with `egress: "endpoints"`.
   *
   * @default every zone
   */
  readonly endpointZones?: number;
  /**
   * Whether to build the `ec2messages` endpoint, which SSM Agent needs before version 3.3.40.0. Regions launched in
   * 2024 or later do not have it. About 7.30 a month for each of `endpointZones`.
   *
   * Only with `egress: "endpoints"`.
   *
   * @default false
   */
  readonly ec2Messages?: boolean;
  /**
   * Further interface endpoints, by the service's name in `com.amazonaws.<region>.<service>`, as `["secretsmanager"]`.
   * About 7.30 a month for each in each of `endpointZones`.
   *
   * Only with `egress: "endpoints"`.
   *
   * @default none
   */
  readonly additionalEndpoints?: readonly string[];
  /**
   * Whether to build the S3 gateway endpoint. It is free. Its policy admits the agent's buckets, package repositories,
   * the log bucket and `readableBuckets`, no more, and it takes all traffic to S3 in the Region, also where there is a
   * NAT gateway.
   *
   * `false` only with NAT, or with `vpcId` where the VPC has one already: then its policy is its owner's.
   *
   * @default true
   */
  readonly s3Endpoint?: boolean;
  /**
   * Names of further S3 buckets in the Region that instances may list and read through the gateway endpoint. Whether
   * they may is then decided by their roles and the bucket's policy.
   *
   * @default none
   */
  readonly readableBuckets?: readonly string[];
  /**
   * The environment's `SessionLogging`: it says which endpoints logging needs (`kms`, `logs`), and what the S3 endpoint
   * must let through to the log bucket.
   *
   * @default no logging: `ssm` and `ssmmessages` only
   */
  readonly logging?: LoggingSource;
  /**
   * Records the VPC's traffic in a log group, encrypted with a KMS key. CloudWatch takes about 0.50 for each GB recorded
   * and 0.03 a month for each GB kept; a key of its own costs 1.00 a month. `{}` takes every default.
   *
   * @default none
   */
  readonly flowLogs?: FlowLogsArgs;
  /**
   * Changes to children that the arguments here do not offer.
   *
   * @default none
   */
  readonly transform?: PrivateNetworkTransform;
}

export interface FlowLogsArgs {
  /**
   * What is recorded: `ALL`, `ACCEPT` (what security groups and network ACLs let pass) or `REJECT`.
   *
   * @default "ALL"
   */
  readonly trafficType?: "ACCEPT" | "ALL" | "REJECT";
  /**
   * Days that records are kept: a number that CloudWatch Logs accepts (1, 3, 5, 7, 14, 30, 60, 90, … 3653).
   *
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * Seconds of traffic in one record: 60 or 600. 60 makes up to ten times as many records.
   *
   * @default 600
   */
  readonly aggregationSeconds?: 60 | 600;
  /**
   * ARN of an existing KMS key for the log group. Its policy must let CloudWatch Logs use it for this log group.
   *
   * @default a key of its own, which rotates every year
   */
  readonly kmsKeyArn?: Input<string>;
}

/** One entry per kind of child; `interfaceEndpoint`, `ingressRule` and `egressRule` apply to each of theirs. */
export interface PrivateNetworkTransform {
  readonly vpc?: Transform<VpcArgs>;
  readonly defaultSecurityGroup?: Transform<DefaultSecurityGroupArgs>;
  readonly instancesSecurityGroup?: Transform<SecurityGroupArgs>;
  readonly endpointsSecurityGroup?: Transform<SecurityGroupArgs>;
  readonly ingressRule?: Transform<SecurityGroupIngressRuleArgs>;
  readonly egressRule?: Transform<SecurityGroupEgressRuleArgs>;
  readonly interfaceEndpoint?: Transform<VpcEndpointArgs>;
  readonly s3Endpoint?: Transform<VpcEndpointArgs>;
  readonly flowLogsKey?: Transform<KeyArgs>;
  readonly flowLogsAlias?: Transform<AliasArgs>;
  readonly flowLogsGroup?: Transform<LogGroupArgs>;
  readonly flowLogsRole?: Transform<RoleArgs>;
  readonly flowLogsRolePolicy?: Transform<RolePolicyArgs>;
  readonly flowLog?: Transform<FlowLogArgs>;
}
