import type { Example, ExampleProvider, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };
const ACCOUNT = "123456789012";
const REGION = "eu-central-1";
const BUCKET_ARN = "arn:aws:s3:::acme-prod-logs";
const GROUP_ARN = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/acme/prod/sessions`;
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0f1e2d3c-0000-4000-8000-000000000000`;
const ALIAS_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:alias/acme-prod-sessions`;

/** A statement of a policy document. */
export type Statement = { readonly [element: string]: unknown };

export const CHANNELS: Statement = {
  Effect: "Allow",
  Action: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: "*",
};

/** What the role needs because of the document, a statement for each action. */
export const NEEDED: readonly Statement[] = [
  { Effect: "Allow", Action: "s3:PutObject", Resource: `${BUCKET_ARN}/sessions/*` },
  { Effect: "Allow", Action: "s3:GetEncryptionConfiguration", Resource: BUCKET_ARN },
  { Effect: "Allow", Action: "logs:CreateLogStream", Resource: `${GROUP_ARN}:*` },
  { Effect: "Allow", Action: "logs:PutLogEvents", Resource: `${GROUP_ARN}:*` },
  { Effect: "Allow", Action: "logs:DescribeLogStreams", Resource: `${GROUP_ARN}:*` },
  { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
  { Effect: "Allow", Action: "kms:GenerateDataKey", Resource: KEY_ARN },
  { Effect: "Allow", Action: "kms:Decrypt", Resource: KEY_ARN },
];

/** The key's policy: for the account's IAM policies, and for CloudWatch Logs. */
export const KEY_STATEMENTS: readonly Statement[] = [
  {
    Sid: "Account",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: "kms:*",
    Resource: "*",
  },
  {
    Sid: "LogGroup",
    Effect: "Allow",
    Principal: { Service: `logs.${REGION}.amazonaws.com` },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": GROUP_ARN } },
  },
];

function json(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function document(inputs: object, name = "shell"): ExampleResource {
  return {
    type: "aws:ssm/document:Document",
    name,
    props: {
      name: `acme-prod-${name}`,
      documentType: "Session",
      region: REGION,
      content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs }),
    },
  };
}

const DOCUMENT = document({
  s3BucketName: "acme-prod-logs",
  s3KeyPrefix: "sessions",
  s3EncryptionEnabled: true,
  cloudWatchLogGroupName: "/acme/prod/sessions",
  cloudWatchEncryptionEnabled: true,
  kmsKeyId: ALIAS_ARN,
});

function stores(keyStatements: readonly Statement[]): readonly ExampleResource[] {
  return [
    {
      type: "aws:kms/key:Key",
      name: "key",
      props: { policy: json(keyStatements), enableKeyRotation: true, region: REGION },
      outputs: { arn: KEY_ARN, keyId: "0f1e2d3c-0000-4000-8000-000000000000" },
    },
    {
      type: "aws:kms/alias:Alias",
      name: "alias",
      props: { name: "alias/acme-prod-sessions", targetKeyId: KEY_ARN, region: REGION },
      outputs: { arn: ALIAS_ARN },
    },
    {
      type: "aws:s3/bucket:Bucket",
      name: "bucket",
      props: { bucket: "acme-prod-logs", region: REGION },
      outputs: { arn: BUCKET_ARN },
    },
    {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      name: "encryption",
      props: {
        bucket: "acme-prod-logs",
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY_ARN } }],
      },
    },
    {
      type: "aws:cloudwatch/logGroup:LogGroup",
      name: "group",
      props: { name: "/acme/prod/sessions", kmsKeyId: KEY_ARN, region: REGION },
      outputs: { arn: GROUP_ARN },
    },
  ];
}

const MACHINE: readonly ExampleResource[] = [
  {
    type: "aws:iam/role:Role",
    name: "machine",
    props: {
      name: "acme-prod-machine",
      assumeRolePolicy: json([
        { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      ]),
    },
    outputs: { arn: `arn:aws:iam::${ACCOUNT}:role/acme-prod-machine` },
  },
  {
    type: "aws:iam/instanceProfile:InstanceProfile",
    name: "profile",
    props: { name: "acme-prod-machine", role: "acme-prod-machine" },
  },
];

function rolePolicy(statements: readonly Statement[], name = "permissions"): ExampleResource {
  return {
    type: "aws:iam/rolePolicy:RolePolicy",
    name,
    props: { role: "acme-prod-machine", policy: json(statements) },
  };
}

/** A machine, its document, and where that logs, after they were created. */
export function loggingStack(
  roleStatements: readonly Statement[],
  keyStatements: readonly Statement[] = KEY_STATEMENTS,
): readonly ExampleResource[] {
  return [DOCUMENT, ...stores(keyStatements), ...MACHINE, rolePolicy([CHANNELS, ...roleStatements])];
}

/** Before anything exists: nothing is known but what the program says. */
function firstPreview(resources: readonly ExampleResource[]): readonly ExampleResource[] {
  return resources.map(({ type, name, props }) =>
    "targetKeyId" in props
      ? { type, name, props: { ...props, targetKeyId: UNKNOWN }, from: { targetKeyId: ["key"] } }
      : "kmsKeyId" in props
        ? { type, name, props: { ...props, kmsKeyId: UNKNOWN }, from: { kmsKeyId: ["key"] } }
        : { type, name, props },
  );
}

const ARCHIVE: ExampleProvider = {
  name: "archive",
  inputs: { region: REGION, assumeRoles: [{ roleArn: "arn:aws:iam::999999999999:role/deploy" }] },
};

/** The same with its bucket in another account, under a policy that lets an account write. */
function archived(account: string): readonly ExampleResource[] {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  return [
    ...loggingStack(NEEDED).map((resource) =>
      resource.name === "bucket" || resource.name === "encryption"
        ? { ...resource, provider: ARCHIVE }
        : resource,
    ),
    {
      type: "aws:s3/bucketPolicy:BucketPolicy",
      name: "policy",
      provider: ARCHIVE,
      props: {
        bucket: "acme-prod-logs",
        policy: json([
          { Sid: "Write", Effect: "Allow", Principal, Action: "s3:PutObject", Resource: `${BUCKET_ARN}/*` },
          {
            Sid: "See",
            Effect: "Allow",
            Principal,
            Action: "s3:GetEncryptionConfiguration",
            Resource: BUCKET_ARN,
          },
        ]),
      },
    },
  ];
}

export const EXAMPLES: readonly Example[] = [
  { title: "a role that may make every call", resources: loggingStack(NEEDED), expect: {} },
  {
    title: "a role without the channels of Session Manager, whose machines have no sessions",
    resources: [
      DOCUMENT,
      ...stores(KEY_STATEMENTS),
      ...MACHINE,
      rolePolicy([{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]),
    ],
    expect: {},
  },
  {
    title: "a role that the key's policy names, and that has no permission on the key itself",
    resources: loggingStack(NEEDED.slice(0, -2), [
      ...KEY_STATEMENTS,
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/acme-prod-machine` },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
      },
    ]),
    expect: {},
  },
  {
    title: "a second document, for machines of another role",
    resources: [
      ...loggingStack(NEEDED),
      document({ s3BucketName: "acme-dev-logs", s3EncryptionEnabled: true }, "dev"),
      { type: "aws:s3/bucket:Bucket", name: "dev-bucket", props: { bucket: "acme-dev-logs" } },
    ],
    expect: {},
  },
  {
    title: "a bucket of another account, whose policy lets the machines' account in",
    resources: archived(ACCOUNT),
    expect: {},
  },
  {
    title: "a bucket of another account, whose policy lets a third one in",
    resources: archived("111122223333"),
    expect: { policy: "violation" },
  },
  {
    title: "a machine in an account that has no session document",
    resources: [
      { ...DOCUMENT, provider: ARCHIVE },
      ...MACHINE,
      rolePolicy([CHANNELS]),
      ...stores(KEY_STATEMENTS),
    ],
    expect: { shell: "undecided" },
  },
  {
    title: "a role that may write nothing",
    resources: loggingStack([]),
    expect: { machine: "violation" },
  },
  {
    title: "a role that may upload under another prefix only",
    resources: loggingStack([
      { Effect: "Allow", Action: "s3:PutObject", Resource: `${BUCKET_ARN}/other/*` },
      ...NEEDED.slice(1),
    ]),
    expect: { machine: "violation" },
  },
  {
    title: "a Deny in another policy of the role",
    resources: [
      ...loggingStack(NEEDED),
      rolePolicy([{ Sid: "NoKeys", Effect: "Deny", Action: "kms:*", Resource: "*" }], "deny"),
    ],
    expect: { machine: "violation" },
  },
  {
    title: "a permissions boundary without the calls",
    resources: [
      ...loggingStack(NEEDED).filter(({ name }) => name !== "machine"),
      {
        type: "aws:iam/role:Role",
        name: "machine",
        props: {
          ...MACHINE[0]?.props,
          permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/boundary`,
        },
      },
      {
        type: "aws:iam/policy:Policy",
        name: "boundary",
        props: { name: "boundary", policy: json([CHANNELS, ...NEEDED.slice(1)]) },
        outputs: { arn: `arn:aws:iam::${ACCOUNT}:policy/boundary` },
      },
    ],
    expect: { machine: "violation" },
  },
  {
    title: "a bucket policy that refuses uploads of this role",
    resources: [
      ...loggingStack(NEEDED),
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        name: "policy",
        props: {
          bucket: "acme-prod-logs",
          policy: json([
            {
              Sid: "OnlyTheWriter",
              Effect: "Deny",
              Principal: "*",
              Action: "s3:PutObject",
              Resource: `${BUCKET_ARN}/*`,
              Condition: { ArnNotEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/writer` } },
            },
          ]),
        },
      },
    ],
    expect: { policy: "violation" },
  },
  {
    title: "a key whose policy does not let the account's IAM policies decide",
    resources: loggingStack(NEEDED, [
      { ...KEY_STATEMENTS[0], Action: ["kms:Describe*", "kms:PutKeyPolicy"] },
      ...KEY_STATEMENTS.slice(1),
    ]),
    expect: { key: "violation" },
  },
  {
    title: "a key that lets CloudWatch Logs in for another log group",
    resources: loggingStack(NEEDED, [
      ...KEY_STATEMENTS.slice(0, 1),
      {
        ...KEY_STATEMENTS[1],
        Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": `${GROUP_ARN}-old` } },
      },
    ]),
    expect: { key: "violation" },
  },
  {
    title: "a key that lets CloudWatch Logs of another Region in",
    resources: loggingStack(NEEDED, [
      ...KEY_STATEMENTS.slice(0, 1),
      { ...KEY_STATEMENTS[1], Principal: { Service: "logs.us-east-1.amazonaws.com" } },
    ]),
    expect: { key: "violation" },
  },
  {
    title: "a permission that depends on where the request comes from",
    resources: loggingStack([
      { ...NEEDED[0], Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } } },
      ...NEEDED.slice(1),
    ]),
    expect: { machine: "undecided" },
  },
  {
    title: "a policy that is not known yet",
    resources: [
      ...loggingStack(NEEDED.slice(0, -2)),
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "later",
        props: { role: "acme-prod-machine", policy: UNKNOWN },
        from: { policy: ["key"] },
      },
    ],
    expect: { later: "undecided" },
  },
  {
    title: "what a policy of AWS allows, of which this pack does not have the text",
    resources: [
      ...loggingStack(NEEDED.slice(0, -1)),
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "attached",
        props: {
          role: "acme-prod-machine",
          policyArn: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy",
        },
      },
    ],
    expect: { machine: "undecided" },
  },
  {
    title: "a grant on the key, which is not read",
    resources: [
      ...loggingStack(NEEDED.slice(0, -1)),
      {
        type: "aws:kms/grant:Grant",
        name: "grant",
        props: {
          keyId: KEY_ARN,
          granteePrincipal: `arn:aws:iam::${ACCOUNT}:role/acme-prod-machine`,
          operations: ["Decrypt"],
        },
      },
    ],
    expect: { machine: "undecided" },
  },
  {
    title: "a policy of the role that another provider writes",
    resources: [
      ...loggingStack(NEEDED.slice(0, -1)),
      {
        type: "aws-native:iam:RolePolicy",
        name: "native",
        props: { roleName: "acme-prod-machine", policyName: "keys" },
      },
    ],
    expect: { machine: "undecided" },
  },
  {
    title: "a first preview: nothing has an ARN, and the account is the one that all ARNs name",
    resources: firstPreview(loggingStack(NEEDED.slice(1, -2))).filter(({ name }) => name !== "encryption"),
    expect: { machine: "violation" },
  },
  {
    title: "a role of another stack",
    resources: [
      DOCUMENT,
      ...stores(KEY_STATEMENTS),
      {
        type: "aws:iam/instanceProfile:InstanceProfile",
        name: "profile",
        props: { name: "shared", role: "shared-machine" },
      },
    ],
    expect: { profile: "undecided" },
  },
  {
    title: "a role of another stack that configuration vouches for",
    config: { trustedRoles: ["shared-*"] },
    resources: [
      DOCUMENT,
      ...stores(KEY_STATEMENTS),
      {
        type: "aws:iam/instanceProfile:InstanceProfile",
        name: "profile",
        props: { name: "shared", role: "shared-machine" },
      },
    ],
    expect: {},
  },
  {
    title: "stores of another stack",
    resources: [DOCUMENT],
    expect: { shell: "undecided" },
  },
];
