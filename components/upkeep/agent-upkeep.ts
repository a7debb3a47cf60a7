import { Policy } from "@pulumi/aws/iam/policy.js";
import { Association } from "@pulumi/aws/ssm/association.js";
import { MaintenanceWindow } from "@pulumi/aws/ssm/maintenanceWindow.js";
import { MaintenanceWindowTarget } from "@pulumi/aws/ssm/maintenanceWindowTarget.js";
import { MaintenanceWindowTask } from "@pulumi/aws/ssm/maintenanceWindowTask.js";
import { PatchBaseline } from "@pulumi/aws/ssm/patchBaseline.js";
import { PatchGroup } from "@pulumi/aws/ssm/patchGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { AgentUpkeepArgs, AgentUpkeepTransform } from "./args.ts";
import { type AgentUpkeepPlan, type PatchPlan, planAgentUpkeep, type WindowPlan } from "./plan.ts";
import { upkeepStatements } from "./statements.ts";

/** What tells Patch Manager a machine's group: without a space, which tags in instance metadata must not have. */
const PATCH_GROUP_TAG = "PatchGroup";

/**
 * SSM Agent kept up to date, on all machines with some tags: an association of State Manager that runs AWS's
 * `AWS-UpdateSSMAgent`, on demand a patch baseline and a maintenance window that installs what it approves. For EC2 all of
 * it is free.
 *
 * Machines need permissions for it that sessions do not need: give them `instancePolicyArn` among their `policyArns`, and
 * `patchTags` among their `tags`, or use `managedPolicy`. They fetch the agent from the Region's bucket of AWS, through the
 * network's endpoint for S3, and patches from their distribution's repositories.
 *
 * @example
 * const upkeep = new AgentUpkeep("upkeep", { instanceTags: { Fleet: "workers" }, features: ["remote-host-forwarding"] });
 * const fleet = new BastionlessFleet("workers", {
 *   network, maxSize: 4, accessTags: { Fleet: "workers" }, policyArns: [upkeep.instancePolicyArn],
 * });
 */
export class AgentUpkeep extends pulumi.ComponentResource {
  readonly associationId: pulumi.Output<string>;
  /** A managed policy for the machines' roles. */
  readonly instancePolicyArn: pulumi.Output<string>;
  /** The earliest version of SSM Agent with all of `features`. */
  readonly minimumAgentVersion: string;
  /** The tag by which machines take the patch baseline; none without one. */
  readonly patchTags: Readonly<Record<string, string>>;
  readonly patchBaselineId: pulumi.Output<string> | undefined;
  readonly maintenanceWindowId: pulumi.Output<string> | undefined;

  /** @throws pulumi.InputPropertiesError with every bad argument at once, before anything is registered. */
  constructor(name: string, args: AgentUpkeepArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = planAgentUpkeep(name, args, currentDeployment());
    super("bastionless:index:AgentUpkeep", name, {}, opts);
    const transform = args.transform ?? {};
    const policy = new Policy(
      ...transformed(
        transform.policy,
        `${name}-machines`,
        {
          name: `${plan.physicalName}-machines`,
          description: `Lets machines be kept up by ${plan.physicalName}`,
          policy: policyJson(upkeepStatements(plan.patch !== undefined || plan.window !== undefined)),
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    const association = new Association(
      ...transformed(
        transform.association,
        `${name}-agent`,
        {
          name: "AWS-UpdateSSMAgent",
          associationName: plan.physicalName,
          targets: [...plan.targets],
          scheduleExpression: plan.schedule,
          parameters: { version: plan.agentVersion, allowDowngrade: "false" },
          maxConcurrency: plan.maxConcurrency,
          maxErrors: plan.maxErrors,
          complianceSeverity: "HIGH",
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    const baseline = plan.patch === undefined ? undefined : this.#baseline(name, plan, plan.patch, transform);
    const window = plan.window === undefined ? undefined : this.#window(name, plan, plan.window, transform);
    this.associationId = association.associationId;
    this.instancePolicyArn = policy.arn;
    this.minimumAgentVersion = plan.minimumAgentVersion;
    this.patchTags = plan.patch === undefined ? {} : { [PATCH_GROUP_TAG]: plan.patch.group };
    this.patchBaselineId = baseline?.id;
    this.maintenanceWindowId = window?.id;
    this.registerOutputs({
      associationId: this.associationId,
      instancePolicyArn: this.instancePolicyArn,
      minimumAgentVersion: this.minimumAgentVersion,
      patchTags: this.patchTags,
      patchBaselineId: this.patchBaselineId,
      maintenanceWindowId: this.maintenanceWindowId,
    });
  }

  #baseline(
    name: string,
    plan: AgentUpkeepPlan,
    patch: PatchPlan,
    transform: AgentUpkeepTransform,
  ): PatchBaseline {
    const baseline = new PatchBaseline(
      ...transformed(
        transform.patchBaseline,
        `${name}-patches`,
        {
          name: plan.physicalName,
          description: `Patches of ${plan.physicalName}`,
          operatingSystem: patch.system.operatingSystem,
          approvalRules: [
            {
              approveAfterDays: patch.approveAfterDays,
              complianceLevel: patch.complianceLevel,
              patchFilters: patch.system.filters.map(({ key, values }) => ({ key, values: [...values] })),
            },
          ],
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    new PatchGroup(
      ...transformed(
        transform.patchGroup,
        `${name}-patches`,
        { baselineId: baseline.id, patchGroup: patch.group },
        { parent: this, deleteBeforeReplace: true },
      ),
    );
    return baseline;
  }

  #window(
    name: string,
    plan: AgentUpkeepPlan,
    window: WindowPlan,
    transform: AgentUpkeepTransform,
  ): MaintenanceWindow {
    const opened = new MaintenanceWindow(
      ...transformed(
        transform.maintenanceWindow,
        `${name}-window`,
        {
          name: plan.physicalName,
          description: `Patches of ${plan.physicalName}`,
          schedule: window.schedule,
          scheduleTimezone: window.timeZone,
          duration: window.durationHours,
          cutoff: window.cutoffHours,
          allowUnassociatedTargets: false,
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    const target = new MaintenanceWindowTarget(
      ...transformed(
        transform.maintenanceWindowTarget,
        `${name}-window`,
        {
          windowId: opened.id,
          name: plan.physicalName,
          resourceType: "INSTANCE",
          targets: [...plan.targets],
        },
        { parent: this },
      ),
    );
    new MaintenanceWindowTask(
      ...transformed(
        transform.maintenanceWindowTask,
        `${name}-install`,
        {
          windowId: opened.id,
          name: plan.physicalName,
          taskType: "RUN_COMMAND",
          taskArn: "AWS-RunPatchBaseline",
          priority: 1,
          // What runs at the window's end runs on: a machine half patched is worse than one patched late.
          cutoffBehavior: "CONTINUE_TASK",
          maxConcurrency: plan.maxConcurrency,
          maxErrors: plan.maxErrors,
          targets: [{ key: "WindowTargetIds", values: [target.id] }],
          taskInvocationParameters: {
            runCommandParameters: {
              timeoutSeconds: 600,
              parameters: [
                { name: "Operation", values: ["Install"] },
                { name: "RebootOption", values: [window.reboot] },
              ],
            },
          },
        },
        { parent: this },
      ),
    );
    return opened;
  }
}
