import type { Renderers } from "./message.ts";

export type LogKind = "bucket" | "log-group";

/** Findings about where sessions are logged. */
export type LoggingMessage =
  | {
      readonly id: "log-encryption-not-required";
      readonly kind: LogKind;
      readonly name: string;
      readonly path: string;
      /** What stands there; undefined: nothing, or `false`. */
      readonly found: string | undefined;
    }
  | { readonly id: "log-encryption-required"; readonly path: string }
  | { readonly id: "log-encrypted"; readonly kind: LogKind; readonly name: string; readonly key: string }
  | {
      readonly id: "log-not-encrypted";
      readonly kind: LogKind;
      readonly name: string;
      /** The session document that names it. */
      readonly document: string;
      readonly instead: "aes256" | "aws-managed" | "service-owned";
      readonly path: string;
    }
  | { readonly id: "log-destination-outside"; readonly kind: LogKind; readonly name: string }
  | {
      readonly id: "log-key-outside";
      readonly kind: LogKind;
      readonly name: string;
      readonly key: string;
      readonly path: string;
    };

export const LOGGING: Renderers<LoggingMessage> = {
  "log-encryption-not-required": (message) => {
    const found = message.found === undefined ? "is not true" : `is ${message.found}, a text`;
    return `sessions are logged to the ${LOG_KINDS[message.kind]} \`${message.name}\` whether or not it is encrypted: \`${message.path}\` ${found}. Set it to true.`;
  },
  "log-encryption-required": (message) =>
    `the document insists on encrypted logs: \`${message.path}\` is true.`,
  "log-encrypted": (message) =>
    `the ${LOG_KINDS[message.kind]} \`${message.name}\` is encrypted with ${message.key}.`,
  "log-not-encrypted": (message) =>
    `the ${LOG_KINDS[message.kind]} \`${message.name}\`, which keeps the sessions of \`${message.document}\`, is encrypted with ${INSTEAD[message.instead]}: whoever may read it reads what was typed. ${keyAdvice(message)}`,
  "log-destination-outside": (message) =>
    `whether the ${LOG_KINDS[message.kind]} \`${message.name}\` is encrypted with a customer managed key cannot be told: it is not in this stack. Name it in \`trustedDestinations\` once you have checked it.`,
  "log-key-outside": (message) =>
    `whose key \`${message.key}\` is, which encrypts the ${LOG_KINDS[message.kind]} \`${message.name}\`, cannot be told: it is not in this stack, and AWS's own keys look the same. Name it in \`trustedKeys\` once you have checked it.`,
};

const LOG_KINDS = { bucket: "bucket", "log-group": "log group" } as const;

const INSTEAD = {
  aes256: "a key of S3's own (AES256)",
  "aws-managed": "a key that AWS manages",
  "service-owned": "a key that CloudWatch Logs owns",
} as const;

function keyAdvice({ kind, instead, path }: Extract<LoggingMessage, { id: "log-not-encrypted" }>): string {
  if (kind === "log-group") {
    return "Set `kmsKeyId` to the ARN of a customer managed key.";
  }
  if (instead === "aes256" && path !== "") {
    return `In \`${path}\` set \`sseAlgorithm\` to \`aws:kms\` and \`kmsMasterKeyId\` to the ARN of a customer managed key.`;
  }
  return instead === "aws-managed"
    ? `Set \`${path}\` to the ARN of a customer managed key.`
    : 'Give it a BucketServerSideEncryptionConfiguration with `sseAlgorithm: "aws:kms"` and the ARN of a customer managed key in `kmsMasterKeyId`.';
}
