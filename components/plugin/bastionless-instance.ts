import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { BastionlessInstanceArgs } from "../instance/bastionless-instance-args.ts";
import { BastionlessInstance } from "../instance/bastionless-instance.ts";
import { type LoggingReference, withLoggingSource } from "./logging-reference.ts";

export interface BastionlessInstanceInputs extends Omit<BastionlessInstanceArgs, "logging"> {
  /**
   * The environment's SessionLogging: the role gets what logging needs of instances.
   *
   * @default no logging
   */
  readonly logging?: LoggingReference;
}

export class InstanceOfPlugin extends BastionlessInstance {
  constructor(name: string, args: BastionlessInstanceInputs, opts: ComponentResourceOptions) {
    super(name, withLoggingSource(args), opts);
  }
}
