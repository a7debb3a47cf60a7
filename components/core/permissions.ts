import type { Output } from "@pulumi/pulumi";
import type { PolicyStatement } from "./policy-document.ts";

/**
 * What one kind of principal needs, in two documents.
 *
 * `statements` hold only names and ARNs that can be derived before anything exists. `keyStatements` hold the ARN of the
 * KMS key, which AWS chooses: in a first preview the whole document is unknown, so it must be a document of its own, that
 * its being unknown hides nothing else. Either list may be empty; make no policy of an empty one.
 */
export interface Grant {
  readonly statements: Output<readonly PolicyStatement[]>;
  readonly keyStatements: Output<readonly PolicyStatement[]>;
  /** Whether `statements` holds anything: known before the statements are. */
  readonly hasStatements: boolean;
  /** Whether `keyStatements` holds anything. */
  readonly hasKeyStatements: boolean;
}

/** AWS services that instances reach because of session logging and encryption, as in the endpoints' names. */
export type LoggingService = "kms" | "logs";

/** What the endpoints of a network without a way out must let through. */
export interface EndpointGrant {
  /** Interface endpoints that logging needs, beside `ssm` and `ssmmessages`. Plain, because it decides what is built. */
  readonly services: readonly LoggingService[];
  /** Statements, with `Principal`, for the policy of the S3 gateway endpoint: the log bucket. Empty without S3 logging. */
  readonly s3Statements: Output<readonly PolicyStatement[]>;
}

/**
 * Everything that session logging and encryption need of others, declared once, by SessionLogging. Each consumer takes
 * its part and writes no ARN itself.
 */
export interface SessionPermissions {
  /** For instances' roles. */
  readonly instances: Grant;
  /** For people who start sessions. */
  readonly people: Grant;
  /** For people who read what was logged. */
  readonly auditors: Grant;
  readonly endpoints: EndpointGrant;
}

/** What other components take of SessionLogging: the component itself, or only its permissions. */
export interface LoggingSource {
  readonly permissions: SessionPermissions;
}
