import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { PrivateNetworkArgs } from "../network/private-network-args.ts";
import { PrivateNetwork } from "../network/private-network.ts";
import { type LoggingReference, withLoggingSource } from "./logging-reference.ts";

export interface PrivateNetworkInputs extends Omit<PrivateNetworkArgs, "logging"> {
  /**
   * The environment's SessionLogging: which endpoints logging needs (`kms`, `logs`), and what the
   * S3 endpoint must let through to the log bucket.
   *
   * @default no logging: `ssm` and `ssmmessages` only
   */
  readonly logging?: LoggingReference;
}

export class NetworkOfPlugin extends PrivateNetwork {
  constructor(name: string, args: PrivateNetworkInputs, opts: ComponentResourceOptions) {
    super(name, withLoggingSource(args), opts);
  }
}
