import type { Input } from "@pulumi/pulumi";

/** Where the sessions of an environment are logged and what encrypts them, as session documents name it. */
export interface SessionPreferences {
  /** The log bucket; absent where sessions are not logged to S3. */
  readonly s3BucketName?: Input<string>;
  /** The prefix of the logs in the bucket, without a slash at the end; absent: the whole bucket. */
  readonly s3KeyPrefix?: string;
  /** The log group; absent where sessions are not logged to CloudWatch. */
  readonly cloudWatchLogGroupName?: Input<string>;
  /** Whether CloudWatch gets the log while the session runs (true) or when it ends. */
  readonly cloudWatchStreaming?: boolean;
  /**
   * The key that encrypts sessions from end to end, as ARN, id, alias, or alias ARN; absent: TLS alone.
   *
   * SessionLogging gives the alias ARN, which is known in a first preview. For the key itself:
   * `{ ...logging.preferences, kmsKeyId: logging.keyArn }`.
   */
  readonly kmsKeyId?: Input<string>;
}
