import { oneOf, wholeNumber } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import type { BastionlessFleetArgs } from "./bastionless-fleet-args.ts";
import { onlyWith } from "./only-with.ts";

export interface WarmPoolPlan {
  readonly minSize: number;
  readonly state: "Running" | "Stopped";
  readonly reuse: boolean;
}

/**
 * Decides the warm pool, which goes with one type of on-demand instances only.
 *
 * Source: Auto Scaling User Guide, "Warm pools", limitations.
 */
export function planWarmPool(
  problems: Problems,
  args: BastionlessFleetArgs,
  maxSize: number,
): WarmPoolPlan | undefined {
  if (args.warmPoolMinSize === undefined) {
    onlyWith(problems, args, ["warmPoolState", "warmPoolReuse"], "`warmPoolMinSize`");
    return undefined;
  }
  problems.check("warmPoolMinSize", args.warmPoolMinSize, wholeNumber(0, maxSize, "instances"));
  problems.check("warmPoolState", args.warmPoolState, oneOf(["Running", "Stopped"]));
  if (args.spotPercent !== undefined && args.spotPercent !== 0) {
    problems.add("warmPoolMinSize", args.warmPoolMinSize, {
      expected: "no warm pool with `spotPercent`: AWS refuses it",
      remedy: "leave one of the two out",
    });
  }
  if (args.instanceTypes !== undefined && args.instanceTypes.length > 1) {
    problems.add("warmPoolMinSize", args.warmPoolMinSize, {
      expected: "no warm pool with several `instanceTypes`: AWS refuses it",
      remedy: "choose one type, or leave the warm pool out",
    });
  }
  return {
    minSize: args.warmPoolMinSize,
    state: args.warmPoolState ?? "Stopped",
    reuse: args.warmPoolReuse ?? false,
  };
}
