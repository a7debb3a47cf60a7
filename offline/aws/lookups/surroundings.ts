import type { Wire } from "../../protocol/wire.ts";
import { isWireMap } from "../../protocol/wire.ts";
import { arnAt, partitionOf } from "../place.ts";
import { REGIONS } from "../tables/regions.ts";
import { failure, result } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";

/** Who the simulation is: a session of a role, as in most pipelines. */
export const callerIdentity: LookupFunction = ({ setting: { place } }) =>
  result({
    accountId: place.account,
    arn: arnAt(place, "sts", "assumed-role/simulated/preview", { region: true }),
    id: place.account,
    userId: "AROASIMULATEDPREVIEW0:preview",
  });

export const partition: LookupFunction = ({ setting: { place } }) =>
  result({
    dnsSuffix: place.dnsSuffix,
    id: place.partition,
    partition: place.partition,
    reverseDnsPrefix: place.partition === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws",
  });

export const region: LookupFunction = ({ args, setting: { place } }) => {
  const name = args["name"] ?? args["region"];
  const endpoint = args["endpoint"];
  const byEndpoint =
    typeof endpoint === "string"
      ? /^ec2\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/u.exec(endpoint)?.[1]
      : undefined;
  const asked = typeof name === "string" ? name : (byEndpoint ?? place.region);
  const facts = REGIONS[asked];
  if (facts === undefined) {
    return failure("region", `\`${asked}\` is not a known AWS region: correct it`);
  }
  const suffix = facts.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return result({
    description: facts.description,
    endpoint: `ec2.${asked}.${suffix}`,
    id: asked,
    name: asked,
    region: asked,
  });
};

function optInStatus(optIn: boolean): string {
  return optIn ? "not-opted-in" : "opt-in-not-required";
}

/** The regions of the partition that the account can use; with `allRegions` also those it did not opt in to. */
export const regions: LookupFunction = ({ args, setting: { place } }) => {
  const filters: readonly Wire[] = Array.isArray(args["filters"]) ? args["filters"] : [];
  const names = Object.entries(REGIONS)
    .filter(
      ([name, facts]) =>
        partitionOf(name) === place.partition && (args["allRegions"] === true || !facts.optIn),
    )
    .filter(([name, facts]) =>
      filters.every((filter) => {
        if (!isWireMap(filter) || !Array.isArray(filter["values"])) {
          return false;
        }
        const value = filter["name"] === "opt-in-status" ? optInStatus(facts.optIn) : name;
        return filter["values"].includes(value);
      }),
    )
    .map(([name]) => name);
  return result({ ...args, id: place.partition, names });
};

export const defaultTags: LookupFunction = ({ setting: { place, tagging } }) =>
  result({ id: place.partition, tags: tagging.defaults });

/** The names of a service: its DNS name, its reverse DNS name, and the parts they are made of. */
export const service: LookupFunction = ({ args, setting: { place } }) => {
  const given = args["dnsName"] ?? args["reverseDnsName"];
  const byName =
    typeof given === "string"
      ? given.split(".").at(given.startsWith("com.") || given.startsWith("cn.") ? -1 : 0)
      : undefined;
  const id = typeof args["serviceId"] === "string" ? args["serviceId"] : byName;
  if (id === undefined) {
    return failure("serviceId", "one of `serviceId`, `dnsName`, `reverseDnsName` is required: set it");
  }
  const prefix = place.partition === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws";
  return result({
    dnsName: `${id}.${place.region}.${place.dnsSuffix}`,
    id: `${id}.${place.region}.${place.dnsSuffix}`,
    partition: place.partition,
    region: place.region,
    reverseDnsName: `${prefix}.${place.region}.${id}`,
    reverseDnsPrefix: prefix,
    serviceId: id,
    supported: true,
  });
};
