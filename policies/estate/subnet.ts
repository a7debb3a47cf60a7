import { at, type Place } from "../reader/place.ts";
import { isUnreadable, readBoolean, readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { resolve } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

export type AddressFamily = "IPv4" | "IPv6";

/** Whether a subnet gives a public address to what is launched in it. */
export type SubnetAnswer =
  | { readonly kind: "public"; readonly subnet: string }
  | { readonly kind: "private"; readonly subnet: string }
  /** One of several subnets, that differ in it. */
  | { readonly kind: "ambiguous"; readonly subnets: readonly string[] }
  | { readonly kind: "outside"; readonly id: string }
  | { readonly kind: "unreadable"; readonly subnet: string | undefined; readonly cause: Unreadable };

const DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet";

/** Whether the subnet behind a reference gives addresses of the family. */
export function addressesOf(
  estate: Estate,
  from: ResourceRecord,
  place: Place,
  family: AddressFamily,
): SubnetAnswer {
  const target = resolve(estate, from, place, ["subnet"]);
  switch (target.kind) {
    case "absent":
      return {
        kind: "unreadable",
        subnet: undefined,
        cause: { kind: "malformed", path: place.path, expected: "the id of a subnet", found: "nothing" },
      };
    case "outside":
      return { kind: "outside", id: target.value };
    case "unreadable":
      return { kind: "unreadable", subnet: undefined, cause: target.cause };
    case "found":
      return agree(target.records.map((subnet) => gives(subnet, family)));
  }
}

/**
 * Where a launch names no subnet, it lands in a default subnet of the region, all of which give public IPv4 addresses,
 * unless somebody has changed them.
 *
 * @returns undefined: no default subnet is in the stack, so that AWS's own setting counts.
 */
export function defaultSubnetAddresses(
  estate: Estate,
  from: ResourceRecord,
  zone: Place,
  family: AddressFamily,
): SubnetAnswer | undefined {
  const subnets = (estate.byKind.get("subnet") ?? []).filter(
    (subnet) => subnet.type === DEFAULT_SUBNET && subnet.provider === from.provider,
  );
  const wanted = readText(zone);
  const inZone = subnets.filter((subnet) => {
    const own = readText(at(properties(subnet), "availabilityZone"));
    return wanted.kind === "known" && own.kind === "known" && own.value === wanted.value;
  });
  if (inZone.length > 0) {
    return agree(inZone.map((subnet) => gives(subnet, family)));
  }
  // Other default subnets than those in the stack may be meant.
  return subnets.length === 0
    ? undefined
    : agree([
        ...subnets.map((subnet) => gives(subnet, family)),
        { kind: family === "IPv4" ? "public" : "private", subnet: "the default subnet of another zone" },
      ]);
}

function agree(answers: readonly SubnetAnswer[]): SubnetAnswer {
  const unreadable = answers.find(({ kind }) => kind === "unreadable");
  const [first] = answers;
  if (first === undefined) {
    throw new Error("no subnet was asked");
  }
  if (unreadable !== undefined || answers.every(({ kind }) => kind === first.kind)) {
    return unreadable ?? first;
  }
  return {
    kind: "ambiguous",
    subnets: answers.flatMap((answer) =>
      "subnet" in answer && answer.subnet !== undefined ? [answer.subnet] : [],
    ),
  };
}

function gives(subnet: ResourceRecord, family: AddressFamily): SubnetAnswer {
  const property = family === "IPv4" ? "mapPublicIpOnLaunch" : "assignIpv6AddressOnCreation";
  const setting = readBoolean(at(properties(subnet), property));
  if (isUnreadable(setting)) {
    return { kind: "unreadable", subnet: subnet.name, cause: setting };
  }
  const whenAbsent = family === "IPv4" && subnet.type === DEFAULT_SUBNET;
  const isPublic = setting.kind === "known" ? setting.value : whenAbsent;
  return { kind: isPublic ? "public" : "private", subnet: subnet.name };
}
