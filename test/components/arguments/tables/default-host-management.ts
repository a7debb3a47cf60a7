import { DefaultHostManagement, planDefaultHostManagement } from "@bastionless/components";
import type { BadInput } from "../bad-input.ts";
import { COMMON, POLICY_ARN, policyArns } from "./common.ts";

export const DEFAULT_HOST_MANAGEMENT: BadInput = {
  component: "DefaultHostManagement",
  right: {},
  plan: planDefaultHostManagement,
  construct: DefaultHostManagement,
  names: { takes: ["n", "n".repeat(55)], refuses: ["", "n".repeat(56), "a b", "a/b", "ä"] },
  rows: { ...COMMON, ...policyArns(9), permissionsBoundaryArn: POLICY_ARN },
  unlimited: {},
  conflicts: [],
};
