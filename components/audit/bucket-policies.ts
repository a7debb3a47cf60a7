import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";
import { refuseWithoutTls } from "../logging/bucket-policy.ts";
import { trailArn } from "./names.ts";

/**
 * The policy of the trail's bucket: CloudTrail writes what one trail has to say, no principal of anybody's writes anything,
 * and nobody comes without TLS 1.2.
 *
 * Source: CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
 */
export function trailBucketPolicy(
  identity: KnownIdentity,
  bucketName: string,
  namePrefix: string,
): readonly PolicyStatement[] {
  const bucket = arn(identity, "s3", bucketName, "global");
  const ofTrail = { "aws:SourceArn": trailArn(namePrefix, identity) };
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  return [
    {
      Sid: "TrailSeesBucket",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: bucket,
      Condition: { StringEquals: ofTrail },
    },
    {
      Sid: "TrailWrites",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:PutObject",
      Resource: `${bucket}/AWSLogs/${identity.accountId}/*`,
      Condition: { StringEquals: { ...ofTrail, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    {
      Sid: "DenyOtherWriters",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${bucket}/*`,
      Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } },
    },
    ...refuseWithoutTls(bucket),
  ];
}

/** The policy of the bucket of query results: nobody comes without TLS 1.2; IAM says who comes at all. */
export function resultBucketPolicy(identity: KnownIdentity, bucketName: string): readonly PolicyStatement[] {
  return refuseWithoutTls(arn(identity, "s3", bucketName, "global"));
}
