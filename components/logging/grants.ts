import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";
import { s3Context, SESSION_CONTEXT } from "./key-policy.ts";

/** What logging consists of, by name. */
export interface LoggingFacts {
  readonly identity: KnownIdentity;
  readonly bucketName: string | undefined;
  readonly keyPrefix: string | undefined;
  readonly logGroupName: string | undefined;
  /** Whether the bucket is somebody else's: of another account, most of all. @default false */
  readonly foreignBucket?: boolean;
}

function bucketArns(facts: LoggingFacts, bucketName: string): { bucket: string; objects: string } {
  const bucket = arn(facts.identity, "s3", bucketName, "global");
  return {
    bucket,
    objects: facts.keyPrefix === undefined ? `${bucket}/*` : `${bucket}/${facts.keyPrefix}/*`,
  };
}

/** Source: Systems Manager User Guide, instance profile with permissions for Session Manager, S3 and CloudWatch Logs. */
export function instanceStatements(facts: LoggingFacts): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  if (facts.bucketName !== undefined) {
    const { bucket, objects } = bucketArns(facts, facts.bucketName);
    statements.push(
      {
        Sid: "WriteLogsToS3",
        Effect: "Allow",
        // The agent names an ACL when it writes, which matters where the bucket is another account's.
        Action: facts.foreignBucket === true ? ["s3:PutObject", "s3:PutObjectAcl"] : "s3:PutObject",
        Resource: objects,
      },
      // Without it a session fails, as the agent makes sure that the bucket is encrypted.
      {
        Sid: "SeeBucketEncryption",
        Effect: "Allow",
        Action: "s3:GetEncryptionConfiguration",
        Resource: bucket,
      },
    );
  }
  if (facts.logGroupName !== undefined) {
    const group = arn(facts.identity, "logs", `log-group:${facts.logGroupName}`);
    statements.push(
      {
        Sid: "WriteLogsToCloudWatch",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:*`],
      },
      // Lists the groups of the account and cannot be limited to one.
      {
        Sid: "FindLogGroup",
        Effect: "Allow",
        Action: "logs:DescribeLogGroups",
        Resource: arn(facts.identity, "logs", "log-group:*"),
      },
    );
  }
  return statements;
}

/** @param bucketKeyArn the key that the bucket encrypts with, where it is not the one of the sessions */
export function instanceKeyStatements(
  facts: LoggingFacts,
  keyArn: string,
  encryptSessions: boolean,
  bucketKeyArn = keyArn,
): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  if (encryptSessions) {
    statements.push({
      Sid: "DecryptSessions",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArn,
      Condition: SESSION_CONTEXT,
    });
  }
  if (facts.bucketName !== undefined) {
    statements.push({
      Sid: "EncryptLogsInS3",
      Effect: "Allow",
      // S3 decrypts the parts of an upload in several parts when it puts them together.
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: bucketKeyArn,
      Condition: s3Context(placeOf(facts.identity, bucketKeyArn), facts.bucketName),
    });
  }
  return statements;
}

/** S3 calls KMS in the Region of the key, which is that of the bucket. */
function placeOf(identity: KnownIdentity, keyArn: string): KnownIdentity {
  const region = keyArn.split(":")[3];
  return region === undefined || region === "" ? identity : { ...identity, region };
}

export function peopleKeyStatements(keyArn: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "EncryptSessions",
      Effect: "Allow",
      Action: "kms:GenerateDataKey",
      Resource: keyArn,
      Condition: SESSION_CONTEXT,
    },
  ];
}

/** Logs in somebody else's bucket are read in the account that it is in. */
export function auditorStatements(facts: LoggingFacts): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  if (facts.bucketName !== undefined && facts.foreignBucket !== true) {
    const { bucket, objects } = bucketArns(facts, facts.bucketName);
    statements.push(
      {
        Sid: "ReadLogsInS3",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectRetention"],
        Resource: objects,
      },
      {
        Sid: "ListLogsInS3",
        Effect: "Allow",
        Action: ["s3:GetEncryptionConfiguration", "s3:ListBucket", "s3:ListBucketVersions"],
        Resource: bucket,
      },
    );
  }
  if (facts.logGroupName !== undefined) {
    const group = arn(facts.identity, "logs", `log-group:${facts.logGroupName}`);
    statements.push(
      {
        Sid: "ReadLogsInCloudWatch",
        Effect: "Allow",
        Action: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"],
        Resource: [group, `${group}:*`],
      },
      // None of these can be limited to one log group.
      {
        Sid: "ReadLogQueries",
        Effect: "Allow",
        Action: ["logs:DescribeLogGroups", "logs:GetQueryResults", "logs:StopQuery"],
        Resource: "*",
      },
    );
  }
  return statements;
}

export function auditorKeyStatements(facts: LoggingFacts, keyArn: string): readonly PolicyStatement[] {
  return facts.bucketName === undefined || facts.foreignBucket === true
    ? []
    : [
        {
          Sid: "DecryptLogsInS3",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: keyArn,
          Condition: s3Context(facts.identity, facts.bucketName),
        },
      ];
}

/** What the S3 gateway endpoint lets through: this account's principals writing logs. */
export function endpointS3Statements(facts: LoggingFacts): readonly PolicyStatement[] {
  if (facts.bucketName === undefined) {
    return [];
  }
  const { bucket, objects } = bucketArns(facts, facts.bucketName);
  const ownPrincipals = { StringEquals: { "aws:PrincipalAccount": facts.identity.accountId } };
  return [
    {
      Sid: "WriteSessionLogs",
      Effect: "Allow",
      Principal: "*",
      Action: facts.foreignBucket === true ? ["s3:PutObject", "s3:PutObjectAcl"] : "s3:PutObject",
      Resource: objects,
      Condition: ownPrincipals,
    },
    {
      Sid: "SeeLogBucketEncryption",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetEncryptionConfiguration",
      Resource: bucket,
      Condition: ownPrincipals,
    },
  ];
}
