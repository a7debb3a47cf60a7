import type { ColdStorageClass } from "./args.ts";
import type { BucketPlan } from "./plan.ts";

export interface LifecycleRule {
  readonly id: string;
  readonly status: "Enabled";
  readonly filter: { readonly prefix: string };
  readonly transitions?: { days: number; storageClass: ColdStorageClass }[];
  readonly expiration?: { readonly days: number } | { readonly expiredObjectDeleteMarker: boolean };
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays: number };
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation: number };
}

/** How long a deleted, expired or overwritten log can still be recovered. */
const NONCURRENT_DAYS = 30;

/**
 * What becomes of logs with time. The rules hold for the whole bucket. S3 takes an expiry in days and the removal of
 * orphaned delete markers only in two rules.
 */
export function lifecycleRules(
  plan: Pick<BucketPlan, "coldStorage" | "expirationDays">,
): readonly LifecycleRule[] {
  const filter = { prefix: "" };
  return [
    {
      id: "logs",
      status: "Enabled",
      filter,
      ...(plan.coldStorage && { transitions: [{ ...plan.coldStorage }] }),
      ...(plan.expirationDays !== undefined && { expiration: { days: plan.expirationDays } }),
      noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
    },
    {
      id: "remains",
      status: "Enabled",
      filter,
      expiration: { expiredObjectDeleteMarker: true },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
  ];
}
