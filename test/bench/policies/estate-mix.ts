import { type StackResource, urnOf } from "../../policies/support/stack.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-central-1";
/** Services that share a session document, its bucket, key and log group, and the people who may use it. */
const SERVICES_PER_TEAM = 20;
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

function logging(index: number): string {
  const owner = Math.floor(index / SERVICES_PER_TEAM);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "ssm:UpdateInstanceInformation",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::logs-${owner}/*`,
      },
      {
        Effect: "Allow",
        Action: "s3:GetEncryptionConfiguration",
        Resource: `arn:aws:s3:::logs-${owner}`,
      },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: `arn:aws:kms:${REGION}:${ACCOUNT}:key/key-${owner}`,
      },
    ],
  });
}

const tags = (index: number) => ({ Name: `thing-${index}`, Environment: "prod", Team: `team-${index % 50}` });

interface Made {
  readonly type: string;
  readonly inputs: { readonly [property: string]: unknown };
  readonly outputs?: { readonly [property: string]: unknown };
}

const arn = (namespace: string, resource: string, region = ""): string =>
  `arn:aws:${namespace}:${region}:${ACCOUNT}:${resource}`;

/** A machine with its role and its group, and beside it what no rule reads. */
function service(index: number): readonly Made[] {
  return [
    {
      type: "aws:ec2/instance:Instance",
      inputs: {
        ami: "ami-0123456789abcdef0",
        instanceType: "t3.micro",
        subnetId: "subnet-1",
        vpcSecurityGroupIds: [`sg-${index}`],
        associatePublicIpAddress: false,
        iamInstanceProfile: `machine-${index}`,
        metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 },
        rootBlockDevice: { encrypted: true, volumeSize: 16, volumeType: "gp3" },
        tags: tags(index),
      },
    },
    {
      type: "aws:ec2/securityGroup:SecurityGroup",
      inputs: {
        vpcId: "vpc-1",
        description: "Managed by Pulumi",
        revokeRulesOnDelete: false,
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
        tags: tags(index),
      },
      outputs: { id: `sg-${index}` },
    },
    {
      type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      inputs: {
        securityGroupId: `sg-${index}`,
        ipProtocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
        cidrIpv4: "10.0.0.0/8",
      },
    },
    {
      type: "aws:iam/role:Role",
      inputs: {
        name: `machine-${index}`,
        assumeRolePolicy: TRUST,
        maxSessionDuration: 3600,
        path: "/",
        tags: tags(index),
      },
      outputs: { id: `machine-${index}`, arn: arn("iam", `role/machine-${index}`) },
    },
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      inputs: { role: `machine-${index}`, policy: logging(index) },
    },
    {
      type: "aws:iam/instanceProfile:InstanceProfile",
      inputs: { name: `machine-${index}`, role: `machine-${index}` },
      outputs: { id: `machine-${index}` },
    },
    ...(index % SERVICES_PER_TEAM === 0 ? team(index / SERVICES_PER_TEAM) : []),
    ...Array.from({ length: OTHERS }, (_, kind) => other(index, kind)),
  ];
}

/**
 * A team: a session document with all that its logs need, the people who may use it, and a network with a way past
 * sessions.
 */
function team(index: number): readonly Made[] {
  return [
    {
      type: "aws:kms/key:Key",
      inputs: {
        description: "Session logs",
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags: tags(index),
      },
      outputs: { id: `key-${index}`, keyId: `key-${index}`, arn: arn("kms", `key/key-${index}`, REGION) },
    },
    {
      type: "aws:s3/bucket:Bucket",
      inputs: { bucket: `logs-${index}`, forceDestroy: false, tags: tags(index) },
      outputs: { id: `logs-${index}`, arn: `arn:aws:s3:::logs-${index}` },
    },
    {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      inputs: {
        bucket: `logs-${index}`,
        rules: [
          {
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: arn("kms", `key/key-${index}`, REGION),
            },
            bucketKeyEnabled: true,
          },
        ],
      },
    },
    {
      type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      inputs: {
        bucket: `logs-${index}`,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    },
    {
      type: "aws:cloudwatch/logGroup:LogGroup",
      inputs: {
        name: `/sessions/${index}`,
        retentionInDays: 365,
        kmsKeyId: arn("kms", `key/key-${index}`, REGION),
        tags: tags(index),
      },
      outputs: { id: `/sessions/${index}`, arn: arn("logs", `log-group:/sessions/${index}`, REGION) },
    },
    {
      type: "aws:ssm/document:Document",
      inputs: {
        name: `shell-${index}`,
        documentType: "Session",
        documentFormat: "JSON",
        content: CONTENT.replace("logs-0", `logs-${index}`).replace("/sessions/0", `/sessions/${index}`),
      },
    },
    {
      type: "aws:iam/policy:Policy",
      inputs: {
        name: `sessions-${index}`,
        path: "/",
        description: "Managed by Pulumi",
        policy: sessions(index),
      },
      outputs: { id: arn("iam", `policy/sessions-${index}`), arn: arn("iam", `policy/sessions-${index}`) },
    },
    {
      type: "aws:iam/group:Group",
      inputs: { name: `team-${index}`, path: "/" },
      outputs: { id: `team-${index}`, arn: arn("iam", `group/team-${index}`) },
    },
    {
      type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      inputs: { group: `team-${index}`, policyArn: arn("iam", `policy/sessions-${index}`) },
    },
    {
      type: "aws:ec2/vpc:Vpc",
      inputs: { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: tags(index) },
      outputs: { id: `vpc-${index}`, defaultSecurityGroupId: `sg-default-${index}` },
    },
    {
      type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      inputs: { vpcId: `vpc-${index}`, tags: tags(index) },
      outputs: { id: `sg-default-${index}` },
    },
    {
      type: "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
      inputs: { subnetId: "subnet-1", securityGroupIds: [`sg-${index}`], tags: tags(index) },
    },
  ];
}

/** Resources of a service that no rule reads. */
const OTHERS = 9;

function other(index: number, kind: number): Made {
  switch (kind % 3) {
    case 0:
      return {
        type: "aws:route53/record:Record",
        inputs: { zoneId: "Z1", name: `host-${index}-${kind}`, type: "A", ttl: 300, records: ["10.0.0.1"] },
      };
    case 1:
      return {
        type: "aws:lambda/function:Function",
        inputs: {
          name: `function-${index}-${kind}`,
          runtime: "nodejs22.x",
          handler: "index.handler",
          role: arn("iam", "role/functions"),
          environment: { variables: { TABLE: `table-${index}`, STAGE: "prod" } },
          memorySize: 256,
          timeout: 10,
          tags: tags(index),
        },
      };
    default:
      return {
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
          alarmActions: [arn("sns", "alerts", REGION)],
          tags: tags(index),
        },
      };
  }
}

/**
 * A stack of so many resources, more than half of which no rule reads. The same for the same size.
 *
 * Of a service's 15 resources six are read by rules: a machine, its group with a rule, and its role with a policy of one of
 * as many texts as there are teams, by which it may log where its team does; nine are not. A team of 20 services adds
 * twelve that are read: a session document with bucket, key and log group, a policy for people whose text nobody else has,
 * and a network with an endpoint that must not be. So at 10,000 there are 641 machines' roles, 33 session documents and 33
 * policies that are decided each by itself. Every rule answers a question about it (`bench-mix.test.ts`).
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
  const resources: StackResource[] = [root];
  for (let index = 0; resources.length < size; index += 1) {
    for (const made of service(index).slice(0, size - resources.length)) {
      const name = `resource-${resources.length}`;
      resources.push({
        urn: urnOf(made.type, name),
        type: made.type,
        name,
        inputs: made.inputs,
        outputs: {
          id: `${name}-id`,
          arn: arn("any", `${name}-id`, REGION),
          ...made.inputs,
          ...made.outputs,
          tagsAll: made.inputs["tags"] ?? null,
        },
        dependencies: {},
        parent: PARENT,
        provider: PROVIDER,
      });
    }
  }
  return resources;
}
