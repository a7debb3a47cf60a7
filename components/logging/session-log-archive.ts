import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { arn, awsIdentity } from "../core/identity.ts";
import { policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { SessionLogArchiveArgs } from "./archive-args.ts";
import { planSessionLogArchive } from "./archive-plan.ts";
import { archiveBucketPolicy, archiveKeyPolicy } from "./archive-policies.ts";
import type { LogDestination } from "./args.ts";
import { logBucket } from "./log-bucket.ts";

/**
 * Where the machines of other accounts keep the logs of their sessions: a bucket and a key in an account for logs, that they
 * write to and cannot read, change or delete. `SessionLogging` of each account takes it as its `destination`, with the
 * account's id as `s3KeyPrefix`; the log group stays with the machines.
 *
 * Every account writes into the folder that is named after it, and into no other. The key is used through S3 alone.
 *
 * A month: 1 USD for the key, and S3's storage, about 0.023 USD a GB, 0.004 in `GLACIER_IR`. The names are fixed:
 * `<namePrefix>-logs-<account>-<region>`, `alias/<namePrefix>-session-archive`.
 *
 * @example
 * const archive = new SessionLogArchive("archive", { accountIds: ["111122223333"] }, { provider: logArchive });
 * new SessionLogging("logging", { destination: archive.destination, s3KeyPrefix: "111122223333" });
 */
export class SessionLogArchive extends pulumi.ComponentResource {
  /** Known in a first preview. */
  readonly bucketName: pulumi.Output<string>;
  /** Known in a first preview. */
  readonly bucketArn: pulumi.Output<string>;
  /** Known once the key exists. */
  readonly keyArn: pulumi.Output<string>;
  /** What `SessionLogging` of the other accounts takes. */
  readonly destination: LogDestination;

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: SessionLogArchiveArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planSessionLogArchive(name, args, currentDeployment());
    super("bastionless:index:SessionLogArchive", name, {}, opts);
    const { known } = awsIdentity(this);
    const transform = args.transform ?? {};
    const bucketName = known.apply((at) => `${plan.namePrefix}-logs-${at.accountId}-${at.region}`);
    const named = pulumi.all([known, bucketName]);
    const key = new Key(
      ...transformed(
        transform.key,
        `${name}-key`,
        {
          description: `Logs of sessions in the archive of ${plan.namePrefix}`,
          enableKeyRotation: true,
          rotationPeriodInDays: plan.keyRotationDays,
          deletionWindowInDays: plan.keyDeletionWindowDays,
          policy: named.apply(([at, logs]) => policyJson(archiveKeyPolicy(at, logs, plan))),
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    new Alias(
      ...transformed(
        transform.alias,
        `${name}-alias`,
        { name: plan.aliasName, targetKeyId: key.keyId },
        { parent: this },
      ),
    );
    const bucket = logBucket(this, name, {
      plan: plan.bucket,
      tags: plan.tags,
      bucketName,
      keyArn: key.arn,
      identity: known,
      policy: (at, logs) => archiveBucketPolicy(at, logs, plan),
      transform,
    });
    this.bucketName = bucket.bucket;
    this.bucketArn = pulumi.all([known, bucket.bucket]).apply(([at, logs]) => arn(at, "s3", logs, "global"));
    this.keyArn = key.arn;
    this.destination = { bucketName: this.bucketName, keyArn: this.keyArn };
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      keyArn: this.keyArn,
    });
  }
}
