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
import { matching, oneOf, wholeNumber } from "../core/checks.ts";
import { type CommonArgs, type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { nameOf } from "../core/names.ts";
import type { Problems } from "../core/problems.ts";
import type { Transform } from "../core/transform.ts";

/**
 * Retentions that CloudWatch Logs takes, in days; 0 keeps logs for ever.
 * Source: CloudWatch Logs API Reference, PutRetentionPolicy.
 */
export const RETENTION_DAYS: readonly number[] = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Storage classes a log can move to, with the days S3 makes one wait before. Source: S3 User Guide, lifecycle. */
const COLD_STORAGE = {
  STANDARD_IA: 30,
  ONEZONE_IA: 30,
  GLACIER_IR: 0,
  GLACIER: 0,
  DEEP_ARCHIVE: 0,
} as const;

export type ColdStorageClass = keyof typeof COLD_STORAGE;

const COLD_STORAGE_CLASSES: readonly ColdStorageClass[] = [
  "STANDARD_IA",
  "ONEZONE_IA",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
];

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

export interface SessionLoggingArgs extends CommonArgs {
  /**
   * Log sessions to an S3 bucket. At least one of `s3` and `cloudWatch` must be on.
   * @default true
   */
  readonly s3?: boolean;
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
  /** Changes to single children: an object laid over their arguments, or a function. */
  readonly transform?: SessionLoggingTransforms;
}

export interface BucketPlan {
  readonly keyPrefix: string | undefined;
  readonly coldStorage: { readonly days: number; readonly storageClass: ColdStorageClass } | undefined;
  /** Undefined: logs never expire. */
  readonly expirationDays: number | undefined;
  readonly objectLock: { readonly days: number; readonly mode: "GOVERNANCE" | "COMPLIANCE" } | undefined;
  readonly forceDestroy: boolean;
}

export interface LogGroupPlan {
  readonly name: string;
  readonly retentionDays: number;
  readonly streaming: boolean;
}

export interface SessionLoggingPlan extends CommonPlan {
  readonly aliasName: string;
  readonly keyRotationDays: number;
  readonly keyDeletionWindowDays: number;
  readonly encryptSessions: boolean;
  readonly bucket: BucketPlan | undefined;
  readonly logGroup: LogGroupPlan | undefined;
}

const KEY_PREFIX = /^[\w!.*'()-]+(?:\/[\w!.*'()-]+)*$/;

const MAXIMUM_DAYS = 36_500;

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionLogging(
  name: string,
  args: SessionLoggingArgs,
  deployment: Deployment,
): SessionLoggingPlan {
  const problems = problemsOf("SessionLogging", name);
  const common = planCommon(problems, args, deployment);
  const s3 = args.s3 ?? true;
  const cloudWatch = args.cloudWatch ?? true;
  if (!s3 && !cloudWatch) {
    problems.add("cloudWatch", false, {
      expected: "at least one of `s3` and `cloudWatch`",
      remedy: "switch one on: sessions that nobody logs are what this component prevents",
    });
  }
  problems.check("keyRotationDays", args.keyRotationDays, wholeNumber(90, 2560, "days"));
  problems.check("keyDeletionWindowDays", args.keyDeletionWindowDays, wholeNumber(7, 30, "days"));
  const aliasName = `alias/${common.namePrefix}-sessions`;
  problems.check("namePrefix", aliasName, nameOf("kmsAlias"));
  const plan: SessionLoggingPlan = {
    ...common,
    aliasName,
    keyRotationDays: args.keyRotationDays ?? 365,
    keyDeletionWindowDays: args.keyDeletionWindowDays ?? 30,
    encryptSessions: args.encryptSessions ?? true,
    bucket: planBucket(problems, args, s3),
    logGroup: planLogGroup(problems, args, cloudWatch, common.namePrefix),
  };
  problems.throwIfAny();
  return plan;
}

function planBucket(problems: Problems, args: SessionLoggingArgs, on: boolean): BucketPlan | undefined {
  if (!on) {
    refuse(problems, args, "s3", [
      "s3KeyPrefix",
      "coldStorageDays",
      "coldStorageClass",
      "expirationDays",
      "objectLockDays",
      "objectLockMode",
      "forceDestroy",
    ]);
    return undefined;
  }
  const days = wholeNumber(0, MAXIMUM_DAYS, "days");
  problems.check(
    "s3KeyPrefix",
    args.s3KeyPrefix,
    matching(KEY_PREFIX, "folders of letters, digits and `!_.*'()-`, no slash at either end"),
  );
  problems.check("coldStorageDays", args.coldStorageDays, days);
  problems.check("coldStorageClass", args.coldStorageClass, oneOf(COLD_STORAGE_CLASSES));
  problems.check("expirationDays", args.expirationDays, days);
  problems.check("objectLockDays", args.objectLockDays, wholeNumber(1, MAXIMUM_DAYS, "days"));
  problems.check("objectLockMode", args.objectLockMode, oneOf(["GOVERNANCE", "COMPLIANCE"] as const));
  if (args.objectLockMode !== undefined && args.objectLockDays === undefined) {
    problems.add("objectLockMode", args.objectLockMode, {
      expected: "`objectLockDays` beside it",
      remedy: "set `objectLockDays`, or leave the mode out",
    });
  }

  const expirationDays = args.expirationDays ?? Math.max(365, args.objectLockDays ?? 0);
  if (args.objectLockDays !== undefined && expirationDays !== 0 && expirationDays < args.objectLockDays) {
    problems.add("expirationDays", expirationDays, {
      expected: `at least the ${args.objectLockDays} days of \`objectLockDays\``,
      remedy: "raise it: what is locked cannot expire",
    });
  }
  const storageClass = args.coldStorageClass ?? "GLACIER_IR";
  const coldDays = args.coldStorageDays ?? (expirationDays === 0 || expirationDays > 90 ? 90 : 0);
  const earliest = COLD_STORAGE[storageClass];
  if (args.coldStorageDays === 0 && args.coldStorageClass !== undefined) {
    problems.add("coldStorageClass", args.coldStorageClass, {
      expected: "`coldStorageDays` above 0 beside it",
      remedy: "set the days, or leave the class out",
    });
  }
  if (coldDays !== 0 && coldDays < earliest) {
    problems.add("coldStorageDays", coldDays, {
      expected: `at least ${earliest} days for ${storageClass}`,
      remedy: "raise it, or choose another `coldStorageClass`",
    });
  }
  if (coldDays !== 0 && expirationDays !== 0 && coldDays >= expirationDays) {
    problems.add("coldStorageDays", coldDays, {
      expected: `fewer than the ${expirationDays} days of \`expirationDays\``,
      remedy: "lower it, or set 0 for no colder storage",
    });
  }
  return {
    keyPrefix: args.s3KeyPrefix,
    coldStorage: coldDays === 0 ? undefined : { days: coldDays, storageClass },
    expirationDays: expirationDays === 0 ? undefined : expirationDays,
    objectLock:
      args.objectLockDays === undefined
        ? undefined
        : { days: args.objectLockDays, mode: args.objectLockMode ?? "GOVERNANCE" },
    forceDestroy: args.forceDestroy ?? false,
  };
}

function planLogGroup(
  problems: Problems,
  args: SessionLoggingArgs,
  on: boolean,
  namePrefix: string,
): LogGroupPlan | undefined {
  if (!on) {
    refuse(problems, args, "cloudWatch", ["retentionDays", "streaming"]);
    return undefined;
  }
  const name = `/${namePrefix}/sessions`;
  problems.check("namePrefix", name, nameOf("logGroup"));
  problems.check("retentionDays", args.retentionDays, oneOf(RETENTION_DAYS));
  return { name, retentionDays: args.retentionDays ?? 365, streaming: args.streaming ?? true };
}

/** Arguments of something that is switched off: most likely a misunderstanding, so not silently ignored. */
function refuse(
  problems: Problems,
  args: SessionLoggingArgs,
  switchedOff: "s3" | "cloudWatch",
  names: readonly (keyof SessionLoggingArgs)[],
): void {
  for (const name of names) {
    if (args[name] !== undefined) {
      problems.add(name, args[name], {
        expected: `nothing, as \`${switchedOff}\` is off`,
        remedy: `leave it out, or switch \`${switchedOff}\` on`,
      });
    }
  }
}
