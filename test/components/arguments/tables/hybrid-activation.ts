import { HybridActivation, planHybridActivation } from "@bastionless/components";
import { type BadInput, row } from "../bad-input.ts";
import { ACCESS_TAGS, COMMON, POLICY_ARN, policyArns } from "./common.ts";

export const HYBRID_ACTIVATION: BadInput = {
  component: "HybridActivation",
  right: { tier: "advanced" },
  plan: planHybridActivation,
  construct: HybridActivation,
  names: { takes: ["n", "n".repeat(55)], refuses: ["", "n".repeat(56), "a b", "a/b", "ä"] },
  rows: {
    ...COMMON,
    ...ACCESS_TAGS,
    ...policyArns(9),
    permissionsBoundaryArn: POLICY_ARN,
    tier: row(["advanced", "unmanaged"], ["", "premium", "toString"]),
    registrationLimit: row([1, 1000], [0, -0, 1001, 1.5]),
    expiresOn: row(
      ["2026-12-21T12:00:00Z", "2026-11-21T12:00:01Z", "2025-01-01T00:00:00Z"],
      [
        "",
        "2030-12-21T12:00:01Z",
        "2026-12-01",
        "2026-12-01T00:00:00+01:00",
        "2026-11-31T00:00:00Z",
        "2026-12-01T24:00:00Z",
        "tomorrow",
      ],
    ),
    machineName: row(["m", "m".repeat(256)], ["", "m".repeat(257)]),
  },
  unlimited: {},
  conflicts: [
    ["sessions in the standard tier", { tier: "standard" }, ["sessions"]],
    ["sessions asked for in the standard tier", { tier: "standard", sessions: true }, ["sessions"]],
    [
      "a tag in tags and accessTags",
      { tags: { Team: "a" }, accessTags: { Team: "a" } },
      ['accessTags["Team"]'],
    ],
  ],
};
