import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

function sessionDocument(inputs: object, props: ExampleResource["props"] = {}): ExampleResource {
  return {
    type: "aws:ssm/document:Document",
    name: "shell",
    props: {
      name: "acme-prod-shell",
      documentType: "Session",
      documentFormat: "JSON",
      content: JSON.stringify({
        schemaVersion: "1.0",
        description: "Shell on production",
        sessionType: "Standard_Stream",
        inputs,
      }),
      ...props,
    },
  };
}

const TO_BUCKET = { s3BucketName: "acme-prod-logs", s3EncryptionEnabled: true };
const TO_LOG_GROUP = { cloudWatchLogGroupName: "/acme/prod/sessions", cloudWatchEncryptionEnabled: true };

const KEY: ExampleResource = {
  type: "aws:kms/key:Key",
  name: "logs",
  props: { enableKeyRotation: true },
};

const BUCKET: ExampleResource = {
  type: "aws:s3/bucket:Bucket",
  name: "bucket",
  props: { bucket: "acme-prod-logs" },
};

function encryption(byDefault: object, from?: ExampleResource["from"]): ExampleResource {
  return {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name: "encryption",
    props: {
      bucket: UNKNOWN,
      rules: [{ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: true }],
    },
    from: { bucket: ["bucket"], ...from },
  };
}

function logGroup(kmsKeyId: unknown, from?: ExampleResource["from"]): ExampleResource {
  return {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "sessions",
    props: { name: "/acme/prod/sessions", retentionInDays: 365, kmsKeyId },
    ...(from === undefined ? {} : { from }),
  };
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "bucket and log group under the stack's own key, in a first preview",
    resources: [
      KEY,
      BUCKET,
      encryption({ sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN }, { rules: ["logs"] }),
      logGroup(UNKNOWN, { kmsKeyId: ["logs"] }),
      sessionDocument({ ...TO_BUCKET, ...TO_LOG_GROUP }),
    ],
    expect: {},
  },
  {
    title: "a Port document, whose sessions are never logged",
    resources: [
      sessionDocument(
        {},
        { content: '{"schemaVersion":"1.0","sessionType":"Port","properties":{"portNumber":"5432"}}' },
      ),
    ],
    expect: {},
  },
  {
    title: "a document in YAML, and a key named by its alias",
    resources: [
      logGroup("arn:aws:kms:eu-central-1:123456789012:alias/acme-prod-logs"),
      sessionDocument(
        {},
        {
          documentFormat: "YAML",
          content:
            "schemaVersion: '1.0'\nsessionType: Standard_Stream\ninputs:\n  cloudWatchLogGroupName: /acme/prod/sessions\n  cloudWatchEncryptionEnabled: true\n",
        },
      ),
    ],
    expect: {},
  },
  {
    title: "a document that logs to a bucket encrypted or not",
    resources: [
      KEY,
      BUCKET,
      encryption({ sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN }, { rules: ["logs"] }),
      sessionDocument({ s3BucketName: "acme-prod-logs", s3EncryptionEnabled: false }),
    ],
    expect: { shell: "violation" },
  },
  {
    title: "a bucket with no encryption resource: S3's own keys",
    resources: [BUCKET, sessionDocument(TO_BUCKET)],
    expect: { bucket: "violation" },
  },
  {
    title: "AES256",
    resources: [BUCKET, encryption({ sseAlgorithm: "AES256" }), sessionDocument(TO_BUCKET)],
    expect: { encryption: "violation" },
  },
  {
    title: "aws:kms without a key: one that AWS manages",
    resources: [BUCKET, encryption({ sseAlgorithm: "aws:kms" }), sessionDocument(TO_BUCKET)],
    expect: { encryption: "violation" },
  },
  {
    title: "the alias of a key that AWS manages",
    resources: [
      BUCKET,
      encryption({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/aws/s3" }),
      sessionDocument(TO_BUCKET),
    ],
    expect: { encryption: "violation" },
  },
  {
    title: "aws:kms with an empty key, which is none",
    resources: [
      BUCKET,
      encryption({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "" }),
      sessionDocument(TO_BUCKET),
    ],
    expect: { encryption: "violation" },
  },
  {
    title: "a bucket that the session's own parameters name, whatever configuration vouches for",
    config: { trustedDestinations: ["*"] },
    resources: [sessionDocument({ s3BucketName: "{{ bucket }}", s3EncryptionEnabled: true })],
    expect: { shell: "undecided" },
  },
  {
    title: "a log group without a key",
    resources: [logGroup(null), sessionDocument(TO_LOG_GROUP)],
    expect: { sessions: "violation" },
  },
  {
    title: "a bucket of another stack",
    resources: [sessionDocument(TO_BUCKET)],
    expect: { shell: "undecided" },
  },
  {
    title: "a bucket of another stack that configuration vouches for",
    config: { trustedDestinations: ["acme-*-logs"] },
    resources: [sessionDocument(TO_BUCKET)],
    expect: {},
  },
  {
    title: "a key of another stack",
    resources: [
      logGroup("arn:aws:kms:eu-central-1:123456789012:key/0f1e2d3c-0000-4000-8000-000000000000"),
      sessionDocument(TO_LOG_GROUP),
    ],
    expect: { sessions: "undecided" },
  },
  {
    title: "content that depends on a key that does not exist yet",
    resources: [KEY, { ...sessionDocument({}, { content: UNKNOWN }), from: { content: ["logs"] } }],
    expect: { shell: "undecided" },
  },
  {
    title: "content that is not JSON",
    resources: [sessionDocument({}, { content: '{"inputs": {' })],
    expect: { shell: "undecided" },
  },
];
