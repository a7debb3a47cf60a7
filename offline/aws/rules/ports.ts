import type { Wire } from "../../protocol/wire.ts";
import { matching } from "./formats.ts";
import { format, together } from "./rule.ts";
import type { Format, Rule } from "./rule.ts";
import { asText } from "../values.ts";

const NAMES: { readonly [name: string]: string } = {
  icmp: "1",
  tcp: "6",
  udp: "17",
  icmpv6: "58",
  all: "-1",
};

/** `tcp` and `6` as `6`, `all` and `-1` as `-1`. */
function numberOf(protocol: Wire): string {
  const name = asText(protocol).toLowerCase();
  return NAMES[name] ?? name;
}

/** A protocol as EC2 takes it: a name it knows, or a number; `-1` is all of them. */
export const protocol: Format = (value) => {
  const number = Number(numberOf(value));
  return Number.isInteger(number) && number >= -1 && number <= 255
    ? undefined
    : "is refused: expected tcp, udp, icmp, icmpv6, -1 (all), or a protocol number from 0 to 255";
};

/** What descriptions of groups and rules may hold. Source: EC2 API Reference, CreateSecurityGroup and IpRange. */
export const groupText: Format = matching(
  /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/u,
  "at most 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *",
);

interface Names {
  readonly protocol: string;
  /** Whether "all protocols" is written with ports 0 to 0, or without ports. */
  readonly allPorts: "zero" | "none";
}

/** Refuses ports that do not fit the protocol, in every object of a scope. */
export function portRange(names: Names, scope = ""): Rule {
  return together(
    [names.protocol, "fromPort", "toPort"],
    ([given, from, to]) => {
      if (given === undefined || given === null) {
        return undefined;
      }
      return refused(numberOf(given), from, to, names.allPorts);
    },
    scope,
  );
}

function refused(
  number: string,
  from: Wire | undefined,
  to: Wire | undefined,
  allPorts: Names["allPorts"],
): { readonly property: string; readonly reason: string } | undefined {
  const range = `${JSON.stringify(from)} to ${JSON.stringify(to)}`;
  switch (number) {
    case "-1": {
      const fits =
        allPorts === "zero"
          ? Number(from ?? 0) === 0 && Number(to ?? 0) === 0
          : from === undefined && to === undefined;
      const expected = allPorts === "zero" ? "ports 0 to 0" : "no ports";
      return fits
        ? undefined
        : { property: "fromPort", reason: `all protocols (\`-1\`) take ${expected}, not ${range}` };
    }
    case "6":
    case "17": {
      const low = Number(from);
      const high = Number(to);
      const valid =
        [low, high].every((port) => Number.isInteger(port) && port >= 0 && port <= 65_535) && low <= high;
      return valid
        ? undefined
        : { property: "fromPort", reason: `ports ${range} are refused: expected a range within 0 to 65535` };
    }
    case "1":
    case "58": {
      const valid = [from, to].every(
        (code) => code === undefined || (Number(code) >= -1 && Number(code) <= 255),
      );
      return valid
        ? undefined
        : { property: "fromPort", reason: `the ICMP type and code ${range} are refused: expected -1 to 255` };
    }
    default:
      return undefined;
  }
}

/** The rules of one inline list (`ingress` or `egress`) of a security group. */
export function inlineRules(
  list: string,
  addresses: { readonly v4: Format; readonly v6: Format },
): readonly Rule[] {
  const each = `${list}[]`;
  return [
    format(`${each}.protocol`, protocol),
    format(`${each}.description`, groupText),
    format(`${each}.cidrBlocks[]`, addresses.v4),
    format(`${each}.ipv6CidrBlocks[]`, addresses.v6),
    portRange({ protocol: "protocol", allPorts: "zero" }, each),
  ];
}
