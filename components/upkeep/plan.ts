import { matching, oneOf, wholeNumber } from "../core/checks.ts";
import { type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { timeZone } from "../core/cron.ts";
import { physicalName } from "../core/names.ts";
import type { Problems } from "../core/problems.ts";
import { shaped } from "../core/shaped.ts";
import { tagKey, type Tags, tagValue } from "../core/tags.ts";
import {
  AGENT_FEATURES,
  AGENT_VERSION,
  type AgentFeature,
  compareAgentVersions,
  minimumAgentVersion,
} from "./agent-version.ts";
import type { AgentUpkeepArgs, PatchApprovalArgs, PatchWindowArgs } from "./args.ts";
import { PATCH_SYSTEMS, type PatchSystemFacts } from "./patch-rules.ts";
import { systemsManagerSchedule } from "./schedule.ts";

export interface PatchPlan {
  readonly system: PatchSystemFacts;
  readonly approveAfterDays: number;
  readonly complianceLevel: string;
  /** The value of the tag by which machines take the baseline. */
  readonly group: string;
}

export interface WindowPlan {
  readonly schedule: string;
  readonly timeZone: string;
  readonly durationHours: number;
  readonly cutoffHours: number;
  readonly reboot: "NoReboot" | "RebootIfNeeded";
}

export interface AgentUpkeepPlan {
  readonly physicalName: string;
  readonly tags: Tags;
  readonly targets: readonly { readonly key: string; readonly values: string[] }[];
  readonly schedule: string;
  readonly minimumAgentVersion: string;
  /** Empty for the newest. */
  readonly agentVersion: string;
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly patch: PatchPlan | undefined;
  readonly window: WindowPlan | undefined;
}

const LEVELS = ["CRITICAL", "HIGH", "INFORMATIONAL", "LOW", "MEDIUM", "UNSPECIFIED"] as const;

const concurrency = matching(
  /^(?:[1-9]\d{0,6}|[1-9]\d?%|100%)$/,
  "a number of machines from 1 on, or `1%` to `100%`",
  "give one of the two, in quotes",
);
const errors = matching(
  /^(?:0|[1-9]\d{0,6}|\d%|[1-9]\d%|100%)$/,
  "a number of machines from 0 on, or `0%` to `100%`",
  "give one of the two, in quotes",
);

/** @throws pulumi.InputPropertiesError with every bad argument at once. */
export function planAgentUpkeep(
  name: string,
  unchecked: AgentUpkeepArgs,
  deployment: Deployment,
): AgentUpkeepPlan {
  const problems = problemsOf("AgentUpkeep", name);
  const args = shaped(problems, "AgentUpkeepArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  // Of all that carry the name, the document's rule is the strictest, and the same as theirs.
  const physical = physicalName(problems, "document", common.namePrefix, name, "name");
  problems.check("schedule", args.schedule, systemsManagerSchedule(30));
  problems.check("maxConcurrency", args.maxConcurrency, concurrency);
  problems.check("maxErrors", args.maxErrors, errors);
  const plan: AgentUpkeepPlan = {
    physicalName: physical,
    tags: common.tags,
    targets: planTargets(problems, args.instanceTags),
    schedule: args.schedule ?? "cron(0 2 ? * SUN *)",
    ...planVersion(problems, args),
    maxConcurrency: args.maxConcurrency ?? "10%",
    maxErrors: args.maxErrors ?? "5%",
    patch: args.patch === undefined ? undefined : planPatch(problems, args.patch, physical),
    window: args.maintenanceWindow === undefined ? undefined : planWindow(problems, args.maintenanceWindow),
  };
  problems.throwIfAny();
  return plan;
}

function planTargets(
  problems: Problems,
  instanceTags: Readonly<Record<string, string>>,
): AgentUpkeepPlan["targets"] {
  const entries = Object.entries(instanceTags);
  if (entries.length < 1 || entries.length > 5) {
    problems.add("instanceTags", `${entries.length} tags`, {
      expected: "1 to 5 tags",
      remedy: "name tags that the machines carry, as their `accessTags`",
    });
  }
  for (const [key, value] of entries) {
    const path = `instanceTags[${JSON.stringify(key)}]`;
    problems.check(path, key, tagKey);
    problems.check(path, value, tagValue);
  }
  return entries.map(([key, value]) => ({ key: `tag:${key}`, values: [value] }));
}

function planVersion(
  problems: Problems,
  { agentVersion, features = [] }: AgentUpkeepArgs,
): Pick<AgentUpkeepPlan, "agentVersion" | "minimumAgentVersion"> {
  features.forEach((feature, index) => {
    problems.check(`features[${index}]`, feature, oneOf<AgentFeature>(FEATURES));
  });
  const minimum = minimumAgentVersion(features.filter((feature) => Object.hasOwn(AGENT_FEATURES, feature)));
  problems.check("agentVersion", agentVersion, (version) => {
    if (!AGENT_VERSION.test(version)) {
      return {
        expected: "a version of SSM Agent, as `3.3.987.0`",
        remedy: "take one of github.com/aws/amazon-ssm-agent/releases, or leave it out for the newest",
      };
    }
    return compareAgentVersions(version, minimum) >= 0
      ? undefined
      : {
          expected: `\`${minimum}\` or later, which \`features\` need`,
          remedy: "choose a later one, or leave it out for the newest",
        };
  });
  return { agentVersion: agentVersion ?? "", minimumAgentVersion: minimum };
}

const FEATURES: readonly AgentFeature[] = [
  "cloudwatch-streaming",
  "default-host-management",
  "kms-encryption",
  "no-ec2messages",
  "port-forwarding",
  "remote-host-forwarding",
  "session-manager",
  "shell-profile",
  "ssh",
];

function planPatch(problems: Problems, args: PatchApprovalArgs, group: string): PatchPlan | undefined {
  problems.check("patch.operatingSystem", args.operatingSystem, oneOf(Object.keys(PATCH_SYSTEMS)));
  problems.check("patch.approveAfterDays", args.approveAfterDays, wholeNumber(0, 360, "days"));
  problems.check("patch.complianceLevel", args.complianceLevel, oneOf(LEVELS));
  if (!Object.hasOwn(PATCH_SYSTEMS, args.operatingSystem)) {
    return undefined;
  }
  const system = PATCH_SYSTEMS[args.operatingSystem];
  if (!system.tellsRelease && args.approveAfterDays !== undefined) {
    problems.add("patch.approveAfterDays", args.approveAfterDays, {
      expected: `no such argument with \`${args.operatingSystem}\`, whose packages tell no day of release`,
      remedy: "leave it out",
    });
  }
  return {
    system,
    approveAfterDays: args.approveAfterDays ?? (system.tellsRelease ? 7 : 0),
    complianceLevel: args.complianceLevel ?? "HIGH",
    group,
  };
}

function planWindow(problems: Problems, args: PatchWindowArgs): WindowPlan {
  const at = (name: string): string => `maintenanceWindow.${name}`;
  const durationHours = args.durationHours ?? 3;
  problems.check(at("schedule"), args.schedule, systemsManagerSchedule(1));
  problems.check(at("timeZone"), args.timeZone, timeZone);
  problems.check(at("durationHours"), args.durationHours, wholeNumber(1, 24, "hours"));
  problems.check(at("cutoffHours"), args.cutoffHours, wholeNumber(0, 23, "hours"));
  const cutoffHours = args.cutoffHours ?? Math.min(1, durationHours - 1);
  if (args.cutoffHours !== undefined && cutoffHours >= durationHours) {
    problems.add(at("cutoffHours"), cutoffHours, {
      expected: `fewer hours than the window is open, ${durationHours}`,
      remedy: "shorten it, or open the window for longer",
    });
  }
  return {
    schedule: args.schedule,
    timeZone: args.timeZone ?? "Etc/UTC",
    durationHours,
    cutoffHours,
    reboot: (args.rebootIfNeeded ?? true) ? "RebootIfNeeded" : "NoReboot",
  };
}
