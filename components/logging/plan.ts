import type { Input } from "@pulumi/pulumi";
import { arnOf, oneOf, s3KeyPrefix, wholeNumber } from "../core/checks.ts";
import { type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { logRetentionDays } from "../core/log-retention.ts";
import { nameOf } from "../core/names.ts";
import type { Problems } from "../core/problems.ts";
import { shaped } from "../core/shaped.ts";
import type { ColdStorageClass, SessionLoggingArgs } from "./args.ts";

/** The days that S3 makes a log wait before it moves. Source: S3 User Guide, lifecycle transitions. */
const EARLIEST_DAYS: Readonly<Record<ColdStorageClass, number>> = {
  DEEP_ARCHIVE: 0,
  GLACIER: 0,
  GLACIER_IR: 0,
  ONEZONE_IA: 30,
  STANDARD_IA: 30,
};

const COLD_STORAGE_CLASSES: readonly ColdStorageClass[] = [
  "DEEP_ARCHIVE",
  "GLACIER",
  "GLACIER_IR",
  "ONEZONE_IA",
  "STANDARD_IA",
];

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

export interface DestinationPlan {
  readonly bucketName: Input<string>;
  readonly keyArn: Input<string>;
  readonly keyPrefix: string | undefined;
}

export interface SessionLoggingPlan extends CommonPlan {
  readonly aliasName: string;
  readonly keyRotationDays: number;
  readonly keyDeletionWindowDays: number;
  readonly encryptSessions: boolean;
  /** A bucket of its own. */
  readonly bucket: BucketPlan | undefined;
  /** A bucket that is there already. */
  readonly destination: DestinationPlan | undefined;
  readonly logGroup: LogGroupPlan | undefined;
}

/** What only the owner of a bucket decides. */
const OF_OWN_BUCKET = [
  "coldStorageDays",
  "coldStorageClass",
  "expirationDays",
  "objectLockDays",
  "objectLockMode",
  "forceDestroy",
] as const;

const MAXIMUM_DAYS = 36_500;

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionLogging(
  name: string,
  unchecked: SessionLoggingArgs,
  deployment: Deployment,
): SessionLoggingPlan {
  const problems = problemsOf("SessionLogging", name);
  const args = shaped(problems, "SessionLoggingArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  const s3 = args.s3 ?? true;
  const cloudWatch = args.cloudWatch ?? true;
  if (!s3 && !cloudWatch) {
    problems.add("cloudWatch", false, {
      expected: "at least one of `s3` and `cloudWatch`",
      remedy: "switch one on: sessions that nobody logs are what this component prevents",
    });
  }
  const plan: SessionLoggingPlan = {
    ...common,
    aliasName: `alias/${common.namePrefix}-sessions`,
    ...planKeyDays(problems, args),
    encryptSessions: args.encryptSessions ?? true,
    ...planStore(problems, args, s3),
    logGroup: planLogGroup(problems, args, cloudWatch, common.namePrefix),
  };
  problems.throwIfAny();
  return plan;
}

/** What is said of a bucket of one's own. */
export type BucketArgs = Pick<SessionLoggingArgs, "s3KeyPrefix" | (typeof OF_OWN_BUCKET)[number]>;

export function planBucket(problems: Problems, args: BucketArgs): BucketPlan {
  const days = wholeNumber(0, MAXIMUM_DAYS, "days");
  problems.check("s3KeyPrefix", args.s3KeyPrefix, s3KeyPrefix);
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
  if (
    args.objectLockDays !== undefined &&
    days(expirationDays) === undefined &&
    expirationDays !== 0 &&
    expirationDays < args.objectLockDays
  ) {
    problems.add("expirationDays", expirationDays, {
      expected: `at least the ${args.objectLockDays} days of \`objectLockDays\``,
      remedy: "raise it: what is locked cannot expire",
    });
  }
  const storageClass = args.coldStorageClass ?? "GLACIER_IR";
  const coldDays = args.coldStorageDays ?? (expirationDays === 0 || expirationDays > 90 ? 90 : 0);
  const earliest = EARLIEST_DAYS[storageClass];
  if (args.coldStorageDays === 0 && args.coldStorageClass !== undefined) {
    problems.add("coldStorageClass", args.coldStorageClass, {
      expected: "`coldStorageDays` above 0 beside it",
      remedy: "set the days, or leave the class out",
    });
  }
  if (days(coldDays) === undefined && coldDays > 0 && coldDays < earliest) {
    problems.add("coldStorageDays", coldDays, {
      expected: `at least ${earliest} days for ${storageClass}`,
      remedy: "raise it, or choose another `coldStorageClass`",
    });
  }
  if (days(coldDays) === undefined && coldDays !== 0 && expirationDays !== 0 && coldDays >= expirationDays) {
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

/** How a key is turned and deleted. */
export function planKeyDays(
  problems: Problems,
  args: Pick<SessionLoggingArgs, "keyDeletionWindowDays" | "keyRotationDays">,
): Pick<SessionLoggingPlan, "keyDeletionWindowDays" | "keyRotationDays"> {
  problems.check("keyRotationDays", args.keyRotationDays, wholeNumber(90, 2560, "days"));
  problems.check("keyDeletionWindowDays", args.keyDeletionWindowDays, wholeNumber(7, 30, "days"));
  return {
    keyRotationDays: args.keyRotationDays ?? 365,
    keyDeletionWindowDays: args.keyDeletionWindowDays ?? 30,
  };
}

function planStore(
  problems: Problems,
  args: SessionLoggingArgs,
  on: boolean,
): Pick<SessionLoggingPlan, "bucket" | "destination"> {
  const { destination } = args;
  if (destination === undefined || !on) {
    if (destination !== undefined) {
      problems.add("destination", undefined, {
        expected: "nothing, as `s3` is off",
        remedy: "leave it out, or switch `s3` on",
      });
    }
    if (!on) {
      refuse(problems, args, "s3", ["s3KeyPrefix", ...OF_OWN_BUCKET]);
    }
    return { bucket: on ? planBucket(problems, args) : undefined, destination: undefined };
  }
  for (const name of OF_OWN_BUCKET) {
    if (args[name] !== undefined) {
      problems.add(name, args[name], {
        expected: "nothing, as `destination` is somebody else's bucket",
        remedy: "leave it out, and say it where the bucket is declared",
      });
    }
  }
  problems.check("s3KeyPrefix", args.s3KeyPrefix, s3KeyPrefix);
  return {
    bucket: undefined,
    destination: {
      bucketName: problems.input("destination.bucketName", destination.bucketName, nameOf("bucket")),
      keyArn: problems.input(
        "destination.keyArn",
        destination.keyArn,
        arnOf("kms", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
      ),
      keyPrefix: args.s3KeyPrefix,
    },
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
  problems.check("retentionDays", args.retentionDays, (days) =>
    days === 0 ? undefined : logRetentionDays(days),
  );
  return {
    name: `/${namePrefix}/sessions`,
    retentionDays: args.retentionDays ?? 365,
    streaming: args.streaming ?? true,
  };
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
