import type { Input } from "@pulumi/pulumi";

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
  /** Where the sessions are, and the log group. */
  readonly place: AwsPlace;
  /** Whether sessions are encrypted with the key from end to end. */
  readonly encryptSessions: boolean;
  /**
   * The log bucket.
   *
   * @default none: sessions are not logged to S3
   */
  readonly bucketName?: Input<string>;
  /** Whether the bucket is somebody else's, with a key of its own, as that of a SessionLogArchive. */
  readonly archived: boolean;
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
