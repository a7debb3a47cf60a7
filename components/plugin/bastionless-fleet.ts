import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { BastionlessFleetArgs } from "../fleet/bastionless-fleet-args.ts";
import { BastionlessFleet } from "../fleet/bastionless-fleet.ts";
import { type LoggingReference, withLoggingSource } from "./logging-reference.ts";

export interface BastionlessFleetInputs extends Omit<BastionlessFleetArgs, "logging"> {
  /**
   * The environment's SessionLogging: the role gets what logging needs of instances.
   *
   * @default no logging
   */
  readonly logging?: LoggingReference;
}

export class FleetOfPlugin extends BastionlessFleet {
  constructor(name: string, args: BastionlessFleetInputs, opts: ComponentResourceOptions) {
    super(name, withLoggingSource(args), opts);
  }
}
