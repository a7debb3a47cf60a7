import type { Refusals } from "./refusals.ts";

/** What AWS refuses of S3 and RDS. */
export const STORAGE_REFUSALS: Refusals = {
  "aws:rds/instance:Instance": [
    [{ instanceClass: "t4g.micro" }, "instanceClass"],
    [{ identifier: "Main" }, "identifier"],
    [{ backupRetentionPeriod: 36 }, "backupRetentionPeriod"],
    [{ manageMasterUserPassword: true, password: "p" }, "manageMasterUserPassword"],
    [{ port: 80 }, "port"],
    [{ storageType: "ssd" }, "storageType"],
    [{ vpcSecurityGroupIds: ["db"] }, "vpcSecurityGroupIds[0]"],
    [{ monitoringInterval: 2 }, "monitoringInterval"],
    [{ kmsKeyId: "alias/db" }, "kmsKeyId"],
  ],
  "aws:rds/subnetGroup:SubnetGroup": [
    [{ subnetIds: ["x"] }, "subnetIds[0]"],
    [{ name: "Main" }, "name"],
  ],
  "aws:s3/bucket:Bucket": [
    [{ requestPayer: "me" }, "requestPayer"],
    [{ policy: "{}" }, "policy"],
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    [
      {
        rules: [
          {
            id: "r",
            status: "Enabled",
            noncurrentVersionTransitions: [{ noncurrentDays: 1, storageClass: "COLD" }],
          },
        ],
      },
      "rules[0].noncurrentVersionTransitions[0].storageClass",
    ],
    [{ rules: [{ id: "r", status: "On" }] }, "rules[0].status"],
    [{ rules: [{ id: "r".repeat(256), status: "Enabled" }] }, "rules[0].id"],
    [{ transitionDefaultMinimumObjectSize: "none" }, "transitionDefaultMinimumObjectSize"],
  ],
  "aws:s3/bucketLogging:BucketLogging": [[{ targetBucket: "To" }, "targetBucket"]],
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [
    [{ objectLockEnabled: "Yes" }, "objectLockEnabled"],
    [{ rule: { defaultRetention: { mode: "SOFT", days: 1 } } }, "rule.defaultRetention.mode"],
    [{ expectedBucketOwner: "me" }, "expectedBucketOwner"],
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
    [{ rule: { objectOwnership: "Mine" } }, "rule.objectOwnership"],
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [
    [{ policy: "{}" }, "policy"],
    [{ bucket: "Logs" }, "bucket"],
  ],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    [{ bucket: "Logs" }, "bucket"],
    [{ blockPublicAcls: "yes" }, "blockPublicAcls"],
  ],
  "aws:s3/bucketVersioning:BucketVersioning": [
    [{ versioningConfiguration: { status: "On" } }, "versioningConfiguration.status"],
  ],
};
