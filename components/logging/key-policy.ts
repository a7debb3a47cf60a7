import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";

/** What the key is for; by name, so that the policy is known before anything exists. */
export interface KeyUses {
  readonly bucketName: string | undefined;
  readonly logGroupName: string | undefined;
  readonly sessions: boolean;
}

/** The calls that manage a key; none of them uses it. Source: KMS Developer Guide, key administrators. */
export const KEY_ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/** Requests that encrypt or decrypt a session, and nothing else: the agent and the plugin send this context. */
export const SESSION_CONTEXT = { Null: { "kms:EncryptionContext:aws:ssm:SessionId": "false" } } as const;

/**
 * Requests that S3 makes for somebody who reads or writes an object of one bucket. The service's name is written both
 * ways, as the China partition has its own suffix.
 */
export function s3Context(
  identity: KnownIdentity,
  bucketName: string,
): NonNullable<PolicyStatement["Condition"]> {
  const bucket = arn(identity, "s3", bucketName, "global");
  const services = [...new Set(["amazonaws.com", identity.dnsSuffix])];
  return {
    StringEquals: { "kms:ViaService": services.map((suffix) => `s3.${identity.region}.${suffix}`) },
    // With a bucket key the context is the bucket, without one the object.
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] },
  };
}

/**
 * The policy of the session key.
 *
 * The account's administrators manage the key and cannot use it. Sessions and S3 may use it for principals of this
 * account to whom an IAM policy grants it too, and only with the encryption context of a session or of the log
 * bucket. CloudWatch Logs may use it for one log group.
 */
export function keyPolicy(identity: KnownIdentity, uses: KeyUses): readonly PolicyStatement[] {
  const account = { AWS: arn(identity, "iam", "root", "account") };
  const statements: PolicyStatement[] = [
    { Sid: "Administration", Effect: "Allow", Principal: account, Action: KEY_ADMINISTRATION, Resource: "*" },
  ];
  if (uses.sessions) {
    statements.push({
      Sid: "SessionEncryption",
      Effect: "Allow",
      Principal: account,
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: SESSION_CONTEXT,
    });
  }
  if (uses.bucketName !== undefined) {
    statements.push({
      Sid: "LogBucket",
      Effect: "Allow",
      Principal: account,
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: s3Context(identity, uses.bucketName),
    });
  }
  if (uses.logGroupName !== undefined) {
    statements.push({
      Sid: "LogGroup",
      Effect: "Allow",
      Principal: { Service: `logs.${identity.region}.${identity.dnsSuffix}` },
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": arn(identity, "logs", `log-group:${uses.logGroupName}`),
        },
      },
    });
  }
  return statements;
}
