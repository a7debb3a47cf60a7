import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { HybridActivationArgs } from "../hybrid/args.ts";
import { HybridActivation } from "../hybrid/hybrid-activation.ts";
import { type LoggingReference, withLoggingSource } from "./logging-reference.ts";

export interface HybridActivationInputs extends Omit<HybridActivationArgs, "logging"> {
  /**
   * The environment's SessionLogging: the role gets what logging needs of machines.
   *
   * @default no logging
   */
  readonly logging?: LoggingReference;
}

export class ActivationOfPlugin extends HybridActivation {
  constructor(name: string, args: HybridActivationInputs, opts: ComponentResourceOptions) {
    super(name, withLoggingSource(args), opts);
  }
}
