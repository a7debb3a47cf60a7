import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

function sessionDocument(content: unknown, props: ExampleResource["props"] = {}): ExampleResource {
  return {
    type: "aws:ssm/document:Document",
    name: "shell",
    props: { name: "acme-prod-shell", documentType: "Session", documentFormat: "JSON", content, ...props },
  };
}

function json(sessionType: string, inputs: object): string {
  return JSON.stringify({ schemaVersion: "1.0", sessionType, inputs });
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "a shell that is logged to a bucket",
    resources: [sessionDocument(json("Standard_Stream", { s3BucketName: "acme-prod-logs" }))],
    expect: {},
  },
  {
    title: "commands that are logged to a log group, in YAML",
    resources: [
      sessionDocument(
        "schemaVersion: '1.0'\nsessionType: InteractiveCommands\ninputs:\n  s3BucketName: ''\n  cloudWatchLogGroupName: /acme/prod/sessions\n",
        { documentFormat: "YAML" },
      ),
    ],
    expect: {},
  },
  {
    title: "a tunnel, which is never logged",
    resources: [
      sessionDocument('{"schemaVersion":"1.0","sessionType":"Port","properties":{"portNumber":"5432"}}'),
    ],
    expect: {},
  },
  {
    title: "a document of another type",
    resources: [sessionDocument('{"schemaVersion":"2.2"}', { documentType: "Command" })],
    expect: {},
  },
  {
    title: "a shell without a destination",
    resources: [sessionDocument(json("Standard_Stream", { idleSessionTimeout: "20" }))],
    expect: { shell: "violation" },
  },
  {
    title: "destinations that are empty, as the console writes them",
    resources: [
      sessionDocument(
        json("Standard_Stream", {
          s3BucketName: "",
          s3EncryptionEnabled: true,
          cloudWatchLogGroupName: "",
          cloudWatchEncryptionEnabled: true,
        }),
      ),
    ],
    expect: { shell: "violation" },
  },
  {
    title: "a destination beside `inputs`, where nobody reads it",
    resources: [
      sessionDocument(
        '{"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{},"s3BucketName":"acme-prod-logs"}',
      ),
    ],
    expect: { shell: "violation" },
  },
  {
    title: "commands without inputs, in YAML",
    resources: [
      sessionDocument(
        "schemaVersion: '1.0'\nsessionType: NonInteractiveCommands\nproperties:\n  linux:\n    commands: uptime\n",
        { documentFormat: "YAML" },
      ),
    ],
    expect: { shell: "violation" },
  },
  {
    title: "the account's preferences",
    resources: [
      sessionDocument(json("Standard_Stream", { kmsKeyId: "alias/acme-sessions" }), {
        name: "SSM-SessionManagerRunShell",
      }),
    ],
    expect: { shell: "violation" },
  },
  {
    title: "a bucket that the session's own parameters name",
    resources: [sessionDocument(json("Standard_Stream", { s3BucketName: "{{ bucket }}" }))],
    expect: { shell: "undecided" },
  },
  {
    title: "content that is not known yet",
    resources: [sessionDocument(UNKNOWN)],
    expect: { shell: "undecided" },
  },
  {
    title: "a type of document that is not known yet",
    resources: [sessionDocument(json("Standard_Stream", {}), { documentType: UNKNOWN })],
    expect: { shell: "undecided" },
  },
  {
    title: "a session type that Session Manager does not have",
    resources: [sessionDocument(json("port", {}))],
    expect: { shell: "undecided" },
  },
  {
    title: "a document of another provider",
    resources: [{ type: "aws-native:ssm:Document", name: "shell", props: { documentType: "Session" } }],
    expect: { shell: "undecided" },
  },
];
