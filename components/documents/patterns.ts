import { isIPv6 } from "node:net";
import type { Check } from "../core/problems.ts";

/**
 * Addresses at which an instance answers with the credentials of its role, in the forms that resolvers take: no tunnel
 * should lead there. Source: EC2 User Guide, instance metadata.
 */
const METADATA_HOSTS = [
  "169.254.169.254",
  "2852039166",
  "0xa9fea9fe",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "fd00:ec2::254",
  "[fd00:ec2::254]",
  "instance-data",
  "instance-data.ec2.internal",
];

const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

const toMetadata = {
  expected:
    "a host other than the instance metadata service, which hands out the credentials of the instance's role",
  remedy: "name the host that people are to reach",
};

/** A DNS name or an IP address, and not that of the metadata service. */
export const tunnelHost: Check<string> = (value) => {
  if (leadsToMetadata(value)) {
    return toMetadata;
  }
  return value.length <= 253 && (HOST.test(value) || isIPv6(value))
    ? undefined
    : { expected: "a DNS name or an IP address, without scheme or port", remedy: "give the host alone" };
};

/** Whether a host is a link-local IPv4 address, however it is written, or another name of the metadata service. */
function leadsToMetadata(value: string): boolean {
  const host = value.toLowerCase().replace(/[.]$/, "");
  // A URL's host is in one form: dotted for IPv4 in decimal, octal or hexadecimal, compressed for IPv6.
  const url = `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}/`;
  const canonical = URL.canParse(url) ? new URL(url).hostname : host;
  return (
    canonical.startsWith("169.254.") ||
    canonical.startsWith("[::ffff:a9fe:") ||
    canonical === "[fd00:ec2::254]" ||
    canonical === "instance-data" ||
    canonical.startsWith("instance-data.")
  );
}

/** A regular expression that says what a whole value may be. */
export const wholePattern: Check<string> = (value) => {
  if (!value.startsWith("^") || !value.endsWith("$") || value.endsWith("\\$")) {
    return {
      expected: "a regular expression from `^` to `$`, so that it decides about the whole value",
      remedy: "anchor it at both ends",
    };
  }
  const pattern = compiled(value);
  if (pattern === undefined) {
    return { expected: "a valid regular expression", remedy: "correct it" };
  }
  // `^a|b$` is anchored in neither half.
  return pattern.test("\u0000anything\u0000") || hasBareAlternative(value)
    ? {
        expected: "a regular expression that limits the whole value",
        remedy: "name what may stand there, and put alternatives in parentheses",
      }
    : undefined;
};

/** Such a pattern for hosts: none of what it admits may be the metadata service. */
export const tunnelHostPattern: Check<string> = (value) => {
  const fault = wholePattern(value);
  if (fault !== undefined) {
    return fault;
  }
  const pattern = compiled(value);
  return pattern !== undefined && METADATA_HOSTS.some((host) => pattern.test(host))
    ? { ...toMetadata, remedy: "narrow the pattern" }
    : undefined;
};

function compiled(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a `|` stands outside all groups and classes. */
function hasBareAlternative(source: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let index = 0; index < source.length; index += 1) {
    const character = source[index];
    if (character === "\\") {
      index += 1;
    } else if (inClass) {
      inClass = character !== "]";
    } else if (character === "[") {
      inClass = true;
    } else if (character === "(") {
      depth += 1;
    } else if (character === ")") {
      depth -= 1;
    } else if (character === "|" && depth === 0) {
      return true;
    }
  }
  return false;
}
