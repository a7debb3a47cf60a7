import { CommandDocument } from "../commands/command-document.ts";
import { SessionDocument } from "../documents/session-document.ts";
import { SessionPermissionSet } from "../identity-center/session-permission-set.ts";
import { SessionLogArchive } from "../logging/session-log-archive.ts";
import { SessionPreferences } from "../preferences/session-preferences.ts";
import { Tunnel } from "../tunnel/tunnel.ts";
import { AgentUpkeep } from "../upkeep/agent-upkeep.ts";
import { FleetOfPlugin } from "./bastionless-fleet.ts";
import { InstanceOfPlugin } from "./bastionless-instance.ts";
import { HostManagementOfPlugin } from "./default-host-management.ts";
import { ActivationOfPlugin } from "./hybrid-activation.ts";
import { NetworkOfPlugin } from "./private-network.ts";
import { AccessOfPlugin } from "./session-access.ts";
import { AuditOfPlugin } from "./session-audit.ts";
import { LoggingOfPlugin } from "./session-logging.ts";
import { WorkstationOfPlugin } from "./workstation.ts";

/**
 * The components as other languages see them, by the last part of their types' tokens. The package's schema is inferred
 * from the classes here, by their constructors' arguments and their properties; `typescript-only.ts` says what it leaves
 * out. A class of its own stands for a component where a schema cannot say what the component takes or gives.
 *
 * Each is the component itself, so that its resources are named and nested as in a TypeScript program.
 *
 * To add one, add its class here and what checks its arguments to `checks.ts`, and run `npm run schema`.
 */
export const COMPONENTS = {
  AgentUpkeep,
  BastionlessFleet: FleetOfPlugin,
  BastionlessInstance: InstanceOfPlugin,
  CommandDocument,
  DefaultHostManagement: HostManagementOfPlugin,
  HybridActivation: ActivationOfPlugin,
  PrivateNetwork: NetworkOfPlugin,
  SessionAccess: AccessOfPlugin,
  SessionAudit: AuditOfPlugin,
  SessionDocument,
  SessionLogArchive,
  SessionLogging: LoggingOfPlugin,
  SessionPermissionSet,
  SessionPreferences,
  Tunnel,
  Workstation: WorkstationOfPlugin,
} as const;
