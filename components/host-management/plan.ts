import { type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { physicalName } from "../core/names.ts";
import { shaped } from "../core/shaped.ts";
import type { Tags } from "../core/tags.ts";
import { type NodeRolePlan, planNodeRole } from "../hybrid/node-role-args.ts";
import type { DefaultHostManagementArgs } from "./args.ts";

export interface DefaultHostManagementPlan extends NodeRolePlan {
  readonly physicalName: string;
  readonly tags: Tags;
}

/** @throws pulumi.InputPropertiesError with every bad argument at once. */
export function planDefaultHostManagement(
  name: string,
  unchecked: DefaultHostManagementArgs,
  deployment: Deployment,
): DefaultHostManagementPlan {
  const problems = problemsOf("DefaultHostManagement", name);
  const args = shaped(problems, "DefaultHostManagementArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  const plan: DefaultHostManagementPlan = {
    ...planNodeRole(problems, args),
    physicalName: physicalName(problems, "iamRole", common.namePrefix, name, "name"),
    tags: common.tags,
  };
  problems.throwIfAny();
  return plan;
}
