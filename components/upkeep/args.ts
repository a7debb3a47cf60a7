import type { PolicyArgs } from "@pulumi/aws/iam/policy.js";
import type { AssociationArgs } from "@pulumi/aws/ssm/association.js";
import type { MaintenanceWindowArgs } from "@pulumi/aws/ssm/maintenanceWindow.js";
import type { MaintenanceWindowTargetArgs } from "@pulumi/aws/ssm/maintenanceWindowTarget.js";
import type { MaintenanceWindowTaskArgs } from "@pulumi/aws/ssm/maintenanceWindowTask.js";
import type { PatchBaselineArgs } from "@pulumi/aws/ssm/patchBaseline.js";
import type { PatchGroupArgs } from "@pulumi/aws/ssm/patchGroup.js";
import type { CommonArgs } from "../core/common.ts";
import type { Transform } from "../core/transform.ts";
import type { AgentFeature } from "./agent-version.ts";
import type { PatchSystem } from "./patch-rules.ts";

/** Which patches are approved. */
export interface PatchApprovalArgs {
  /** The operating system of the machines: a baseline is for one. */
  readonly operatingSystem: PatchSystem;
  /**
   * Days from a patch's release to its approval: 0 to 360. Not for Debian and Ubuntu, which tell no day of release.
   *
   * @default 7, for Debian and Ubuntu 0
   */
  readonly approveAfterDays?: number;
  /**
   * How bad it is where an approved patch is missing, in compliance reports.
   *
   * @default "HIGH"
   */
  readonly complianceLevel?: "CRITICAL" | "HIGH" | "INFORMATIONAL" | "LOW" | "MEDIUM" | "UNSPECIFIED";
}

/** When patches are installed. */
export interface PatchWindowArgs {
  /** As `cron(0 3 ? * SUN *)` or `rate(7 days)`. */
  readonly schedule: string;
  /**
   * A time zone of the IANA database.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
  /**
   * How long the window is open: 1 to 24 hours.
   *
   * @default 3
   */
  readonly durationHours?: number;
  /**
   * How long before its end no machine is started with any more: 0 to 23 hours, less than the duration.
   *
   * @default 1
   */
  readonly cutoffHours?: number;
  /**
   * Whether a machine reboots where a patch needs it. Without, the patch is not in force until somebody reboots.
   *
   * @default true
   */
  readonly rebootIfNeeded?: boolean;
}

/** Arguments of {@link AgentUpkeep}. */
export interface AgentUpkeepArgs extends CommonArgs {
  /**
   * Tags that machines carry, all of them: 1 to 5, as the `accessTags` of an instance or a fleet. Machines that come later
   * are kept up too.
   */
  readonly instanceTags: Readonly<Record<string, string>>;
  /**
   * When the agent is updated: `cron(…)`, or `rate(…)` of at least 30 minutes. The first time is as soon as this is applied.
   *
   * @default "cron(0 2 ? * SUN *)": Sundays at 2, in UTC
   */
  readonly schedule?: string;
  /**
   * A version to hold the agents of these machines at, as `3.3.987.0`. Not below what `features` need.
   *
   * @default the newest
   */
  readonly agentVersion?: string;
  /**
   * What people use of Session Manager. It says which version is the least (`minimumAgentVersion`), and refuses an older
   * `agentVersion`.
   *
   * @default sessions alone
   */
  readonly features?: readonly AgentFeature[];
  /**
   * How many machines are updated or patched at once: a number, or a percentage as `10%`.
   *
   * @default "10%"
   */
  readonly maxConcurrency?: string;
  /**
   * After how many machines that fail no further one is begun with: a number, or a percentage.
   *
   * @default "5%"
   */
  readonly maxErrors?: string;
  /**
   * A patch baseline for the machines, which they take by the tag that `patchTags` says. Without `maintenanceWindow`
   * nothing installs what it approves.
   *
   * @default none: AWS's baseline
   */
  readonly patch?: PatchApprovalArgs;
  /**
   * A window in which approved patches are installed.
   *
   * @default none
   */
  readonly maintenanceWindow?: PatchWindowArgs;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   *
   * @default none
   */
  readonly transform?: AgentUpkeepTransform;
}

/** One entry per kind of child. */
export interface AgentUpkeepTransform {
  readonly association?: Transform<AssociationArgs>;
  readonly policy?: Transform<PolicyArgs>;
  readonly patchBaseline?: Transform<PatchBaselineArgs>;
  readonly patchGroup?: Transform<PatchGroupArgs>;
  readonly maintenanceWindow?: Transform<MaintenanceWindowArgs>;
  readonly maintenanceWindowTarget?: Transform<MaintenanceWindowTargetArgs>;
  readonly maintenanceWindowTask?: Transform<MaintenanceWindowTaskArgs>;
}
