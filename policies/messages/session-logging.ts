import type { Renderers } from "./message.ts";
import { list } from "./words.ts";

/** What becomes of a session, or of its log, where a call is refused. */
export type CallLoss = "log-lost" | "session-ends";

/** A call that a role cannot make. */
export interface RefusedCall {
  readonly action: string;
  readonly resource: string;
  readonly loss: CallLoss;
  /** The Denies that refuse it; empty: no statement allows it. */
  readonly deniedBy: readonly string[];
}

/** Findings about whether machines can write the logs that session documents ask for. */
export type SessionLoggingMessage =
  | {
      readonly id: "session-logging-refused";
      readonly role: string;
      /** The session document that asks for the calls. */
      readonly document: string;
      readonly calls: readonly RefusedCall[];
      /** What lets people hold these sessions on its machines, where nothing else says that the role is meant for them. */
      readonly startedBy: { readonly statement: string; readonly policy: string } | undefined;
      /** What refuses: the role's policies, or the policy of the key or bucket. */
      readonly by: "bucket-policy" | "key-policy" | "role";
      /** Where it is the policy of a bucket or key: what it allows of the calls, and whether it is in another account. */
      readonly guard: { readonly isOtherAccounts: boolean; readonly allows: readonly string[] } | undefined;
    }
  | { readonly id: "session-logging-permitted"; readonly role: string; readonly document: string }
  | {
      readonly id: "session-logging-open";
      readonly role: string;
      readonly document: string;
      readonly calls: readonly string[];
      readonly reasons: readonly string[];
    }
  | { readonly id: "session-logging-role-outside"; readonly role: string }
  | {
      readonly id: "session-logging-pairs-unasked";
      readonly roles: number;
      readonly documents: number;
      readonly most: number;
    }
  | {
      readonly id: "session-logging-key-outside";
      readonly role: string;
      readonly document: string;
      readonly key: string;
      readonly use: string;
    }
  | {
      readonly id: "log-key-refuses-service";
      readonly logGroup: string;
      readonly service: string;
      readonly actions: readonly string[];
      readonly context: string;
    }
  | { readonly id: "log-key-lets-service-in"; readonly logGroup: string; readonly service: string }
  | {
      readonly id: "log-key-service-open";
      readonly logGroup: string;
      readonly reasons: readonly string[];
    };

export const SESSION_LOGGING: Renderers<SessionLoggingMessage> = {
  "session-logging-refused": (message) => sessionLoggingRefused(message),
  "session-logging-permitted": ({ role, document }) =>
    `the role \`${role}\` may make every call that sessions of \`${document}\` need for their logs.`,
  "session-logging-open": ({ role, document, calls, reasons }) =>
    `whether the role \`${role}\` may call ${list(calls.map(code))} for sessions of \`${document}\` cannot be told: ${some(reasons)}.`,
  "session-logging-role-outside": ({ role }) =>
    `whether the role ${code(role)} may write session logs cannot be told: it is not in this stack. Name it in \`trustedRoles\` once you have checked it.`,
  "session-logging-pairs-unasked": ({ roles, documents, most }) =>
    `whether machines' roles may write for each other's session documents instead of their own is not asked of ${roles} roles and ${documents} documents: that is more than ${most} pairs. Declare machines that have nothing to do with each other in stacks of their own.`,
  "session-logging-key-outside": ({ role, document, key, use }) =>
    `whether the key ${key === "" ? "" : `${code(key)} `}that encrypts ${use} lets the role \`${role}\` in, for sessions of \`${document}\`, cannot be told: ${key === "" ? "which key it is, is not known" : "it is not in this stack. Name it in `trustedKeys` once you have checked it"}.`,
  "log-key-refuses-service": ({ logGroup, service, actions, context }) =>
    `CloudWatch Logs cannot use the key of the log group \`${logGroup}\`: the key's policy does not allow ${list(actions.map(code))} to \`${service}\`, so the group is not created, or takes no logs. Add this to the policy: ${json(
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource: "*",
        Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": context } },
      },
    )}.`,
  "log-key-lets-service-in": ({ logGroup, service }) =>
    `the key of \`${logGroup}\` lets \`${service}\` in for that log group.`,
  "log-key-service-open": ({ logGroup, reasons }) =>
    `whether the key of the log group \`${logGroup}\` lets CloudWatch Logs in cannot be told: ${some(reasons)}.`,
};

function sessionLoggingRefused(
  message: Extract<SessionLoggingMessage, { id: "session-logging-refused" }>,
): string {
  const { role, document, calls, startedBy } = message;
  const refused = calls.map(({ action, resource }) => `\`${action}\` on ${code(resource)}`);
  const losses = new Set(calls.map(({ loss }) => loss));
  const loss = losses.has("session-ends")
    ? `sessions that use \`${document}\` end at once`
    : `the logs of sessions that use \`${document}\` are lost`;
  const started =
    startedBy === undefined
      ? ""
      : `Such sessions are allowed on its machines by the statement \`${startedBy.statement}\` of \`${startedBy.policy}\`. `;
  return `the role \`${role}\` may not call ${list(refused)}: ${loss}. ${started}${closing(message)}`;
}

function closing({
  by,
  calls,
  guard,
}: Extract<SessionLoggingMessage, { id: "session-logging-refused" }>): string {
  const denied = [...new Set(calls.flatMap(({ deniedBy }) => deniedBy))];
  if (denied.length > 0) {
    return `Refused by the statement ${list(denied)}: let these calls through there.`;
  }
  const allows = guard?.allows ?? [];
  const only = allows.length === 0 ? "it allows them to nobody" : `it allows them only by ${some(allows)}`;
  const across = guard?.isOtherAccounts === true;
  switch (by) {
    case "bucket-policy":
      return across
        ? `The bucket is in another account, so that its policy has to allow the calls as well as the role's, and ${only}. Add a statement for the role, or for its account.`
        : `The bucket's policy refuses it: ${only}. Let these calls through there.`;
    case "key-policy":
      return across
        ? `The key is in another account, so that its policy has to allow the calls as well as the role's, and ${only}. Add a statement for the role, or for its account.`
        : `The key's policy lets neither the role in nor the account's IAM policies decide, and ${only}: add a statement for the role, or for the account's root.`;
    case "role":
      return `Add to the role's policies: ${statements(calls)}.`;
  }
}

/** One statement for each resource. */
function statements(calls: readonly RefusedCall[]): string {
  const byResource = new Map<string, string[]>();
  for (const { action, resource } of calls) {
    const actions = byResource.get(resource) ?? [];
    byResource.set(resource, actions);
    if (!actions.includes(action)) {
      actions.push(action);
    }
  }
  return list(
    [...byResource].map(([resource, actions]) =>
      json({ Effect: "Allow", Action: actions.length === 1 ? actions[0] : actions, Resource: resource }),
    ),
  );
}

const MOST_REASONS = 5;

/** The first few of what may be thousands of statements. */
function some(reasons: readonly string[]): string {
  const more = reasons.length - MOST_REASONS;
  const shown = reasons.slice(0, MOST_REASONS).join("; ");
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

function json(value: object): string {
  return `\`${JSON.stringify(value)}\``;
}

function code(text: string): string {
  return `\`${text}\``;
}
