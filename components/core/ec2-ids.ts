import { matching } from "./checks.ts";
import type { Check } from "./problems.ts";

/** `<kind>-` and 8 hexadecimal digits, or 17 since 2016. */
function idOf(kind: string): Check<string> {
  return matching(
    new RegExp(`^${kind}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`),
    `an id such as \`${kind}-0a1b2c3d4e5f60718\``,
    "give the id, not a name",
  );
}

export const amiId = idOf("ami");
export const hostId = idOf("h");
export const instanceId = idOf("i");
export const prefixListId = idOf("pl");
export const routeTableId = idOf("rtb");
export const securityGroupId = idOf("sg");
export const snapshotId = idOf("snap");
export const subnetId = idOf("subnet");
export const vpcId = idOf("vpc");
