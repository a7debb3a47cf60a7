import type { Input } from "@pulumi/pulumi";

/** Where the sessions of an environment are logged and what encrypts them, as session documents name it. */
export interface SessionPreferences {
  /**
   * The log bucket, without dots in its name.
   * @default none: not logged to S3
   */
  readonly s3BucketName?: Input<string>;
  /**
   * The prefix of the logs in the bucket, without a slash at the end.
   * @default none: the whole bucket
   */
  readonly s3KeyPrefix?: string;
  /**
   * The log group, which must be encrypted with a customer key, or sessions do not start.
   * @default none: not logged to CloudWatch
   */
  readonly cloudWatchLogGroupName?: Input<string>;
  /**
   * Whether CloudWatch gets the log while the session runs (true) or when it ends.
   * @default true with a log group
   */
  readonly cloudWatchStreaming?: boolean;
  /**
   * The key that encrypts sessions from end to end, as ARN, id, alias, or alias ARN.
   *
   * SessionLogging gives the alias ARN, which is known in a first preview. For the key itself:
   * `{ ...logging.preferences, kmsKeyId: logging.keyArn }`.
   * @default none: TLS alone
   */
  readonly kmsKeyId?: Input<string>;
}
