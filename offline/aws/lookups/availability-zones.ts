import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { zoneIdOf, zoneNameOf, zonesOf } from "../zones.ts";
import { failure, result } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";
import { asText } from "../values.ts";

function list(value: Wire | undefined): readonly Wire[] {
  return Array.isArray(value) ? value : [];
}

/** What a filter of DescribeAvailabilityZones is compared with. */
function attribute(name: Wire | undefined, region: string, zone: string): Wire | undefined {
  switch (name) {
    case "group-name":
    case "region-name":
      return region;
    case "opt-in-status":
      return "opt-in-not-required";
    case "state":
      return "available";
    case "zone-id":
      return zoneIdOf(region, zone);
    case "zone-name":
      return zone;
    case "zone-type":
      return "availability-zone";
    default:
      return undefined;
  }
}

function passes(filter: Wire, region: string, zone: string): boolean {
  if (!isWireMap(filter)) {
    return false;
  }
  const value = attribute(filter["name"], region, zone);
  return value !== undefined && list(filter["values"]).includes(value);
}

/** The zones of the region. Local zones are opted in to, which the simulated account has not. */
export const availabilityZones: LookupFunction = ({ args, setting: { place } }) => {
  const state = args["state"];
  const zones = zonesOf(place.region)
    .filter((zone) => state === undefined || state === "available" || zone === "")
    .filter((zone) => list(args["filters"]).every((filter) => passes(filter, place.region, zone)))
    .filter((zone) => !list(args["excludeNames"]).includes(zone))
    .filter((zone) => !list(args["excludeZoneIds"]).includes(zoneIdOf(place.region, zone) ?? ""));
  return result({
    ...args,
    groupNames: zones.length === 0 ? [] : [place.region],
    id: place.region,
    names: zones,
    region: place.region,
    zoneIds: zones.map((zone) => zoneIdOf(place.region, zone) ?? ""),
  });
};

export const availabilityZone: LookupFunction = ({ args, setting: { place } }) => {
  const asked = args["name"] ?? zoneNameOf(place.region, asText(args["zoneId"] ?? ""));
  const zone = zonesOf(place.region).find((name) => name === asked);
  if (zone === undefined) {
    return failure(
      args["zoneId"] === undefined ? "name" : "zoneId",
      `no such zone in \`${place.region}\`: expected one of ${zonesOf(place.region).join(", ")}`,
    );
  }
  const answer: WireMap = {
    groupLongName: place.region,
    groupName: place.region,
    id: zone,
    name: zone,
    nameSuffix: zone.slice(place.region.length),
    networkBorderGroup: place.region,
    optInStatus: "opt-in-not-required",
    parentZoneId: "",
    parentZoneName: "",
    region: place.region,
    state: "available",
    zoneId: zoneIdOf(place.region, zone) ?? "",
    zoneType: "availability-zone",
  };
  return result(answer);
};
