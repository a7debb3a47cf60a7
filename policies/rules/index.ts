import { defaultSecurityGroupClosed } from "./default-security-group-closed.ts";
import { imdsv2Required } from "./imdsv2-required.ts";
import { instancesCannotStartSessions } from "./instances-cannot-start-sessions.ts";
import { logBucketPrivate } from "./log-bucket-private.ts";
import { logKeyRotates } from "./log-key-rotates.ts";
import { logRetentionSet } from "./log-retention-set.ts";
import { noInboundAdminPorts } from "./no-inbound-admin-ports.ts";
import { noInstanceConnectEndpoint } from "./no-instance-connect-endpoint.ts";
import { noInstancePolicyOnPeople } from "./no-instance-policy-on-people.ts";
import { noPublicIp } from "./no-public-ip.ts";
import { noSshKeyPair } from "./no-ssh-key-pair.ts";
import { noUnloggedSessionPath } from "./no-unlogged-session-path.ts";
import { ownSessionsOnly } from "./own-sessions-only.ts";
import type { Rule } from "./rule.ts";
import { sessionAccessRequiresMfa } from "./session-access-requires-mfa.ts";
import { sessionAccessRequiresTags } from "./session-access-requires-tags.ts";
import { sessionDocumentsPinned } from "./session-documents-pinned.ts";
import { sessionLoggingPermitted } from "./session-logging-permitted.ts";
import { sessionLogsEncrypted } from "./session-logs-encrypted.ts";
import { sessionLogsSomewhere } from "./session-logs-somewhere.ts";
import { sessionRolesTrustedWithMfa } from "./session-roles-trusted-with-mfa.ts";
import { sideDoorsGuarded } from "./side-doors-guarded.ts";
import { timeBoxedAccessIsAWindow } from "./time-boxed-access-is-a-window.ts";

/** Every rule of the pack, in the order of their ids. */
export const RULES: readonly Rule[] = [
  defaultSecurityGroupClosed,
  imdsv2Required,
  instancesCannotStartSessions,
  logBucketPrivate,
  logKeyRotates,
  logRetentionSet,
  noInboundAdminPorts,
  noInstanceConnectEndpoint,
  noInstancePolicyOnPeople,
  noPublicIp,
  noSshKeyPair,
  noUnloggedSessionPath,
  ownSessionsOnly,
  sessionAccessRequiresMfa,
  sessionAccessRequiresTags,
  sessionDocumentsPinned,
  sessionLoggingPermitted,
  sessionLogsEncrypted,
  sessionLogsSomewhere,
  sessionRolesTrustedWithMfa,
  sideDoorsGuarded,
  timeBoxedAccessIsAWindow,
];
