import * as pulumi from "@pulumi/pulumi";
import type {
  BastionlessInstanceArgs,
  CommonArgs,
  Deployment,
  PortDocumentArgs,
  PrivateNetworkArgs,
  SessionAccessArgs,
  SessionDocumentArgs,
  SessionLoggingArgs,
  ShellDocumentArgs,
} from "@bastionless/components";
import { checkPlans } from "./check.ts";
import type { ConfigValues, KeyName } from "./keys.ts";
import { type RawConfig, readConfig, stated } from "./read.ts";
import type { ConfigProblem } from "./shape.ts";

/** A kind of people and what they may do. */
export interface AccessConfig {
  /** The component's name. */
  readonly name: "auditors" | "operators" | "tunnels";
  /** What its keys start with. */
  readonly prefix: "auditor" | "operator" | "tunnel";
  readonly args: SessionAccessArgs;
}

/** One environment, in the arguments of the components it is made of; what they pass to each other is left out. */
export interface EnvironmentConfig {
  readonly common: CommonArgs;
  readonly zones: number;
  readonly logging: SessionLoggingArgs;
  readonly network: PrivateNetworkArgs;
  readonly shell: Omit<ShellDocumentArgs, "logging">;
  readonly forward: PortDocumentArgs | undefined;
  readonly ssh: boolean;
  readonly tunnels: Readonly<Record<string, SessionDocumentArgs>>;
  readonly instances: Readonly<Record<string, BastionlessInstanceArgs>>;
  readonly access: readonly AccessConfig[];
}

/**
 * The configuration of the running stack.
 * @throws pulumi.RunError with every mistake, by its key
 */
export function environmentConfig(): EnvironmentConfig {
  return parseConfig(
    { values: pulumi.runtime.allConfig(), secretKeys: secretKeys() },
    { project: pulumi.getProject(), stack: pulumi.getStack() },
  );
}

/** The language host's list: `pulumi.Config` tells a secret from a plain value only by how it is asked for. */
function secretKeys(): readonly string[] {
  const keys: unknown = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]");
  return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
}

/** @throws pulumi.RunError with every mistake, by its key */
export function parseConfig(raw: RawConfig, deployment: Deployment): EnvironmentConfig {
  const problems: ConfigProblem[] = [];
  const values = readConfig(deployment.project, raw, problems);
  const config = arrange(values, deployment);
  checkTogether(deployment.project, values, problems);
  checkPlans(deployment.project, config, deployment, problems);
  if (problems.length > 0) {
    throw new pulumi.RunError(report(deployment.stack, problems));
  }
  return config;
}

function report(stack: string, problems: readonly ConfigProblem[]): string {
  // What all components share is objected to by each of them.
  const lines = [...new Set(problems.map(({ path, reason }) => `  - ${path}: ${reason}`))].toSorted();
  const count = lines.length === 1 ? "1 mistake" : `${lines.length} mistakes`;
  return `the configuration of stack \`${stack}\` has ${count}\n${lines.join("\n")}`;
}

/** What no single component sees. */
function checkTogether(project: string, values: ConfigValues, problems: ConfigProblem[]): void {
  const people = (["tunnelGroups", "tunnelPrincipals"] as const).find((name) => values[name].length > 0);
  if (people !== undefined && Object.keys(values.tunnels).length === 0) {
    problems.push({
      path: `${project}:tunnels`,
      reason: `missing, expected at least one, as \`${people}\` says who may use them; name a host and a port`,
    });
  }
  const principals = ["operatorPrincipals", "tunnelPrincipals", "auditorPrincipals"] as const;
  for (const prefix of ["operator", "tunnel", "auditor"] as const) {
    const groups = values[`${prefix}Groups`];
    if (values.mfa === "federated" && groups.length > 0 && values[`${prefix}Principals`].length === 0) {
      problems.push({
        path: `${project}:${prefix}Groups`,
        reason: `\`${JSON.stringify(groups)}\`, expected none with \`mfa: federated\`, which only a role can have; leave one of the two out`,
      });
    }
  }
  if (values.mfa === "federated" && principals.every((name) => values[name].length === 0)) {
    problems.push({
      path: `${project}:mfa`,
      reason:
        "`federated`, expected `operatorPrincipals`, `tunnelPrincipals` or `auditorPrincipals` beside it, who assume a " +
        "role with MFA; name them, or leave `mfa` at `required`",
    });
  }
}

function arrange(values: ConfigValues, deployment: Deployment): EnvironmentConfig {
  const common = picked(values, { namePrefix: "namePrefix", tags: "tags" });
  const flowLogDays = stated(values, "flowLogDays");
  return {
    common,
    zones:
      values.vpcId === ""
        ? (stated(values, "availabilityZones")?.length ?? values.zones)
        : values.subnetIds.length,
    logging: {
      ...common,
      ...picked(values, {
        s3: "logToS3",
        s3KeyPrefix: "logPrefix",
        coldStorageDays: "logColdStorageDays",
        expirationDays: "logExpirationDays",
        objectLockDays: "objectLockDays",
        objectLockMode: "objectLockMode",
        cloudWatch: "logToCloudWatch",
        retentionDays: "logRetentionDays",
        streaming: "logStreaming",
        encryptSessions: "encryptSessions",
      }),
    },
    network: {
      ...common,
      ...picked(values, {
        egress: "egress",
        zones: "zones",
        availabilityZones: "availabilityZones",
        cidrBlock: "cidrBlock",
        endpointZones: "endpointZones",
        ec2Messages: "ec2Messages",
        additionalEndpoints: "additionalEndpoints",
        readableBuckets: "readableBuckets",
        s3Endpoint: "s3Endpoint",
        vpcId: "vpcId",
        subnetIds: "subnetIds",
        routeTableIds: "routeTableIds",
      }),
      ...(flowLogDays !== undefined && { flowLogs: { retentionDays: flowLogDays } }),
    },
    shell: picked(values, {
      idleTimeoutMinutes: "idleTimeoutMinutes",
      maxDurationMinutes: "maxDurationMinutes",
      runAsDefaultUser: "runAsUser",
      linuxProfile: "linuxProfile",
      windowsProfile: "windowsProfile",
    }),
    forward: values.forwardPorts.length === 0 ? undefined : { ports: values.forwardPorts },
    ssh: values.ssh,
    tunnels: mapped(values.tunnels, (tunnel) =>
      tunnel.host === undefined && tunnel.hostPattern === undefined
        ? { ...common, port: tunnel }
        : { ...common, remotePort: tunnel },
    ),
    instances: mapped(values.instances, ({ egress, ...instance }) => ({
      ...common,
      terminationProtection: values.terminationProtection,
      ...instance,
      // A port that is missing is left to the component's plan to complain about.
      ...(egress && { egress: mapped(egress, ({ port = 0, ...rest }) => ({ port, ...rest })) }),
    })),
    access: access(values, common, deployment),
  };
}

/** Operators, auditors and, where there are tunnels, those who may use nothing else. */
function access(values: ConfigValues, common: CommonArgs, deployment: Deployment): readonly AccessConfig[] {
  const instanceTags = { Project: deployment.project, Environment: deployment.stack, ...accessTags(values) };
  const kinds = [
    { name: "auditors", prefix: "auditor", tags: {} },
    { name: "operators", prefix: "operator", tags: { instanceTags } },
    ...(Object.keys(values.tunnels).length > 0
      ? [{ name: "tunnels", prefix: "tunnel", tags: { instanceTags } } as const]
      : []),
  ] as const;
  return kinds.flatMap(({ name, prefix, tags }) => {
    const groups = values[`${prefix}Groups`];
    const trustedPrincipals = values[`${prefix}Principals`];
    // Without MFA in the policy it must be in the trust of a role, so without principals there is nobody to give it to.
    if (values.mfa === "federated" && trustedPrincipals.length === 0) {
      return [];
    }
    return [
      {
        name,
        prefix,
        args: {
          ...common,
          ...tags,
          profile: prefix,
          mfa: values.mfa,
          groups,
          ...(trustedPrincipals.length > 0 && { role: { trustedPrincipals } }),
        },
      },
    ];
  });
}

/** `Project` and `Environment`, should the owner's tags set them otherwise. */
function accessTags(values: ConfigValues): Readonly<Record<string, string>> {
  const own = Object.entries(values.tags).filter(([name]) => name === "Project" || name === "Environment");
  return Object.fromEntries(own);
}

type Picked<M extends Readonly<Record<string, KeyName>>> = {
  readonly [A in keyof M]?: Exclude<ConfigValues[M[A]], undefined>;
};

/** Arguments by the names of their keys; what is left at its default is left out. */
function picked<M extends Readonly<Record<string, KeyName>>>(values: ConfigValues, names: M): Picked<M> {
  const args = Object.entries(names)
    .map(([argument, name]) => [argument, stated(values, name)] as const)
    .filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each argument has the value of the key paired with it
  return Object.fromEntries(args) as Picked<M>;
}

function mapped<T, U>(
  map: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}
