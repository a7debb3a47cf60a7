import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { currentDeployment } from "../core/common.ts";
import { arn, awsIdentity, type KnownIdentity } from "../core/identity.ts";
import type { SessionPermissions } from "../core/permissions.ts";
import { policyJson } from "../core/policy-document.ts";
import type { SessionPreferences } from "../core/session-preferences.ts";
import { transformed } from "../core/transform.ts";
import { keyPolicy } from "./key-policy.ts";
import { logBucket } from "./log-bucket.ts";
import type { SessionLoggingArgs } from "./args.ts";
import { loggingPermissions } from "./permissions.ts";
import { planSessionLogging, type SessionLoggingPlan } from "./plan.ts";

/**
 * Where the sessions of one environment are logged and what encrypts them: a KMS key, an S3 bucket and a CloudWatch log
 * group that accept nothing else, and, declared once, what everybody else needs because of them.
 *
 * The names are fixed: `alias/<namePrefix>-sessions`, `<namePrefix>-logs-<account>-<region>`, `/<namePrefix>/sessions`.
 * The bucket refuses uploads that name an encryption of their own: its default, the key, always applies.
 * Port and SSH sessions are encrypted end to end by Session Manager and never logged, whatever is set here.
 *
 * @example
 * const logging = new SessionLogging("logging", { retentionDays: 90 });
 * new SessionDocument("shell", { shell: { logging: logging.preferences } });
 */
export class SessionLogging extends pulumi.ComponentResource {
  /** The key's ARN; known once it exists. */
  readonly keyArn: pulumi.Output<string>;
  /** `alias/<namePrefix>-sessions`, known in a first preview. */
  readonly keyAlias: pulumi.Output<string>;
  /** The ARN of the alias, known in a first preview. */
  readonly keyAliasArn: pulumi.Output<string>;
  /** Undefined where `s3` is off. */
  readonly bucketName: pulumi.Output<string> | undefined;
  /** Undefined where `s3` is off. */
  readonly bucketArn: pulumi.Output<string> | undefined;
  /** Undefined where `cloudWatch` is off. */
  readonly logGroupName: pulumi.Output<string> | undefined;
  /** Undefined where `cloudWatch` is off. */
  readonly logGroupArn: pulumi.Output<string> | undefined;
  /** What instances, people, auditors and endpoints need: each consumer takes its part. */
  readonly permissions: SessionPermissions;
  /** What session documents say of all this. The key stands there as the ARN of its alias, known in a first preview. */
  readonly preferences: SessionPreferences;

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: SessionLoggingArgs = {}, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planSessionLogging(name, args, currentDeployment());
    super("bastionless:index:SessionLogging", name, {}, opts);
    const { known } = awsIdentity(this);

    const key = this.#key(name, args, plan, known);
    const alias = new Alias(
      ...transformed(
        args.transform?.alias,
        `${name}-alias`,
        { name: plan.aliasName, targetKeyId: key.keyId },
        { parent: this },
      ),
    );
    const bucket =
      plan.bucket === undefined
        ? undefined
        : logBucket(this, name, {
            plan: plan.bucket,
            tags: plan.tags,
            bucketName: known.apply((at) => bucketNameOf(plan.namePrefix, at)),
            keyArn: key.arn,
            identity: known,
            transform: args.transform ?? {},
          });
    const logGroup = this.#logGroup(name, args, plan, key);

    this.keyArn = key.arn;
    this.keyAlias = alias.name;
    this.keyAliasArn = pulumi.all([known, alias.name]).apply(([at, aliasName]) => arn(at, "kms", aliasName));
    const { destination } = plan;
    const bucketName = destination === undefined ? bucket?.bucket : pulumi.output(destination.bucketName);
    const s3KeyPrefix = (plan.bucket ?? destination)?.keyPrefix;
    this.bucketName = bucketName;
    this.bucketArn =
      bucketName && pulumi.all([known, bucketName]).apply(([at, logs]) => arn(at, "s3", logs, "global"));
    this.logGroupName = logGroup?.name;
    this.logGroupArn =
      logGroup &&
      pulumi
        .all([known, logGroup.name])
        .apply(([at, groupName]) => arn(at, "logs", `log-group:${groupName}`));
    this.permissions = loggingPermissions({
      identity: known,
      bucketName: this.bucketName,
      s3KeyPrefix,
      foreignBucketKeyArn: destination?.keyArn,
      logGroupName: this.logGroupName,
      keyArn: key.arn,
      encryptSessions: plan.encryptSessions,
    });
    this.preferences = {
      ...(this.bucketName && { s3BucketName: this.bucketName }),
      ...(s3KeyPrefix !== undefined && { s3KeyPrefix }),
      ...(this.logGroupName && { cloudWatchLogGroupName: this.logGroupName }),
      ...(plan.logGroup && { cloudWatchStreaming: plan.logGroup.streaming }),
      ...(plan.encryptSessions && { kmsKeyId: this.keyAliasArn }),
    };
    this.registerOutputs({
      keyArn: this.keyArn,
      keyAlias: this.keyAlias,
      bucketName: this.bucketName,
      logGroupName: this.logGroupName,
    });
  }

  #key(
    name: string,
    args: SessionLoggingArgs,
    plan: SessionLoggingPlan,
    known: pulumi.Output<KnownIdentity>,
  ): Key {
    const policy = known.apply((at) =>
      policyJson(
        keyPolicy(at, {
          bucketName: plan.bucket && bucketNameOf(plan.namePrefix, at),
          logGroupName: plan.logGroup?.name,
          sessions: plan.encryptSessions,
        }),
      ),
    );
    return new Key(
      ...transformed(
        args.transform?.key,
        `${name}-key`,
        {
          description: `Sessions of ${plan.namePrefix} and their logs`,
          enableKeyRotation: true,
          rotationPeriodInDays: plan.keyRotationDays,
          deletionWindowInDays: plan.keyDeletionWindowDays,
          policy,
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
  }

  #logGroup(
    name: string,
    args: SessionLoggingArgs,
    plan: SessionLoggingPlan,
    key: Key,
  ): LogGroup | undefined {
    return (
      plan.logGroup &&
      new LogGroup(
        ...transformed(
          args.transform?.logGroup,
          `${name}-log-group`,
          {
            name: plan.logGroup.name,
            retentionInDays: plan.logGroup.retentionDays,
            kmsKeyId: key.arn,
            tags: plan.tags,
          },
          { parent: this },
        ),
      )
    );
  }
}

function bucketNameOf(namePrefix: string, identity: KnownIdentity): string {
  return `${namePrefix}-logs-${identity.accountId}-${identity.region}`;
}
