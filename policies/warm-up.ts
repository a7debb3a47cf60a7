import { readdirSync } from "node:fs";
import { flushCompileCache, getCompileCacheDir } from "node:module";
import { buildEstate } from "./estate/estate.ts";
import { readFacts } from "./estate/facts.ts";
import type { ResourceRecord } from "./estate/resource-record.ts";
import { loadIam } from "./iam.ts";
import { readProps } from "./reader/data.ts";
import type { Rule } from "./rules/rule.ts";

/** Whether Node.js finds compiled on disk what an earlier run has loaded. */
export function isCompiled(): boolean {
  const folder = getCompileCacheDir();
  try {
    return folder !== undefined && readdirSync(folder).length > 0;
  } catch {
    // A folder that cannot be read holds nothing for this process: it starts as a first one does.
    return false;
  }
}

/**
 * Loads what most stacks need, and lets every rule decide a small stack that is nobody's, so that V8 has compiled the way
 * of a decision before the first resource comes: the engine starts a pack before the program, and waits for each answer
 * that a resource gets. The first of all decisions takes ten times what the second one does.
 *
 * Only where {@link isCompiled}: else loading takes longer than anything that it could save.
 */
export async function warmUp(rules: readonly Rule[]): Promise<void> {
  await loadIam();
  const facts = SAMPLE.map(readFacts);
  const estate = buildEstate(
    facts,
    SAMPLE.map(({ urn, type, parent }) => ({ urn, type, parent })),
  );
  for (const rule of rules) {
    for (const each of facts) {
      rule.decideResource(each, {});
    }
    rule.decideStack?.(estate, {});
  }
}

/** Keeps on disk what this process has compiled, functions included that ran since they were loaded; once it is idle. */
export function keepCompiled(): void {
  setTimeout(flushCompileCache, IDLE_MILLISECONDS).unref();
}

/** Long enough for an answer to be on its way, and short enough for the engine not to have ended the pack. */
const IDLE_MILLISECONDS = 20;

const ACCOUNT = "123456789012";
const DOCUMENT = `arn:aws:ssm:eu-west-1:${ACCOUNT}:document/shell`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;

const PEOPLE = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "ssm:StartSession",
      Resource: `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`,
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        StringEquals: { "ssm:resourceTag/Team": "one" },
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
      },
    },
    {
      Effect: "Allow",
      Action: "ssm:StartSession",
      Resource: DOCUMENT,
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    },
    {
      Effect: "Allow",
      Action: ["ssm:TerminateSession", "ssm:ResumeSession"],
      Resource: "*",
      Condition: { StringEquals: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}" } },
    },
  ],
};

const MACHINE = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["ssm:UpdateInstanceInformation", "ssmmessages:OpenDataChannel"],
      Resource: "*",
    },
    { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" },
    { Effect: "Allow", Action: "s3:GetEncryptionConfiguration", Resource: "arn:aws:s3:::logs" },
    { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: KEY },
  ],
};

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

const SESSION = {
  schemaVersion: "1.0",
  sessionType: "Standard_Stream",
  inputs: {
    s3BucketName: "logs",
    s3EncryptionEnabled: true,
    cloudWatchLogGroupName: "/logs",
    cloudWatchEncryptionEnabled: true,
  },
};

/** A machine that may log where a document's sessions do, people who may open them, and what else rules read. */
const SAMPLE: readonly ResourceRecord[] = [
  sample("aws:ssm/document:Document", {
    name: "shell",
    documentType: "Session",
    content: JSON.stringify(SESSION),
  }),
  sample("aws:s3/bucket:Bucket", { bucket: "logs" }),
  sample("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
    bucket: "logs",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY } }],
  }),
  sample("aws:cloudwatch/logGroup:LogGroup", { name: "/logs", retentionInDays: 90, kmsKeyId: KEY }),
  sample("aws:kms/key:Key", { enableKeyRotation: true }, { keyId: "1", arn: KEY }),
  sample("aws:iam/policy:Policy", { name: "people", policy: JSON.stringify(PEOPLE) }),
  sample("aws:iam/role:Role", { name: "machine", assumeRolePolicy: JSON.stringify(TRUST) }),
  sample("aws:iam/rolePolicy:RolePolicy", { role: "machine", policy: JSON.stringify(MACHINE) }),
  sample("aws:iam/instanceProfile:InstanceProfile", { name: "machine", role: "machine" }),
  sample("aws:ec2/instance:Instance", {
    iamInstanceProfile: "machine",
    associatePublicIpAddress: false,
    metadataOptions: { httpTokens: "required" },
  }),
  sample("aws:ec2/securityGroup:SecurityGroup", {
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
  }),
  sample("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { id: "vpc-1" }),
  sample("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: "vpc-1" }),
  sample("aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint", { subnetId: "subnet-1" }),
];

function sample(type: string, inputs: object, outputs: object = {}): ResourceRecord {
  return {
    urn: `urn:pulumi:none::none::${type}::sample`,
    type,
    name: "sample",
    inputs: readProps(inputs),
    outputs: readProps({ ...inputs, ...outputs }),
    dependencies: {},
    parent: undefined,
    provider: undefined,
  };
}
