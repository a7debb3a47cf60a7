import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import type { Launch, LaunchInterface } from "../estate/launch.ts";
import { resolve } from "../estate/reference.ts";
import { properties, type ResourceRecord } from "../estate/resource-record.ts";
import { at, type Place } from "../reader/place.ts";
import { isUnreadable, readText } from "../reader/read.ts";
import { distinct } from "./distinct.ts";
import { readSources, TRUSTED_LAUNCH_TEMPLATES } from "./machines/launch-sources.ts";
import {
  askedFor,
  bySubnets,
  declineOf,
  declines,
  existingInterface,
  ipv6Mode,
  isGiven,
  PUBLIC_ADDRESS_QUESTION,
  saysIpv6,
} from "./machines/public-address.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/**
 * No machine gets an address that the internet can send to.
 *
 * A subnet that gives public addresses is no finding by itself, as NAT gateways and load balancers stand in such ones;
 * a machine that lands there and does not decline is. Nor is an Elastic IP that a NAT gateway or load balancer takes.
 *
 * Every IPv6 address of a VPC is a public one, reachable unless its subnet routes through an egress-only gateway, which
 * is not looked at here: it counts where the program asks for it, by the machine or by a subnet of the stack.
 * Fargate tasks, databases and other services' own machines are not asked about: nobody administers them by a session.
 */
export const noPublicIp: Rule = {
  id: "no-public-ip",
  displayName: "No public IP address",
  description:
    "No machine gets a public IP address: by itself, by its template, by its subnet, or an Elastic IP.",
  severity: "high",
  framework: {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: "EC2.9, EC2.25, AutoScaling.5",
    specification: "Instances, launch templates and launch configurations assign no public IP address.",
  },
  tags: ["network", "machines"],
  remediation:
    "Put machines into subnets that give no public address, or set `associatePublicIpAddress` to false: on the machine, on its launch configuration, or in `networkInterfaces` of the launch template that a group, fleet or node group launches from. Delete Elastic IPs of machines.",
  configSchema: {
    properties: {
      ipv6: {
        type: "string",
        enum: ["any", "asked-for", "none"],
        default: "asked-for",
        description:
          "Which IPv6 addresses count: those that the program asks for; `any`, so that subnets of other stacks must be trusted; or `none`, where subnets route through egress-only internet gateways.",
      },
      trustedLaunchTemplates: TRUSTED_LAUNCH_TEMPLATES,
      trustedNetworkInterfaces: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Ids of network interfaces of other stacks that are known to have no public address. `*` stands for anything.",
      },
      trustedSubnets: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Ids of subnets of other stacks that are known to give no public address. `*` stands for anything.",
      },
    },
  },
  decideResource: (facts, config) => [
    ...askedForHere(facts, config),
    ...facts.elasticAddresses.flatMap(({ target }): readonly Verdict[] => {
      const id = readText(target);
      switch (id.kind) {
        case "known":
          return [violation({ id: "public-address-elastic", path: target.path, target: id.value })];
        case "malformed":
          return [undecided({ id: "unreadable-value", what: PUBLIC_ADDRESS_QUESTION, cause: id })];
        case "absent":
        case "unknown":
          return [];
      }
    }),
    ...readUnmodelled(facts, "public-addresses"),
  ],
  decideStack: (estate, config) =>
    distinct(
      [...estate.facts.values()].flatMap((facts) =>
        decideJoined(estate, facts, config).map((verdict): Finding => ({ urn: facts.record.urn, verdict })),
      ),
    ),
};

function askedForHere(facts: ResourceFacts, config: RuleConfig): readonly Verdict[] {
  const mode = ipv6Mode(config);
  const interfaces = [...facts.launches.flatMap((launch) => launch.interfaces), ...standing(facts)];
  return [...interfaces.flatMap((each) => askedFor(each, mode)), ...lightsail(facts, config)];
}

function standing({ networkInterface }: ResourceFacts): readonly LaunchInterface[] {
  return networkInterface === undefined ? [] : [networkInterface];
}

function lightsail({ presence, record }: ResourceFacts, config: RuleConfig): readonly Verdict[] {
  if (presence === "lightsail-static-address") {
    return [violation({ id: "public-address-lightsail", family: "IPv4" })];
  }
  if (presence !== "lightsail-instance") {
    return [];
  }
  const type = readText(at(properties(record), "ipAddressType"));
  const family = type.kind === "known" && type.value === "ipv6" ? "IPv6" : "IPv4";
  if (ipv6Mode(config) !== "none") {
    return [violation({ id: "public-address-lightsail", family })];
  }
  if (isUnreadable(type)) {
    return [undecided({ id: "unreadable-value", what: PUBLIC_ADDRESS_QUESTION, cause: type })];
  }
  return family === "IPv6" ? [] : [violation({ id: "public-address-lightsail", family })];
}

/** A standing interface lands in the subnet that it names. */
const NO_ZONE: Place = { data: undefined, path: "" };

function decideJoined(estate: Estate, facts: ResourceFacts, config: RuleConfig): readonly Verdict[] {
  const { record } = facts;
  const joined = [
    ...facts.launches.flatMap((launch) => decideLaunch(estate, record, launch, config)),
    ...standing(facts).flatMap((each) =>
      saysIpv6(each)
        ? []
        : bySubnets(
            { estate, record, subnets: each.subnets, zone: NO_ZONE, decline: { by: "subnet" } },
            "IPv6",
            config,
          ),
    ),
    ...facts.elasticAddresses.flatMap(({ target }): readonly Verdict[] => {
      if (readText(target).kind !== "unknown") {
        return [];
      }
      const machine = resolve(estate, record, target, ["instance", "network-interface"]);
      return machine.kind === "unreadable"
        ? [undecided({ id: "unreadable-value", what: PUBLIC_ADDRESS_QUESTION, cause: machine.cause })]
        : [
            violation({
              id: "public-address-elastic",
              path: target.path,
              target:
                machine.kind === "found" ? machine.records.map(({ name }) => name).join(", ") : undefined,
            }),
          ];
    }),
  ];
  const launches = facts.launches.some(({ role }) => role === "machine");
  return joined.length === 0 && launches && askedForHere(facts, config).length === 0
    ? [satisfied({ id: "no-public-address" })]
    : joined;
}

/** What a launch gets by what it does not say itself. What a template asks for is told there. */
function decideLaunch(
  estate: Estate,
  record: ResourceRecord,
  launch: Launch,
  config: RuleConfig,
): readonly Verdict[] {
  const sources = readSources(estate, record, launch, "public-address", PUBLIC_ADDRESS_QUESTION, config);
  const inherited = sources.settings.map((source) => source.launch.interfaces);
  const every = (holds: (each: LaunchInterface) => boolean): boolean =>
    sources.trusted || (inherited.length > 0 && inherited.every((interfaces) => interfaces.some(holds)));
  return launch.interfaces.flatMap((each): readonly Verdict[] => {
    if (isGiven(each.existing)) {
      return existingInterface(estate, record, each.existing, config);
    }
    const unread = declines(each) && ipv6Mode(config) !== "any" ? [] : sources.unread;
    // A template leaves to others what it does not say; where all templates name a subnet, it is told there.
    const isElsewhere = launch.role === "template" || every(({ subnets }) => subnets.length > 0);
    if (each.subnets.length === 0 && isElsewhere) {
      return unread;
    }
    const decline = declineOf(record, launch, each);
    const landing = { estate, record, subnets: each.subnets, zone: launch.zone, decline };
    const isSettled = settlesIpv4(each) || every(settlesIpv4) || unread.length > 0;
    return [
      ...unread,
      ...(isSettled ? [] : bySubnets(landing, "IPv4", config)),
      ...(saysIpv6(each) ? [] : bySubnets(landing, "IPv6", config)),
    ];
  });
}

/** Whether an interface says for or against a public IPv4 address, or is one that is there already. */
function settlesIpv4(each: LaunchInterface): boolean {
  return declines(each) || isGiven(each.existing) || askedFor({ ...each, ipv6: [] }, "none").length > 0;
}
