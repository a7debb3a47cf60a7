import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type * as pulumi from "@pulumi/pulumi";
import { arn, type KnownIdentity } from "../core/identity.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { FlowLogsPlan } from "./flow-logs-plan.ts";
import type { NetworkContext } from "./network-context.ts";

/** The key of the log group lets this account manage it, and CloudWatch Logs use it for this one group. */
export function flowLogsKeyStatements(
  identity: KnownIdentity,
  logGroupName: string,
): readonly PolicyStatement[] {
  return [
    {
      Sid: "AccountManagesKey",
      Effect: "Allow",
      Principal: { AWS: arn(identity, "iam", "root", "account") },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "FlowLogGroupUsesKey",
      Effect: "Allow",
      Principal: { Service: `logs.${identity.region}.${identity.dnsSuffix}` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": arn(identity, "logs", `log-group:${logGroupName}`),
        },
      },
    },
  ];
}

/**
 * Only flow logs of this account and Region may take the role.
 *
 * Source: VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs", on the confused deputy.
 */
export function flowLogsTrust(identity: KnownIdentity): readonly PolicyStatement[] {
  return [
    {
      Sid: "FlowLogsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": identity.accountId },
        ArnLike: { "aws:SourceArn": arn(identity, "ec2", "vpc-flow-log/*") },
      },
    },
  ];
}

export function flowLogsDelivery(identity: KnownIdentity, logGroupName: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "WriteFlowLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: arn(identity, "logs", `log-group:${logGroupName}:*`),
    },
    {
      // Has no resource to be limited to.
      Sid: "FindLogGroup",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: "*",
    },
  ];
}

/** Builds the flow log of a VPC, with its encrypted log group and the role that writes to it. */
export function buildFlowLogs(
  context: NetworkContext,
  flowLogs: FlowLogsPlan,
  vpcId: pulumi.Output<string>,
): LogGroup {
  const { parent, transform } = context;
  const { tags } = context.plan;
  const name = `${context.name}-flow-logs`;
  const opts = { parent };
  const identity = context.identity.known;

  const group = new LogGroup(
    ...transformed(
      transform.flowLogsGroup,
      name,
      {
        name: flowLogs.logGroupName,
        kmsKeyId: flowLogs.kmsKeyArn ?? buildKey(context, flowLogs, name),
        retentionInDays: flowLogs.retentionDays,
        tags,
      },
      opts,
    ),
  );
  const role = new Role(
    ...transformed(
      transform.flowLogsRole,
      name,
      {
        name: flowLogs.roleName,
        assumeRolePolicy: identity.apply((known) => policyJson(flowLogsTrust(known))),
        tags,
      },
      opts,
    ),
  );
  const delivery = new RolePolicy(
    ...transformed(
      transform.flowLogsRolePolicy,
      name,
      {
        name: "deliver-flow-logs",
        role: role.name,
        policy: identity.apply((known) => policyJson(flowLogsDelivery(known, flowLogs.logGroupName))),
      },
      opts,
    ),
  );
  // A flow log whose role cannot write yet stays in an error state, hence the wait for its policy.
  new FlowLog(
    ...transformed(
      transform.flowLog,
      name,
      {
        vpcId,
        trafficType: flowLogs.trafficType,
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: flowLogs.aggregationSeconds,
        tags: { ...tags, Name: flowLogs.roleName },
      },
      { ...opts, dependsOn: [delivery] },
    ),
  );
  return group;
}

function buildKey(context: NetworkContext, flowLogs: FlowLogsPlan, name: string): pulumi.Output<string> {
  const { parent, transform } = context;
  const { tags } = context.plan;
  const key = new Key(
    ...transformed(
      transform.flowLogsKey,
      name,
      {
        description: `Flow logs in ${flowLogs.logGroupName}`,
        enableKeyRotation: true,
        policy: context.identity.known.apply((known) =>
          policyJson(flowLogsKeyStatements(known, flowLogs.logGroupName)),
        ),
        tags,
      },
      { parent },
    ),
  );
  new Alias(
    ...transformed(
      transform.flowLogsAlias,
      name,
      { name: flowLogs.aliasName, targetKeyId: key.keyId },
      { parent },
    ),
  );
  return key.arn;
}
