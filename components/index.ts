export type { CommonArgs } from "./core/common.ts";
export type { PolicyDocument, PolicyStatement } from "./core/policy-document.ts";
export type { EndpointGrant, Grant, LoggingService, SessionPermissions } from "./core/permissions.ts";
export type { Tags } from "./core/tags.ts";
export type { Transform } from "./core/transform.ts";
export { PrivateNetwork } from "./network/private-network.ts";
export type {
  Egress,
  FlowLogsArgs,
  LoggingSource,
  PrivateNetworkArgs,
  PrivateNetworkTransform,
} from "./network/private-network-args.ts";
export { SessionLogging } from "./logging/session-logging.ts";
export type { ColdStorageClass, SessionLoggingArgs, SessionLoggingTransforms } from "./logging/plan.ts";
export type { SessionPreferences } from "./core/session-preferences.ts";
