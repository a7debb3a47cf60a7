import type { KeyArgs } from "@pulumi/aws/kms/key.js";
import type { AliasArgs } from "@pulumi/aws/kms/alias.js";
import type { LogGroupArgs } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { BucketArgs } from "@pulumi/aws/s3/bucket.js";
import type { BucketLifecycleConfigurationArgs } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import type { BucketObjectLockConfigurationArgs } from "@pulumi/aws/s3/bucketObjectLockConfiguration.js";
import type { BucketOwnershipControlsArgs } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import type { BucketPolicyArgs } from "@pulumi/aws/s3/bucketPolicy.js";
import type { BucketPublicAccessBlockArgs } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import type { BucketServerSideEncryptionConfigurationArgs } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import type { BucketVersioningArgs } from "@pulumi/aws/s3/bucketVersioning.js";
import type { Input } from "@pulumi/pulumi";
import type { CommonArgs } from "../core/common.ts";
import type { Transform } from "../core/transform.ts";

/** A storage class of S3 that is cheaper to keep logs in. */
export type ColdStorageClass = "DEEP_ARCHIVE" | "GLACIER" | "GLACIER_IR" | "ONEZONE_IA" | "STANDARD_IA";

/** One entry for each child. @default none of them is changed */
export interface SessionLoggingTransforms {
  readonly key?: Transform<KeyArgs>;
  readonly alias?: Transform<AliasArgs>;
  readonly logGroup?: Transform<LogGroupArgs>;
  readonly bucket?: Transform<BucketArgs>;
  readonly versioning?: Transform<BucketVersioningArgs>;
  readonly encryption?: Transform<BucketServerSideEncryptionConfigurationArgs>;
  readonly publicAccessBlock?: Transform<BucketPublicAccessBlockArgs>;
  readonly ownership?: Transform<BucketOwnershipControlsArgs>;
  readonly bucketPolicy?: Transform<BucketPolicyArgs>;
  readonly lifecycle?: Transform<BucketLifecycleConfigurationArgs>;
  readonly objectLock?: Transform<BucketObjectLockConfigurationArgs>;
}

/** A bucket for logs that is there already, in this account or, most of all, in one for logs: see `SessionLogArchive`. */
export interface LogDestination {
  /** Without dots in its name. Its policy must let the instances of this account write. */
  readonly bucketName: Input<string>;
  /** The key that the bucket encrypts with, as ARN. Its policy must let the instances of this account use it. */
  readonly keyArn: Input<string>;
}

export interface SessionLoggingArgs extends CommonArgs {
  /**
   * Log sessions to an S3 bucket. At least one of `s3` and `cloudWatch` must be on.
   * @default true
   */
  readonly s3?: boolean;
  /**
   * Log sessions to a bucket that is there already, and make none: what becomes of its logs is its owner's to say, and so
   * `coldStorageDays`, `coldStorageClass`, `expirationDays`, the lock and `forceDestroy` have no place beside it. An
   * archive of `SessionLogArchive` takes logs in a folder named after the account: set `s3KeyPrefix` to it.
   * @default a bucket of its own
   */
  readonly destination?: LogDestination;
  /**
   * Log sessions to a CloudWatch log group.
   * @default true
   */
  readonly cloudWatch?: boolean;
  /**
   * Encrypt sessions from end to end with the key, beside TLS: whoever starts one needs `kms:GenerateDataKey` on it,
   * the instance `kms:Decrypt`. Needs agent 2.3.539.0.
   * @default true
   */
  readonly encryptSessions?: boolean;
  /**
   * The prefix of the logs in the bucket: letters, digits and `!_.*'()-`, in folders, no slash at either end.
   * @default none
   */
  readonly s3KeyPrefix?: string;
  /**
   * Days until a log moves to colder storage; 0: never.
   * @default 90, or never where `expirationDays` comes first
   */
  readonly coldStorageDays?: number;
  /**
   * The colder storage. `GLACIER` and `DEEP_ARCHIVE` must be restored before they are read.
   * @default "GLACIER_IR"
   */
  readonly coldStorageClass?: ColdStorageClass;
  /**
   * Days until a log in S3 expires; 0: never. As the bucket is versioned, what expires or is deleted stays recoverable
   * for 30 days more.
   * @default 365, or as long as `objectLockDays`
   */
  readonly expirationDays?: number;
  /**
   * Days for which no log in S3 can be deleted or overwritten, 1 to 36500. Can be switched on only with the bucket.
   * @default none
   */
  readonly objectLockDays?: number;
  /**
   * Who may lift the lock: in `GOVERNANCE` those with `s3:BypassGovernanceRetention`, in `COMPLIANCE` nobody, not even
   * the account's root.
   * @default "GOVERNANCE"
   */
  readonly objectLockMode?: "GOVERNANCE" | "COMPLIANCE";
  /**
   * Days that CloudWatch keeps logs, one of the values it accepts; 0: for ever.
   * @default 365
   */
  readonly retentionDays?: number;
  /**
   * Send a session's log to CloudWatch while it runs, and not only when it ends. Needs agent 3.0.284.0.
   * @default true
   */
  readonly streaming?: boolean;
  /**
   * Days between rotations of the key, 90 to 2560.
   * @default 365
   */
  readonly keyRotationDays?: number;
  /**
   * Days that a deleted key can still be recovered, 7 to 30.
   * @default 30
   */
  readonly keyDeletionWindowDays?: number;
  /**
   * Let `pulumi destroy` delete a bucket that still holds logs.
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Changes to single children: an object laid over their arguments, or a function.
   * @default none
   */
  readonly transform?: SessionLoggingTransforms;
}
