export type {
  AccessAlarmArgs,
  AccessProfile,
  AccessRoleArgs,
  AccessWindow,
  AwsCommandDocument,
  AwsDocument,
  CommandReference,
  DocumentReference,
  InstanceTags,
  SessionAccessArgs,
  SessionAccessTransforms,
} from "./access/args.ts";
export { planSessionAccess } from "./access/plan.ts";
export { SessionAccess } from "./access/session-access.ts";
export {
  SERVICE_CONTROL_POLICY_CHARACTERS,
  sideDoorsServiceControlPolicy,
  type SideDoorsPolicyArgs,
} from "./access/side-doors-policy.ts";
export type { ExistingTrail, SessionAuditArgs, SessionAuditTransforms, SessionEvent } from "./audit/args.ts";
export { planSessionAudit } from "./audit/plan.ts";
export { SessionAudit } from "./audit/session-audit.ts";
export type { CommonArgs, Deployment } from "./core/common.ts";
export type {
  EndpointGrant,
  Grant,
  LoggingService,
  LoggingSource,
  SessionPermissions,
} from "./core/permissions.ts";
export type { PolicyDocument, PolicyStatement } from "./core/policy-document.ts";
export type { SessionPreferences as LoggingPreferences } from "./core/session-preferences.ts";
export type { Tags } from "./core/tags.ts";
export type { Transform } from "./core/transform.ts";
export type {
  CommandParameterArgs,
  CommandsDocumentArgs,
  MenuDocumentArgs,
  PortDocumentArgs,
  RemotePortDocumentArgs,
  SessionDocumentArgs,
  ShellDocumentArgs,
  SshDocumentArgs,
} from "./documents/args.ts";
export { sessionDocumentContent } from "./documents/content.ts";
export type {
  DocumentContent,
  KnownPreferences,
  SessionDocumentContent,
  SessionType,
} from "./documents/content.ts";
export { planSessionDocument } from "./documents/plan.ts";
export { SessionDocument } from "./documents/session-document.ts";
export type {
  BastionlessFleetArgs,
  BastionlessFleetTransform,
  FleetSchedule,
} from "./fleet/bastionless-fleet-args.ts";
export { planBastionlessFleet } from "./fleet/bastionless-fleet-plan.ts";
export { BastionlessFleet } from "./fleet/bastionless-fleet.ts";
export type {
  AccessSource,
  AssignmentArgs,
  ManagedPolicyReference,
  SessionPermissionSetArgs,
  SessionPermissionSetTransforms,
} from "./identity-center/args.ts";
export { planSessionPermissionSet } from "./identity-center/plan.ts";
export { SessionPermissionSet } from "./identity-center/session-permission-set.ts";
export type {
  BastionlessInstanceArgs,
  BastionlessInstanceTransform,
} from "./instance/bastionless-instance-args.ts";
export { planBastionlessInstance } from "./instance/bastionless-instance-plan.ts";
export { BastionlessInstance } from "./instance/bastionless-instance.ts";
export type { Architecture } from "./instance/instance-type.ts";
export type {
  EgressRule,
  InstanceDocuments,
  InstanceNetwork,
  MachineArgs,
  MachineTransform,
  TunnelDocument,
} from "./instance/machine-args.ts";
export type { OperatingSystem } from "./instance/machine-image.ts";
export type { SessionLogArchiveArgs, SessionLogArchiveTransforms } from "./logging/archive-args.ts";
export { planSessionLogArchive } from "./logging/archive-plan.ts";
export type {
  ColdStorageClass,
  LogDestination,
  SessionLoggingArgs,
  SessionLoggingTransforms,
} from "./logging/args.ts";
export { planSessionLogging } from "./logging/plan.ts";
export { SessionLogArchive } from "./logging/session-log-archive.ts";
export { SessionLogging } from "./logging/session-logging.ts";
export type {
  Egress,
  FlowLogsArgs,
  PrivateNetworkArgs,
  PrivateNetworkTransform,
} from "./network/private-network-args.ts";
export { planPrivateNetwork } from "./network/private-network-plan.ts";
export { PrivateNetwork } from "./network/private-network.ts";
export type { SessionPreferencesArgs, SessionPreferencesTransforms } from "./preferences/args.ts";
export { planSessionPreferences } from "./preferences/plan.ts";
export { SessionPreferences } from "./preferences/session-preferences.ts";
export type {
  AuroraDestination,
  DatabaseEngine,
  ElastiCacheDestination,
  HostDestination,
  OpenSearchDestination,
  RdsDestination,
  RedshiftDestination,
  TunnelAccessArgs,
  TunnelArgs,
  TunnelInstance,
  TunnelTransforms,
} from "./tunnel/args.ts";
export { planTunnel } from "./tunnel/plan.ts";
export { Tunnel } from "./tunnel/tunnel.ts";
export type { DefaultHostManagementArgs, DefaultHostManagementTransform } from "./host-management/args.ts";
export { DefaultHostManagement } from "./host-management/default-host-management.ts";
export { planDefaultHostManagement } from "./host-management/plan.ts";
export type { ActivationTier, HybridActivationArgs, HybridActivationTransform } from "./hybrid/args.ts";
export { HybridActivation } from "./hybrid/hybrid-activation.ts";
export type { NodeRoleArgs } from "./hybrid/node-role-args.ts";
export type { NodeRoleTransform } from "./hybrid/node-role.ts";
export { planHybridActivation } from "./hybrid/plan.ts";
export { type AgentFeature, minimumAgentVersion } from "./upkeep/agent-version.ts";
export { AgentUpkeep } from "./upkeep/agent-upkeep.ts";
export type {
  AgentUpkeepArgs,
  AgentUpkeepTransform,
  PatchApprovalArgs,
  PatchWindowArgs,
} from "./upkeep/args.ts";
export type { PatchSystem } from "./upkeep/patch-rules.ts";
export { planAgentUpkeep } from "./upkeep/plan.ts";
export type {
  VolumeEnd,
  WorkstationArgs,
  WorkstationNetwork,
  WorkstationTransform,
} from "./workstation/args.ts";
export type { NotebookEnvironment } from "./workstation/environments.ts";
export type { NotebookSteps } from "./workstation/notebook-steps.ts";
export { planWorkstation } from "./workstation/plan.ts";
export { Workstation } from "./workstation/workstation.ts";
export type {
  CollectLogsArgs,
  CommandAssociationArgs,
  CommandDocumentArgs,
  CommandDocumentTransforms,
  CommandPlatform,
  CommandStepArgs,
  HealthCheckArgs,
  RestartServiceArgs,
  WithoutSudoArgs,
} from "./commands/args.ts";
export { CommandDocument } from "./commands/command-document.ts";
export { planCommandDocument } from "./commands/plan.ts";
