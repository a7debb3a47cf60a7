import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { DefaultHostManagementArgs } from "../host-management/args.ts";
import { DefaultHostManagement } from "../host-management/default-host-management.ts";
import { type LoggingReference, withLoggingSource } from "./logging-reference.ts";

export interface DefaultHostManagementInputs extends Omit<DefaultHostManagementArgs, "logging"> {
  /**
   * The environment's SessionLogging: the role gets what logging needs of machines.
   *
   * @default no logging
   */
  readonly logging?: LoggingReference;
}

export class HostManagementOfPlugin extends DefaultHostManagement {
  constructor(name: string, args: DefaultHostManagementInputs, opts: ComponentResourceOptions) {
    super(name, withLoggingSource(args), opts);
  }
}
