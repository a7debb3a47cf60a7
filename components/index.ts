export type {
  AccessProfile,
  AccessRoleArgs,
  AwsDocument,
  DocumentReference,
  SessionAccessArgs,
  SessionAccessTransforms,
} from "./access/args.ts";
export { SessionAccess } from "./access/session-access.ts";
export type { CommonArgs } from "./core/common.ts";
export type { EndpointGrant, Grant, LoggingService, SessionPermissions } from "./core/permissions.ts";
export type { PolicyDocument, PolicyStatement } from "./core/policy-document.ts";
export type { SessionPreferences } from "./core/session-preferences.ts";
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
export { SessionDocument } from "./documents/session-document.ts";
export type { ColdStorageClass, SessionLoggingArgs, SessionLoggingTransforms } from "./logging/plan.ts";
export { SessionLogging } from "./logging/session-logging.ts";
