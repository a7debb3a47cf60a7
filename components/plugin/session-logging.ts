import { type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { awsIdentity } from "../core/identity.ts";
import type { SessionLoggingArgs } from "../logging/args.ts";
import { SessionLogging } from "../logging/session-logging.ts";
import type { LoggingDestination } from "./logging-destination.ts";

export class LoggingOfPlugin extends SessionLogging {
  /** The part of what other components take as `logging` that is known in a first preview; the keys stand beside it. */
  readonly destination: LoggingDestination;
  /** The key of the bucket where `destination` names one that is somebody else's; undefined where it is its own. */
  readonly archiveKeyArn: Output<string> | undefined;

  constructor(name: string, args: SessionLoggingArgs, opts: ComponentResourceOptions) {
    super(name, args, opts);
    const { accountId, region, partition, dnsSuffix } = awsIdentity(this);
    this.destination = {
      place: { accountId, region, partition, dnsSuffix },
      encryptSessions: args.encryptSessions ?? true,
      archived: args.destination !== undefined,
      ...(this.bucketName && { bucketName: this.bucketName }),
      ...(args.s3KeyPrefix !== undefined && { s3KeyPrefix: args.s3KeyPrefix }),
      ...(this.logGroupName && { logGroupName: this.logGroupName }),
    };
    this.archiveKeyArn = args.destination && output(args.destination.keyArn);
  }
}
