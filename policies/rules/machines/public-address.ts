import type { Estate } from "../../estate/estate.ts";
import type { Launch, LaunchInterface } from "../../estate/launch.ts";
import { resolve } from "../../estate/reference.ts";
import type { ResourceRecord } from "../../estate/resource-record.ts";
import {
  addressesOf,
  type AddressFamily,
  defaultSubnetAddresses,
  type SubnetAnswer,
} from "../../estate/subnet.ts";
import type { Decline } from "../../messages/machines.ts";
import { isAbsent, type Place } from "../../reader/place.ts";
import { isUnreadable, readBoolean, readInteger } from "../../reader/read.ts";
import { matchesAny, textList } from "../config.ts";
import type { RuleConfig } from "../rule.ts";
import { undecided, type Verdict, violation } from "../verdict.ts";

export const PUBLIC_ADDRESS_QUESTION = "whether the machine gets a public address";

/** Which IPv6 addresses count. */
export type Ipv6Mode = "any" | "asked-for" | "none";

export function ipv6Mode(config: RuleConfig): Ipv6Mode {
  const mode = config["ipv6"] ?? "asked-for";
  if (mode !== "any" && mode !== "asked-for" && mode !== "none") {
    throw new TypeError(`\`ipv6\` is ${JSON.stringify(mode)}, expected \`any\`, \`asked-for\` or \`none\``);
  }
  return mode;
}

/** What an interface's own settings say: an address that they ask for, or one of which they leave open whether. */
export function askedFor(
  { associatePublicIp, ipv6, existing }: LaunchInterface,
  mode: Ipv6Mode,
): readonly Verdict[] {
  if (isGiven(existing)) {
    return []; // It has what addresses it has.
  }
  const ipv4 = readBoolean(associatePublicIp);
  const verdicts: Verdict[] = [];
  if (isUnreadable(ipv4) && associatePublicIp.data !== "") {
    verdicts.push(undecided({ id: "unreadable-value", what: PUBLIC_ADDRESS_QUESTION, cause: ipv4 }));
  } else if (ipv4.kind === "known" && ipv4.value) {
    verdicts.push(
      violation({ id: "public-address-asked-for", path: associatePublicIp.path, family: "IPv4" }),
    );
  }
  return mode === "none" ? verdicts : [...verdicts, ...ipv6.flatMap(askedForIpv6)];
}

/** Whether an interface's own settings say something of IPv6, so that what its subnet gives adds nothing. */
export function saysIpv6({ ipv6 }: LaunchInterface): boolean {
  return ipv6.flatMap(askedForIpv6).length > 0;
}

function askedForIpv6(place: Place): readonly Verdict[] {
  const asks = violation({ id: "public-address-asked-for", path: place.path, family: "IPv6" });
  if (Array.isArray(place.data)) {
    return place.data.length > 0 ? [asks] : [];
  }
  const count = readInteger(place);
  if (isUnreadable(count)) {
    return [undecided({ id: "unreadable-value", what: PUBLIC_ADDRESS_QUESTION, cause: count })];
  }
  return count.kind === "known" && count.value > 0 ? [asks] : [];
}

/** Whether the settings decline a public IPv4 address, or leave it to the subnet. */
export function declines({ associatePublicIp }: LaunchInterface): boolean {
  return readBoolean(associatePublicIp).kind === "known";
}

/** Whether an interface that is there already is taken. */
export function isGiven(existing: Place): boolean {
  return !isAbsent(existing) && existing.data !== "";
}

/** An interface that is there already: of the stack, where it is told at the interface; or of another one. */
export function existingInterface(
  estate: Estate,
  from: ResourceRecord,
  existing: Place,
  config: RuleConfig,
): readonly Verdict[] {
  const target = resolve(estate, from, existing, ["network-interface"]);
  switch (target.kind) {
    case "absent":
    case "found":
      return [];
    case "outside":
      return matchesAny(target.value, textList(config, "trustedNetworkInterfaces"))
        ? []
        : [undecided({ id: "network-interface-outside", path: existing.path, interface: target.value })];
    case "unreadable":
      return [undecided({ id: "unreadable-value", what: PUBLIC_ADDRESS_QUESTION, cause: target.cause })];
  }
}

/** Where a launch lands. */
export interface Landing {
  readonly estate: Estate;
  readonly record: ResourceRecord;
  /** None: a default subnet. */
  readonly subnets: readonly Place[];
  readonly zone: Place;
  /** What would decline a public IPv4 address. */
  readonly decline: Decline;
}

/** Types that may launch from a template, and do not have to. */
const MAY_HAVE_TEMPLATE: ReadonlySet<string> = new Set([
  "aws:batch/computeEnvironment:ComputeEnvironment",
  "aws:eks/nodeGroup:NodeGroup",
]);

/** What a type has to decline a public IPv4 address with: not every type that launches machines has a property for it. */
export function declineOf({ type }: ResourceRecord, launch: Launch, each: LaunchInterface): Decline {
  if (each.associatePublicIp.path !== "") {
    return { by: "property", path: each.associatePublicIp.path };
  }
  const [source] = launch.sources;
  if (source !== undefined) {
    return source.kind === "launch-template" ? { by: source.kind, isNew: false } : { by: source.kind };
  }
  return MAY_HAVE_TEMPLATE.has(type) ? { by: "launch-template", isNew: true } : { by: "subnet" };
}

/** What the subnets give to a launch that says nothing for or against it. */
export function bySubnets(landing: Landing, family: AddressFamily, config: RuleConfig): readonly Verdict[] {
  const { estate, record, subnets, zone, decline } = landing;
  if (family === "IPv6" && ipv6Mode(config) === "none") {
    return [];
  }
  if (subnets.length > 0) {
    return subnets.flatMap((place) =>
      bySubnet(addressesOf(estate, record, place, family), { path: place.path, family, decline }, config),
    );
  }
  const answer = defaultSubnetAddresses(estate, record, zone, family);
  if (answer !== undefined) {
    return bySubnet(answer, { path: "", family, decline }, config);
  }
  return family === "IPv4" ? [violation({ id: "public-address-by-default-subnet", decline })] : [];
}

/** What is asked of a subnet, and by whom. */
interface Asking {
  readonly path: string;
  readonly family: AddressFamily;
  readonly decline: Decline;
}

function bySubnet(
  answer: SubnetAnswer,
  { path, family, decline }: Asking,
  config: RuleConfig,
): readonly Verdict[] {
  switch (answer.kind) {
    case "private":
      return [];
    case "public":
      return [violation({ id: "public-address-by-subnet", path, family, subnet: answer.subnet, decline })];
    case "ambiguous":
      return [undecided({ id: "subnet-ambiguous", family, subnets: answer.subnets, decline })];
    case "outside":
      return matchesAny(answer.id, textList(config, "trustedSubnets")) ||
        (family === "IPv6" && ipv6Mode(config) !== "any")
        ? []
        : [undecided({ id: "subnet-outside", family, subnet: answer.id, decline })];
    case "unreadable":
      return [
        undecided({
          id: "unreadable-value",
          what:
            answer.subnet === undefined
              ? PUBLIC_ADDRESS_QUESTION
              : `whether the subnet \`${answer.subnet}\` gives public addresses`,
          cause: answer.cause,
        }),
      ];
  }
}
