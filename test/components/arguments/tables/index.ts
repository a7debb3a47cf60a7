import type { BadInput } from "../bad-input.ts";
import { AGENT_UPKEEP } from "./agent-upkeep.ts";
import { BASTIONLESS_FLEET } from "./bastionless-fleet.ts";
import { BASTIONLESS_INSTANCE } from "./bastionless-instance.ts";
import { COMMAND_DOCUMENT } from "./command-document.ts";
import { DEFAULT_HOST_MANAGEMENT } from "./default-host-management.ts";
import { HYBRID_ACTIVATION } from "./hybrid-activation.ts";
import { PRIVATE_NETWORK } from "./private-network.ts";
import { SESSION_ACCESS } from "./session-access.ts";
import { SESSION_AUDIT } from "./session-audit.ts";
import { SESSION_DOCUMENT } from "./session-document.ts";
import { SESSION_LOG_ARCHIVE } from "./session-log-archive.ts";
import { SESSION_LOGGING } from "./session-logging.ts";
import { SESSION_PERMISSION_SET } from "./session-permission-set.ts";
import { SESSION_PREFERENCES } from "./session-preferences.ts";
import { TUNNEL } from "./tunnel.ts";
import { WORKSTATION } from "./workstation.ts";

/** The tables of every component; of SessionAccess one for each profile. */
export const TABLES: readonly BadInput[] = [
  AGENT_UPKEEP,
  BASTIONLESS_FLEET,
  BASTIONLESS_INSTANCE,
  COMMAND_DOCUMENT,
  DEFAULT_HOST_MANAGEMENT,
  HYBRID_ACTIVATION,
  PRIVATE_NETWORK,
  ...SESSION_ACCESS,
  SESSION_AUDIT,
  SESSION_DOCUMENT,
  SESSION_LOG_ARCHIVE,
  SESSION_LOGGING,
  SESSION_PERMISSION_SET,
  SESSION_PREFERENCES,
  TUNNEL,
  WORKSTATION,
];
