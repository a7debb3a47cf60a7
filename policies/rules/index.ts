import { instancesCannotStartSessions } from "./instances-cannot-start-sessions.ts";
import { logBucketPrivate } from "./log-bucket-private.ts";
import { logKeyRotates } from "./log-key-rotates.ts";
import { logRetentionSet } from "./log-retention-set.ts";
import { noInboundAdminPorts } from "./no-inbound-admin-ports.ts";
import { noInstancePolicyOnPeople } from "./no-instance-policy-on-people.ts";
import type { Rule } from "./rule.ts";
import { sessionAccessRequiresMfa } from "./session-access-requires-mfa.ts";
import { sessionAccessRequiresTags } from "./session-access-requires-tags.ts";
import { sessionLogsEncrypted } from "./session-logs-encrypted.ts";
import { sessionLogsSomewhere } from "./session-logs-somewhere.ts";

/** Every rule of the pack, in the order of their ids. */
export const RULES: readonly Rule[] = [
  instancesCannotStartSessions,
  logBucketPrivate,
  logKeyRotates,
  logRetentionSet,
  noInboundAdminPorts,
  noInstancePolicyOnPeople,
  sessionAccessRequiresMfa,
  sessionAccessRequiresTags,
  sessionLogsEncrypted,
  sessionLogsSomewhere,
];
