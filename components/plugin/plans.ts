import { planSessionAccess } from "../access/plan.ts";
import { planSessionAudit } from "../audit/plan.ts";
import { planCommandDocument } from "../commands/plan.ts";
import type { Deployment } from "../core/common.ts";
import { planSessionDocument } from "../documents/plan.ts";
import { planBastionlessFleet } from "../fleet/bastionless-fleet-plan.ts";
import { planDefaultHostManagement } from "../host-management/plan.ts";
import { planHybridActivation } from "../hybrid/plan.ts";
import { planSessionPermissionSet } from "../identity-center/plan.ts";
import { planBastionlessInstance } from "../instance/bastionless-instance-plan.ts";
import { planSessionLogArchive } from "../logging/archive-plan.ts";
import { planSessionLogging } from "../logging/plan.ts";
import { planPrivateNetwork } from "../network/private-network-plan.ts";
import { planSessionPreferences } from "../preferences/plan.ts";
import { planTunnel } from "../tunnel/plan.ts";
import { planAgentUpkeep } from "../upkeep/plan.ts";
import { planWorkstation } from "../workstation/plan.ts";
import type { COMPONENTS } from "./components.ts";
import { withLoggingSource } from "./logging-reference.ts";

type Plan<Args> = (name: string, args: Args, deployment: Deployment) => unknown;

/** How each component decides about its arguments, before it registers anything. */
export const PLANS: {
  readonly [Name in keyof typeof COMPONENTS]: Plan<
    NonNullable<ConstructorParameters<(typeof COMPONENTS)[Name]>[1]>
  >;
} = {
  AgentUpkeep: planAgentUpkeep,
  BastionlessFleet: (name, args, at) => planBastionlessFleet(name, withLoggingSource(args), at),
  BastionlessInstance: (name, args, at) => planBastionlessInstance(name, withLoggingSource(args), at),
  CommandDocument: planCommandDocument,
  DefaultHostManagement: (name, args, at) => planDefaultHostManagement(name, withLoggingSource(args), at),
  HybridActivation: (name, args, at) => planHybridActivation(name, withLoggingSource(args), at, new Date()),
  PrivateNetwork: (name, args, at) => planPrivateNetwork(name, withLoggingSource(args), at),
  SessionAccess: (name, args, at) => planSessionAccess(name, withLoggingSource(args), at),
  SessionAudit: planSessionAudit,
  SessionDocument: planSessionDocument,
  SessionLogArchive: planSessionLogArchive,
  SessionLogging: planSessionLogging,
  SessionPermissionSet: planSessionPermissionSet,
  SessionPreferences: planSessionPreferences,
  Tunnel: planTunnel,
  Workstation: (name, args, at) => planWorkstation(name, withLoggingSource(args), at),
};
