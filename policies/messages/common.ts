import { configFault } from "../config-problems.ts";
import type { Power } from "../estate/unmodelled.ts";
import type { Unreadable } from "../reader/read.ts";
import type { Renderers } from "./message.ts";

/** What keeps any rule from deciding. */
export type CommonMessage =
  | { readonly id: "unreadable-value"; readonly what: string; readonly cause: Unreadable }
  | { readonly id: "unmodelled-type"; readonly type: string; readonly power: Power }
  | { readonly id: "config-wrong"; readonly policy: string; readonly problems: readonly string[] }
  | { readonly id: "fault"; readonly rule: string; readonly error: string };

export const COMMON: Renderers<CommonMessage> = {
  "unreadable-value": (message) => `${message.what} cannot be told: ${unreadable(message.cause)}.`,
  "unmodelled-type": (message) =>
    `\`${message.type}\` is not read by this policy, and may hold ${POWERS[message.power]}. Check it by hand, or write it with the \`aws\` provider.`,
  "config-wrong": (message) => configFault(message.policy, message.problems),
  fault: (message) =>
    `a fault in the policy itself kept it from deciding: ${message.error}. Please report it.`,
};

const POWERS: { readonly [power in Power]: string } = {
  "bucket-settings": "settings of a log bucket",
  "default-security-groups": "a default security group with rules",
  "inbound-rules": "inbound rules",
  "instance-connect-endpoints": "an EC2 Instance Connect Endpoint",
  "key-pairs": "a machine with an SSH key pair",
  "metadata-service": "a machine that answers IMDSv1",
  permissions: "permissions to start sessions",
  "public-addresses": "a machine with a public address",
  "session-logs": "session documents that log",
};

function unreadable(cause: Unreadable): string {
  const place = cause.path === "" ? "the value" : `\`${cause.path}\``;
  return cause.kind === "unknown"
    ? `${place} is not known before the deployment`
    : `${place} is \`${cause.found}\`, expected ${cause.expected}`;
}
