/**
 * What the arguments of components are called in the configuration, where the names differ. An empty name drops the
 * part: what is left of the path stands for itself.
 */
type Paths = Readonly<Record<string, string>>;

/** What all components take has one key; it is no part of an instance or a tunnel. */
const COMMON: Paths = { namePrefix: "namePrefix", tags: "tags" };

export const LOGGING_PATHS: Paths = {
  ...COMMON,
  s3: "logToS3",
  cloudWatch: "logToCloudWatch",
  s3KeyPrefix: "logPrefix",
  coldStorageDays: "logColdStorageDays",
  expirationDays: "logExpirationDays",
  retentionDays: "logRetentionDays",
  streaming: "logStreaming",
};

export const NETWORK_PATHS: Paths = {
  ...COMMON,
  "flowLogs.retentionDays": "flowLogDays",
  name: "namePrefix",
};

export const SHELL_PATHS: Paths = {
  ...COMMON,
  "shell.idleTimeoutMinutes": "idleTimeoutMinutes",
  "shell.maxDurationMinutes": "maxDurationMinutes",
  "shell.runAsDefaultUser": "runAsUser",
  "shell.linuxProfile": "linuxProfile",
  "shell.windowsProfile": "windowsProfile",
  documentName: "namePrefix",
};

export const DOCUMENT_PATHS: Paths = COMMON;

export const INSTANCE_PATHS: Paths = { ...COMMON, terminationProtection: "terminationProtection" };
