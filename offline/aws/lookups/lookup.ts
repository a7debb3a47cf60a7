import type { InvokeResponse, LookupAnswer } from "../../protocol/provider.ts";
import { isWireMap } from "../../protocol/wire.ts";
import type { WireMap } from "../../protocol/wire.ts";
import type { Setting } from "../provider.ts";
import { partitionOf, placeAt } from "../place.ts";
import { bare, canonical, settledMap } from "../values.ts";
import { availabilityZone, availabilityZones } from "./availability-zones.ts";
import { failure, unanswered } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";
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
};

/** The tokens of the lookups that the simulation can answer. */
export function answeredLookups(): readonly string[] {
  return Object.keys(LOOKUPS).toSorted();
}

function fits(answer: LookupAnswer, token: string, args: WireMap): boolean {
  return (
    answer.token === token &&
    Object.entries(answer.args ?? {}).every(
      ([name, value]) => canonical(bare(args[name] ?? null).value) === canonical(bare(value).value),
    )
  );
}

/** Answers a lookup: by the answers that were supplied, then by what the simulation knows of AWS. */
export function lookUp(
  token: string,
  args: WireMap,
  setting: Setting,
  answers: readonly LookupAnswer[],
): InvokeResponse {
  const given = settledMap(args);
  const supplied = answers.find((answer) => fits(answer, token, given));
  if (supplied !== undefined) {
    return { kind: "result", result: supplied.result };
  }
  const lookup = LOOKUPS[token];
  if (lookup === undefined) {
    return unanswered(token, given);
  }
  const { value, unknown, secret } = bare(given);
  if (unknown || !isWireMap(value)) {
    return unanswered(token, given);
  }
  const own = value["region"];
  if (typeof own === "string" && own !== setting.place.region) {
    if (partitionOf(own) === undefined) {
      return failure("region", `\`${own}\` is not a known AWS region: correct it`);
    }
    const place = placeAt(setting.place.account, own, setting.place.partition);
    return lookup({ token, args: value, setting: { ...setting, place }, secret });
  }
  return lookup({ token, args: value, setting, secret });
}
