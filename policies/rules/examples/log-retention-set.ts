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

const LOG_GROUP = sessionDocument({ cloudWatchLogGroupName: "/acme/prod/sessions" });
const BUCKET = sessionDocument({ s3BucketName: "acme-prod-logs", s3KeyPrefix: "sessions" });

function logGroup(props: object): ExampleResource {
  return {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "sessions",
    props: { name: "/acme/prod/sessions", ...props },
  };
}

function bucket(props: object = {}): ExampleResource {
  return { type: "aws:s3/bucket:Bucket", name: "bucket", props: { bucket: "acme-prod-logs", ...props } };
}

function lifecycle(...rules: readonly object[]): ExampleResource {
  return {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    name: "lifecycle",
    props: {
      bucket: "acme-prod-logs",
      rules: rules.map((rule, index) => ({ id: `rule-${index}`, status: "Enabled", ...rule })),
    },
  };
}

const YEAR = { expiration: { days: 365 } };

export const EXAMPLES: readonly Example[] = [
  {
    title: "a log group that keeps a year",
    resources: [LOG_GROUP, logGroup({ retentionInDays: 365 })],
    expect: {},
  },
  {
    title: "a bucket that expires everything after a year",
    resources: [
      BUCKET,
      bucket(),
      lifecycle({ filter: { prefix: "" }, ...YEAR }, { expiration: { expiredObjectDeleteMarker: true } }),
    ],
    expect: {},
  },
  {
    title: "a rule for the folder of the logs, and a shorter one for another",
    resources: [
      BUCKET,
      bucket(),
      lifecycle(
        { filter: { prefix: "sessions/" }, ...YEAR },
        { filter: { prefix: "tmp/" }, expiration: { days: 1 } },
      ),
    ],
    expect: {},
  },
  {
    title: "the older property of the bucket",
    resources: [BUCKET, bucket({ lifecycleRules: [{ enabled: true, ...YEAR }] })],
    expect: {},
  },
  {
    title: "logs for ever, which configuration allows",
    config: { allowForever: true },
    resources: [LOG_GROUP, logGroup({ retentionInDays: 0 })],
    expect: {},
  },
  {
    title: "a log group of which nothing is said",
    resources: [LOG_GROUP, logGroup({})],
    expect: { sessions: "violation" },
  },
  {
    title: "a log group that keeps a week",
    resources: [LOG_GROUP, logGroup({ retentionInDays: 7 })],
    expect: { sessions: "violation" },
  },
  {
    title: "less than configuration asks for",
    config: { minimumDays: 365 },
    resources: [LOG_GROUP, logGroup({ retentionInDays: "180" })],
    expect: { sessions: "violation" },
  },
  { title: "a bucket without rules", resources: [BUCKET, bucket()], expect: { bucket: "violation" } },
  {
    title: "a rule that is off",
    resources: [BUCKET, bucket(), lifecycle({ status: "Disabled", ...YEAR })],
    expect: { lifecycle: "violation" },
  },
  {
    title: "a rule for another folder",
    resources: [BUCKET, bucket(), lifecycle({ filter: { prefix: "sessions-old/" }, ...YEAR })],
    expect: { lifecycle: "violation" },
  },
  {
    title: "a rule for logs with a tag, which the agent does not set",
    resources: [BUCKET, bucket(), lifecycle({ filter: { tag: { key: "old", value: "true" } }, ...YEAR })],
    expect: { lifecycle: "violation" },
  },
  {
    title: "a rule for older versions only",
    resources: [BUCKET, bucket(), lifecycle({ noncurrentVersionExpiration: { noncurrentDays: 90 } })],
    expect: { lifecycle: "violation" },
  },
  {
    title: "a second rule that expires some logs after a day",
    resources: [
      BUCKET,
      bucket(),
      lifecycle(
        { filter: { prefix: "" }, ...YEAR },
        { filter: { and: { prefix: "sessions/a", objectSizeLessThan: 1000 } }, expiration: { days: 1 } },
      ),
    ],
    expect: { lifecycle: "violation" },
  },
  {
    title: "a date, after which nothing is kept",
    resources: [BUCKET, bucket(), lifecycle({ expiration: { date: "2030-01-01T00:00:00Z" } })],
    expect: { lifecycle: "violation" },
  },
  {
    title: "a number of days that is not known yet",
    resources: [BUCKET, bucket(), lifecycle({ filter: { prefix: "" }, expiration: { days: UNKNOWN } })],
    expect: { lifecycle: "undecided" },
  },
  {
    title: "a log group of another stack",
    resources: [LOG_GROUP],
    expect: { shell: "undecided" },
  },
  {
    title: "a log group of another stack that configuration vouches for",
    config: { trustedDestinations: ["/acme/*"] },
    resources: [LOG_GROUP],
    expect: {},
  },
];
