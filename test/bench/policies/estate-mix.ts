import { type StackResource, urnOf } from "../../policies/support/stack.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-central-1";
const PARENT = "urn:pulumi:test::project::bench:index:Team::team";

const PROVIDER = {
  urn: "urn:pulumi:test::project::pulumi:providers:aws::default_7_48_0",
  inputs: {
    region: REGION,
    version: "7.48.0",
    skipCredentialsValidation: "false",
    skipMetadataApiCheck: "true",
    defaultTags: JSON.stringify({ tags: { Environment: "prod", ManagedBy: "pulumi" } }),
  },
};

const CONTENT = JSON.stringify({
  schemaVersion: "1.0",
  description: "Shell",
  sessionType: "Standard_Stream",
  inputs: {
    s3BucketName: "logs-0",
    s3EncryptionEnabled: true,
    cloudWatchLogGroupName: "/sessions/0",
    cloudWatchEncryptionEnabled: true,
    idleSessionTimeout: "20",
    maxSessionDuration: "60",
    runAsEnabled: false,
  },
});

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

function sessions(index: number): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Machines",
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/*`,
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          StringEquals: { "ssm:resourceTag/Team": `team-${index}` },
          BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
        },
      },
      {
        Sid: "Document",
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:document/shell-${index}`,
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
      {
        Sid: "Own",
        Effect: "Allow",
        Action: ["ssm:TerminateSession", "ssm:ResumeSession"],
        Resource: "*",
        Condition: { StringEquals: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}" } },
      },
    ],
  });
}

const tags = (index: number) => ({ Name: `thing-${index}`, Environment: "prod", Team: `team-${index % 50}` });

type Maker = (index: number) => {
  readonly type: string;
  readonly inputs: { readonly [property: string]: unknown };
};

/** One of each, repeated: what the rules read, and beside it what most of a stack consists of. */
const MAKERS: readonly Maker[] = [
  (index) => ({
    type: "aws:ec2/instance:Instance",
    inputs: {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      subnetId: `subnet-${index}`,
      vpcSecurityGroupIds: [`sg-${index}`],
      associatePublicIpAddress: false,
      metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, volumeSize: 16, volumeType: "gp3" },
      tags: tags(index),
    },
  }),
  (index) => ({
    type: "aws:ec2/securityGroup:SecurityGroup",
    inputs: {
      vpcId: "vpc-1",
      description: "Managed by Pulumi",
      revokeRulesOnDelete: false,
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      tags: tags(index),
    },
  }),
  (index) => ({
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs: {
      securityGroupId: `sg-${index}`,
      ipProtocol: "tcp",
      fromPort: 8080,
      toPort: 8080,
      cidrIpv4: "10.0.0.0/8",
    },
  }),
  (index) => ({
    type: "aws:iam/policy:Policy",
    inputs: {
      name: `sessions-${index}`,
      path: "/",
      description: "Managed by Pulumi",
      policy: sessions(index),
    },
  }),
  (index) => ({
    type: "aws:iam/role:Role",
    inputs: {
      name: `role-${index}`,
      assumeRolePolicy: TRUST,
      maxSessionDuration: 3600,
      path: "/",
      tags: tags(index),
    },
  }),
  (index) => ({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: { role: `role-${index}`, policyArn: `arn:aws:iam::${ACCOUNT}:policy/sessions-${index}` },
  }),
  (index) => ({
    type: "aws:ssm/document:Document",
    inputs: { name: `shell-${index}`, documentType: "Session", documentFormat: "JSON", content: CONTENT },
  }),
  (index) => ({
    type: "aws:s3/bucket:Bucket",
    inputs: { bucket: `logs-${index}`, forceDestroy: false, tags: tags(index) },
  }),
  (index) => ({
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    inputs: {
      bucket: `logs-${index}`,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: `alias/logs-${index}`,
          },
          bucketKeyEnabled: true,
        },
      ],
    },
  }),
  (index) => ({
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    inputs: {
      bucket: `logs-${index}`,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  }),
  (index) => ({
    type: "aws:kms/key:Key",
    inputs: {
      description: "Session logs",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: tags(index),
    },
  }),
  (index) => ({
    type: "aws:kms/alias:Alias",
    inputs: { name: `alias/logs-${index}`, targetKeyId: `key-${index}` },
  }),
  (index) => ({
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: {
      name: `/sessions/${index}`,
      retentionInDays: 365,
      kmsKeyId: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/logs-${index}`,
      tags: tags(index),
    },
  }),
  // What no rule reads.
  ...Array.from(
    { length: 13 },
    (_, kind): Maker =>
      (index) =>
        [
          {
            type: "aws:route53/record:Record",
            inputs: { zoneId: "Z1", name: `host-${index}`, type: "A", ttl: 300, records: ["10.0.0.1"] },
          },
          {
            type: "aws:lambda/function:Function",
            inputs: {
              name: `function-${index}-${kind}`,
              runtime: "nodejs22.x",
              handler: "index.handler",
              role: `arn:aws:iam::${ACCOUNT}:role/role-${index}`,
              environment: { variables: { TABLE: `table-${index}`, STAGE: "prod" } },
              memorySize: 256,
              timeout: 10,
              tags: tags(index),
            },
          },
          {
            type: "aws:cloudwatch/metricAlarm:MetricAlarm",
            inputs: {
              name: `alarm-${index}-${kind}`,
              comparisonOperator: "GreaterThanThreshold",
              evaluationPeriods: 2,
              metricName: "Errors",
              namespace: "AWS/Lambda",
              period: 60,
              statistic: "Sum",
              threshold: 1,
              dimensions: { FunctionName: `function-${index}` },
              alarmActions: [`arn:aws:sns:${REGION}:${ACCOUNT}:alerts`],
              tags: tags(index),
            },
          },
        ][kind % 3] ?? { type: "pulumi:pulumi:Missing", inputs: {} },
  ),
];

/**
 * A stack of so many resources in which every rule finds something to decide, and about half is none of its business.
 * The same for the same size; no finding but such as the mix is known for.
 */
export function mixedStack(size: number): readonly StackResource[] {
  const root: StackResource = {
    urn: urnOf("pulumi:pulumi:Stack", "project-test"),
    type: "pulumi:pulumi:Stack",
    name: "project-test",
    inputs: {},
    outputs: {},
    dependencies: {},
  };
  const resources = Array.from({ length: size - 1 }, (_, position): StackResource => {
    const index = Math.floor(position / MAKERS.length);
    const made = MAKERS[position % MAKERS.length]?.(index) ?? { type: "", inputs: {} };
    const name = `resource-${position}`;
    const id = `${name}-id`;
    return {
      urn: urnOf(made.type, name),
      type: made.type,
      name,
      inputs: made.inputs,
      outputs: {
        ...made.inputs,
        id,
        arn: `arn:aws:any:${REGION}:${ACCOUNT}:${id}`,
        tagsAll: made.inputs["tags"] ?? null,
      },
      dependencies: {},
      parent: PARENT,
      provider: PROVIDER,
    };
  });
  return [root, ...resources];
}
