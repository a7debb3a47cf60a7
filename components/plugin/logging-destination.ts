import { type Input, output } from "@pulumi/pulumi";
import type { LoggingSource } from "../core/permissions.ts";
import { loggingPermissions } from "../logging/permissions.ts";

/** The account and Region that something lives in. */
export interface AwsPlace {
  /** Twelve digits. */
  readonly accountId: Input<string>;
  /** As `eu-west-1`. */
  readonly region: Input<string>;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: Input<string>;
  /** `amazonaws.com`, in China `amazonaws.com.cn`. */
  readonly dnsSuffix: Input<string>;
}

/**
 * Where sessions are logged, by names that are known in a first preview: the output `destination` of a SessionLogging.
 */
export interface LoggingDestination {
  /** Where the logs live. */
  readonly place: AwsPlace;
  /** Whether sessions are encrypted with the key from end to end. */
  readonly encryptSessions: boolean;
  /**
   * The log bucket.
   *
   * @default none: sessions are not logged to S3
   */
  readonly bucketName?: Input<string>;
  /**
   * The prefix of the logs in the bucket, without a slash at either end.
   *
   * @default none: the whole bucket
   */
  readonly s3KeyPrefix?: Input<string>;
  /**
   * The log group.
   *
   * @default none: sessions are not logged to CloudWatch
   */
  readonly logGroupName?: Input<string>;
}

/**
 * A SessionLogging, by two of its outputs. All that other components grant because of logging follows from it.
 *
 * The key stands beside the destination, as AWS chooses its ARN: an output of which a part is unknown is unknown as a
 * whole to most languages, and would hide in a first preview what is to be built.
 */
export interface LoggingReference {
  /** The output `destination` of a SessionLogging. */
  readonly destination: LoggingDestination;
  /** The output `keyArn` of the same: the key that encrypts sessions and logs. */
  readonly keyArn: Input<string>;
}

/** What components in TypeScript take of SessionLogging itself. */
export function loggingSource({ destination, keyArn }: LoggingReference): LoggingSource {
  return {
    permissions: loggingPermissions({
      identity: output(destination.place),
      bucketName: destination.bucketName,
      s3KeyPrefix: destination.s3KeyPrefix,
      logGroupName: destination.logGroupName,
      keyArn,
      encryptSessions: destination.encryptSessions,
    }),
  };
}
