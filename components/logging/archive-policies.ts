import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";
import { bucketPolicy } from "./bucket-policy.ts";
import { KEY_ADMINISTRATION, s3Context } from "./key-policy.ts";

/** Who logs into an archive. */
export interface Writers {
  readonly accountIds: readonly string[];
  readonly organizationId: string | undefined;
}

/** The accounts as principals; which of their roles it is, is for their own policies to say. */
function principals(identity: KnownIdentity, { accountIds }: Writers): PolicyStatement["Principal"] {
  return { AWS: accountIds.map((accountId) => arn({ ...identity, accountId }, "iam", "root", "account")) };
}

function ofOrganization({ organizationId }: Writers): NonNullable<PolicyStatement["Condition"]> {
  return organizationId === undefined ? {} : { StringEquals: { "aws:PrincipalOrgID": organizationId } };
}

/**
 * The policy of an archive's bucket: each account writes into the folder that is named after it, sees that the bucket is
 * encrypted, which the agent asks, and reads nothing; and whatever refuses uploads to a log bucket refuses them here.
 *
 * Source: Systems Manager User Guide, "Logging session data using Amazon S3", buckets of another account.
 */
export function archiveBucketPolicy(
  identity: KnownIdentity,
  bucketName: string,
  writers: Writers,
): readonly PolicyStatement[] {
  const bucket = arn(identity, "s3", bucketName, "global");
  const Principal = principals(identity, writers);
  const Condition = ofOrganization(writers);
  const condition = Object.keys(Condition).length === 0 ? {} : { Condition };
  return [
    {
      Sid: "WriteOwnFolder",
      Effect: "Allow",
      ...(Principal && { Principal }),
      // The agent names an ACL, which ends in the same place: objects are the bucket's owner's.
      Action: ["s3:PutObject", "s3:PutObjectAcl"],
      Resource: `${bucket}/\${aws:PrincipalAccount}/*`,
      ...condition,
    },
    {
      Sid: "SeeEncryption",
      Effect: "Allow",
      ...(Principal && { Principal }),
      Action: "s3:GetEncryptionConfiguration",
      Resource: bucket,
      ...condition,
    },
    ...bucketPolicy(identity, bucketName),
  ];
}

/** The policy of an archive's key: its own account manages it, and reads through S3; the others write through S3. */
export function archiveKeyPolicy(
  identity: KnownIdentity,
  bucketName: string,
  writers: Writers,
): readonly PolicyStatement[] {
  const own = { AWS: arn(identity, "iam", "root", "account") };
  const Principal = principals(identity, writers);
  const context = s3Context(identity, bucketName);
  return [
    { Sid: "Administration", Effect: "Allow", Principal: own, Action: KEY_ADMINISTRATION, Resource: "*" },
    {
      Sid: "ReadArchive",
      Effect: "Allow",
      Principal: own,
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: context,
    },
    {
      Sid: "WriteArchive",
      Effect: "Allow",
      ...(Principal && { Principal }),
      // S3 decrypts the parts of an upload in several parts when it puts them together.
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        ...context,
        StringEquals: { ...context["StringEquals"], ...ofOrganization(writers)["StringEquals"] },
      },
    },
  ];
}
