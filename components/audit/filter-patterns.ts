/**
 * What CloudWatch Logs counts in the events of a trail. Pure.
 *
 * A comparison with a field that an event does not have is false, `!=` included, so that what may be absent is asked for
 * with `NOT EXISTS`. Source: CloudWatch Logs User Guide, "filter pattern syntax", JSON log events.
 */

/** How long a filter pattern may be. Source: CloudWatch Logs API Reference, PutMetricFilter. */
export const FILTER_LENGTH = 1024;

const STARTS = '($.eventSource = "ssm.amazonaws.com") && ($.eventName = "StartSession")';
const DOCUMENT = "$.requestParameters.documentName";

/** Sessions that were started with none of the documents. */
export function startedWithout(documents: readonly string[]): string {
  const none = documents.map((name) => `(${DOCUMENT} != "${name}")`).join(" && ");
  const other = documents.length === 0 ? "" : ` && ((${DOCUMENT} NOT EXISTS) || (${none}))`;
  return `{ ${STARTS} && ($.errorCode NOT EXISTS)${other} }`;
}

/** Sessions and commands of the account's root. */
export function ofRoot(): string {
  const calls = ["ResumeSession", "SendCommand", "StartSession"]
    .map((name) => `($.eventName = "${name}")`)
    .join(" || ");
  return `{ ($.eventSource = "ssm.amazonaws.com") && ($.userIdentity.type = "Root") && (${calls}) }`;
}

/** Roles that were assumed, whichever way. */
export function assumed(roleArns: readonly string[]): string {
  const roles = roleArns.map((arn) => `($.requestParameters.roleArn = "${arn}")`).join(" || ");
  return `{ ($.eventSource = "sts.amazonaws.com") && ($.errorCode NOT EXISTS) && (${roles}) }`;
}

/** Starts that were denied. */
export function denied(): string {
  return `{ ${STARTS} && ($.errorCode = "AccessDenied*") }`;
}
