import { Group, type GroupArgs } from "@pulumi/aws/autoscaling/group.js";
import { Schedule } from "@pulumi/aws/autoscaling/schedule.js";
import type { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../core/transform.ts";
import type { BastionlessFleetTransform } from "./bastionless-fleet-args.ts";
import type { BastionlessFleetPlan } from "./bastionless-fleet-plan.ts";

const DAY = 86_400;

export interface AutoScalingGroupInput {
  readonly parent: pulumi.Resource;
  readonly name: string;
  readonly plan: BastionlessFleetPlan;
  readonly template: LaunchTemplate;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What instances need at their first boot. */
  readonly dependsOn: readonly pulumi.Resource[];
  readonly transform: BastionlessFleetTransform;
}

/** One type on demand, or several types and spot: AWS takes the one or the other. */
function launchArgs(
  plan: BastionlessFleetPlan,
  template: LaunchTemplate,
): Pick<GroupArgs, "launchTemplate" | "mixedInstancesPolicy"> {
  // The number, not `$Latest`: only a version that changes starts a refresh.
  const version = template.latestVersion.apply(String);
  const { spot, instanceTypes } = plan;
  if (spot === undefined && instanceTypes.length === 1) {
    return { launchTemplate: { id: template.id, version } };
  }
  return {
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: spot?.onDemandBase ?? 0,
        onDemandPercentageAboveBaseCapacity: 100 - (spot?.percent ?? 0),
        ...(spot === undefined ? {} : { spotAllocationStrategy: spot.allocation }),
      },
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version },
        overrides: instanceTypes.map((instanceType) => ({ instanceType })),
      },
    },
  };
}

/** Builds the group, and its sizes by time. */
export function buildAutoScalingGroup(input: AutoScalingGroupInput): Group {
  const { parent, name, plan, transform } = input;
  const { sizes, warmPool, refresh, spot } = plan;
  // Schedules give the group another size than the program does: it says only with how many it starts.
  const scheduled = sizes.schedules.length > 0;
  const group = new Group(
    ...transformed(
      transform.group,
      name,
      {
        name: plan.physicalName,
        minSize: sizes.minSize,
        maxSize: sizes.maxSize,
        ...(sizes.size === undefined ? {} : { desiredCapacity: sizes.size }),
        vpcZoneIdentifiers: input.subnetIds,
        ...launchArgs(plan, input.template),
        healthCheckType: "EC2",
        healthCheckGracePeriod: plan.healthCheckGraceSeconds,
        defaultInstanceWarmup: plan.instanceWarmupSeconds,
        capacityRebalance: spot?.capacityRebalance ?? false,
        ...(plan.maxInstanceLifetimeDays === undefined
          ? {}
          : { maxInstanceLifetime: plan.maxInstanceLifetimeDays * DAY }),
        ...(refresh === undefined
          ? {}
          : {
              instanceRefresh: {
                strategy: "Rolling",
                preferences: {
                  minHealthyPercentage: refresh.minHealthyPercent,
                  maxHealthyPercentage: refresh.maxHealthyPercent,
                  instanceWarmup: String(plan.instanceWarmupSeconds),
                  skipMatching: true,
                },
              },
            }),
        ...(warmPool === undefined
          ? {}
          : {
              warmPool: {
                poolState: warmPool.state,
                minSize: warmPool.minSize,
                instanceReusePolicy: { reuseOnScaleIn: warmPool.reuse },
              },
            }),
        tags: Object.entries({ ...plan.tags, Name: plan.physicalName }).map(([key, value]) => ({
          key,
          value,
          // The launch template gives instances theirs, and their volumes too.
          propagateAtLaunch: false,
        })),
      },
      {
        parent,
        dependsOn: [...input.dependsOn],
        ...(scheduled ? { ignoreChanges: ["desiredCapacity"] } : {}),
      },
    ),
  );
  for (const schedule of sizes.schedules) {
    new Schedule(
      ...transformed(
        transform.schedule,
        `${name}-${schedule.name}`,
        {
          scheduledActionName: schedule.name,
          autoscalingGroupName: group.name,
          recurrence: schedule.cron,
          timeZone: schedule.timeZone,
          desiredCapacity: schedule.size,
          // As the group has them: what a schedule changed there would differ from the program.
          minSize: -1,
          maxSize: -1,
        },
        { parent },
      ),
    );
  }
  return group;
}
