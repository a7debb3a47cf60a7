import { REGIONS } from "./tables/regions.ts";

/** The names of a region's availability zones, as a new account sees them; empty for a region that is not known. */
export function zonesOf(region: string): readonly string[] {
  return Array.from(REGIONS[region]?.zones ?? "").map((letter) => region + letter);
}

/** The id of a zone (`use1-az1` of `us-east-1a`): AWS shuffles them for every account, here they follow the letters. */
export function zoneIdOf(region: string, zone: string): string | undefined {
  const facts = REGIONS[region];
  const index = zonesOf(region).indexOf(zone);
  return facts === undefined || index < 0 ? undefined : `${facts.zonePrefix}-az${index + 1}`;
}

/** The name of a zone by its id. */
export function zoneNameOf(region: string, id: string): string | undefined {
  return zonesOf(region).find((zone) => zoneIdOf(region, zone) === id);
}
