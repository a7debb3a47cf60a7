import type { ExampleProvider, ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { CHANNELS, type Statement } from "@bastionless/policies/rules/examples/session-logging-permitted.ts";

const UNKNOWN = { unknown: true };

/** Before anything exists every id and ARN is unknown; afterwards they are there. */
export type Phase = "after" | "first preview";

export const PHASES: readonly Phase[] = ["after", "first preview"];

/** An environment with machines, and sessions that are logged. */
export interface Environment {
  /** Its resources' logical names begin with it. */
  readonly name: string;
  /** What the names that AWS knows begin with: equal names are no matter in different accounts. */
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly provider?: ExampleProvider;
  /** What the role is allowed besides its channels; default: all that its own document needs. */
  readonly allowed?: (needed: readonly Statement[]) => readonly Statement[];
  /** Whether a machine is in the stack; default: true. */
  readonly machine?: boolean;
  /** More of the document's own properties. */
  readonly document?: { readonly [property: string]: unknown };
}

/** Providers of two accounts and of two Regions of one of them, by what tells them apart. */
export function assuming(name: string, account: string, region: string): ExampleProvider {
  return {
    name,
    inputs: { region, assumeRoles: [{ roleArn: `arn:aws:iam::${account}:role/deploy` }] },
  };
}

export function json(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function bucketOf({ prefix, account, region }: Environment): string {
  return `${prefix}-logs-${account}-${region}`;
}

/** What a role needs of the stores of an environment, without the key. */
export function neededFor(it: Environment): readonly Statement[] {
  const { account, region, prefix } = it;
  const bucket = `arn:aws:s3:::${bucketOf(it)}`;
  const group = `arn:aws:logs:${region}:${account}:log-group:/${prefix}/sessions`;
  return [
    { Effect: "Allow", Action: "s3:PutObject", Resource: `${bucket}/*` },
    { Effect: "Allow", Action: "s3:GetEncryptionConfiguration", Resource: bucket },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
      Resource: [group, `${group}:*`],
    },
    { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
  ];
}

/** The key's policy: for the account's IAM policies, and for CloudWatch Logs. */
export function keyStatements({ account, region, prefix }: Environment): readonly Statement[] {
  return [
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "Logs",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:/${prefix}/sessions`,
        },
      },
    },
  ];
}

export function environment(it: Environment, phase: Phase): readonly ExampleResource[] {
  const { name, prefix, account, region, provider, allowed = (needed) => needed } = it;
  const isNew = phase === "first preview";
  const keyArn = `arn:aws:kms:${region}:${account}:key/${name}`;
  const make = (
    type: string,
    suffix: string,
    props: ExampleResource["props"],
    more: Partial<ExampleResource> = {},
  ): ExampleResource => ({
    type,
    name: `${name}-${suffix}`,
    props,
    ...more,
    ...(provider === undefined ? {} : { provider }),
    // Before it exists, nothing but its inputs is known.
    ...(isNew ? { outputs: {} } : {}),
  });
  const ofKey = (property: string): Partial<ExampleResource> =>
    isNew ? { from: { [property]: [`${name}-key`] } } : {};
  const key = isNew ? UNKNOWN : keyArn;
  const rolePolicy = (suffix: string, policy: unknown, from: Partial<ExampleResource> = {}) =>
    make("aws:iam/rolePolicy:RolePolicy", suffix, { role: `${prefix}-app`, policy }, from);
  return [
    make("aws:ssm/document:Document", "shell", {
      name: `${prefix}-shell`,
      documentType: "Session",
      content: JSON.stringify({
        schemaVersion: "1.0",
        sessionType: "Standard_Stream",
        inputs: {
          s3BucketName: bucketOf(it),
          s3EncryptionEnabled: true,
          cloudWatchLogGroupName: `/${prefix}/sessions`,
          cloudWatchEncryptionEnabled: true,
        },
      }),
      ...it.document,
    }),
    make(
      "aws:kms/key:Key",
      "key",
      { policy: json(...keyStatements(it)), enableKeyRotation: true },
      { outputs: { arn: keyArn, keyId: name } },
    ),
    make(
      "aws:s3/bucket:Bucket",
      "bucket",
      { bucket: bucketOf(it) },
      { outputs: { arn: `arn:aws:s3:::${bucketOf(it)}` } },
    ),
    make(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "encryption",
      {
        bucket: bucketOf(it),
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key } }],
      },
      ofKey("rules"),
    ),
    make(
      "aws:cloudwatch/logGroup:LogGroup",
      "group",
      { name: `/${prefix}/sessions`, kmsKeyId: key },
      {
        ...ofKey("kmsKeyId"),
        outputs: { arn: `arn:aws:logs:${region}:${account}:log-group:/${prefix}/sessions` },
      },
    ),
    make(
      "aws:iam/role:Role",
      "role",
      {
        name: `${prefix}-app`,
        assumeRolePolicy: json({
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      },
      { outputs: { arn: `arn:aws:iam::${account}:role/${prefix}-app` } },
    ),
    make("aws:iam/instanceProfile:InstanceProfile", "profile", {
      name: `${prefix}-app`,
      role: `${prefix}-app`,
    }),
    rolePolicy("logging", json(CHANNELS, ...allowed(neededFor(it)))),
    rolePolicy(
      "use-key",
      isNew ? UNKNOWN : json({ Effect: "Allow", Action: "kms:GenerateDataKey", Resource: keyArn }),
      ofKey("policy"),
    ),
    ...(it.machine === false
      ? []
      : [
          make(
            "aws:ec2/instance:Instance",
            "machine",
            { ami: "ami-0123456789abcdef0", iamInstanceProfile: isNew ? UNKNOWN : `${prefix}-app` },
            {
              ...(isNew ? { from: { iamInstanceProfile: [`${name}-profile`] } } : {}),
              outputs: { arn: `arn:aws:ec2:${region}:${account}:instance/i-0123456789abcdef0` },
            },
          ),
        ]),
  ];
}
