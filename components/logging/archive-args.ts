import type { AliasArgs } from "@pulumi/aws/kms/alias.js";
import type { KeyArgs } from "@pulumi/aws/kms/key.js";
import type { CommonArgs } from "../core/common.ts";
import type { ColdStorageClass, SessionLoggingTransforms } from "./args.ts";
import type { Transform } from "../core/transform.ts";

/** One entry for each child. TypeScript only. @default none of them is changed */
export interface SessionLogArchiveTransforms extends Omit<
  SessionLoggingTransforms,
  "alias" | "key" | "logGroup"
> {
  readonly key?: Transform<KeyArgs>;
  readonly alias?: Transform<AliasArgs>;
}

export interface SessionLogArchiveArgs extends CommonArgs {
  /**
   * The accounts whose machines log into the archive, 1 to 100 of them, each in a folder of its own.
   */
  readonly accountIds: readonly string[];
  /**
   * The organization that they must be of too, as `o-a1b2c3d4e5`: an account that leaves it can log no more.
   * @default any or none
   */
  readonly organizationId?: string;
  /**
   * Days until a log moves to colder storage; 0: never.
   * @default 90, or never where `expirationDays` comes first
   */
  readonly coldStorageDays?: number;
  /**
   * The colder storage.
   * @default "GLACIER_IR"
   */
  readonly coldStorageClass?: ColdStorageClass;
  /**
   * Days until a log expires; 0: never. What expires stays recoverable for 30 days more.
   * @default 365, or as long as `objectLockDays`
   */
  readonly expirationDays?: number;
  /**
   * Days for which no log can be deleted or overwritten, 1 to 36500. Can be switched on only with the bucket.
   * @default none
   */
  readonly objectLockDays?: number;
  /**
   * Who may lift the lock: in `GOVERNANCE` those with `s3:BypassGovernanceRetention`, in `COMPLIANCE` nobody.
   * @default "GOVERNANCE"
   */
  readonly objectLockMode?: "COMPLIANCE" | "GOVERNANCE";
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
   * Changes to single children: an object laid over their arguments, or a function. TypeScript only.
   * @default none
   */
  readonly transform?: SessionLogArchiveTransforms;
}
