import { wholeNumber } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import type { BastionlessFleetArgs } from "./bastionless-fleet-args.ts";
import { onlyWith } from "./only-with.ts";

export interface RefreshPlan {
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
}

/** Decides how running instances follow a change; `undefined` where they do not. */
export function planRefresh(problems: Problems, args: BastionlessFleetArgs): RefreshPlan | undefined {
  if (args.rollingRefresh === false) {
    onlyWith(problems, args, ["minHealthyPercent", "maxHealthyPercent"], "`rollingRefresh`");
    return undefined;
  }
  problems.check("minHealthyPercent", args.minHealthyPercent, wholeNumber(0, 100, "percent"));
  const least = args.minHealthyPercent ?? 100;
  const most = wholeNumber(100, 200, "percent");
  problems.check("maxHealthyPercent", args.maxHealthyPercent, most);
  if (
    args.maxHealthyPercent !== undefined &&
    most(args.maxHealthyPercent) === undefined &&
    args.maxHealthyPercent - least > 100
  ) {
    problems.add("maxHealthyPercent", args.maxHealthyPercent, {
      expected: `at most 100 above \`minHealthyPercent\`, ${least + 100}`,
      remedy: "lower it, or raise `minHealthyPercent`",
    });
  }
  return {
    minHealthyPercent: least,
    maxHealthyPercent: args.maxHealthyPercent ?? Math.min(110, least + 100),
  };
}
