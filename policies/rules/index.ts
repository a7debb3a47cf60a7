import { instancesCannotStartSessions } from "./instances-cannot-start-sessions.ts";
import { noInboundAdminPorts } from "./no-inbound-admin-ports.ts";
import type { Rule } from "./rule.ts";
import { sessionAccessRequiresMfa } from "./session-access-requires-mfa.ts";
import { sessionAccessRequiresTags } from "./session-access-requires-tags.ts";
import { sessionLogsEncrypted } from "./session-logs-encrypted.ts";

/** Every rule of the pack, in the order of their ids. */
export const RULES: readonly Rule[] = [
  instancesCannotStartSessions,
  noInboundAdminPorts,
  sessionAccessRequiresMfa,
  sessionAccessRequiresTags,
  sessionLogsEncrypted,
];
