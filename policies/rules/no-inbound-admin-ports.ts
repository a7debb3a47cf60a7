import { coversEverything, parseCidr } from "../estate/cidr.ts";
import { type InboundRule, TCP } from "../estate/inbound-rule.ts";
import { at, root } from "../reader/place.ts";
import { isUnreadable, type Read, readInteger, readList, type Unreadable } from "../reader/read.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/** SSH: never open in this project, to anyone. */
const SSH = 22;
const DEFAULT_PORTS: readonly number[] = [3389, 5985, 5986];
const LAST_PORT = 65_535;

/**
 * No port that a person administers a machine by lets anyone in.
 *
 * Every source counts, also a private range, another group, or the group itself: with Session Manager nobody needs the
 * port. Only TCP counts: RDP's UDP transport begins with a TCP connection. A TCP rule without ports, or with -1, counts
 * as every port.
 */
export const noInboundAdminPorts: Rule = {
  id: "no-inbound-admin-ports",
  displayName: "No inbound admin port",
  description: "No security group rule lets anyone in on a port for administration: SSH, RDP, WinRM.",
  severity: "critical",
  framework: {
    name: "CIS AWS Foundations Benchmark",
    version: "3.0.0",
    reference: "5.2, 5.3",
    specification: "No security group allows ingress to remote server administration ports.",
  },
  tags: ["network"],
  remediation:
    "Delete the inbound rule, and connect with `aws ssm start-session`. A rule for other ports is split around the port.",
  configSchema: {
    properties: {
      ports: {
        type: "array",
        items: { type: "integer", minimum: 0, maximum: LAST_PORT },
        default: [...DEFAULT_PORTS],
        description: "Ports that must be closed besides 22.",
      },
    },
  },
  decideResource: (facts, config) => [
    ...(facts.inboundRules === undefined
      ? []
      : facts.inboundRules.map((rule) => decide(rule, adminPorts(config)))),
    ...readUnmodelled(facts, "inbound-rules"),
  ],
};

function adminPorts(config: RuleConfig): readonly number[] {
  const list = readList(at(root({ ports: toPorts(config["ports"]) }), "ports"));
  const ports = list.kind === "known" ? list.value.map(readInteger) : [];
  return [
    ...new Set([SSH, ...ports.flatMap((port) => (port.kind === "known" ? [port.value] : []))]),
  ].toSorted((a, b) => a - b);
}

function toPorts(value: unknown): readonly number[] {
  if (value === undefined) {
    return DEFAULT_PORTS;
  }
  if (!Array.isArray(value) || !value.every((port) => typeof port === "number")) {
    throw new TypeError(`\`ports\` is ${JSON.stringify(value)}, expected a list of port numbers`);
  }
  return value;
}

/** Whether something holds, or what keeps it from being told. */
type Tri = "yes" | "no" | Unreadable;

/** Pure: the verdict depends on nothing but the rule and the ports, and not on the order of the sources. */
export function decide(rule: InboundRule, ports: readonly number[]): Verdict {
  const reachable: readonly Tri[] = [rule.direction === "inbound" ? "yes" : rule.direction, hasSource(rule)];
  const perPort = ports.map((port) => ({ port, open: all([...reachable, carries(rule, port)]) }));
  const open = perPort.filter((entry) => entry.open === "yes").map((entry) => entry.port);
  if (open.length > 0) {
    return violation(witness(rule, open));
  }
  const cause = perPort.map((entry) => entry.open).find((tri) => tri !== "yes" && tri !== "no");
  return cause === undefined
    ? satisfied({ id: "no-inbound-admin-port", path: rule.path })
    : undecided({
        id: "unreadable-value",
        what: "whether an admin port is open",
        cause,
      });
}

/** A "no" settles it, whatever is unknown beside it. */
function all(conditions: readonly Tri[]): Tri {
  if (conditions.includes("no")) {
    return "no";
  }
  return conditions.find((condition) => condition !== "yes") ?? "yes";
}

function hasSource(rule: InboundRule): Tri {
  return rule.sources.length > 0 ? "yes" : (rule.otherSources[0] ?? "no");
}

/** Whether a TCP packet to the port fits the rule's protocol and range. */
function carries(rule: InboundRule, port: number): Tri {
  const { protocol } = rule;
  switch (protocol.kind) {
    case "known":
      return protocol.value === "all" ? "yes" : protocol.value === TCP ? covers(rule, port) : "no";
    case "absent":
      return { kind: "malformed", path: protocol.path, expected: "a protocol", found: "nothing" };
    case "unknown":
    case "malformed":
      // It may be all protocols, for which the range does not count.
      return protocol;
  }
}

function covers(rule: InboundRule, port: number): Tri {
  return all([compare(rule.fromPort, (from) => from <= port), compare(rule.toPort, (to) => to >= port)]);
}

/** EC2 writes "no bound" as -1. */
function isUnbounded(port: Read<number>): boolean {
  return port.kind === "absent" || (port.kind === "known" && port.value === -1);
}

function compare(port: Read<number>, holds: (value: number) => boolean): Tri {
  if (isUnreadable(port)) {
    return port;
  }
  return isUnbounded(port) || (port.kind === "known" && holds(port.value)) ? "yes" : "no";
}

function witness(rule: InboundRule, ports: readonly number[]) {
  const allProtocols = rule.protocol.kind === "known" && rule.protocol.value === "all";
  const ranges = rule.sources.flatMap((source) => {
    const range =
      source.kind === "cidr" && source.value.kind === "known" ? parseCidr(source.value.value) : undefined;
    return range === undefined ? [] : [range];
  });
  const everyone: ("IPv4" | "IPv6")[] = [];
  if (coversEverything(ranges, 4)) {
    everyone.push("IPv4");
  }
  if (coversEverything(ranges, 6)) {
    everyone.push("IPv6");
  }
  return {
    id: "inbound-port-open",
    path: rule.path,
    ports,
    range: allProtocols
      ? { from: 0, to: LAST_PORT }
      : { from: boundary(rule.fromPort, 0), to: boundary(rule.toPort, LAST_PORT) },
    allProtocols,
    sources: rule.sources,
    everyone,
  } as const;
}

function boundary(port: Read<number>, otherwise: number): number {
  return port.kind === "known" && port.value >= 0 ? port.value : otherwise;
}
