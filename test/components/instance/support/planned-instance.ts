import type { BastionlessInstanceArgs } from "../../../../components/instance/bastionless-instance-args.ts";
import {
  planBastionlessInstance,
  type BastionlessInstancePlan,
} from "../../../../components/instance/bastionless-instance-plan.ts";

export const DEPLOYMENT = { project: "shop", stack: "dev" };
export const NETWORK = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d4e5f60718",
};
export const JOINED = {
  vpcId: NETWORK.vpcId,
  subnetIds: NETWORK.subnetIds,
  instancesSecurityGroupId: NETWORK.instancesSecurityGroupId,
};
export const SUBNET = { network: undefined, vpcId: NETWORK.vpcId, subnetId: NETWORK.subnetIds[0] };
export const GROUP = "sg-0a1b2c3d4e5f60719";
export const HOST = "h-0a1b2c3d4e5f60718";
export const AMI = "ami-0a1b2c3d4e5f60718";
export const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** `network: undefined` and the like stand for arguments left out. */
export function plan(args: object = {}, name = "app"): BastionlessInstancePlan {
  const given = Object.fromEntries(
    Object.entries({ network: NETWORK, ...args }).filter(([, value]) => value !== undefined),
  ) as BastionlessInstanceArgs;
  return planBastionlessInstance(name, given, DEPLOYMENT);
}
