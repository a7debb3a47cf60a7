import {
  BastionlessInstance,
  PrivateNetwork,
  SessionAccess,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";
import { environmentConfig } from "./config/config.ts";
import { connectCommands } from "./outputs.ts";

const config = environmentConfig();
const { common } = config;

const logging = new SessionLogging("logging", config.logging);
const network = new PrivateNetwork("network", { ...config.network, logging });

const shell = new SessionDocument("shell", {
  ...common,
  shell: { ...config.shell, logging: logging.preferences },
});
const forward = config.forward && new SessionDocument("forward", { ...common, port: config.forward });
const ssh = config.ssh ? new SessionDocument("ssh", { ...common, ssh: {} }) : undefined;
const tunnels = Object.entries(config.tunnels).map(
  ([name, args]) => [name, new SessionDocument(`tunnel-${name}`, args)] as const,
);
const tunnelDocuments = tunnels.map(([, document]) => document);
const allDocuments = [shell, ...(forward ? [forward] : []), ...(ssh ? [ssh] : []), ...tunnelDocuments];

const machines = Object.entries(config.instances).map(([name, args]) => {
  const documents = { shell, ...(forward && { forward }), ...(ssh && { ssh }) };
  return [name, new BastionlessInstance(name, { ...args, network, logging, documents })] as const;
});

const people = config.access.map(({ name, args }) => {
  const documents = args.profile === "tunnel" ? tunnelDocuments : allDocuments;
  return [name, new SessionAccess(name, { ...args, documents, logging })] as const;
});

/** By name: the instance's id. */
export const instanceIds = Object.fromEntries(machines.map(([name, machine]) => [name, machine.instanceId]));
/** By name: the commands that reach the instance. */
export const connect = connectCommands(config, machines, tunnels, ssh !== undefined);
/** The session documents that people are pinned to. */
export const documentNames = allDocuments.map((document) => document.documentName);
export const logBucket = logging.bucketName;
export const logGroup = logging.logGroupName;
/** By kind of people: what they may do, and the grant on the session key, to attach where they are not attached yet. */
export const policyArns = Object.fromEntries(
  people.map(
    ([name, access]) => [name, { permissions: access.policyArn, key: access.keyPolicyArn }] as const,
  ),
);
/** By kind of people: the role to assume, with MFA. */
export const roleArns = Object.fromEntries(people.map(([name, access]) => [name, access.roleArn]));
