import { ComponentError } from "../protocol/component-error.ts";
import type { ComponentHost, ConstructRequest } from "../protocol/component-host.ts";
import { AWS_VERSION } from "./children.ts";
import type { VpcArgs } from "./vpc-args.ts";

const DEFAULT_ZONES = 3;

/** The region's first zones, as many as asked for. @throws ComponentError where it has fewer */
export async function availabilityZones(
  { numberOfAvailabilityZones, region }: VpcArgs,
  { providers }: ConstructRequest,
  host: ComponentHost,
): Promise<readonly string[]> {
  if (region !== undefined && typeof region !== "string") {
    throw new ComponentError(
      "Vpc.region must be a plain string when availabilityZoneNames is not set. If region is dynamic, specify availabilityZoneNames explicitly.",
    );
  }
  const count = numberOfAvailabilityZones ?? DEFAULT_ZONES;
  const { names } = await host.invoke(
    "aws:index/getAvailabilityZones:getAvailabilityZones",
    region ? { region } : {},
    { provider: providers["aws"] ?? "", version: AWS_VERSION },
  );
  if (!Array.isArray(names)) {
    throw new ComponentError(
      "Could not fetch default Availability Zones. If this is an opt-in region, please enable the region first. Alternatively, you may specify an explicit list of zones in `availabilityZoneNames`.",
    );
  }
  const zones = names.filter((name) => typeof name === "string");
  if (zones.length < count) {
    throw new ComponentError(
      `The configured region for this provider does not have at least ${count} Availability Zones. Either specify an explicit list of zones in availabilityZoneNames or choose a region with at least ${count} AZs.`,
    );
  }
  return zones.slice(0, count);
}
