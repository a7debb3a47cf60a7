import type { Output, Resource } from "@pulumi/pulumi";
import type { Bucket } from "@pulumi/aws/s3/bucket.js";
import type { KnownIdentity } from "../core/identity.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import type { Tags } from "../core/tags.ts";
import { bucketPolicy } from "./bucket-policy.ts";
import { buildClosedBucket, type ClosedBucketPlan, type ClosedBucketTransforms } from "./closed-bucket.ts";

export interface LogBucketArgs {
  readonly plan: ClosedBucketPlan;
  readonly tags: Tags;
  readonly bucketName: Output<string>;
  readonly keyArn: Output<string>;
  readonly identity: Output<KnownIdentity>;
  /** @default what refuses uploads, and grants nothing */
  readonly policy?: (identity: KnownIdentity, bucketName: string) => readonly PolicyStatement[];
  readonly transform: ClosedBucketTransforms;
}

/** The log bucket and everything that is set on it, as children of the component. */
export function logBucket(
  parent: Resource,
  name: string,
  { identity, policy = bucketPolicy, ...args }: LogBucketArgs,
): Bucket {
  const document = identity.apply((at) =>
    args.bucketName.apply((bucketName) => policyJson(policy(at, bucketName))),
  );
  return buildClosedBucket(parent, `${name}-bucket`, { ...args, policy: document }).bucket;
}
