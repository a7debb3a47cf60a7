import { oneOf, text, wholeNumber } from "../core/checks.ts";
import { type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { physicalName } from "../core/names.ts";
import type { Fault } from "../core/problems.ts";
import { shaped } from "../core/shaped.ts";
import type { Tags } from "../core/tags.ts";
import { planAccessTags } from "../instance/posture-plan.ts";
import type { ActivationTier, HybridActivationArgs } from "./args.ts";
import { type NodeRolePlan, planNodeRole } from "./node-role-args.ts";

export interface HybridActivationPlan extends NodeRolePlan {
  readonly physicalName: string;
  readonly tags: Tags;
  readonly accessTags: Readonly<Record<string, string>>;
  readonly tier: ActivationTier;
  readonly registrationLimit: number;
  readonly expiresOn: string | undefined;
  /** Whether nobody can register any more. */
  readonly hasExpired: boolean;
  readonly machineName: string;
}

const TIERS: readonly ActivationTier[] = ["advanced", "standard", "unmanaged"];
const DAYS = 30;

/**
 * A time at most 30 days from `now`. One that has passed is none to refuse: the activation was made before it.
 *
 * Source: Systems Manager API Reference, CreateActivation.
 */
export function expiryFault(value: string, now: Date): Fault | undefined {
  const time = Date.parse(value);
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value) && !Number.isNaN(time);
  if (!isTime || new Date(time).toISOString() !== value.replace("Z", ".000Z")) {
    return {
      expected: "a time in UTC, as `2026-12-01T00:00:00Z`",
      remedy: "write it with seconds and `Z`, and as a day that there is",
    };
  }
  return time <= now.getTime() + DAYS * 86_400_000
    ? undefined
    : {
        expected: `a time at most ${DAYS} days from now`,
        remedy: "choose an earlier one, and a later one once that has come",
      };
}

/**
 * Decides everything about an activation that can be decided before anything is asked of AWS.
 *
 * @param now what the expiry is measured from
 * @throws pulumi.InputPropertiesError with every bad argument at once.
 */
export function planHybridActivation(
  name: string,
  unchecked: HybridActivationArgs,
  deployment: Deployment,
  now: Date,
): HybridActivationPlan {
  const problems = problemsOf("HybridActivation", name);
  const args = shaped(problems, "HybridActivationArgs", unchecked);
  const common = planCommon(problems, args, deployment, args.accessTags);
  const physical = physicalName(problems, "iamRole", common.namePrefix, name, "name");
  problems.check("tier", args.tier, oneOf(TIERS));
  if (args.tier === undefined) {
    problems.add("tier", undefined, {
      expected: "`advanced`, `standard` or `unmanaged`",
      remedy: "choose: sessions need `advanced`, which costs about 5 dollars a machine and month",
    });
  }
  if (args.tier === "standard" && (args.sessions ?? true)) {
    problems.add("sessions", args.sessions ?? true, {
      expected: "`false` with the tier `standard`, which opens no sessions to machines outside EC2",
      remedy: "set it to false, or choose the tier `advanced`, at about 5 dollars a machine and month",
    });
  }
  problems.check("registrationLimit", args.registrationLimit, wholeNumber(1, 1000, "machines"));
  problems.check("expiresOn", args.expiresOn, (value) => expiryFault(value, now));
  problems.check("machineName", args.machineName, text(256));
  const plan: HybridActivationPlan = {
    ...planNodeRole(problems, args),
    physicalName: physical,
    tags: common.tags,
    accessTags: planAccessTags(problems, args, common.tags),
    tier: args.tier,
    registrationLimit: args.registrationLimit ?? 1,
    expiresOn: args.expiresOn,
    hasExpired: args.expiresOn !== undefined && Date.parse(args.expiresOn) <= now.getTime(),
    machineName: args.machineName ?? physical,
  };
  problems.throwIfAny();
  return plan;
}
