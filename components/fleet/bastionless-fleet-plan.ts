import type { Input } from "@pulumi/pulumi";
import { matching, wholeNumber } from "../core/checks.ts";
import { type Deployment, problemsOf } from "../core/common.ts";
import { subnetId, vpcId } from "../core/ec2-ids.ts";
import type { Problems } from "../core/problems.ts";
import { shaped } from "../core/shaped.ts";
import { type JoinedNetwork, planNetwork } from "../instance/network-plan.ts";
import { imageSuffix, planPosture, type PosturePlan } from "../instance/posture-plan.ts";
import type { BastionlessFleetArgs } from "./bastionless-fleet-args.ts";
import { planRefresh, type RefreshPlan } from "./refresh-plan.ts";
import { planSizes, type SizesPlan } from "./sizes-plan.ts";
import { planSpot, type SpotPlan } from "./spot-plan.ts";
import { planWarmPool, type WarmPoolPlan } from "./warm-pool-plan.ts";

export type FleetPlacement =
  | { readonly kind: "network"; readonly network: JoinedNetwork }
  | { readonly kind: "subnets"; readonly vpcId: Input<string>; readonly subnetIds: readonly Input<string>[] };

export interface BastionlessFleetPlan extends PosturePlan {
  /** Logical name of the launch template: see {@link imageSuffix}. */
  readonly templateLogicalName: string;
  /** A template of another image stands beside its predecessor until the group has changed over. */
  readonly templateName: string;
  readonly placement: FleetPlacement;
  readonly sizes: SizesPlan;
  readonly spot: SpotPlan | undefined;
  readonly warmPool: WarmPoolPlan | undefined;
  readonly refresh: RefreshPlan | undefined;
  readonly healthCheckGraceSeconds: number;
  readonly instanceWarmupSeconds: number;
  readonly maxInstanceLifetimeDays: number | undefined;
}

/** Source: API reference, LaunchTemplateOverrides. */
const TYPES = 40;
const SUBNETS = 20;
const seconds = wholeNumber(0, 7200, "seconds");
const deviceName = matching(
  /^\/dev\/[a-z0-9]{2,16}$/,
  "the name of a device, as `/dev/xvda`",
  "give the `RootDeviceName` of the image",
);

/**
 * Decides everything about a fleet that can be decided before anything is asked of AWS.
 *
 * @throws pulumi.InputPropertiesError with every bad argument at once.
 */
export function planBastionlessFleet(
  name: string,
  unchecked: BastionlessFleetArgs,
  deployment: Deployment,
): BastionlessFleetPlan {
  const problems = problemsOf("BastionlessFleet", name);
  const args = shaped(problems, "BastionlessFleetArgs", unchecked);
  const posture = planPosture(
    problems,
    name,
    args,
    { types: planTypes(problems, args.instanceTypes), joinsNetwork: args.network !== undefined },
    deployment,
  );
  if (posture.platform === "macos") {
    problems.add("os", args.os, {
      expected: "no macOS in a fleet: a Mac stands on a dedicated host of its own",
      remedy: "build each Mac as a BastionlessInstance",
    });
  }
  problems.check("healthCheckGraceSeconds", args.healthCheckGraceSeconds, seconds);
  problems.check("instanceWarmupSeconds", args.instanceWarmupSeconds, seconds);
  problems.check("maxInstanceLifetimeDays", args.maxInstanceLifetimeDays, wholeNumber(1, 365, "days"));
  problems.check("rootDeviceName", args.rootDeviceName, deviceName);
  if (args.rootDeviceName !== undefined && args.amiId === undefined) {
    problems.add("rootDeviceName", args.rootDeviceName, {
      expected: "no such argument without `amiId`",
      remedy: "leave it out: what the image of `os` calls it is known",
    });
  }
  const sizes = planSizes(problems, args);
  const plan: BastionlessFleetPlan = {
    ...posture,
    rootDeviceName: args.rootDeviceName ?? posture.rootDeviceName,
    templateLogicalName: `${name}-${imageSuffix(posture)}`,
    templateName: `${posture.physicalName}-${imageSuffix(posture)}`,
    placement: planPlacement(problems, args),
    sizes,
    spot: planSpot(problems, args, sizes.maxSize),
    warmPool: planWarmPool(problems, args, sizes.maxSize),
    refresh: planRefresh(problems, args),
    healthCheckGraceSeconds: args.healthCheckGraceSeconds ?? 120,
    instanceWarmupSeconds: args.instanceWarmupSeconds ?? 60,
    maxInstanceLifetimeDays: args.maxInstanceLifetimeDays,
  };
  problems.throwIfAny();
  return plan;
}

function planTypes(
  problems: Problems,
  given: readonly string[] | undefined,
): readonly { readonly path: string; readonly type: string }[] {
  if (given === undefined) {
    return [];
  }
  if (given.length === 0 || given.length > TYPES) {
    problems.add("instanceTypes", `${given.length} given`, {
      expected: `1 to ${TYPES} instance types`,
      remedy: given.length === 0 ? "name one, or leave the argument out" : "leave some out",
    });
  }
  once(problems, "instanceTypes", given, "instance type");
  return given.map((type, index) => ({ path: `instanceTypes[${index}]`, type }));
}

/** Outputs are compared by identity only. */
function once(problems: Problems, path: string, list: readonly unknown[], what: string): void {
  list.forEach((item, index) => {
    if (list.indexOf(item) !== index) {
      problems.add(`${path}[${index}]`, item, {
        expected: `each ${what} once`,
        remedy: "leave it out here",
      });
    }
  });
}

function planPlacement(problems: Problems, args: BastionlessFleetArgs): FleetPlacement {
  if (args.network !== undefined) {
    for (const path of ["vpcId", "subnetIds"] as const) {
      if (args[path] !== undefined) {
        problems.add(path, args[path], {
          expected: "not both this and `network`",
          remedy: "leave one of the two out",
        });
      }
    }
    return { kind: "network", network: planNetwork(problems, args.network) };
  }
  if (args.vpcId === undefined || args.subnetIds === undefined) {
    const missing = args.vpcId === undefined ? "vpcId" : "subnetIds";
    problems.add(args.vpcId === undefined && args.subnetIds === undefined ? "network" : missing, undefined, {
      expected: "a `network`, or both `vpcId` and `subnetIds`",
      remedy: "pass the environment's PrivateNetwork, or say which subnets of which VPC",
    });
    return { kind: "subnets", vpcId: "", subnetIds: [] };
  }
  if (args.subnetIds.length === 0 || args.subnetIds.length > SUBNETS) {
    problems.add("subnetIds", `${args.subnetIds.length} given`, {
      expected: `1 to ${SUBNETS} subnets`,
      remedy: "give one a zone",
    });
  }
  once(problems, "subnetIds", args.subnetIds, "subnet");
  return {
    kind: "subnets",
    vpcId: problems.input("vpcId", args.vpcId, vpcId),
    subnetIds: args.subnetIds.map((id, index) => problems.input(`subnetIds[${index}]`, id, subnetId)),
  };
}
