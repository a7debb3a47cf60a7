import type { WireMap } from "@bastionless/offline/protocol/wire.ts";

/** What AWS charges for a kind of resource, in US dollars, without tax, in us-east-1. */
export interface Price {
  /** What is counted, in the singular: `KMS key`. */
  readonly what: string;
  /** For each of it in a month of 730 hours. Undefined where that depends on its size or use. */
  readonly monthly?: number;
  /** What is charged besides, or instead. */
  readonly use?: string;
  /** AWS's page, which counts where it says otherwise. */
  readonly source: string;
  /** How many of it one resource is. @default 1 */
  readonly count?: (inputs: WireMap) => number;
}

/** The day on which the prices were last gone through. */
export const PRICES_OF = "2026-11-21";

const PAGE = "https://aws.amazon.com";
const CLOUDWATCH = `${PAGE}/cloudwatch/pricing/`;
const EC2 = `${PAGE}/ec2/pricing/on-demand/`;
const S3 = `${PAGE}/s3/pricing/`;
const SSM = `${PAGE}/systems-manager/pricing/`;

const BUCKET: Price = {
  what: "S3 bucket",
  use: "0.023 a GB and month in S3 Standard, 0.004 in Glacier Instant Retrieval; 0.005 for 1,000 uploads",
  source: S3,
};

const INSTANCE: Price = {
  what: "instance",
  use: "by type and hour (`t4g.small` 0.0168, `t3.small` 0.0208), stopped none; root volume 0.08 a GiB and month",
  source: EC2,
};

/** Interface endpoints cost, for each of their subnets; gateway endpoints do not. */
function endpointZones(inputs: WireMap): number {
  if (inputs["vpcEndpointType"] !== "Interface") {
    return 0;
  }
  const { subnetIds } = inputs;
  return Array.isArray(subnetIds) ? subnetIds.length : 1;
}

/** Resources that cost something. */
export const PRICES: ReadonlyMap<string, Price> = new Map<string, Price>([
  [
    "aws:athena/workgroup:Workgroup",
    { what: "Athena workgroup", use: "5.00 a TB that queries scan", source: `${PAGE}/athena/pricing/` },
  ],
  [
    "aws:autoscaling/group:Group",
    { what: "fleet", use: `for each instance ${INSTANCE.use ?? ""}`, source: EC2 },
  ],
  [
    "aws:cloudtrail/trail:Trail",
    {
      what: "trail",
      use: "the first copy of management events is free, each further one 2.00 for 100,000 events",
      source: `${PAGE}/cloudtrail/pricing/`,
    },
  ],
  [
    "aws:cloudwatch/dashboard:Dashboard",
    { what: "dashboard", monthly: 3, use: "the account's first three are free", source: CLOUDWATCH },
  ],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { what: "log group", use: "0.50 a GB taken in, 0.03 a GB and month kept", source: CLOUDWATCH },
  ],
  [
    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    {
      what: "custom metric",
      monthly: 0.3,
      use: "only in hours in which something matched; the account's first ten are free",
      source: CLOUDWATCH,
    },
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { what: "alarm", monthly: 0.1, use: "the account's first ten are free", source: CLOUDWATCH },
  ],
  [
    "aws:ebs/volume:Volume",
    {
      what: "volume",
      use: "gp3: 0.08 a GiB and month, also while nothing is attached to it",
      source: `${PAGE}/ebs/pricing/`,
    },
  ],
  [
    "aws:ec2/dedicatedHost:DedicatedHost",
    {
      what: "dedicated host",
      use: "by family and hour (`mac2` 0.65, 24 hours at least), whether an instance runs on it or not",
      source: `${PAGE}/ec2/dedicated-hosts/pricing/`,
    },
  ],
  ["aws:ec2/eip:Eip", { what: "public IPv4 address", monthly: 3.65, source: `${PAGE}/vpc/pricing/` }],
  ["aws:ec2/instance:Instance", INSTANCE],
  [
    "aws:ec2/natGateway:NatGateway",
    { what: "NAT gateway", monthly: 32.85, use: "0.045 a GB", source: `${PAGE}/vpc/pricing/` },
  ],
  [
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    { what: "spot instance", use: "by type, hour and demand", source: `${PAGE}/ec2/spot/pricing/` },
  ],
  [
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    {
      what: "interface endpoint in a zone",
      monthly: 7.3,
      use: "0.01 a GB; gateway endpoints are free",
      source: `${PAGE}/privatelink/pricing/`,
      count: endpointZones,
    },
  ],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { what: "ElastiCache cluster", use: "by node type and hour", source: `${PAGE}/elasticache/pricing/` },
  ],
  [
    "aws:glue/catalogTable:CatalogTable",
    {
      what: "Glue table",
      use: "the account's first million objects are free",
      source: `${PAGE}/glue/pricing/`,
    },
  ],
  [
    "aws:kms/key:Key",
    {
      what: "KMS key",
      monthly: 1,
      use: "1.00 more for each of its first two rotations; 0.03 for 10,000 requests",
      source: `${PAGE}/kms/pricing/`,
    },
  ],
  [
    "aws:lambda/function:Function",
    {
      what: "Lambda function",
      use: "0.20 for a million calls and 0.0000167 a GB-second; a free allowance every month",
      source: `${PAGE}/lambda/pricing/`,
    },
  ],
  [
    "aws:opensearch/domain:Domain",
    {
      what: "OpenSearch domain",
      use: "by node type and hour",
      source: `${PAGE}/opensearch-service/pricing/`,
    },
  ],
  [
    "aws:rds/cluster:Cluster",
    {
      what: "Aurora cluster",
      use: "by instance type and hour, by storage and requests",
      source: `${PAGE}/rds/aurora/pricing/`,
    },
  ],
  [
    "aws:rds/clusterInstance:ClusterInstance",
    { what: "Aurora instance", use: "by instance type and hour", source: `${PAGE}/rds/aurora/pricing/` },
  ],
  [
    "aws:rds/instance:Instance",
    {
      what: "database",
      use: "by instance type and hour (PostgreSQL on `db.t4g.micro` 0.016), by storage",
      source: `${PAGE}/rds/pricing/`,
    },
  ],
  [
    "aws:redshift/cluster:Cluster",
    { what: "Redshift cluster", use: "by node type and hour", source: `${PAGE}/redshift/pricing/` },
  ],
  ["aws:s3/bucket:Bucket", BUCKET],
  ["aws:s3/bucketV2:BucketV2", BUCKET],
  [
    "aws:sns/topic:Topic",
    {
      what: "SNS topic",
      use: "0.50 for a million messages after the first million; 2.00 for 100,000 emails after the first 1,000",
      source: `${PAGE}/sns/pricing/`,
    },
  ],
  [
    "aws:sqs/queue:Queue",
    {
      what: "SQS queue",
      use: "0.40 for a million requests after the first million",
      source: `${PAGE}/sqs/pricing/`,
    },
  ],
  [
    "aws:ssm/activation:Activation",
    {
      what: "activation",
      use: "up to 1,000 machines are free in the standard tier; sessions on them need the advanced tier: 0.00695 a machine and hour, about 5.07 a month",
      source: SSM,
    },
  ],
]);

/** Resources that cost nothing themselves. */
const FREE: ReadonlySet<string> = new Set([
  "aws:athena/namedQuery:NamedQuery",
  "aws:autoscaling/schedule:Schedule",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:cloudwatch/logStream:LogStream",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  "aws:cloudwatch/queryDefinition:QueryDefinition",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  "aws:ec2/defaultRouteTable:DefaultRouteTable",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  // What it records is charged by where it goes.
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/route:Route",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/volumeAttachment:VolumeAttachment",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  "aws:glue/catalogDatabase:CatalogDatabase",
  "aws:identitystore/group:Group",
  "aws:kms/alias:Alias",
  "aws:kms/keyPolicy:KeyPolicy",
  // What it calls is charged.
  "aws:lambda/invocation:Invocation",
  "aws:lambda/permission:Permission",
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketNotification:BucketNotification",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:ssm/association:Association",
  "aws:ssm/defaultPatchBaseline:DefaultPatchBaseline",
  "aws:ssm/document:Document",
  "aws:ssm/maintenanceWindow:MaintenanceWindow",
  "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
  // In the standard tier.
  "aws:ssm/parameter:Parameter",
  "aws:ssm/patchBaseline:PatchBaseline",
  "aws:ssm/patchGroup:PatchGroup",
  "aws:ssm/serviceSetting:ServiceSetting",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
]);

/** IAM and IAM Identity Center are free as a whole. */
const FREE_SERVICES = /^aws:(?:iam|ssoadmin|identitystore|organizations)\//;

/** What a type costs; `free`; or undefined where nobody has said. */
export function priceOf(type: string): Price | "free" | undefined {
  return PRICES.get(type) ?? (FREE.has(type) || FREE_SERVICES.test(type) ? "free" : undefined);
}
