/** What people use that a version of SSM Agent brought. */
export type AgentFeature =
  | "cloudwatch-streaming"
  | "default-host-management"
  | "kms-encryption"
  | "no-ec2messages"
  | "port-forwarding"
  | "remote-host-forwarding"
  | "session-manager"
  | "shell-profile"
  | "ssh";

/**
 * The first version with each. Sources: Systems Manager User Guide, "Session Manager prerequisites", "Session document
 * schema" and "Managing EC2 instances automatically with Default Host Management Configuration"; Systems Manager API
 * reference, "ec2messages, ssmmessages, and other API operations".
 */
export const AGENT_FEATURES: Readonly<Record<AgentFeature, string>> = {
  "cloudwatch-streaming": "3.0.284.0",
  "default-host-management": "3.2.582.0",
  "kms-encryption": "2.3.539.0",
  "no-ec2messages": "3.3.40.0",
  "port-forwarding": "3.0.222.0",
  "remote-host-forwarding": "3.1.1374.0",
  "session-manager": "2.3.68.0",
  "shell-profile": "3.0.161.0",
  ssh: "3.0.222.0",
};

/** Four numbers without leading zeros. */
export const AGENT_VERSION = /^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){3}$/;

/**
 * Which of two versions is the later one, as `Array.sort` takes it: by number, part by part, so that 3.3.40.0 is later
 * than 3.3.4.0 and 3.10.0.0 later than 3.9.0.0.
 *
 * @throws RangeError for what is no version.
 */
export function compareAgentVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => {
    if (!AGENT_VERSION.test(version)) {
      throw new RangeError(`\`${version}\` is no version of SSM Agent, expected one such as \`3.3.40.0\``);
    }
    return version.split(".").map(Number);
  });
  const differing = left?.findIndex((part, index) => part !== right?.[index]) ?? -1;
  return differing < 0 ? 0 : (left?.[differing] ?? 0) - (right?.[differing] ?? 0);
}

/**
 * The earliest version of SSM Agent that has all of the features; without any, the first that opens sessions.
 *
 * Laws: it is the version of one of them; more features never need an earlier one; order and repetition do not count.
 *
 * @throws RangeError for a feature that there is none of.
 */
export function minimumAgentVersion(features: readonly AgentFeature[]): string {
  return features.reduce<string>((latest, feature) => {
    if (!Object.hasOwn(AGENT_FEATURES, feature)) {
      throw new RangeError(
        `\`${feature}\` is no feature, expected one of ${Object.keys(AGENT_FEATURES).join(", ")}`,
      );
    }
    const version = AGENT_FEATURES[feature];
    return compareAgentVersions(version, latest) > 0 ? version : latest;
  }, AGENT_FEATURES["session-manager"]);
}
