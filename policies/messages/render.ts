import type { Power } from "../estate/unmodelled.ts";
import type { Read, Unreadable } from "../reader/read.ts";
import { renderAccess } from "./access.ts";
import type { Message, SourceFact } from "./message.ts";
import { list } from "./words.ts";

/** Puts a finding into words: what is so, why it matters, the smallest change that closes it. */
export function render(message: Message): string {
  switch (message.id) {
    case "inbound-port-open":
      return inboundPortOpen(message);
    case "no-inbound-admin-port":
      return `${subject(message.path)} opens no admin port.`;
    case "log-encryption-required":
      return `the document insists on encrypted logs: \`${message.path}\` is true.`;
    case "log-encryption-not-required": {
      const found = message.found === undefined ? "is not true" : `is ${message.found}, a text`;
      return `sessions are logged to the ${LOG_KINDS[message.kind]} \`${message.name}\` whether or not it is encrypted: \`${message.path}\` ${found}. Set it to true.`;
    }
    case "log-encrypted":
      return `the ${LOG_KINDS[message.kind]} \`${message.name}\` is encrypted with ${message.key}.`;
    case "log-not-encrypted":
      return `the ${LOG_KINDS[message.kind]} \`${message.name}\`, which keeps the sessions of \`${message.document}\`, is encrypted with ${INSTEAD[message.instead]}: whoever may read it reads what was typed. ${keyAdvice(message)}`;
    case "log-destination-outside":
      return `whether the ${LOG_KINDS[message.kind]} \`${message.name}\` is encrypted with a customer managed key cannot be told: it is not in this stack. Name it in \`trustedDestinations\` once you have checked it.`;
    case "log-key-outside":
      return `whose key \`${message.key}\` is, which encrypts the ${LOG_KINDS[message.kind]} \`${message.name}\`, cannot be told: it is not in this stack, and AWS's own keys look the same. Name it in \`trustedKeys\` once you have checked it.`;
    case "session-allowed":
    case "session-through-role":
    case "session-together":
    case "session-excluded":
    case "session-undecided":
    case "document-invalid":
    case "identity-center-mfa":
    case "policy-outside":
    case "principal-exempt":
    case "trust-requires-mfa":
    case "trust-undecided":
      return renderAccess(message, render);
    case "unreadable-value":
      return `${message.what} cannot be told: ${unreadable(message.cause)}.`;
    case "unmodelled-type":
      return `\`${message.type}\` is not read by this policy, and may hold ${POWERS[message.power]}. Check it by hand, or write it with the \`aws\` provider.`;
    case "fault":
      return `a fault in the policy itself kept it from deciding: ${message.error}. Please report it.`;
  }
}

const POWERS: { readonly [power in Power]: string } = {
  "inbound-rules": "inbound rules",
  permissions: "permissions to start sessions",
  "session-logs": "session documents that log",
};

const LOG_KINDS = { bucket: "bucket", "log-group": "log group" } as const;

const INSTEAD = {
  aes256: "a key of S3's own (AES256)",
  "aws-managed": "a key that AWS manages",
  "service-owned": "a key that CloudWatch Logs owns",
} as const;

function keyAdvice({ kind, instead, path }: Extract<Message, { id: "log-not-encrypted" }>): string {
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

function subject(path: string): string {
  return path === "" ? "the rule" : `\`${path}\``;
}

function unreadable(cause: Unreadable): string {
  const place = cause.path === "" ? "the value" : `\`${cause.path}\``;
  return cause.kind === "unknown"
    ? `${place} is not known before the deployment`
    : `${place} is \`${cause.found}\`, expected ${cause.expected}`;
}

function inboundPortOpen(message: Extract<Message, { id: "inbound-port-open" }>): string {
  const { ports, range, path, everyone } = message;
  const span = range.from === range.to ? `port ${range.from}` : `ports ${range.from} to ${range.to}`;
  const what = message.allProtocols ? "every protocol and port" : `TCP ${span}`;
  const who =
    everyone.length > 0
      ? `every ${everyone.join(" and ")} address (${sources(message.sources)})`
      : sources(message.sources);
  return `${subject(path)} lets ${who} in on ${what}: ${list(ports.map((port) => `${port}${service(port)}`))}. ${closing(message)}`;
}

/** The smallest change: the rule without the admin ports. */
function closing(message: Extract<Message, { id: "inbound-port-open" }>): string {
  const rule = message.path === "" ? "this rule" : `\`${message.path}\``;
  const rest = remainder(message.range, message.ports);
  if (message.allProtocols || rest.length === 0) {
    return `Delete ${rule}: sessions need no inbound rule.`;
  }
  return `Delete ${rule}, or keep only ${list(rest.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)))}.`;
}

function remainder(
  range: { readonly from: number; readonly to: number },
  ports: readonly number[],
): readonly { readonly from: number; readonly to: number }[] {
  const rest: { from: number; to: number }[] = [];
  let from = range.from;
  for (const port of ports) {
    if (port > from) {
      rest.push({ from, to: port - 1 });
    }
    from = port + 1;
  }
  if (from <= range.to) {
    rest.push({ from, to: range.to });
  }
  return rest;
}

const SERVICES: ReadonlyMap<number, string> = new Map([
  [22, "SSH"],
  [3389, "RDP"],
  [5985, "WinRM"],
  [5986, "WinRM over TLS"],
]);

function service(port: number): string {
  const name = SERVICES.get(port);
  return name === undefined ? "" : ` (${name})`;
}

const MOST_SOURCES = 5;

function sources(facts: readonly SourceFact[]): string {
  const words = facts.slice(0, MOST_SOURCES).map(sourceInWords);
  const more = facts.length - words.length;
  return list(more > 0 ? [...words, `${more} more`] : words);
}

function sourceInWords({ kind, value }: SourceFact): string {
  switch (kind) {
    case "self":
      return "the group itself";
    case "cidr":
      return value.kind === "known" ? value.value : `an address range ${undetermined(value)}`;
    case "group":
      return value.kind === "known" ? `the group \`${value.value}\`` : `a group ${undetermined(value)}`;
    case "prefix-list":
      return value.kind === "known"
        ? `the prefix list \`${value.value}\``
        : `a prefix list ${undetermined(value)}`;
  }
}

function undetermined(value: Read<string>): string {
  return value.kind === "unknown" ? "(not known yet)" : "(not readable)";
}
