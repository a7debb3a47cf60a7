import { boolean, integer, list, mapOf, oneOf, record, type Shape, string } from "./shape.ts";

/** How Pulumi.yaml types a key. The engine requires a value of every key without a default, so each has one. */
export type ProjectType = "array<integer>" | "array<string>" | "boolean" | "integer" | "object" | "string";

export interface ConfigKey<T> {
  readonly type: ProjectType;
  readonly default: T;
  readonly shape: Shape<T>;
}

function key<T>(type: ProjectType, shape: Shape<T>, fallback: NoInfer<T>): ConfigKey<T> {
  return { type, shape, default: fallback };
}

const flag = (fallback: boolean): ConfigKey<boolean> => key("boolean", boolean, fallback);
const number = (fallback: number): ConfigKey<number> => key("integer", integer, fallback);
const text = (fallback = ""): ConfigKey<string> => key("string", string, fallback);
const texts = (): ConfigKey<readonly string[]> => key("array<string>", list(string), []);

const egressRule = record({
  port: integer,
  toPort: integer,
  protocol: oneOf("tcp", "udp"),
  cidrIpv4: string,
  prefixListId: string,
  securityGroupId: string,
  description: string,
});

const instance = record({
  os: oneOf(
    "amazon-linux-2023",
    "ubuntu-22.04",
    "ubuntu-24.04",
    "windows-2019",
    "windows-2022",
    "windows-2025",
  ),
  architecture: oneOf("arm64", "x86_64"),
  amiId: string,
  followLatestImage: boolean,
  instanceType: string,
  zone: integer,
  rootVolumeGib: integer,
  rootVolumeKmsKeyArn: string,
  metadataHopLimit: integer,
  detailedMonitoring: boolean,
  userData: string,
  replaceOnUserDataChange: boolean,
  managedPolicy: boolean,
  policyArns: list(string),
  permissionsBoundaryArn: string,
  securityGroupIds: list(string),
  egress: mapOf(egressRule),
});

const tunnel = record({
  host: string,
  hostPattern: string,
  port: integer,
  ports: list(integer),
  localPort: integer,
});

/**
 * Every key of the project, in the order of Pulumi.yaml, which documents them. `""`, 0, `[]` and `{}` stand for "none". A
 * default here is the component's own, so that a value that equals it need not be passed on.
 */
export const KEYS = {
  namePrefix: text(),
  tags: key("object", mapOf(string), {}),
  egress: key("string", oneOf("endpoints", "nat", "nat-per-zone"), "endpoints"),
  zones: number(2),
  availabilityZones: texts(),
  cidrBlock: text("10.0.0.0/16"),
  endpointZones: number(0),
  ec2Messages: flag(false),
  additionalEndpoints: texts(),
  readableBuckets: texts(),
  s3Endpoint: flag(true),
  flowLogDays: number(0),
  vpcId: text(),
  subnetIds: texts(),
  routeTableIds: texts(),
  logToS3: flag(true),
  logPrefix: text(),
  logColdStorageDays: number(90),
  logExpirationDays: number(365),
  objectLockDays: number(0),
  objectLockMode: key("string", oneOf("GOVERNANCE", "COMPLIANCE"), "GOVERNANCE"),
  logToCloudWatch: flag(true),
  logRetentionDays: number(365),
  logStreaming: flag(true),
  encryptSessions: flag(true),
  idleTimeoutMinutes: number(20),
  maxDurationMinutes: number(0),
  runAsUser: text(),
  linuxProfile: text(),
  windowsProfile: text(),
  instances: key("object", mapOf(instance), {}),
  terminationProtection: flag(false),
  forwardPorts: key("array<integer>", list(integer), []),
  tunnels: key("object", mapOf(tunnel), {}),
  ssh: flag(false),
  mfa: key("string", oneOf("federated", "required"), "required"),
  operatorGroups: texts(),
  operatorPrincipals: texts(),
  tunnelGroups: texts(),
  tunnelPrincipals: texts(),
  auditorGroups: texts(),
  auditorPrincipals: texts(),
} as const;

export type KeyName = keyof typeof KEYS;

export type ConfigValues = { readonly [K in KeyName]: (typeof KEYS)[K]["default"] };
