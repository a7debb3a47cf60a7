import { arn, type KnownIdentity } from "../core/identity.ts";

/**
 * The physical names of an audit, all derived from the prefix. Pure.
 *
 * The trail's bucket has no Region in its name: a trail is of all Regions, and the room that S3 leaves is used up otherwise.
 */
export function trailBucketName(namePrefix: string, identity: KnownIdentity): string {
  return `${namePrefix}-trail-${identity.accountId}`;
}

export function resultBucketName(namePrefix: string, identity: KnownIdentity): string {
  return `${namePrefix}-sql-${identity.accountId}-${identity.region}`;
}

export function trailName(namePrefix: string): string {
  return `${namePrefix}-audit`;
}

export function trailArn(namePrefix: string, identity: KnownIdentity): string {
  return arn(identity, "cloudtrail", `trail/${trailName(namePrefix)}`);
}

export function trailRoleName(namePrefix: string): string {
  return `${namePrefix}-audit-trail`;
}

export function trailLogGroupName(namePrefix: string): string {
  return `/${namePrefix}/audit/trail`;
}

/** EventBridge's console lists log groups under `/aws/events/` only. */
export function eventLogGroupName(namePrefix: string): string {
  return `/aws/events/${namePrefix}-sessions`;
}

export function topicName(namePrefix: string): string {
  return `${namePrefix}-session-events`;
}

export function ruleName(namePrefix: string, kind: string): string {
  return `${namePrefix}-session-${kind}`;
}

export function alarmName(namePrefix: string, kind: string): string {
  return `${namePrefix}-sessions-${kind}`;
}

export function workgroupName(namePrefix: string): string {
  return `${namePrefix}-audit`;
}

/** Of letters, digits and underscores, that no query has to quote it. */
export function databaseName(namePrefix: string): string {
  return `${namePrefix.replaceAll("-", "_")}_audit`;
}

/** The one table, which the queries name. */
export const TABLE = "cloudtrail";

export function dashboardName(namePrefix: string): string {
  return `${namePrefix}-sessions`;
}

/** The namespace of the metrics that the alarms watch. */
export function metricNamespace(namePrefix: string): string {
  return `${namePrefix}/sessions`;
}
