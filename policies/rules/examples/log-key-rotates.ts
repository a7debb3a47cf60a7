import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

function sessionDocument(inputs: object): ExampleResource {
  return {
    type: "aws:ssm/document:Document",
    name: "shell",
    props: {
      name: "acme-prod-shell",
      documentType: "Session",
      content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs }),
    },
  };
}

const TO_LOG_GROUP = { cloudWatchLogGroupName: "/acme/prod/sessions", cloudWatchEncryptionEnabled: true };

function logGroup(kmsKeyId: unknown): ExampleResource {
  return {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "sessions",
    props: { name: "/acme/prod/sessions", kmsKeyId },
    ...(kmsKeyId === UNKNOWN ? { from: { kmsKeyId: ["key"] } } : {}),
  };
}

function key(props: ExampleResource["props"], type = "aws:kms/key:Key"): ExampleResource {
  return { type, name: "key", props };
}

function ofLogGroup(made: ExampleResource): readonly ExampleResource[] {
  return [made, logGroup(UNKNOWN), sessionDocument(TO_LOG_GROUP)];
}

const ALIAS: ExampleResource = {
  type: "aws:kms/alias:Alias",
  name: "alias",
  props: { name: "alias/acme-prod-sessions", targetKeyId: UNKNOWN },
  from: { targetKeyId: ["key"] },
};
const ALIAS_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/acme-prod-sessions";

export const EXAMPLES: readonly Example[] = [
  {
    title: "a key that rotates every year",
    resources: ofLogGroup(key({ enableKeyRotation: true })),
    expect: {},
  },
  {
    title: "the key of the sessions, by its alias, in a first preview",
    resources: [
      key({ enableKeyRotation: true, rotationPeriodInDays: 180 }),
      ALIAS,
      sessionDocument({ kmsKeyId: ALIAS_ARN }),
    ],
    expect: {},
  },
  {
    title: "a key that encrypts nothing of sessions",
    resources: [key({}), sessionDocument({})],
    expect: {},
  },
  {
    title: "a bucket's key that does not rotate",
    resources: [
      key({ description: "Session logs" }),
      { type: "aws:s3/bucket:Bucket", name: "bucket", props: { bucket: "acme-prod-logs" } },
      {
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        name: "encryption",
        props: {
          bucket: "acme-prod-logs",
          rules: [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN } },
          ],
        },
        from: { rules: ["key"] },
      },
      sessionDocument({ s3BucketName: "acme-prod-logs", s3EncryptionEnabled: true }),
    ],
    expect: { key: "violation" },
  },
  {
    title: "the key of the sessions, behind an alias, that does not rotate",
    resources: [
      key({ enableKeyRotation: false }),
      ALIAS,
      sessionDocument({ ...TO_LOG_GROUP, kmsKeyId: ALIAS_ARN }),
      logGroup(null),
    ],
    expect: { key: "violation" },
  },
  {
    title: "a rotation that comes later than configuration wants",
    config: { maximumPeriodDays: 365 },
    resources: ofLogGroup(key({ enableKeyRotation: true, rotationPeriodInDays: 730 })),
    expect: { key: "violation" },
  },
  {
    title: "an asymmetric key",
    resources: ofLogGroup(key({ customerMasterKeySpec: "RSA_4096", enableKeyRotation: true })),
    expect: { key: "violation" },
  },
  {
    title: "a key in a CloudHSM cluster",
    resources: ofLogGroup(key({ customKeyStoreId: "cks-0123456789abcdef0", enableKeyRotation: true })),
    expect: { key: "violation" },
  },
  {
    title: "imported key material",
    resources: ofLogGroup(key({ keyMaterialBase64: "AAAA" }, "aws:kms/externalKey:ExternalKey")),
    expect: { key: "violation" },
  },
  {
    title: "a replica, whose primary does not rotate",
    resources: [
      { type: "aws:kms/key:Key", name: "primary", props: { multiRegion: true } },
      {
        ...key({ primaryKeyArn: UNKNOWN }, "aws:kms/replicaKey:ReplicaKey"),
        from: { primaryKeyArn: ["primary"] },
      },
      logGroup(UNKNOWN),
      sessionDocument(TO_LOG_GROUP),
    ],
    expect: { primary: "violation" },
  },
  {
    title: "a rotation that is not known yet",
    resources: ofLogGroup(key({ enableKeyRotation: UNKNOWN })),
    expect: { key: "undecided" },
  },
  {
    title: "an alias of another stack",
    resources: [sessionDocument({ kmsKeyId: ALIAS_ARN })],
    expect: { shell: "undecided" },
  },
  {
    title: "keys of another stack that configuration vouches for",
    config: { trustedKeys: ["arn:aws:kms:*:123456789012:*"] },
    resources: [
      logGroup("arn:aws:kms:eu-central-1:123456789012:key/0f1e2d3c-0000-4000-8000-000000000000"),
      sessionDocument({ ...TO_LOG_GROUP, kmsKeyId: ALIAS_ARN }),
    ],
    expect: {},
  },
  {
    title: "a key that the session's own parameters name",
    resources: [sessionDocument({ kmsKeyId: "{{ key }}" })],
    expect: { shell: "undecided" },
  },
];
