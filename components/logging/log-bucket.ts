import type { Output, Resource } from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketObjectLockConfiguration } from "@pulumi/aws/s3/bucketObjectLockConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import type { KnownIdentity } from "../core/identity.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import type { Tags } from "../core/tags.ts";
import { transformed } from "../core/transform.ts";
import { bucketPolicy } from "./bucket-policy.ts";
import { lifecycleRules } from "./lifecycle.ts";
import type { SessionLoggingTransforms } from "./args.ts";
import type { BucketPlan } from "./plan.ts";

export interface LogBucketArgs {
  readonly plan: BucketPlan;
  readonly tags: Tags;
  readonly bucketName: Output<string>;
  readonly keyArn: Output<string>;
  readonly identity: Output<KnownIdentity>;
  /** @default what refuses uploads, and grants nothing */
  readonly policy?: (identity: KnownIdentity, bucketName: string) => readonly PolicyStatement[];
  readonly transform: SessionLoggingTransforms;
}

/** The log bucket and everything that is set on it, as children of the component. */
export function logBucket(parent: Resource, name: string, args: LogBucketArgs): Bucket {
  const { plan, transform } = args;
  const opts = { parent };
  const bucket = new Bucket(
    ...transformed(
      transform.bucket,
      `${name}-bucket`,
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
      `${name}-bucket-public-access`,
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
      `${name}-bucket-ownership`,
      { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      opts,
    ),
  );
  const versioning = new BucketVersioning(
    ...transformed(
      transform.versioning,
      `${name}-bucket-versioning`,
      { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      opts,
    ),
  );
  new BucketServerSideEncryptionConfiguration(
    ...transformed(
      transform.encryption,
      `${name}-bucket-encryption`,
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
  const policy = args.identity.apply((at) =>
    args.bucketName.apply((bucketName) => policyJson((args.policy ?? bucketPolicy)(at, bucketName))),
  );
  new BucketPolicy(
    ...transformed(
      transform.bucketPolicy,
      `${name}-bucket-policy`,
      { bucket: bucket.bucket, policy },
      // S3 answers with a conflict when these are set on one bucket at the same time.
      { parent, dependsOn: [publicAccessBlock, ownership] },
    ),
  );
  new BucketLifecycleConfiguration(
    ...transformed(
      transform.lifecycle,
      `${name}-bucket-lifecycle`,
      { bucket: bucket.bucket, rules: [...lifecycleRules(plan)] },
      // Rules about noncurrent versions need versioning.
      { parent, dependsOn: [versioning] },
    ),
  );
  if (plan.objectLock !== undefined) {
    new BucketObjectLockConfiguration(
      ...transformed(
        transform.objectLock,
        `${name}-bucket-object-lock`,
        {
          bucket: bucket.bucket,
          rule: { defaultRetention: { mode: plan.objectLock.mode, days: plan.objectLock.days } },
        },
        { parent, dependsOn: [versioning] },
      ),
    );
  }
  return bucket;
}
