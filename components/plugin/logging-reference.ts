import { type Input, output } from "@pulumi/pulumi";
import type { LoggingSource } from "../core/permissions.ts";
import type { Problems } from "../core/problems.ts";
import { loggingPermissions } from "../logging/permissions.ts";
import type { LoggingDestination } from "./logging-destination.ts";

/**
 * A SessionLogging, by its outputs. All that other components grant because of logging follows from it.
 *
 * Keys stand beside the destination, as AWS chooses their ARNs: an output of which a part is unknown is unknown as a
 * whole to most languages, and would hide in a first preview what is to be built.
 */
export interface LoggingReference {
  /** The output `destination` of a SessionLogging. */
  readonly destination: LoggingDestination;
  /** The output `keyArn` of the same: the key that encrypts sessions and the log group, and a bucket of its own. */
  readonly keyArn: Input<string>;
  /**
   * The output `archiveKeyArn` of the same: the key of a bucket that is somebody else's. Required where the destination is
   * `archived`; where it is not, it holds nothing.
   *
   * @default none
   */
  readonly archiveKeyArn?: Input<string>;
}

/** Whether it is meant as one, and not as what session documents say of logging. */
export function isReference(value: unknown): value is Partial<LoggingReference> {
  return typeof value === "object" && value !== null && ("destination" in value || "keyArn" in value);
}

/** The arguments of a component with the reference of other languages in place of what TypeScript takes. */
export interface RefersToLogging {
  readonly logging?: LoggingReference;
}

/** What components in TypeScript take of SessionLogging itself. */
export function loggingSource({ destination, keyArn, archiveKeyArn }: LoggingReference): LoggingSource {
  return {
    permissions: loggingPermissions({
      identity: output(destination.place),
      bucketName: destination.bucketName,
      s3KeyPrefix: destination.s3KeyPrefix,
      foreignBucketKeyArn: destination.archived ? archiveKeyArn : undefined,
      logGroupName: destination.logGroupName,
      keyArn,
      encryptSessions: destination.encryptSessions,
    }),
  };
}

/** Arguments as the component takes them in TypeScript. */
export function withLoggingSource<Args extends RefersToLogging>({
  logging,
  ...args
}: Args): Omit<Args, "logging"> & { readonly logging?: LoggingSource } {
  return { ...args, ...(logging && { logging: loggingSource(logging) }) };
}

/** A machine that may write into an archive, and not use its key, logs nothing. */
export function checkLogging(problems: Problems, args: Readonly<Record<string, unknown>>): void {
  const logging = isReference(args["logging"]) ? args["logging"] : undefined;
  if (logging?.destination?.archived === true && logging.archiveKeyArn === undefined) {
    problems.add("logging.archiveKeyArn", undefined, {
      expected: "the key of the bucket that is logged to, which is somebody else's",
      remedy: "give the output `archiveKeyArn` of the SessionLogging",
    });
  }
  // Python takes an output that holds nothing for one that is not known yet, in a preview.
  if (logging?.destination?.archived === false && typeof logging.archiveKeyArn === "string") {
    problems.add("logging.archiveKeyArn", logging.archiveKeyArn, {
      expected: "none, as the bucket is the SessionLogging's own",
      remedy: "leave it out: `keyArn` encrypts that bucket",
    });
  }
}
