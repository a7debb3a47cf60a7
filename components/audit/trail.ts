import { Trail } from "@pulumi/aws/cloudtrail/trail.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { arn } from "../core/identity.ts";
import { policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { AuditContext } from "./audit-context.ts";
import { trailBucketPolicy } from "./bucket-policies.ts";
import { buildClosedBucket } from "../logging/closed-bucket.ts";
import { trailArn, trailBucketName, trailLogGroupName, trailName, trailRoleName } from "./names.ts";
import type { TrailPlan } from "./plan.ts";

/** What the rest of the audit reads of a trail. */
export interface TrailFacts {
  readonly trailArn: pulumi.Output<string> | undefined;
  readonly bucketName: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string> | undefined;
}

/** A trail of all Regions with validated files, its bucket, and its log group. */
export function buildTrail(
  context: AuditContext,
  own: Extract<TrailPlan, { readonly kind: "own" }>,
): TrailFacts {
  const { parent, name, plan, known, keyArn, transform } = context;
  const { namePrefix } = plan;
  const bucketName = known.apply((at) => trailBucketName(namePrefix, at));
  const { bucket, policy } = buildClosedBucket(parent, `${name}-trail-bucket`, {
    bucketName,
    keyArn,
    policy: known.apply((at) =>
      policyJson(trailBucketPolicy(at, trailBucketName(namePrefix, at), namePrefix)),
    ),
    plan: {
      coldStorage: undefined,
      expirationDays: own.expirationDays,
      objectLock: own.objectLock,
      forceDestroy: plan.forceDestroy,
    },
    tags: plan.tags,
    transform,
  });
  const delivery = own.logGroup ? buildDelivery(context) : undefined;
  const trail = new Trail(
    ...transformed(
      transform.trail,
      `${name}-trail`,
      {
        name: trailName(namePrefix),
        s3BucketName: bucket.bucket,
        kmsKeyId: keyArn,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        enableLogging: true,
        ...(delivery && {
          cloudWatchLogsGroupArn: pulumi.interpolate`${delivery.logGroup.arn}:*`,
          cloudWatchLogsRoleArn: delivery.role.arn,
        }),
        tags: plan.tags,
      },
      // CloudTrail tries both when the trail is made, and refuses it where it may not write.
      { parent, dependsOn: [policy, ...(delivery ? [delivery.policy] : [])] },
    ),
  );
  return { trailArn: trail.arn, bucketName: bucket.bucket, logGroupName: delivery?.logGroup.name };
}

function buildDelivery(context: AuditContext): { logGroup: LogGroup; role: Role; policy: RolePolicy } {
  const { parent, name, plan, known, keyArn, transform } = context;
  const groupName = trailLogGroupName(plan.namePrefix);
  const logGroup = new LogGroup(
    ...transformed(
      transform.logGroup,
      `${name}-trail-log-group`,
      { name: groupName, retentionInDays: plan.retentionDays, kmsKeyId: keyArn, tags: plan.tags },
      { parent },
    ),
  );
  const role = new Role(
    ...transformed(
      transform.trailRole,
      `${name}-trail-role`,
      {
        name: trailRoleName(plan.namePrefix),
        description: `CloudTrail writes the trail of ${plan.namePrefix} to its log group`,
        assumeRolePolicy: known.apply((at) =>
          policyJson([
            {
              Sid: "CloudTrail",
              Effect: "Allow",
              Principal: { Service: "cloudtrail.amazonaws.com" },
              Action: "sts:AssumeRole",
              Condition: {
                StringEquals: {
                  "aws:SourceAccount": at.accountId,
                  "aws:SourceArn": trailArn(plan.namePrefix, at),
                },
              },
            },
          ]),
        ),
        tags: plan.tags,
      },
      { parent },
    ),
  );
  const policy = new RolePolicy(
    ...transformed(
      transform.trailRolePolicy,
      `${name}-trail-role-policy`,
      {
        name: "write-trail",
        role: role.name,
        policy: known.apply((at) =>
          policyJson([
            {
              Sid: "WriteTrail",
              Effect: "Allow",
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: arn(at, "logs", `log-group:${groupName}:log-stream:${at.accountId}_CloudTrail_*`),
            },
          ]),
        ),
      },
      { parent },
    ),
  );
  return { logGroup, role, policy };
}
