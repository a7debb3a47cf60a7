import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { SessionAccessArgs } from "../access/args.ts";
import { SessionAccess } from "../access/session-access.ts";
import { awsIdentity } from "../core/identity.ts";
import { SessionDocument } from "../documents/session-document.ts";
import type { BastionlessInstanceArgs } from "../instance/bastionless-instance-args.ts";
import { BastionlessInstance } from "../instance/bastionless-instance.ts";
import type { SessionLoggingArgs } from "../logging/args.ts";
import { SessionLogging } from "../logging/session-logging.ts";
import type { PrivateNetworkArgs } from "../network/private-network-args.ts";
import { PrivateNetwork } from "../network/private-network.ts";
import { type LoggingDestination, type LoggingReference, loggingSource } from "./logging-destination.ts";

/**
 * The components as other languages see them. The package's schema is inferred from the classes here, by their
 * constructors' arguments and their properties. `transform`, which takes functions, is left out, and what a schema cannot
 * say is replaced.
 *
 * Each is the component itself, so that its resources are named and nested as in a TypeScript program.
 */

export interface PrivateNetworkInputs extends Omit<PrivateNetworkArgs, "logging"> {
  /**
   * The environment's SessionLogging: which endpoints logging needs (`kms`, `logs`), and what the
   * S3 endpoint must let through to the log bucket.
   *
   * @default no logging: `ssm` and `ssmmessages` only
   */
  readonly logging?: LoggingReference;
}

class NetworkOfPlugin extends PrivateNetwork {
  constructor(name: string, { logging, ...args }: PrivateNetworkInputs, opts: ComponentResourceOptions) {
    super(name, { ...args, ...(logging && { logging: loggingSource(logging) }) }, opts);
  }
}

class LoggingOfPlugin extends SessionLogging {
  /** What PrivateNetwork, BastionlessInstance and SessionAccess take as `logging`, beside `keyArn`. Known in a first preview. */
  readonly destination: LoggingDestination;

  constructor(name: string, args: SessionLoggingArgs, opts: ComponentResourceOptions) {
    super(name, args, opts);
    const { accountId, region, partition, dnsSuffix } = awsIdentity(this);
    this.destination = {
      place: { accountId, region, partition, dnsSuffix },
      encryptSessions: args.encryptSessions ?? true,
      ...(this.bucketName && { bucketName: this.bucketName }),
      ...(args.s3KeyPrefix !== undefined && { s3KeyPrefix: args.s3KeyPrefix }),
      ...(this.logGroupName && { logGroupName: this.logGroupName }),
    };
  }
}

export interface BastionlessInstanceInputs extends Omit<BastionlessInstanceArgs, "logging"> {
  /**
   * The environment's SessionLogging: the role gets what logging needs of instances.
   *
   * @default no logging
   */
  readonly logging?: LoggingReference;
}

class InstanceOfPlugin extends BastionlessInstance {
  constructor(name: string, { logging, ...args }: BastionlessInstanceInputs, opts: ComponentResourceOptions) {
    super(name, { ...args, ...(logging && { logging: loggingSource(logging) }) }, opts);
  }
}

export interface SessionAccessInputs extends Omit<SessionAccessArgs, "logging"> {
  /**
   * The SessionLogging whose key people need and whose logs auditors read.
   *
   * @default none
   */
  readonly logging?: LoggingReference;
}

class AccessOfPlugin extends SessionAccess {
  constructor(name: string, { logging, ...args }: SessionAccessInputs, opts: ComponentResourceOptions) {
    super(name, { ...args, ...(logging && { logging: loggingSource(logging) }) }, opts);
  }
}

/** By the last part of their types' tokens. To add one, add its class here and run `npm run schema`. */
export const COMPONENTS = {
  BastionlessInstance: InstanceOfPlugin,
  PrivateNetwork: NetworkOfPlugin,
  SessionAccess: AccessOfPlugin,
  SessionDocument: SessionDocument,
  SessionLogging: LoggingOfPlugin,
} as const;
