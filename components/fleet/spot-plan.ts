import { oneOf, wholeNumber } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import type { BastionlessFleetArgs } from "./bastionless-fleet-args.ts";
import { onlyWith } from "./only-with.ts";

/** How instances are bought; `undefined` where all are on-demand. */
export interface SpotPlan {
  readonly percent: number;
  readonly onDemandBase: number;
  readonly allocation: string;
  readonly capacityRebalance: boolean;
}

const SPOT_ALLOCATIONS = [
  "capacity-optimized",
  "capacity-optimized-prioritized",
  "lowest-price",
  "price-capacity-optimized",
] as const;

/** Decides what runs on spot. */
export function planSpot(
  problems: Problems,
  args: BastionlessFleetArgs,
  maxSize: number,
): SpotPlan | undefined {
  problems.check("spotPercent", args.spotPercent, wholeNumber(0, 100, "percent"));
  if (args.spotPercent === undefined || args.spotPercent === 0) {
    onlyWith(problems, args, ["onDemandBase", "spotAllocation", "capacityRebalance"], "`spotPercent`");
    return undefined;
  }
  problems.check("onDemandBase", args.onDemandBase, wholeNumber(0, maxSize, "instances"));
  problems.check("spotAllocation", args.spotAllocation, oneOf(SPOT_ALLOCATIONS));
  return {
    percent: args.spotPercent,
    onDemandBase: args.onDemandBase ?? 0,
    allocation: args.spotAllocation ?? "price-capacity-optimized",
    capacityRebalance: args.capacityRebalance ?? true,
  };
}
