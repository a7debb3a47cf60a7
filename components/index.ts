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
export type { ColdStorageClass, SessionLoggingArgs, SessionLoggingTransforms } from "./logging/args.ts";
export { planSessionLogging } from "./logging/plan.ts";
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
