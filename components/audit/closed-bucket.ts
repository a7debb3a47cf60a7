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
import { lifecycleRules } from "../logging/lifecycle.ts";
import type { SessionAuditTransforms } from "./args.ts";
import type { ObjectLockPlan } from "./plan.ts";

export interface ClosedBucketArgs {
  readonly bucketName: Output<string>;
  readonly keyArn: Output<string>;
  readonly policy: Input<string>;
  /** Undefined: objects never expire. */
  readonly expirationDays: number | undefined;
  readonly objectLock: ObjectLockPlan | undefined;
  readonly forceDestroy: boolean;
  readonly tags: Tags;
  readonly transform: SessionAuditTransforms;
}

/** A bucket that is nobody else's: private, encrypted, versioned, of one owner. */
export interface ClosedBucket {
  readonly bucket: Bucket;
  readonly policy: BucketPolicy;
}

export function buildClosedBucket(parent: Resource, name: string, args: ClosedBucketArgs): ClosedBucket {
  const { transform } = args;
  const opts = { parent };
  const bucket = new Bucket(
    ...transformed(
      transform.bucket,
      name,
      {
        bucket: args.bucketName,
        forceDestroy: args.forceDestroy,
        // Only possible when a bucket is created, so it is stated either way.
        objectLockEnabled: args.objectLock !== undefined,
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
  const lifecycle = {
    keyPrefix: undefined,
    coldStorage: undefined,
    expirationDays: args.expirationDays,
    objectLock: args.objectLock,
    forceDestroy: args.forceDestroy,
  };
  new BucketLifecycleConfiguration(
    ...transformed(
      transform.lifecycle,
      `${name}-lifecycle`,
      { bucket: bucket.bucket, rules: [...lifecycleRules(lifecycle)] },
      // Rules about noncurrent versions need versioning.
      { parent, dependsOn: [versioning] },
    ),
  );
  if (args.objectLock !== undefined) {
    new BucketObjectLockConfiguration(
      ...transformed(
        transform.objectLock,
        `${name}-object-lock`,
        {
          bucket: bucket.bucket,
          rule: { defaultRetention: { mode: args.objectLock.mode, days: args.objectLock.days } },
        },
        { parent, dependsOn: [versioning] },
      ),
    );
  }
  return { bucket, policy };
}
