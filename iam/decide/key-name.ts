import { SERVICES } from "./services.ts";

/** The service that a key or an action belongs to: what stands before its first colon. */
export function serviceOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(":"))).toLowerCase();
}

/** Keys that credentials carry into requests to every service, whatever service they are named after. */
const CARRIED: ReadonlySet<string> = new Set([
  "ec2:sourceinstancearn",
  "ec2:roledelivery",
  "lambda:sourcefunctionarn",
  "ssm:sourceinstancearn",
  "identitystore:userid",
  "glue:roleassumedby",
]);

/** Services whose resources and keys are another's: `ec2:ResourceTag/K`, `ec2:osuser`. Source: Service Authorization Reference. */
const KEYS_OF: ReadonlyMap<string, string> = new Map([["ec2-instance-connect", "ec2"]]);

const RESOURCE_TAG = /^(?:aws|[a-z0-9-]+):resourcetag\//;

/**
 * The one key behind several names: a resource's tag, which `aws:ResourceTag/K` and the service's own
 * `ssm:resourceTag/K` both show; the time of the request, as a date and in epoch seconds.
 *
 * @param key Lower case.
 * @param service The service that the request goes to.
 */
export function canonicalKey(key: string, service: string): string {
  if (key === "aws:epochtime") {
    return "aws:currenttime";
  }
  const prefix = `${KEYS_OF.get(service) ?? service}:resourcetag/`;
  return service !== "" && key.startsWith(prefix) ? `aws:resourcetag/${key.slice(prefix.length)}` : key;
}

/** Keys that describe the resource of one check, where the others are shared by all checks of a request. */
export function isResourceKey(canonical: string): boolean {
  return RESOURCE_TAG.test(canonical) || /^aws:resource(?:account|orgid|orgpaths)$/.test(canonical);
}

/** The session tags that Session Manager sets. */
export function isSessionTag(canonical: string): boolean {
  return canonical.startsWith("aws:resourcetag/aws:ssmmessages:");
}

/**
 * Whether a request can carry the key: those of `aws:` and of the service itself, what identity providers put into
 * sessions, and what is no service's. Any other service's key is never there.
 *
 * @param service Of the action; empty where the action is not fixed.
 */
export function canBePresent(canonical: string, service: string): boolean {
  const owner = serviceOf(canonical);
  if (
    owner === "" ||
    owner === "aws" ||
    service === "" ||
    owner === service ||
    owner === KEYS_OF.get(service) ||
    CARRIED.has(canonical)
  ) {
    return true;
  }
  // Keys of identity providers: `saml:aud`, `token.actions.githubusercontent.com:sub`. And what nobody knows, a
  // misspelt service for one, may be anything.
  return !SERVICES.has(owner);
}
