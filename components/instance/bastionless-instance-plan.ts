import type { Input } from "@pulumi/pulumi";
import { matching, wholeNumber } from "../core/checks.ts";
import { type Deployment, problemsOf } from "../core/common.ts";
import { hostId, subnetId, vpcId } from "../core/ec2-ids.ts";
import type { Problems } from "../core/problems.ts";
import { shaped } from "../core/shaped.ts";
import type { BastionlessInstanceArgs } from "./bastionless-instance-args.ts";
import { type JoinedNetwork, planNetwork } from "./network-plan.ts";
import { imageSuffix, planPosture, type PosturePlan } from "./posture-plan.ts";

export type PlacementPlan =
  | { readonly kind: "network"; readonly subnetIndex: number; readonly network: JoinedNetwork }
  | { readonly kind: "subnet"; readonly vpcId: Input<string>; readonly subnetId: Input<string> };

/** The dedicated host that a Mac stands on. */
export type HostPlan =
  | { readonly kind: "given"; readonly hostId: Input<string> }
  | { readonly kind: "own"; readonly availabilityZone: Input<string> };

export interface BastionlessInstancePlan extends PosturePlan {
  /** Logical name of the instance: see {@link imageSuffix}. */
  readonly instanceLogicalName: string;
  readonly placement: PlacementPlan;
  readonly instanceType: string;
  readonly host: HostPlan | undefined;
}

/**
 * Decides everything about an instance that can be decided before anything is asked of AWS.
 *
 * @throws pulumi.InputPropertiesError with every bad argument at once.
 */
export function planBastionlessInstance(
  name: string,
  unchecked: BastionlessInstanceArgs,
  deployment: Deployment,
): BastionlessInstancePlan {
  const problems = problemsOf("BastionlessInstance", name);
  const args = shaped(problems, "BastionlessInstanceArgs", unchecked);
  const plan = planInstance(problems, name, args, deployment);
  problems.throwIfAny();
  return plan;
}

/** The same for a component that holds an instance: what is wrong is reported along with its own arguments. */
export function planInstance(
  problems: Problems,
  name: string,
  args: BastionlessInstanceArgs,
  deployment: Deployment,
): BastionlessInstancePlan {
  const types = args.instanceType === undefined ? [] : [{ path: "instanceType", type: args.instanceType }];
  const posture = planPosture(
    problems,
    name,
    args,
    { types, joinsNetwork: args.network !== undefined },
    deployment,
  );
  return {
    ...posture,
    instanceLogicalName: `${name}-${imageSuffix(posture)}`,
    placement: planPlacement(problems, args),
    instanceType: posture.instanceTypes[0] ?? "",
    host: planHost(problems, args, posture.platform === "macos"),
  };
}

const zoneName = matching(
  /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/,
  "an availability zone, as `eu-west-1a`",
  "give the zone that the instance's subnet is in",
);

function planHost(problems: Problems, args: BastionlessInstanceArgs, isMac: boolean): HostPlan | undefined {
  if (!isMac) {
    for (const path of ["hostId", "hostAvailabilityZone"] as const) {
      if (args[path] !== undefined) {
        problems.add(path, args[path], {
          expected: "no such argument but with macOS",
          remedy: "leave it out, or choose a macOS as `os`",
        });
      }
    }
    return undefined;
  }
  if (args.hostId !== undefined && args.hostAvailabilityZone !== undefined) {
    problems.add("hostAvailabilityZone", args.hostAvailabilityZone, {
      expected: "not both this and `hostId`",
      remedy: "leave one of the two out",
    });
  }
  if (args.hostId !== undefined) {
    return { kind: "given", hostId: problems.input("hostId", args.hostId, hostId) };
  }
  if (args.hostAvailabilityZone === undefined) {
    problems.add("hostId", undefined, {
      expected: "the dedicated host that a Mac stands on, or `hostAvailabilityZone` to allocate one in",
      remedy: "give one of the two: AWS bills a Mac host for 24 hours at least",
    });
    return undefined;
  }
  return {
    kind: "own",
    availabilityZone: problems.input("hostAvailabilityZone", args.hostAvailabilityZone, zoneName),
  };
}

function planPlacement(problems: Problems, args: BastionlessInstanceArgs): PlacementPlan {
  if (args.network !== undefined) {
    for (const path of ["vpcId", "subnetId"] as const) {
      if (args[path] !== undefined) {
        problems.add(path, args[path], {
          expected: "not both this and `network`",
          remedy: "leave one of the two out",
        });
      }
    }
    const network = planNetwork(problems, args.network);
    problems.check(
      "zone",
      args.zone,
      wholeNumber(1, args.network.zones, "the network's zones, counted from 1"),
    );
    return { kind: "network", subnetIndex: (args.zone ?? 1) - 1, network };
  }
  if (args.zone !== undefined) {
    problems.add("zone", args.zone, {
      expected: "no such argument without `network`",
      remedy: "leave it out: `subnetId` says which zone",
    });
  }
  if (args.vpcId === undefined || args.subnetId === undefined) {
    const missing = args.vpcId === undefined ? "vpcId" : "subnetId";
    problems.add(args.vpcId === args.subnetId ? "network" : missing, undefined, {
      expected: "a `network`, or both `vpcId` and `subnetId`",
      remedy: "pass the environment's PrivateNetwork, or say which subnet of which VPC",
    });
    return { kind: "subnet", vpcId: "", subnetId: "" };
  }
  return {
    kind: "subnet",
    vpcId: problems.input("vpcId", args.vpcId, vpcId),
    subnetId: problems.input("subnetId", args.subnetId, subnetId),
  };
}
