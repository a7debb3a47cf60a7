import type { Example } from "./example.ts";
import { EXAMPLES as defaultSecurityGroupClosed } from "./default-security-group-closed.ts";
import { EXAMPLES as imdsv2Required } from "./imdsv2-required.ts";
import { EXAMPLES as instancesCannotStartSessions } from "./instances-cannot-start-sessions.ts";
import { EXAMPLES as logBucketPrivate } from "./log-bucket-private.ts";
import { EXAMPLES as logKeyRotates } from "./log-key-rotates.ts";
import { EXAMPLES as logRetentionSet } from "./log-retention-set.ts";
import { EXAMPLES as noInboundAdminPorts } from "./no-inbound-admin-ports.ts";
import { EXAMPLES as noInstanceConnectEndpoint } from "./no-instance-connect-endpoint.ts";
import { EXAMPLES as noInstancePolicyOnPeople } from "./no-instance-policy-on-people.ts";
import { EXAMPLES as noPublicIp } from "./no-public-ip.ts";
import { EXAMPLES as noSshKeyPair } from "./no-ssh-key-pair.ts";
import { EXAMPLES as noUnloggedSessionPath } from "./no-unlogged-session-path.ts";
import { EXAMPLES as ownSessionsOnly } from "./own-sessions-only.ts";
import { EXAMPLES as sessionAccessRequiresMfa } from "./session-access-requires-mfa.ts";
import { EXAMPLES as sessionAccessRequiresTags } from "./session-access-requires-tags.ts";
import { EXAMPLES as sessionDocumentsPinned } from "./session-documents-pinned.ts";
import { EXAMPLES as sessionLoggingPermitted } from "./session-logging-permitted.ts";
import { EXAMPLES as sessionLogsEncrypted } from "./session-logs-encrypted.ts";
import { EXAMPLES as sessionLogsSomewhere } from "./session-logs-somewhere.ts";
import { EXAMPLES as sessionRolesTrustedWithMfa } from "./session-roles-trusted-with-mfa.ts";
import { EXAMPLES as sideDoorsGuarded } from "./side-doors-guarded.ts";
import { EXAMPLES as timeBoxedAccessIsAWindow } from "./time-boxed-access-is-a-window.ts";

/** Examples by rule: kept apart from the rules, which a pack loads on every start. */
export const EXAMPLES: ReadonlyMap<string, readonly Example[]> = new Map([
  ["default-security-group-closed", defaultSecurityGroupClosed],
  ["imdsv2-required", imdsv2Required],
  ["instances-cannot-start-sessions", instancesCannotStartSessions],
  ["log-bucket-private", logBucketPrivate],
  ["log-key-rotates", logKeyRotates],
  ["log-retention-set", logRetentionSet],
  ["no-inbound-admin-ports", noInboundAdminPorts],
  ["no-instance-connect-endpoint", noInstanceConnectEndpoint],
  ["no-instance-policy-on-people", noInstancePolicyOnPeople],
  ["no-public-ip", noPublicIp],
  ["no-ssh-key-pair", noSshKeyPair],
  ["no-unlogged-session-path", noUnloggedSessionPath],
  ["own-sessions-only", ownSessionsOnly],
  ["session-access-requires-mfa", sessionAccessRequiresMfa],
  ["session-access-requires-tags", sessionAccessRequiresTags],
  ["session-documents-pinned", sessionDocumentsPinned],
  ["session-logging-permitted", sessionLoggingPermitted],
  ["session-logs-encrypted", sessionLogsEncrypted],
  ["session-logs-somewhere", sessionLogsSomewhere],
  ["session-roles-trusted-with-mfa", sessionRolesTrustedWithMfa],
  ["side-doors-guarded", sideDoorsGuarded],
  ["time-boxed-access-is-a-window", timeBoxedAccessIsAWindow],
]);
