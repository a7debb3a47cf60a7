import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";

/** Refuses whoever comes without TLS 1.2, by the bucket's ARN. */
export function refuseWithoutTls(bucket: string): readonly PolicyStatement[] {
  const Resource = [bucket, `${bucket}/*`];
  return [
    {
      Sid: "DenyWithoutTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyOldTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
}

/**
 * The policy of the log bucket: TLS 1.2 or later, and nothing but the bucket's own encryption.
 *
 * An upload that names an encryption of its own is refused, whichever it names. That leaves the bucket's default, which
 * is the session key: `aws:kms` without a key would mean the AWS managed key, and another key's ARN another key. It also
 * keeps the key's ARN, unknown in a first preview, out of this document. The agent names none when it uploads (source:
 * amazon-ssm-agent, agent/s3util/s3util.go).
 */
export function bucketPolicy(identity: KnownIdentity, bucketName: string): readonly PolicyStatement[] {
  const bucket = arn(identity, "s3", bucketName, "global");
  const objects = `${bucket}/*`;
  const refuseUpload = (sid: string, header: string): PolicyStatement => ({
    Sid: sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: objects,
    Condition: { Null: { [header]: "false" } },
  });
  return [
    ...refuseWithoutTls(bucket),
    refuseUpload("DenyOtherEncryption", "s3:x-amz-server-side-encryption"),
    refuseUpload("DenyOtherKey", "s3:x-amz-server-side-encryption-aws-kms-key-id"),
    refuseUpload("DenyCustomerKey", "s3:x-amz-server-side-encryption-customer-algorithm"),
  ];
}
