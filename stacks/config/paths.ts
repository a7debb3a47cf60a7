/**
 * What the arguments of components are called in the configuration, by the first parts of their paths. `.` stands for the
 * key itself, as in `tunnels.database`.
 */
export type Paths = Readonly<Record<string, string>>;

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
  name: "namePrefix",
};

export const FORWARD_PATHS: Paths = { ...COMMON, "port.ports": "forwardPorts", name: "namePrefix" };

export const TUNNEL_PATHS: Paths = { ...COMMON, port: ".", remotePort: ".", name: "." };

export const INSTANCE_PATHS: Paths = { ...COMMON, terminationProtection: "terminationProtection", name: "." };

export function accessPaths(prefix: string): Paths {
  return {
    ...COMMON,
    groups: `${prefix}Groups`,
    "role.trustedPrincipals": `${prefix}Principals`,
    instanceTags: "tags",
    name: "namePrefix",
  };
}
