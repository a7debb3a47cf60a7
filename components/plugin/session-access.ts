import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { SessionAccessArgs } from "../access/args.ts";
import { SessionAccess } from "../access/session-access.ts";
import { type LoggingReference, withLoggingSource } from "./logging-reference.ts";

export interface SessionAccessInputs extends Omit<SessionAccessArgs, "logging"> {
  /**
   * The SessionLogging whose key people need and whose logs auditors read.
   *
   * @default none
   */
  readonly logging?: LoggingReference;
}

export class AccessOfPlugin extends SessionAccess {
  constructor(name: string, args: SessionAccessInputs, opts: ComponentResourceOptions) {
    super(name, withLoggingSource(args), opts);
  }
}
