import type { Input } from "@pulumi/pulumi";
import { wholeNumber } from "../core/checks.ts";
import { securityGroupId, subnetId, vpcId } from "../core/ec2-ids.ts";
import type { Check, Problems } from "../core/problems.ts";
import type { InstanceNetwork } from "./machine-args.ts";

/** What of a network machines join. */
export interface JoinedNetwork {
  readonly vpcId: Input<string>;
  readonly subnetIds: Input<readonly string[]>;
  readonly instancesSecurityGroupId: Input<string>;
}

/** More than any Region has. */
const MOST_ZONES = 16;

const subnetIds: Check<readonly string[]> = (ids) =>
  ids.length > 0 && ids.every((id) => subnetId(id) === undefined)
    ? undefined
    : { expected: "a list of subnets' ids, as `subnet-0a1b2c3d4e5f60718`", remedy: "give one a zone" };

/** Checks a network that is described, not built here: a PrivateNetwork has what it takes. */
export function planNetwork(problems: Problems, network: InstanceNetwork): JoinedNetwork {
  problems.check("network.zones", network.zones, wholeNumber(1, MOST_ZONES, "zones"));
  return {
    vpcId: problems.input("network.vpcId", network.vpcId, vpcId),
    subnetIds: problems.input("network.subnetIds", network.subnetIds, subnetIds),
    instancesSecurityGroupId: problems.input(
      "network.instancesSecurityGroupId",
      network.instancesSecurityGroupId,
      securityGroupId,
    ),
  };
}
