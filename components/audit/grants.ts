import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";
import { s3Context } from "../logging/key-policy.ts";
import { databaseName, resultBucketName, TABLE, workgroupName } from "./names.ts";

/** What an audit consists of, by name. */
export interface AuditFacts {
  readonly identity: KnownIdentity;
  readonly namePrefix: string;
  readonly trailBucketName: string;
  readonly keyPrefix: string | undefined;
  readonly history: boolean;
  readonly logGroupNames: readonly string[];
}

/** What auditors need to read the logs and to run the queries. They change nothing but results of their own queries. */
export function auditorStatements(facts: AuditFacts): readonly PolicyStatement[] {
  const { identity, namePrefix } = facts;
  const groups = facts.logGroupNames.map((name) => arn(identity, "logs", `log-group:${name}`));
  const statements: PolicyStatement[] = [
    {
      Sid: "ReadSessionEvents",
      Effect: "Allow",
      Action: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"],
      Resource: groups.flatMap((group) => [group, `${group}:*`]),
    },
    // None of these can be limited to one log group.
    {
      Sid: "ReadEventQueries",
      Effect: "Allow",
      Action: ["logs:DescribeLogGroups", "logs:GetQueryResults", "logs:StopQuery"],
      Resource: "*",
    },
  ];
  if (!facts.history) {
    return statements;
  }
  const database = databaseName(namePrefix);
  const trail = arn(identity, "s3", facts.trailBucketName, "global");
  const results = arn(identity, "s3", resultBucketName(namePrefix, identity), "global");
  const prefix = facts.keyPrefix === undefined ? "" : `${facts.keyPrefix}/`;
  return [
    ...statements,
    {
      Sid: "RunSessionQueries",
      Effect: "Allow",
      Action: [
        "athena:BatchGetNamedQuery",
        "athena:BatchGetQueryExecution",
        "athena:GetNamedQuery",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetWorkGroup",
        "athena:ListNamedQueries",
        "athena:ListQueryExecutions",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: arn(identity, "athena", `workgroup/${workgroupName(namePrefix)}`),
    },
    {
      Sid: "SeeSessionTable",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
      Resource: [
        arn(identity, "glue", "catalog"),
        arn(identity, "glue", `database/${database}`),
        arn(identity, "glue", `table/${database}/${TABLE}`),
      ],
    },
    {
      Sid: "ReadTrail",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `${trail}/${prefix}AWSLogs/*`,
    },
    {
      Sid: "ReadAndWriteResults",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: `${results}/results/*`,
    },
    {
      Sid: "ListTrailAndResults",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: [trail, results],
    },
  ];
}

/** The use of the keys, through S3 alone. */
export function auditorKeyStatements(
  facts: AuditFacts,
  keyArn: string,
  trailKeyArn: string | undefined,
): readonly PolicyStatement[] {
  if (!facts.history) {
    return [];
  }
  const read = (sid: string, key: string): PolicyStatement => ({
    Sid: sid,
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: key,
    Condition: s3Context(facts.identity, facts.trailBucketName),
  });
  return [
    {
      Sid: "UseKeyForResults",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: s3Context(facts.identity, resultBucketName(facts.namePrefix, facts.identity)),
    },
    ...(trailKeyArn === undefined ? [] : [read("DecryptTrail", trailKeyArn)]),
  ];
}
