import type { Wire } from "../../protocol/wire.ts";
import type { Reading } from "../reading.ts";

/** The account, as the `ownerId` of what it owns. */
export function owner(reading: Reading): string {
  return reading.place.account;
}

/** The ARN of an EC2 resource: `arn:aws:ec2:us-east-1:123456789012:vpc/vpc-…`. */
export function ec2Arn(kind: string): (reading: Reading) => string {
  return (reading) => reading.arn("ec2", `${kind}/${reading.id}`);
}

/** A value that is the same for every resource. */
export function always(value: Wire): (reading: Reading) => Wire {
  return () => value;
}

/** The time at which everything simulated was created. */
export const CREATED = "2026-01-01T00:00:00Z";

/** What stands in front of a random part where the program gave a prefix: `namePrefix` and 26 digits. */
export function prefixed(property: string): (reading: Reading) => string {
  return (reading) => `${reading.text(property, "terraform-")}${reading.hex(property, 26)}`;
}
