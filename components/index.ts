export type { CommonArgs } from "./core/common.ts";
export type { PolicyDocument, PolicyStatement } from "./core/policy-document.ts";
export type { EndpointGrant, Grant, LoggingService, SessionPermissions } from "./core/permissions.ts";
export type { Tags } from "./core/tags.ts";
export type { Transform } from "./core/transform.ts";
