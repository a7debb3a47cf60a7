import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { arnAt } from "../place.ts";
import type { Place } from "../place.ts";
import { PREFIX_LIST_NETWORK, prefixListId } from "../prefix-lists.ts";
import { asText } from "../values.ts";
import { result, unanswered } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";

const SERVICES = ["dynamodb", "s3"];

/** The service of a list that AWS manages, by its name, its id or a filter on either. */
function serviceOf(args: WireMap, place: Place): string | undefined {
  const filters: readonly Wire[] = Array.isArray(args["filters"]) ? args["filters"] : [];
  const filtered = filters.flatMap((filter) =>
    isWireMap(filter) && Array.isArray(filter["values"]) ? filter["values"] : [],
  );
  const asked = [args["name"], args["id"], args["prefixListId"], ...filtered];
  return SERVICES.find((service) =>
    asked.some(
      (value) =>
        value === `com.amazonaws.${place.region}.${service}` || value === prefixListId(place.region, service),
    ),
  );
}

/** `aws.ec2.getPrefixList` of S3 and DynamoDB. The addresses are of a network that is reserved for examples. */
export const prefixList: LookupFunction = ({ token, args, setting: { place } }) => {
  const service = serviceOf(args, place);
  if (service === undefined) {
    return unanswered(token, args, {
      cidrBlocks: ["…"],
      id: "pl-…",
      name: asText(args["name"]),
      region: place.region,
    });
  }
  return result({
    ...args,
    cidrBlocks: [PREFIX_LIST_NETWORK],
    id: prefixListId(place.region, service),
    name: `com.amazonaws.${place.region}.${service}`,
    region: place.region,
  });
};

/** `aws.ec2.getManagedPrefixList` of S3 and DynamoDB. */
export const managedPrefixList: LookupFunction = ({ token, args, setting: { place } }) => {
  const service = serviceOf(args, place);
  if (service === undefined) {
    return unanswered(token, args, { entries: [{ cidr: "…", description: "" }], id: "pl-…", name: "…" });
  }
  const id = prefixListId(place.region, service);
  return result({
    ...args,
    addressFamily: "IPv4",
    arn: arnAt({ ...place, account: "aws" }, "ec2", `prefix-list/${id}`),
    entries: [{ cidr: PREFIX_LIST_NETWORK, description: "" }],
    id,
    maxEntries: 0,
    name: `com.amazonaws.${place.region}.${service}`,
    ownerId: "AWS",
    region: place.region,
    tags: {},
    version: 0,
  });
};
