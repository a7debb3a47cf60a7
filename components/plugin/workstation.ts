import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import type { WorkstationArgs } from "../workstation/args.ts";
import { Workstation } from "../workstation/workstation.ts";
import { type LoggingReference, withLoggingSource } from "./logging-reference.ts";

export interface WorkstationInputs extends Omit<WorkstationArgs, "logging"> {
  /**
   * The environment's SessionLogging, for shells. A tunnel is never logged, and so nothing done in a notebook is.
   *
   * @default no logging
   */
  readonly logging?: LoggingReference;
}

export class WorkstationOfPlugin extends Workstation {
  /** The document for the tunnel to Jupyter, for SessionAccess. Known in a first preview. */
  readonly documentName: Output<string>;
  /** What SessionAccess is told of that document: `Port`. */
  readonly sessionType: string;
  /** Names of the parameters that whoever opens the tunnel may set. */
  readonly parameters: readonly string[];

  constructor(name: string, args: WorkstationInputs, opts: ComponentResourceOptions) {
    super(name, withLoggingSource(args), opts);
    this.documentName = this.document.documentName;
    this.sessionType = this.document.sessionType;
    this.parameters = this.document.parameters;
  }
}
