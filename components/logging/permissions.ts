import * as pulumi from "@pulumi/pulumi";
import type { KnownIdentity } from "../core/identity.ts";
import type { Grant, SessionPermissions } from "../core/permissions.ts";
import type { PolicyStatement } from "../core/policy-document.ts";
import {
  auditorKeyStatements,
  auditorStatements,
  endpointS3Statements,
  instanceKeyStatements,
  instanceStatements,
  type LoggingFacts,
  peopleKeyStatements,
} from "./grants.ts";

/** What a SessionLogging consists of. Which parts there are is plain: it decides what others build. */
export interface LoggingParts {
  readonly identity: pulumi.Input<KnownIdentity>;
  /** Undefined: sessions are not logged to S3. */
  readonly bucketName: pulumi.Input<string> | undefined;
  /** The key of a bucket that is somebody else's. @default none: the bucket is of one's own */
  readonly foreignBucketKeyArn?: pulumi.Input<string> | undefined;
  readonly s3KeyPrefix: pulumi.Input<string> | undefined;
  /** Undefined: sessions are not logged to CloudWatch. */
  readonly logGroupName: pulumi.Input<string> | undefined;
  readonly keyArn: pulumi.Input<string>;
  /** Whether sessions are encrypted with the key from end to end. */
  readonly encryptSessions: boolean;
}

/** What all others need because of session logging, from the names of its parts. */
export function loggingPermissions(parts: LoggingParts): SessionPermissions {
  const { encryptSessions } = parts;
  const toS3 = parts.bucketName !== undefined;
  const readsS3 = toS3 && parts.foreignBucketKeyArn === undefined;
  const keyArn = pulumi.output(parts.keyArn);
  const facts: pulumi.Output<LoggingFacts> = pulumi.output({
    identity: parts.identity,
    bucketName: parts.bucketName,
    keyPrefix: parts.s3KeyPrefix,
    logGroupName: parts.logGroupName,
    foreignBucket: parts.foreignBucketKeyArn !== undefined,
  });
  const none: pulumi.Output<readonly PolicyStatement[]> = pulumi.output([]);
  const instances: Grant = {
    statements: facts.apply(instanceStatements),
    keyStatements: pulumi
      .all([facts, keyArn, parts.foreignBucketKeyArn])
      .apply(([known, key, bucketKey]) => instanceKeyStatements(known, key, encryptSessions, bucketKey)),
    hasStatements: true,
    hasKeyStatements: encryptSessions || toS3,
  };
  const people: Grant = {
    statements: none,
    keyStatements: encryptSessions ? keyArn.apply(peopleKeyStatements) : none,
    hasStatements: false,
    hasKeyStatements: encryptSessions,
  };
  const auditors: Grant = {
    statements: facts.apply(auditorStatements),
    keyStatements: readsS3
      ? pulumi.all([facts, keyArn]).apply(([known, key]) => auditorKeyStatements(known, key))
      : none,
    // Logs in somebody else's bucket alone are theirs to read.
    hasStatements: readsS3 || parts.logGroupName !== undefined,
    hasKeyStatements: readsS3,
  };
  return {
    instances,
    people,
    auditors,
    endpoints: {
      services: [
        ...(encryptSessions ? (["kms"] as const) : []),
        ...(parts.logGroupName === undefined ? [] : (["logs"] as const)),
      ],
      s3Statements: toS3 ? facts.apply(endpointS3Statements) : none,
    },
  };
}
