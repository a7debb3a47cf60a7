import { AgentUpkeep, planAgentUpkeep } from "@bastionless/components";
import { type BadInput, row, told } from "../bad-input.ts";
import { COMMON, tagKeyRow, tagValueRow } from "./common.ts";

const tags = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const PATCH = { patch: { operatingSystem: "amazon-linux-2023" } };
const WINDOW = { maintenanceWindow: { schedule: "cron(0 3 ? * SUN *)" } };
const RATES = ["", "daily", "rate(7 day)", "rate(1 days)", "rate(0 minutes)", "rate(30 seconds)"];
const CRONS = [
  "cron(0 2 * * SUN)",
  "cron(0 2 * * SUN *)",
  "cron(60 2 ? * SUN *)",
  "cron(0 24 ? * SUN *)",
  "cron(0 2 ? 13 SUN *)",
  "cron(0 2 ? * 8 *)",
  "cron(0 2 32 * ? *)",
];

export const AGENT_UPKEEP: BadInput = {
  component: "AgentUpkeep",
  right: { instanceTags: { Team: "web" } },
  plan: planAgentUpkeep,
  construct: AgentUpkeep,
  names: { takes: ["n", "n".repeat(119)], refuses: ["", "n".repeat(120), "a b", "a/b", "ä"] },
  rows: {
    ...COMMON,
    instanceTags: tagKeyRow("instanceTags", row([tags(1), tags(5)], [{}, tags(6)])),
    "instanceTags.*": tagValueRow,
    schedule: row(
      ["rate(30 minutes)", "rate(1 hour)", "rate(31 days)", "cron(0 2 ? * SUN *)", "cron(0 2 1 * ? *)"],
      [...RATES, ...CRONS, "rate(29 minutes)"],
    ),
    agentVersion: row(
      ["3.3.987.0", "2.3.68.0"],
      ["", "latest", "3.3", "3.3.987", "3.3.987.0.1", "v3.3.987.0", "1.0.0.0"],
    ),
    features: row([[], ["ssh"]], [told(["ssh", "telnet"], "features[1]")]),
    "features[]": row(["ssh", "session-manager"], ["", "toString", "SSH"]),
    maxConcurrency: row(["1", "9999999", "1%", "100%"], ["", "0", "0%", "101%", "1.5", "-1", "ten", "01"]),
    maxErrors: row(["0", "9999999", "0%", "100%"], ["", "101%", "1.5", "-1", "ten", "01"]),
    "patch.operatingSystem": row(["amazon-linux-2023", "windows"], ["", "macos", "toString"], PATCH),
    "patch.approveAfterDays": row([0, -0, 360], [-1, 361, 1.5], PATCH),
    "patch.complianceLevel": row(
      ["CRITICAL", "HIGH", "INFORMATIONAL", "LOW", "MEDIUM", "UNSPECIFIED"],
      ["", "high"],
      PATCH,
    ),
    "maintenanceWindow.schedule": row(
      ["rate(1 day)", "rate(1 minute)", "cron(0 3 ? * SUN *)"],
      [...RATES, ...CRONS],
      WINDOW,
    ),
    "maintenanceWindow.timeZone": row(
      ["Europe/Berlin", "Etc/UTC"],
      ["", "Berlin", "+01:00", "Europe/Nowhere"],
      WINDOW,
    ),
    "maintenanceWindow.durationHours": row([1, 24], [0, -0, 25, 1.5], WINDOW),
    "maintenanceWindow.cutoffHours": row([0, -0, 2], [-1, 1.5, 3], WINDOW),
  },
  unlimited: {},
  conflicts: [
    [
      "a version older than a feature needs",
      { agentVersion: "3.0.0.0", features: ["remote-host-forwarding"] },
      ["agentVersion"],
    ],
    [
      "approval by age where packages have none",
      { patch: { operatingSystem: "debian", approveAfterDays: 7 } },
      ["patch.approveAfterDays"],
    ],
    [
      "a cutoff as long as the window",
      { maintenanceWindow: { ...WINDOW.maintenanceWindow, durationHours: 2, cutoffHours: 2 } },
      ["maintenanceWindow.cutoffHours"],
    ],
  ],
};
