import type { LogKind } from "./logging.ts";
import type { Renderers } from "./message.ts";
import { list } from "./words.ts";

/** Findings about what keeps the logs of sessions: buckets, log groups, and their keys. */
export type LogStoreMessage =
  | { readonly id: "session-not-logged"; readonly sessionType: string }
  | { readonly id: "session-logged"; readonly destinations: readonly string[] }
  | {
      readonly id: "log-store-outside";
      readonly kind: LogKind;
      readonly name: string;
      /** What is asked: `whether it is private`. */
      readonly question: string;
    }
  | {
      readonly id: "log-bucket-open-to-public";
      readonly bucket: string;
      /** The settings that are off. */
      readonly flags: readonly string[];
      /** Whether a public access block says so, or nothing says anything. */
      readonly declared: boolean;
    }
  | { readonly id: "log-bucket-public-access-blocked"; readonly bucket: string }
  | {
      readonly id: "log-bucket-acls-in-force";
      readonly bucket: string;
      /** What the ownership controls say; undefined: there are none, and an ACL is set. */
      readonly ownership: string | undefined;
    }
  | { readonly id: "log-bucket-acl-public"; readonly bucket: string; readonly grant: string }
  | { readonly id: "log-bucket-owned"; readonly bucket: string }
  | {
      readonly id: "log-bucket-plain-http";
      readonly bucket: string;
      /** A request without TLS that the policy does not refuse; undefined: there is no policy. */
      readonly witness: { readonly action: string; readonly resource: string } | undefined;
    }
  | { readonly id: "log-bucket-tls-only"; readonly bucket: string }
  | {
      readonly id: "log-bucket-policy-public";
      readonly bucket: string;
      readonly statement: string;
      readonly action: string;
      readonly resource: string;
    }
  | { readonly id: "log-bucket-policy-private"; readonly bucket: string }
  | {
      readonly id: "log-bucket-policy-undecided";
      readonly bucket: string;
      readonly question: string;
      readonly reasons: readonly string[];
    }
  | { readonly id: "log-key-rotates"; readonly use: string; readonly days: number }
  | {
      readonly id: "log-key-does-not-rotate";
      readonly use: string;
      readonly why: "asymmetric" | "custom-key-store" | "imported" | "off";
    }
  | {
      readonly id: "log-key-rotates-late";
      readonly use: string;
      readonly days: number;
      readonly minimum: number;
      readonly maximum: number;
    }
  | { readonly id: "log-key-rotation-outside"; readonly use: string; readonly key: string }
  | {
      readonly id: "log-kept-forever";
      readonly kind: LogKind;
      readonly name: string;
      /** Why, for a bucket that has rules: what they leave out. */
      readonly path: string;
    }
  | {
      readonly id: "log-kept-too-short";
      readonly kind: LogKind;
      readonly name: string;
      readonly path: string;
      /** Undefined: from a date on, logs go as soon as they come. */
      readonly days: number | undefined;
      readonly minimum: number;
    }
  | {
      readonly id: "log-kept";
      readonly kind: LogKind;
      readonly name: string;
      readonly days: number | undefined;
    };

export const LOG_STORES: Renderers<LogStoreMessage> = {
  "session-not-logged": ({ sessionType }) =>
    `sessions of this document (\`${sessionType}\`) are logged nowhere: it names neither a bucket nor a log group, and a session started with it does not fall back to the account's preferences. Set \`inputs.s3BucketName\` or \`inputs.cloudWatchLogGroupName\`.`,
  "session-logged": ({ destinations }) => `sessions are logged to ${list(destinations)}.`,
  "log-store-outside": ({ kind, name, question }) =>
    `${question} cannot be told of the ${KINDS[kind]} \`${name}\`: it is not in this stack. Name it in \`trustedDestinations\` once you have checked it.`,
  "log-bucket-open-to-public": ({ bucket, flags, declared }) =>
    declared
      ? `the log bucket \`${bucket}\` can be made public: ${list(flags.map((flag) => `\`${flag}\``))} ${flags.length === 1 ? "is" : "are"} not true. Set all four settings of its public access block to true.`
      : `nothing in this stack keeps the log bucket \`${bucket}\` from being made public: S3 gives a new bucket a public access block, and whoever may take it away is not noticed. Add an \`aws.s3.BucketPublicAccessBlock\` with all four settings true.`,
  "log-bucket-public-access-blocked": ({ bucket }) =>
    `the public access block of \`${bucket}\` has all four settings.`,
  "log-bucket-acls-in-force": ({ bucket, ownership }) =>
    ownership === undefined
      ? `an ACL decides who reads the log bucket \`${bucket}\`, beside its policy. Delete the ACL, and add \`aws.s3.BucketOwnershipControls\` with \`objectOwnership: "BucketOwnerEnforced"\`.`
      : `ACLs decide who reads single logs in the bucket \`${bucket}\`: its \`objectOwnership\` is \`${ownership}\`. Set it to \`BucketOwnerEnforced\`.`,
  "log-bucket-acl-public": ({ bucket, grant }) =>
    `the ACL of the log bucket \`${bucket}\` lets in everybody: \`${grant}\`. Delete the ACL.`,
  "log-bucket-owned": ({ bucket }) => `no ACL decides who reads the logs in \`${bucket}\`.`,
  "log-bucket-plain-http": ({ bucket, witness }) =>
    witness === undefined
      ? `the log bucket \`${bucket}\` has no policy, so it answers requests without TLS. ${DENY_PLAIN_HTTP}`
      : `the log bucket \`${bucket}\` answers requests without TLS: its policy does not refuse \`${witness.action}\` on \`${witness.resource}\` with \`aws:SecureTransport\` false. ${DENY_PLAIN_HTTP}`,
  "log-bucket-tls-only": ({ bucket }) => `the policy of \`${bucket}\` refuses every request without TLS.`,
  "log-bucket-policy-public": ({ bucket, statement, action, resource }) =>
    `the policy of the log bucket \`${bucket}\` is public: statement \`${statement}\` allows \`${action}\` on \`${resource}\` to anybody, of any account. Name the principals that need it.`,
  "log-bucket-policy-private": ({ bucket }) => `the policy of \`${bucket}\` lets no stranger in.`,
  "log-bucket-policy-undecided": ({ bucket, question, reasons }) =>
    `whether the policy of the log bucket \`${bucket}\` ${question} cannot be told: ${reasons.join("; ")}.`,
  "log-key-rotates": ({ use, days }) => `the key that encrypts ${use} rotates every ${days} days.`,
  "log-key-does-not-rotate": ({ use, why }) =>
    `the key that encrypts ${use} does not rotate: ${NO_ROTATION[why]}`,
  "log-key-rotates-late": ({ use, days, minimum, maximum }) =>
    `the key that encrypts ${use} is to rotate every ${days} days; expected ${minimum} to ${maximum}. Change \`rotationPeriodInDays\`.`,
  "log-key-rotation-outside": ({ use, key }) =>
    `whether the key \`${key}\` rotates, which encrypts ${use}, cannot be told: it is not in this stack. Name it in \`trustedKeys\` once you have checked it.`,
  "log-kept-forever": ({ kind, name, path }) =>
    kind === "log-group"
      ? `the log group \`${name}\` keeps what was typed in sessions for ever. Set \`retentionInDays\`, or \`allowForever\` in the policy's configuration.`
      : `the bucket \`${name}\` keeps what was typed in sessions for ever: ${path === "" ? "it has no lifecycle rules" : `no enabled rule in \`${path}\` expires them all`}. Give it a lifecycle rule with \`expiration.days\`, or set \`allowForever\` in the policy's configuration.`,
  "log-kept-too-short": ({ kind, name, path, days, minimum }) =>
    days === undefined
      ? `the ${KINDS[kind]} \`${name}\` keeps no log from a date on (\`${path}\`). Set \`days\` instead, at least ${minimum}.`
      : `the ${KINDS[kind]} \`${name}\` keeps logs of sessions for ${days} ${days === 1 ? "day" : "days"} (\`${path}\`); expected at least ${minimum}. Raise it, or lower \`minimumDays\` in the policy's configuration.`,
  "log-kept": ({ kind, name, days }) =>
    `the ${KINDS[kind]} \`${name}\` keeps logs ${days === undefined ? "for ever" : `for ${days} days`}.`,
};

const KINDS = { bucket: "bucket", "log-group": "log group" } as const;

const DENY_PLAIN_HTTP =
  'Add a statement that denies `s3:*` to `"*"` on the bucket and on `/*` below it, with `Bool` of `aws:SecureTransport` `"false"`.';

const NO_ROTATION = {
  asymmetric:
    "KMS rotates symmetric encryption keys only. Make one with `keyUsage` and `customerMasterKeySpec` left out.",
  "custom-key-store":
    "KMS does not rotate keys of a custom key store. Use a key of KMS's own, with `enableKeyRotation`.",
  imported: "KMS does not rotate imported key material. Use a key of KMS's own, with `enableKeyRotation`.",
  off: "`enableKeyRotation` is not true. Set it to true.",
} as const;
