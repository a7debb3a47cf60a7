import type { Read } from "../reader/read.ts";
import type { Renderers } from "./message.ts";
import { list } from "./words.ts";

/** Who is let in, for a message. */
export interface SourceFact {
  readonly kind: "cidr" | "group" | "prefix-list" | "self";
  readonly value: Read<string>;
}

/** Findings about who gets to machines over the network. */
export type NetworkMessage =
  | {
      readonly id: "inbound-port-open";
      /** `ingress[0]`; empty: the resource is the rule. */
      readonly path: string;
      /** The admin ports that are open. */
      readonly ports: readonly number[];
      readonly range: { readonly from: number; readonly to: number };
      readonly allProtocols: boolean;
      readonly sources: readonly SourceFact[];
      /** Whether the address ranges together hold every IPv4 or IPv6 address. */
      readonly everyone: readonly ("IPv4" | "IPv6")[];
    }
  | { readonly id: "no-inbound-admin-port"; readonly path: string };

export const NETWORK: Renderers<NetworkMessage> = {
  "inbound-port-open": (message) => inboundPortOpen(message),
  "no-inbound-admin-port": (message) => `${subject(message.path)} opens no admin port.`,
};

function subject(path: string): string {
  return path === "" ? "the rule" : `\`${path}\``;
}

function inboundPortOpen(message: Extract<NetworkMessage, { id: "inbound-port-open" }>): string {
  const { ports, range, path, everyone } = message;
  const span = range.from === range.to ? `port ${range.from}` : `ports ${range.from} to ${range.to}`;
  const what = message.allProtocols ? "every protocol and port" : `TCP ${span}`;
  const who =
    everyone.length > 0
      ? `every ${everyone.join(" and ")} address (${sources(message.sources)})`
      : sources(message.sources);
  return `${subject(path)} lets ${who} in on ${what}: ${list(ports.map((port) => `${port}${service(port)}`))}. ${closing(message)}`;
}

/** The smallest change: the rule without the admin ports. */
function closing(message: Extract<NetworkMessage, { id: "inbound-port-open" }>): string {
  const rule = message.path === "" ? "this rule" : `\`${message.path}\``;
  const rest = remainder(message.range, message.ports);
  if (message.allProtocols || rest.length === 0) {
    return `Delete ${rule}: sessions need no inbound rule.`;
  }
  return `Delete ${rule}, or keep only ${list(rest.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)))}.`;
}

function remainder(
  range: { readonly from: number; readonly to: number },
  ports: readonly number[],
): readonly { readonly from: number; readonly to: number }[] {
  const rest: { from: number; to: number }[] = [];
  let from = range.from;
  for (const port of ports) {
    if (port > from) {
      rest.push({ from, to: port - 1 });
    }
    from = port + 1;
  }
  if (from <= range.to) {
    rest.push({ from, to: range.to });
  }
  return rest;
}

const SERVICES: ReadonlyMap<number, string> = new Map([
  [22, "SSH"],
  [3389, "RDP"],
  [5985, "WinRM"],
  [5986, "WinRM over TLS"],
]);

function service(port: number): string {
  const name = SERVICES.get(port);
  return name === undefined ? "" : ` (${name})`;
}

const MOST_SOURCES = 5;

function sources(facts: readonly SourceFact[]): string {
  const words = facts.slice(0, MOST_SOURCES).map(sourceInWords);
  const more = facts.length - words.length;
  return list(more > 0 ? [...words, `${more} more`] : words);
}

function sourceInWords({ kind, value }: SourceFact): string {
  switch (kind) {
    case "self":
      return "the group itself";
    case "cidr":
      return value.kind === "known"
        ? value.value || "an empty address range"
        : `an address range ${undetermined(value)}`;
    case "group":
      return value.kind === "known" ? `the group \`${value.value}\`` : `a group ${undetermined(value)}`;
    case "prefix-list":
      return value.kind === "known"
        ? `the prefix list \`${value.value}\``
        : `a prefix list ${undetermined(value)}`;
  }
}

function undetermined(value: Read<string>): string {
  return value.kind === "unknown" ? "(not known yet)" : "(not readable)";
}
