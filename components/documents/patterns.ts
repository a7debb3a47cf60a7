import type { Check } from "../core/problems.ts";

/**
 * Addresses at which an instance answers with the credentials of its role: no tunnel should lead there.
 * Source: EC2 User Guide, instance metadata.
 */
const METADATA_HOSTS = ["169.254.169.254", "fd00:ec2::254", "[fd00:ec2::254]", "instance-data"];

const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*$/i;

const toMetadata = {
  expected:
    "a host other than the instance metadata service, which hands out the credentials of the instance's role",
  remedy: "name the host that people are to reach",
};

/** A DNS name or an IP address, and not that of the metadata service. */
export const tunnelHost: Check<string> = (value) => {
  if (METADATA_HOSTS.includes(value.toLowerCase()) || value.startsWith("169.254.")) {
    return toMetadata;
  }
  return value.length <= 253 && (HOST.test(value) || IPV6.test(value))
    ? undefined
    : { expected: "a DNS name or an IP address, without scheme or port", remedy: "give the host alone" };
};

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
