import { isIPv4, isIPv6 } from "node:net";

import { isUnknown } from "../../protocol/wire.ts";
import { asText, parseJson } from "../values.ts";
import type { Format } from "./rule.ts";

/** A text that matches a pattern; `expected` finishes "expected …". */
export function matching(pattern: RegExp, expected: string): Format {
  return (value) => (pattern.test(asText(value)) ? undefined : `is refused: expected ${expected}`);
}

/** A text that does not match a pattern. */
export function notMatching(pattern: RegExp, reason: string): Format {
  return (value) => (pattern.test(asText(value)) ? `is refused: ${reason}` : undefined);
}

/** One of a few values. */
export function oneOf(...options: readonly (string | number)[]): Format {
  const allowed = new Set(options.map((option) => asText(option)));
  return (value) =>
    allowed.has(asText(value)) ? undefined : `is refused: expected one of ${[...allowed].join(", ")}`;
}

/** A whole number in a range, both ends included. */
export function wholeNumber(least: number, most: number): Format {
  return (value) => {
    const number = Number(asText(value));
    return Number.isInteger(number) && number >= least && number <= most
      ? undefined
      : `is refused: expected a whole number from ${least} to ${most}`;
  };
}

/** A text of at most so many characters. */
export function length(least: number, most: number): Format {
  return (value) => {
    const count = asText(value).length;
    return count >= least && count <= most
      ? undefined
      : `has ${count} characters: expected ${least} to ${most}`;
  };
}

function ipv4Bits(address: string): number {
  return address.split(".").reduce((bits, octet) => bits * 256 + Number(octet), 0);
}

/** An IPv4 network in CIDR notation whose host bits are zero, with a prefix in a range. */
export function ipv4Network(leastPrefix = 0, mostPrefix = 32): Format {
  return (value) => {
    const [address = "", prefix = "", ...rest] = asText(value).split("/");
    const size = Number(prefix);
    if (rest.length > 0 || !isIPv4(address) || !/^\d{1,2}$/u.test(prefix) || size > 32) {
      return "is refused: expected an IPv4 network in CIDR notation, such as 10.0.0.0/16";
    }
    if (size < leastPrefix || size > mostPrefix) {
      return `is refused: expected a prefix from /${leastPrefix} to /${mostPrefix}`;
    }
    const hosts = 2 ** (32 - size);
    const bits = ipv4Bits(address);
    if (bits % hosts !== 0) {
      const network = bits - (bits % hosts);
      const octets = [24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join(".");
      return `is refused: it has host bits set; expected the network ${octets}/${prefix}`;
    }
    return undefined;
  };
}

/** An IPv6 network in CIDR notation. */
export function ipv6Network(leastPrefix = 0, mostPrefix = 128): Format {
  return (value) => {
    const [address = "", prefix = "", ...rest] = asText(value).split("/");
    const size = Number(prefix);
    if (rest.length > 0 || !isIPv6(address) || !/^\d{1,3}$/u.test(prefix) || size > 128) {
      return "is refused: expected an IPv6 network in CIDR notation, such as 2001:db8::/56";
    }
    return size < leastPrefix || size > mostPrefix
      ? `is refused: expected a prefix from /${leastPrefix} to /${mostPrefix}`
      : undefined;
  };
}

/** A single IPv4 address. */
export const ipv4Address: Format = (value) =>
  isIPv4(asText(value)) ? undefined : "is refused: expected an IPv4 address, such as 10.0.0.10";

/** JSON text. */
export const json: Format = (value) =>
  typeof value === "string" && parseJson(value) === undefined ? "is not JSON: correct its syntax" : undefined;

/** The shape of an ARN of one service (any, where none is named), in the partition of the provider. */
export function arn(service?: string): Format {
  return (value, place) => {
    const [start, partition, of, region, account, ...resource] = asText(value).split(":");
    const shaped = start === "arn" && of !== undefined && of !== "" && resource.join(":") !== "";
    if (!shaped || region === undefined || account === undefined) {
      return "is refused: expected an ARN, such as arn:aws:iam::123456789012:role/name";
    }
    if (partition !== place.partition && !isUnknown(place.region)) {
      return `is refused: expected an ARN of the partition \`${place.partition}\``;
    }
    // Some ARNs of AWS's own name a service there: arn:aws:automate:us-east-1:ec2:recover.
    if (/^\d+$/u.test(account) && account.length !== 12) {
      return "is refused: the account in it is not twelve digits";
    }
    return service === undefined || of === service
      ? undefined
      : `is refused: expected an ARN of \`${service}\``;
  };
}

/** The id of a resource that nobody simulates: its name and seven digits. Whether AWS would take it is not known. */
const STAND_IN = /^.+-[0-9a-f]{7}$/u;

/** An EC2 id with a prefix such as `subnet`. */
export function ec2Id(...prefixes: readonly string[]): Format {
  const pattern = new RegExp(`^(?:${prefixes.join("|")})-(?:[0-9a-f]{8}|[0-9a-f]{17})$`, "u");
  const format = matching(pattern, `an id such as ${prefixes[0] ?? "x"}-0123456789abcdef0`);
  return (value, place) => (STAND_IN.test(asText(value)) ? undefined : format(value, place));
}
