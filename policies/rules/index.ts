import { instancesCannotStartSessions } from "./instances-cannot-start-sessions.ts";
import { logBucketPrivate } from "./log-bucket-private.ts";
import { logKeyRotates } from "./log-key-rotates.ts";
import { logRetentionSet } from "./log-retention-set.ts";
import { noInboundAdminPorts } from "./no-inbound-admin-ports.ts";
import { noInstancePolicyOnPeople } from "./no-instance-policy-on-people.ts";
import { noUnloggedSessionPath } from "./no-unlogged-session-path.ts";
import { ownSessionsOnly } from "./own-sessions-only.ts";
import type { Rule } from "./rule.ts";
import { sessionAccessRequiresMfa } from "./session-access-requires-mfa.ts";
import { sessionAccessRequiresTags } from "./session-access-requires-tags.ts";
import { sessionDocumentsPinned } from "./session-documents-pinned.ts";
import { sessionLogsEncrypted } from "./session-logs-encrypted.ts";
import { sessionLogsSomewhere } from "./session-logs-somewhere.ts";
import { sessionRolesTrustedWithMfa } from "./session-roles-trusted-with-mfa.ts";
import { sideDoorsGuarded } from "./side-doors-guarded.ts";

/** Every rule of the pack, in the order of their ids. */
export const RULES: readonly Rule[] = [
  instancesCannotStartSessions,
  logBucketPrivate,
  logKeyRotates,
  logRetentionSet,
  noInboundAdminPorts,
  noInstancePolicyOnPeople,
  noUnloggedSessionPath,
  ownSessionsOnly,
  sessionAccessRequiresMfa,
  sessionAccessRequiresTags,
  sessionDocumentsPinned,
  sessionLogsEncrypted,
  sessionLogsSomewhere,
  sessionRolesTrustedWithMfa,
  sideDoorsGuarded,
];
