import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";
import { KEY_ADMINISTRATION, s3Context } from "../logging/key-policy.ts";
import { topicKeyStatements } from "../notifications/topic-statements.ts";
import { alarmName, topicName, trailArn } from "./names.ts";

/** What the audit's key is for, by name. */
export interface AuditKeyUses {
  readonly namePrefix: string;
  /** Whether there is a trail of the audit's own. */
  readonly ownTrail: boolean;
  /** Buckets whose objects people read and write through S3. */
  readonly bucketNames: readonly string[];
  readonly logGroupNames: readonly string[];
}

const USE = ["kms:Decrypt", "kms:GenerateDataKey*"];

/**
 * The policy of the audit's key. The account's administrators manage it and cannot use it; services may, each for the one
 * thing that it does here.
 *
 * Source: CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail".
 */
export function auditKeyPolicy(identity: KnownIdentity, uses: AuditKeyUses): readonly PolicyStatement[] {
  const account = { AWS: arn(identity, "iam", "root", "account") };
  const trail = trailArn(uses.namePrefix, identity);
  const statements: PolicyStatement[] = [
    { Sid: "Administration", Effect: "Allow", Principal: account, Action: KEY_ADMINISTRATION, Resource: "*" },
    ...topicKeyStatements({
      identity,
      topicName: topicName(uses.namePrefix),
      alarmNames: alarmName(uses.namePrefix, "*"),
    }),
    {
      Sid: "LogGroups",
      Effect: "Allow",
      Principal: { Service: `logs.${identity.region}.${identity.dnsSuffix}` },
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": uses.logGroupNames.map((name) =>
            arn(identity, "logs", `log-group:${name}`),
          ),
        },
      },
    },
  ];
  if (uses.ownTrail) {
    const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
    statements.push(
      {
        Sid: "TrailFiles",
        Effect: "Allow",
        Principal: cloudTrail,
        // It decrypts, as the bucket has a bucket key.
        Action: USE,
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceArn": trail } },
      },
      {
        Sid: "TrailSeesKey",
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "kms:DescribeKey",
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceArn": trail } },
      },
    );
  }
  if (uses.bucketNames.length > 0) {
    const contexts = uses.bucketNames.map((name) => s3Context(identity, name));
    statements.push({
      Sid: "Auditors",
      Effect: "Allow",
      Principal: account,
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        StringEquals: contexts[0]?.["StringEquals"] ?? {},
        StringLike: {
          "kms:EncryptionContext:aws:s3:arn": contexts.flatMap(
            (context) => context["StringLike"]?.["kms:EncryptionContext:aws:s3:arn"] ?? [],
          ),
        },
      },
    });
  }
  return statements;
}
