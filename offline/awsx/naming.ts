import { ComponentError } from "../protocol/component-error.ts";
import type { SubnetSpec } from "./subnet-spec.ts";

/** How subnets and their route tables are tagged: by the index of their zone, or by the zone itself. */
export type NameTagStrategy = "Legacy" | "AvailabilityZone";

/**
 * The region in front of a zone's name, up to its number: `us-east-` of `us-east-1a`, `us-gov-west-` of
 * `us-gov-west-1a`. Every zone of a region shares it, so what remains is unique within the region.
 */
const REGION_WORDS = /^[a-z]{2}(?:-[a-z]+)+-/;

/** `1a` of `us-east-1a`, `2-lax-1a` of `us-west-2-lax-1a`; a name of another form as it is. */
export function zoneSuffix(zone: string): string {
  return zone.replace(REGION_WORDS, "");
}

export interface SubnetNames {
  /** The logical name of the subnet, its route table, association and route: numbered, whatever the strategy. */
  readonly resourceName: string;
  /** Their `Name` tag. */
  readonly nameTag: string;
}

/** @param index the zone's place among the VPC's zones, from 0 */
export function subnetNames(
  vpcName: string,
  spec: Pick<SubnetSpec, "type" | "name">,
  zone: string,
  index: number,
  strategy: NameTagStrategy,
): SubnetNames {
  const stem = `${vpcName}-${spec.name ?? spec.type.toLowerCase()}`;
  const resourceName = `${stem}-${index + 1}`;
  return {
    resourceName,
    nameTag: strategy === "AvailabilityZone" ? `${stem}-${zoneSuffix(zone)}` : resourceName,
  };
}

/** @throws ComponentError where two zones would give their subnets the same tag */
export function checkZoneSuffixes(zones: readonly string[]): void {
  const zoneBySuffix = new Map<string, string>();
  for (const zone of zones) {
    const suffix = zoneSuffix(zone);
    const other = zoneBySuffix.get(suffix);
    if (other !== undefined) {
      throw new ComponentError(
        'subnetNameTagStrategy="AvailabilityZone" requires availability zones with distinct suffixes, but ' +
          `"${other}" and "${zone}" both reduce to "${suffix}".`,
      );
    }
    zoneBySuffix.set(suffix, zone);
  }
}
