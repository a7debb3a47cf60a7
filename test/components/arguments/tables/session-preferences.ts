import { planSessionPreferences, SessionPreferences } from "@bastionless/components";
import { type BadInput, within } from "../bad-input.ts";
import { LOGGING, POLICY_ARN, PREFERENCES, TAGS, TEXT_512 } from "./common.ts";
import { SHELL } from "./session-document.ts";

export const SESSION_PREFERENCES: BadInput = {
  component: "SessionPreferences",
  right: { logging: LOGGING },
  plan: planSessionPreferences,
  construct: SessionPreferences,
  names: { takes: ["n", "n".repeat(300)], refuses: [""] },
  rows: {
    ...TAGS,
    ...SHELL,
    ...within("logging", PREFERENCES),
    description: TEXT_512,
    permissionsBoundaryArn: POLICY_ARN,
  },
  unlimited: {},
  conflicts: [
    ["runAsDefaultUser with runAs off", { runAs: false, runAsDefaultUser: "u" }, ["runAs"]],
    ["logging to nowhere", { logging: {} }, ["logging"]],
  ],
};
