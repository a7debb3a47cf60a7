import type { KeyConstraint } from "@bastionless/iam";
import { type Encryption, keyNamed } from "../../estate/encryption-key.ts";
import type { Estate } from "../../estate/estate.ts";
import { bucketEncryption, destinationsNamed } from "../../estate/log-encryption.ts";
import { identity, type ResourceRecord } from "../../estate/resource-record.ts";
import type { LogDestination, SessionDocument } from "../../estate/session-document.ts";
import { placeOf, type StackPlace } from "../../estate/stack-place.ts";
import { iam } from "../../iam.ts";
import type { CallLoss } from "../../messages/session-logging.ts";

/** A call that the agent on a machine makes because of what a session document says. */
export interface LoggingCall {
  readonly action: string;
  /** For messages, and for the statement that would allow it. */
  readonly resource: string;
  /** The ARNs, as templates of a question, under which AWS may check the call: under one of them is enough. */
  readonly readings: readonly string[];
  /** What is known of the request. */
  readonly keys: readonly KeyConstraint[];
  readonly loss: CallLoss;
  /** Whether it is about a destination of this document, and says that the role is meant for it. */
  readonly own: boolean;
  /** What else has to let the call in, where it is in the stack. */
  readonly guard: { readonly kind: "bucket" | "key"; readonly record: ResourceRecord } | undefined;
}

export type ReadDocument = Extract<SessionDocument, { kind: "read" }>;

/** The calls that can be told, and keys of which it cannot be told what they ask. */
export interface LoggingCalls {
  readonly calls: readonly LoggingCall[];
  readonly open: readonly OpenKey[];
}

/** A key that is not in the stack, or that is not known. */
export interface OpenKey {
  readonly key: string;
  readonly use: string;
}

/**
 * Every call that sessions of a document cost their machine.
 *
 * Sources: Systems Manager User Guide, "Verify or add instance permissions for Session Manager"; amazon-ssm-agent,
 * agent/session/shell/shell.go (what is checked before a session starts), agent/session/crypto/kmsservice.go (the
 * context of a session's key), agent/s3util/s3util.go (uploads name no encryption).
 */
export function loggingCallsOf(
  estate: Estate,
  record: ResourceRecord,
  document: ReadDocument,
  place: StackPlace,
): LoggingCalls {
  const ofEstate = made.get(estate) ?? new Map<ResourceRecord, Map<string, LoggingCalls>>();
  made.set(estate, ofEstate);
  const ofDocument = ofEstate.get(record) ?? new Map<string, LoggingCalls>();
  ofEstate.set(record, ofDocument);
  const where = [place.partition, place.region, place.account].join(" ");
  let calls = ofDocument.get(where);
  if (calls === undefined) {
    calls = makeCalls(estate, record, document, place);
    ofDocument.set(where, calls);
  }
  return calls;
}

/** Every role of a stack asks for the same. */
const made = new WeakMap<Estate, Map<ResourceRecord, Map<string, LoggingCalls>>>();

function makeCalls(
  estate: Estate,
  record: ResourceRecord,
  document: ReadDocument,
  place: StackPlace,
): LoggingCalls {
  const parts = [
    ...document.destinations.map((destination) =>
      destination.kind === "bucket"
        ? bucketCalls(estate, record, document, destination, place)
        : { calls: logGroupCalls(estate, record, destination, place), open: [] },
    ),
    sessionCalls(estate, record, document),
  ];
  return { calls: parts.flatMap(({ calls }) => calls), open: parts.flatMap(({ open }) => open) };
}

/** What an instance's request carries, whatever it asks for. */
function direct(): readonly KeyConstraint[] {
  const { equals, absent } = iam();
  return [
    equals("aws:SecureTransport", "true"),
    equals("aws:PrincipalIsAWSService", "false"),
    equals("aws:ViaAWSService", "false"),
    absent("aws:FederatedProvider"),
  ];
}

function bucketCalls(
  estate: Estate,
  from: ResourceRecord,
  { keyPrefix }: ReadDocument,
  { name, insists }: LogDestination,
  place: StackPlace,
): LoggingCalls {
  if (name.kind !== "known") {
    return { calls: [], open: [] };
  }
  const { absent } = iam();
  const folder = keyPrefix.kind === "known" ? `${keyPrefix.value.replace(/\/+$/, "")}/` : "";
  const arn = `arn:{partition}:s3:::${name.value}`;
  const shown = `arn:${place.partition ?? "aws"}:s3:::${name.value}`;
  const tls: KeyConstraint = {
    operator: "NumericGreaterThanEquals",
    key: "s3:TlsVersion",
    values: ["1.2"],
  };
  const records = destinationsNamed(estate, from, "bucket", name.value);
  const guards = records.length === 0 ? [undefined] : records.map((record) => bucketGuard(record));
  const calls = guards.flatMap((guard): readonly LoggingCall[] => [
    {
      action: "s3:PutObject",
      resource: `${shown}/${folder}*`,
      readings: [`${arn}/${folder}{name}.log`],
      keys: [...direct(), tls, ...ENCRYPTION_HEADERS.map(absent)],
      loss: "log-lost",
      own: true,
      guard,
    },
    ...(insists.kind === "known" && insists.value
      ? [
          {
            action: "s3:GetEncryptionConfiguration",
            resource: shown,
            readings: [arn],
            keys: [...direct(), tls],
            loss: "session-ends",
            own: true,
            guard,
          } as const,
        ]
      : []),
  ]);
  const keys = records.flatMap((record) =>
    bucketEncryption(estate, record).map((encryption) =>
      keyCalls(encryption, `the bucket \`${name.value}\``, (key) => ({
        action: "kms:GenerateDataKey",
        keys: throughS3(name.value, placeOf(estate, record, [record])),
        loss: "log-lost",
        ...keyResource(placeOf(estate, key, [key]), key),
      })),
    ),
  );
  return {
    calls: [...calls, ...keys.flatMap((each) => each.calls)],
    open: keys.flatMap((each) => each.open),
  };
}

function bucketGuard(record: ResourceRecord): NonNullable<LoggingCall["guard"]> {
  return { kind: "bucket", record };
}

const ENCRYPTION_HEADERS = [
  "s3:x-amz-server-side-encryption",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "s3:x-amz-server-side-encryption-customer-algorithm",
];

/** S3 asks KMS in the bucket's Region, with the caller's credentials; with a bucket key for the bucket, without one for the object. */
function throughS3(bucket: string, { partition, region }: StackPlace): readonly KeyConstraint[] {
  const { absent, equals, matches } = iam();
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const service = `s3.${region ?? "*"}.${suffix}`;
  const arn = `arn:${partition ?? "aws"}:s3:::${bucket}`;
  return [
    equals("aws:SecureTransport", "true"),
    region === undefined ? matches("kms:ViaService", service) : equals("kms:ViaService", service),
    matches("kms:EncryptionContext:aws:s3:arn", arn, `${arn}/*`),
    absent("kms:EncryptionContext:aws:ssm:SessionId"),
  ];
}

function logGroupCalls(
  estate: Estate,
  from: ResourceRecord,
  { name, insists }: LogDestination,
  place: StackPlace,
): readonly LoggingCall[] {
  if (name.kind !== "known") {
    return [];
  }
  const [record] = destinationsNamed(estate, from, "log-group", name.value);
  const region = (record === undefined ? undefined : identity(record, "region")) ?? place.region;
  const head = `arn:{partition}:logs:${region ?? "{region}"}:{account}:log-group:`;
  const shown = `arn:${place.partition ?? "aws"}:logs:${region ?? "*"}:${place.account ?? "*"}:log-group:`;
  const group = `${head}${name.value}`;
  const common = { keys: direct(), guard: undefined };
  // Service Authorization Reference and the service's own refusals disagree on the ARN that is checked.
  const stream = `${group}:log-stream:{name}`;
  return [
    {
      ...common,
      action: "logs:CreateLogStream",
      resource: `${shown}${name.value}:*`,
      readings: [stream, group],
      loss: "log-lost",
      own: true,
    },
    {
      ...common,
      action: "logs:PutLogEvents",
      resource: `${shown}${name.value}:*`,
      readings: [stream],
      loss: "log-lost",
      own: true,
    },
    {
      ...common,
      action: "logs:DescribeLogStreams",
      resource: `${shown}${name.value}:*`,
      readings: [group, `${group}:log-stream:`],
      loss: "log-lost",
      own: true,
    },
    {
      ...common,
      action: "logs:DescribeLogGroups",
      resource: `${shown}*`,
      readings: [`${head}:log-stream:`],
      loss: insists.kind === "known" && insists.value ? "session-ends" : "log-lost",
      own: false,
    },
  ];
}

function sessionCalls(
  estate: Estate,
  from: ResourceRecord,
  { sessionKey, destinations }: ReadDocument,
): LoggingCalls {
  if (sessionKey.kind !== "known") {
    return { calls: [], open: [] };
  }
  const { absent, present } = iam();
  const encryption = keyNamed(estate, from, sessionKey.value, "inputs.kmsKeyId");
  const calls = keyCalls(encryption, `the sessions of \`${from.name}\``, (key) => ({
    action: "kms:Decrypt",
    keys: [
      ...direct(),
      present("kms:EncryptionContext:aws:ssm:SessionId"),
      present("kms:EncryptionContext:aws:ssm:TargetId"),
      absent("kms:EncryptionContext:aws:s3:arn"),
      absent("kms:ViaService"),
    ],
    loss: "session-ends",
    ...keyResource(placeOf(estate, key, [key]), key),
  }));
  // A document without destinations is meant for the roles that may use its key.
  return destinations.length > 0
    ? calls
    : { ...calls, calls: calls.calls.map((call) => ({ ...call, own: true })) };
}

type KeyCall = Omit<LoggingCall, "guard" | "own">;

function keyCalls(
  encryption: Encryption,
  use: string,
  callOf: (key: ResourceRecord) => KeyCall,
): LoggingCalls {
  switch (encryption.kind) {
    case "no-customer-key":
      // Keys of S3's own ask nothing; those that AWS manages let in whoever may use the service.
      return { calls: [], open: [] };
    case "outside-key":
      return { calls: [], open: [{ key: encryption.key, use }] };
    case "unreadable":
      return { calls: [], open: [{ key: "", use }] };
    case "customer-key":
      return encryption.keys.length === 0
        ? { calls: [], open: [{ key: encryption.key, use }] }
        : {
            calls: encryption.keys.map((key) => ({
              ...callOf(key),
              own: false,
              guard: { kind: "key", record: key },
            })),
            open: [],
          };
  }
}

/** A key may be of another account, or Region, than the machine. */
function keyResource(
  { region, account }: StackPlace,
  key: ResourceRecord,
): Pick<LoggingCall, "resource" | "readings"> {
  const arn = identity(key, "arn");
  return arn === undefined
    ? {
        resource: `the ARN of ${key.name}`,
        readings: [`arn:{partition}:kms:${region ?? "{region}"}:${account ?? "{account}"}:key/{id}`],
      }
    : { resource: arn, readings: [arn] };
}
