import { type Data, UNKNOWN } from "../reader/data.ts";
import { at, isAbsent, type Place } from "../reader/place.ts";
import {
  isUnreadable,
  known,
  type Read,
  readBoolean,
  readInteger,
  readOneOrList,
  readText,
  excerpt,
  type Unreadable,
} from "../reader/read.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** An IP protocol by its number, or all of them. */
export type Protocol = "all" | number;

export interface Source {
  readonly kind: "cidr" | "group" | "prefix-list" | "self";
  /** The range, or the id of what is let in. */
  readonly value: Read<string>;
}

/** One rule that lets traffic in, whichever resource or block it was written as. */
export interface InboundRule {
  /** Where it stands in its resource, such as `ingress[0]`; empty: the resource is the rule. */
  readonly path: string;
  /** Unreadable where it cannot be told whether the rule is an inbound one. */
  readonly direction: "inbound" | Unreadable;
  readonly protocol: Read<Protocol>;
  readonly fromPort: Read<number>;
  readonly toPort: Read<number>;
  /** Who is let in, as far as it can be told. */
  readonly sources: readonly Source[];
  /** Lists of sources that cannot be told: there may be more. */
  readonly otherSources: readonly Unreadable[];
}

/** Every form in which AWS's Pulumi provider lets traffic in, by resource type. */
export const INBOUND_RULE_FORMS: ReadonlyMap<string, (record: ResourceRecord) => readonly InboundRule[]> =
  new Map([
    ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", inlineRules],
    ["aws:ec2/securityGroup:SecurityGroup", inlineRules],
    ["aws:ec2/securityGroupRule:SecurityGroupRule", securityGroupRule],
    ["aws:eks/nodeGroup:NodeGroup", remoteAccess],
    ["aws:gamelift/fleet:Fleet", fleetPermissions],
    ["aws:lightsail/instancePublicPorts:InstancePublicPorts", publicPorts],
    ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", ingressRule],
  ]);

/** `aws.ec2.SecurityGroup`, `aws.ec2.DefaultSecurityGroup`: blocks in `ingress`. */
function inlineRules(record: ResourceRecord): readonly InboundRule[] {
  return blocks(at(properties(record), "ingress"), (block) => ({
    ...portsAndProtocol(block, "protocol"),
    path: block.path,
    direction: "inbound",
    ...gatherSources([
      ["cidr", at(block, "cidrBlocks")],
      ["cidr", at(block, "ipv6CidrBlocks")],
      ["prefix-list", at(block, "prefixListIds")],
      ["group", at(block, "securityGroups")],
      ["self", at(block, "self")],
    ]),
  }));
}

/** `aws.ec2.SecurityGroupRule`: one rule, of either direction. */
function securityGroupRule(record: ResourceRecord): readonly InboundRule[] {
  const props = properties(record);
  const type = readText(at(props, "type"));
  if (type.kind === "known" && type.value === "egress") {
    return [];
  }
  return [
    {
      ...portsAndProtocol(props, "protocol"),
      path: "",
      direction: direction(type),
      ...gatherSources([
        ["cidr", at(props, "cidrBlocks")],
        ["cidr", at(props, "ipv6CidrBlocks")],
        ["prefix-list", at(props, "prefixListIds")],
        ["group", at(props, "sourceSecurityGroupId")],
        ["self", at(props, "self")],
      ]),
    },
  ];
}

function direction(type: Read<string>): "inbound" | Unreadable {
  const expected = "`ingress` or `egress`";
  switch (type.kind) {
    case "known":
      return type.value === "ingress"
        ? "inbound"
        : { kind: "malformed", path: "type", expected, found: excerpt(type.value) };
    case "absent":
      return { kind: "malformed", path: "type", expected, found: "nothing" };
    case "unknown":
    case "malformed":
      return type;
  }
}

/** `aws.vpc.SecurityGroupIngressRule`: one rule with one source. */
function ingressRule(record: ResourceRecord): readonly InboundRule[] {
  const props = properties(record);
  return [
    {
      ...portsAndProtocol(props, "ipProtocol"),
      path: "",
      direction: "inbound",
      ...gatherSources([
        ["cidr", at(props, "cidrIpv4")],
        ["cidr", at(props, "cidrIpv6")],
        ["prefix-list", at(props, "prefixListId")],
        ["group", at(props, "referencedSecurityGroupId")],
      ]),
    },
  ];
}

/**
 * `aws.eks.NodeGroup` with an SSH key: EKS makes a group that opens 22 (Windows: 3389) to the groups named, and to
 * everyone where none is.
 *
 * Source: Amazon EKS API reference, RemoteAccessConfig.
 */
function remoteAccess(record: ResourceRecord): readonly InboundRule[] {
  const props = properties(record);
  const access = at(props, "remoteAccess");
  const key = readText(at(access, "ec2SshKey"));
  if (key.kind === "absent" || (key.kind === "known" && key.value === "")) {
    return [];
  }
  const image = readText(at(props, "amiType"));
  const port: Read<number> = isUnreadable(image)
    ? image
    : known(image.kind === "known" && image.value.toUpperCase().startsWith("WINDOWS") ? 3389 : 22);
  const groups = gatherSources([["group", at(access, "sourceSecurityGroupIds")]]);
  const everyone = groups.sources.length === 0 && groups.otherSources.length === 0;
  return [
    {
      path: "remoteAccess",
      direction: access.data !== undefined && isUnreadable(key) ? key : "inbound",
      protocol: known(TCP),
      fromPort: port,
      toPort: port,
      sources: everyone ? [{ kind: "cidr", value: known("0.0.0.0/0") }] : groups.sources,
      otherSources: groups.otherSources,
    },
  ];
}

/** `aws.gamelift.Fleet`: ports that GameLift opens on the fleet's instances. */
function fleetPermissions(record: ResourceRecord): readonly InboundRule[] {
  return blocks(at(properties(record), "ec2InboundPermissions"), (block) => ({
    ...portsAndProtocol(block, "protocol"),
    path: block.path,
    direction: "inbound",
    ...gatherSources([["cidr", at(block, "ipRange")]]),
  }));
}

/** `aws.lightsail.InstancePublicPorts`: without a range, everyone is let in. */
function publicPorts(record: ResourceRecord): readonly InboundRule[] {
  return blocks(at(properties(record), "portInfos"), (block) => {
    const named = gatherSources([
      ["cidr", at(block, "cidrs")],
      ["cidr", at(block, "ipv6Cidrs")],
      ["prefix-list", at(block, "cidrListAliases")],
    ]);
    const everyone = named.sources.length === 0 && named.otherSources.length === 0;
    return {
      ...portsAndProtocol(block, "protocol"),
      path: block.path,
      direction: "inbound",
      sources: everyone ? [{ kind: "cidr", value: known("0.0.0.0/0") }] : named.sources,
      otherSources: named.otherSources,
    };
  });
}

function blocks(place: Place, rule: (block: Place) => InboundRule): readonly InboundRule[] {
  const list = readOneOrList(place);
  switch (list.kind) {
    case "known":
      return list.value.map(rule);
    case "absent":
      return [];
    case "unknown":
    case "malformed":
      // There may be rules, of which nothing is known.
      return [
        {
          path: place.path,
          direction: list,
          protocol: list,
          fromPort: list,
          toPort: list,
          sources: [],
          otherSources: [list],
        },
      ];
  }
}

function portsAndProtocol(
  place: Place,
  protocol: string,
): Pick<InboundRule, "protocol" | "fromPort" | "toPort"> {
  return {
    protocol: readProtocol(at(place, protocol)),
    fromPort: readInteger(at(place, "fromPort")),
    toPort: readInteger(at(place, "toPort")),
  };
}

export const TCP = 6;

/** Names that the provider and EC2 take for protocol numbers. */
const PROTOCOL_NAMES: { readonly [name: string]: Protocol } = {
  "-1": "all",
  ah: 51,
  all: "all",
  egp: 8,
  esp: 50,
  gre: 47,
  icmp: 1,
  icmpv6: 58,
  igmp: 2,
  ipv4: 4,
  ipv6: 41,
  ospf: 89,
  sctp: 132,
  tcp: TCP,
  udp: 17,
  vrrp: 112,
};

function readProtocol(place: Place): Read<Protocol> {
  const text: Data | undefined = typeof place.data === "number" ? String(place.data) : place.data;
  const name = readText({ ...place, data: text });
  if (name.kind !== "known") {
    return name;
  }
  const lower = name.value.toLowerCase();
  if (Object.hasOwn(PROTOCOL_NAMES, lower)) {
    const protocol = PROTOCOL_NAMES[lower];
    return protocol === undefined ? { kind: "absent", path: place.path } : known(protocol);
  }
  const number = /^[0-9]{1,3}$/.test(lower) ? Number(lower) : Number.NaN;
  return number <= 255
    ? known(number)
    : { kind: "malformed", path: place.path, expected: "a protocol", found: excerpt(name.value) };
}

/** Properties that hold one source, not a list that may turn out empty. */
const SINGLE: ReadonlySet<string> = new Set([
  "cidrIpv4",
  "cidrIpv6",
  "prefixListId",
  "referencedSecurityGroupId",
  "sourceSecurityGroupId",
]);

function gatherSources(
  lists: readonly (readonly [Source["kind"], Place])[],
): Pick<InboundRule, "sources" | "otherSources"> {
  const sources: Source[] = [];
  const otherSources: Unreadable[] = [];
  for (const [kind, place] of lists) {
    if (isAbsent(place)) {
      continue;
    }
    if (kind === "self") {
      const self = readBoolean(place);
      if (isUnreadable(self)) {
        otherSources.push(self);
      } else if (self.kind === "known" && self.value) {
        sources.push({ kind, value: known("the group itself") });
      }
      continue;
    }
    if (place.data === UNKNOWN && SINGLE.has(place.path)) {
      // One source, whichever it will be.
      sources.push({ kind, value: { kind: "unknown", path: place.path } });
      continue;
    }
    const list = readOneOrList(place);
    if (isUnreadable(list)) {
      otherSources.push(list);
    } else if (list.kind === "known") {
      sources.push(...list.value.map((member): Source => ({ kind, value: readText(member) })));
    }
  }
  return { sources, otherSources };
}
