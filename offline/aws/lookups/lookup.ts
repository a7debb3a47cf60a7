import type { InvokeResponse, LookupAnswer } from "../../protocol/provider.ts";
import { isUnknown, isWireMap, secret } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import type { Setting } from "../provider.ts";
import { partitionOf, placeAt } from "../place.ts";
import type { Place } from "../place.ts";
import { asText, bare, settledMap } from "../values.ts";
import { findAnswer } from "../../protocol/answers.ts";
import { availabilityZone, availabilityZones } from "./availability-zones.ts";
import { image } from "./image.ts";
import { failure, unanswered } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";
import { managedPolicy } from "./managed-policy.ts";
import { parameter } from "./parameter.ts";
import { policyDocument } from "./policy-document.ts";
import { managedPrefixList, prefixList } from "./prefix-lists.ts";
import { callerIdentity, defaultTags, partition, region, regions, service } from "./surroundings.ts";

/** The lookups that the simulation answers, by token. */
const LOOKUPS: { readonly [token: string]: LookupFunction } = {
  "aws:index/getAvailabilityZone:getAvailabilityZone": availabilityZone,
  "aws:index/getAvailabilityZones:getAvailabilityZones": availabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": callerIdentity,
  "aws:index/getDefaultTags:getDefaultTags": defaultTags,
  "aws:index/getPartition:getPartition": partition,
  "aws:index/getRegion:getRegion": region,
  "aws:index/getRegions:getRegions": regions,
  "aws:index/getService:getService": service,
  "aws:ec2/getAmi:getAmi": image,
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": managedPrefixList,
  "aws:ec2/getPrefixList:getPrefixList": prefixList,
  "aws:iam/getPolicy:getPolicy": managedPolicy,
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
  "aws:ssm/getParameter:getParameter": parameter,
};

/** The tokens of the lookups that the simulation can answer. */
export function answeredLookups(): readonly string[] {
  return Object.keys(LOOKUPS).toSorted();
}

/** Answers a lookup: by the answers that were supplied, then by what the simulation knows of AWS. */
export function lookUp(
  token: string,
  args: WireMap,
  setting: Setting,
  answers: readonly LookupAnswer[],
): InvokeResponse {
  const given = settledMap(args);
  const supplied = findAnswer(answers, token, given);
  if (supplied !== undefined) {
    return { kind: "result", result: supplied.result };
  }
  const lookup = LOOKUPS[token];
  if (lookup === undefined) {
    return unanswered(token, given);
  }
  const { value, unknown, secret: isSecret } = bare(given);
  if (unknown || isUnknown(setting.place.region) || !isWireMap(value)) {
    return unanswered(token, given);
  }
  const place = placeOfArguments(value, setting.place);
  if (place === undefined) {
    return failure("region", `\`${asText(value["region"])}\` is not a known AWS region: correct it`);
  }
  const response = lookup({ token, args: value, setting: { ...setting, place } });
  return isSecret ? secretly(response) : response;
}

/** Since 7.0 a lookup may name a region of its own; undefined where there is no such region. */
function placeOfArguments(args: WireMap, place: Place): Place | undefined {
  const own = args["region"];
  if (typeof own !== "string" || own === place.region) {
    return place;
  }
  return partitionOf(own) === undefined ? undefined : placeAt(place.account, own, place.partition);
}

/** What was computed from something secret is secret. */
function secretly(response: InvokeResponse): InvokeResponse {
  if (response.kind !== "result") {
    return response;
  }
  const entries = Object.entries(response.result).map(([name, value]): readonly [string, Wire] => [
    name,
    secret(value),
  ]);
  return { kind: "result", result: Object.fromEntries(entries) };
}
