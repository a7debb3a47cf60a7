import type { Input, Output, Resource } from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketObjectLockConfiguration } from "@pulumi/aws/s3/bucketObjectLockConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import type { Tags } from "../core/tags.ts";
import { transformed } from "../core/transform.ts";
import type { SessionLoggingTransforms } from "./args.ts";
import { lifecycleRules } from "./lifecycle.ts";
import type { BucketPlan } from "./plan.ts";

export type ClosedBucketPlan = Omit<BucketPlan, "keyPrefix">;

/** Changes to the bucket and to what is set on it. */
export type ClosedBucketTransforms = Pick<
  SessionLoggingTransforms,
  | "bucket"
  | "bucketPolicy"
  | "encryption"
  | "lifecycle"
  | "objectLock"
  | "ownership"
  | "publicAccessBlock"
  | "versioning"
>;

export interface ClosedBucketArgs {
  readonly plan: ClosedBucketPlan;
  readonly bucketName: Output<string>;
  readonly keyArn: Output<string>;
  readonly policy: Input<string>;
  readonly tags: Tags;
  readonly transform: ClosedBucketTransforms;
}

/** A bucket that is nobody else's: private, encrypted, versioned, of one owner. */
export interface ClosedBucket {
  readonly bucket: Bucket;
  readonly policy: BucketPolicy;
}

/** Builds the bucket, and everything that is set on it, as children of the component. */
export function buildClosedBucket(parent: Resource, name: string, args: ClosedBucketArgs): ClosedBucket {
  const { plan, transform } = args;
  const opts = { parent };
  const bucket = new Bucket(
    ...transformed(
      transform.bucket,
      name,
      {
        bucket: args.bucketName,
        forceDestroy: plan.forceDestroy,
        // Only possible when a bucket is created, so it is stated either way: a change replaces the bucket.
        objectLockEnabled: plan.objectLock !== undefined,
        tags: args.tags,
      },
      opts,
    ),
  );
  const publicAccessBlock = new BucketPublicAccessBlock(
    ...transformed(
      transform.publicAccessBlock,
      `${name}-public-access`,
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      opts,
    ),
  );
  const ownership = new BucketOwnershipControls(
    ...transformed(
      transform.ownership,
      `${name}-ownership`,
      { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      opts,
    ),
  );
  const versioning = new BucketVersioning(
    ...transformed(
      transform.versioning,
      `${name}-versioning`,
      { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      opts,
    ),
  );
  new BucketServerSideEncryptionConfiguration(
    ...transformed(
      transform.encryption,
      `${name}-encryption`,
      {
        bucket: bucket.bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn },
            bucketKeyEnabled: true,
          },
        ],
      },
      opts,
    ),
  );
  const policy = new BucketPolicy(
    ...transformed(
      transform.bucketPolicy,
      `${name}-policy`,
      { bucket: bucket.bucket, policy: args.policy },
      // S3 answers with a conflict when these are set on one bucket at the same time.
      { parent, dependsOn: [publicAccessBlock, ownership] },
    ),
  );
  new BucketLifecycleConfiguration(
    ...transformed(
      transform.lifecycle,
      `${name}-lifecycle`,
      { bucket: bucket.bucket, rules: [...lifecycleRules(plan)] },
      // Rules about noncurrent versions need versioning.
      { parent, dependsOn: [versioning] },
    ),
  );
  if (plan.objectLock !== undefined) {
    new BucketObjectLockConfiguration(
      ...transformed(
        transform.objectLock,
        `${name}-object-lock`,
        {
          bucket: bucket.bucket,
          rule: { defaultRetention: { mode: plan.objectLock.mode, days: plan.objectLock.days } },
        },
        { parent, dependsOn: [versioning] },
      ),
    );
  }
  return { bucket, policy };
}
