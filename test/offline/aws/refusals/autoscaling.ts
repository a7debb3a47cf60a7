import type { WireMap } from "../../../../offline/protocol/wire.ts";
import type { Refusals } from "./refusals.ts";

function mixed(distribution: WireMap, types: readonly string[] = ["t3.nano", "t3.micro"]): WireMap {
  return {
    instancesDistribution: distribution,
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: "lt-0123456789abcdef0", version: "1" },
      overrides: types.map((instanceType) => ({ instanceType })),
    },
  };
}

/** What AWS refuses of Auto Scaling. */
export const AUTOSCALING_REFUSALS: Refusals = {
  "aws:autoscaling/group:Group": [
    [{ name: "a:b" }, "name"],
    [{ name: "n".repeat(256) }, "name"],
    [{ name: "a", namePrefix: "b" }, "name"],
    [{ minSize: 2, maxSize: 1 }, "minSize"],
    [{ minSize: -1 }, "minSize"],
    [{ maxSize: 1.5 }, "maxSize"],
    [{ desiredCapacity: 2, maxSize: 1 }, "desiredCapacity"],
    [{ desiredCapacity: 1, minSize: 2, maxSize: 3 }, "desiredCapacity"],
    [{ launchTemplate: null }, ""],
    [{ launchTemplate: { version: "1" } }, "launchTemplate"],
    [{ launchTemplate: { id: "template", version: "1" } }, "launchTemplate.id"],
    [{ launchConfiguration: "old" }, "launchConfiguration"],
    [{ vpcZoneIdentifiers: [] }, ""],
    [{ vpcZoneIdentifiers: ["private"] }, "vpcZoneIdentifiers[0]"],
    [{ availabilityZones: ["us-east-1a"] }, "availabilityZones"],
    [{ healthCheckType: "HTTP" }, "healthCheckType"],
    [{ healthCheckGracePeriod: -1 }, "healthCheckGracePeriod"],
    [{ defaultInstanceWarmup: -2 }, "defaultInstanceWarmup"],
    [{ maxInstanceLifetime: 86_399 }, "maxInstanceLifetime"],
    [{ maxInstanceLifetime: 31_536_001 }, "maxInstanceLifetime"],
    [{ instanceRefresh: { strategy: "Big" } }, "instanceRefresh.strategy"],
    [{ instanceRefresh: {} }, "instanceRefresh.strategy"],
    [
      { instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 101 } } },
      "instanceRefresh.preferences.minHealthyPercentage",
    ],
    [
      { instanceRefresh: { strategy: "Rolling", preferences: { maxHealthyPercentage: 99 } } },
      "instanceRefresh.preferences.maxHealthyPercentage",
    ],
    [
      {
        instanceRefresh: {
          strategy: "Rolling",
          preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 191 },
        },
      },
      "instanceRefresh.preferences.maxHealthyPercentage",
    ],
    [
      { instanceRefresh: { strategy: "Rolling", triggers: ["launch_template"] } },
      "instanceRefresh.triggers[0]",
    ],
    [{ warmPool: { poolState: "Cold" } }, "warmPool.poolState"],
    [{ warmPool: { minSize: -1 } }, "warmPool.minSize"],
    [{ warmPool: { maxGroupPreparedCapacity: -2 } }, "warmPool.maxGroupPreparedCapacity"],
    [{ launchTemplate: null, warmPool: {}, mixedInstancesPolicy: mixed({}) }, "warmPool"],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({ spotAllocationStrategy: "cheapest" }) },
      "mixedInstancesPolicy.instancesDistribution.spotAllocationStrategy",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({ onDemandPercentageAboveBaseCapacity: 101 }) },
      "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({ onDemandBaseCapacity: -1 }) },
      "mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity",
    ],
    [
      {
        launchTemplate: null,
        mixedInstancesPolicy: mixed({ spotAllocationStrategy: "capacity-optimized", spotInstancePools: 2 }),
      },
      "mixedInstancesPolicy.instancesDistribution.spotInstancePools",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({}, ["t3.tiny"]) },
      "mixedInstancesPolicy.launchTemplate.overrides[0].instanceType",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({}, ["t3.nano", "t3.nano"]) },
      "mixedInstancesPolicy.launchTemplate.overrides[1].instanceType",
    ],
    [
      { launchTemplate: null, mixedInstancesPolicy: mixed({}, Array(41).fill("t3.nano")) },
      "mixedInstancesPolicy.launchTemplate.overrides",
    ],
    [{ tags: [{ key: "aws:x", value: "", propagateAtLaunch: true }] }, "tags[0].key"],
    [{ tags: [{ key: "x", value: "" }] }, "tags[0].propagateAtLaunch"],
    [
      {
        tags: ["1", "2"].map((value) => ({ key: "x", value, propagateAtLaunch: true })),
      },
      "tags[1].key",
    ],
  ],
  "aws:autoscaling/schedule:Schedule": [
    [{ recurrence: "0 20 * *" }, "recurrence"],
    [{ recurrence: "0 0 20 * * *" }, "recurrence"],
    [{ recurrence: "60 20 * * *" }, "recurrence"],
    [{ recurrence: "0 24 * * *" }, "recurrence"],
    [{ recurrence: "0 20 0 * *" }, "recurrence"],
    [{ recurrence: "0 20 * 13 *" }, "recurrence"],
    [{ recurrence: "0 20 * * 8" }, "recurrence"],
    [{ recurrence: "0 20 * * FRI-MON" }, "recurrence"],
    [{ recurrence: "0 20 ? * *" }, "recurrence"],
    [{ recurrence: "*/0 20 * * *" }, "recurrence"],
    [{ recurrence: "rate(1 day)" }, "recurrence"],
    [{ timeZone: "Berlin" }, "timeZone"],
    [{ timeZone: "+01:00" }, "timeZone"],
    [{ recurrence: null, startTime: "2026-06-01T00:00:00Z", timeZone: "Europe/Berlin" }, "timeZone"],
    [{ recurrence: null }, ""],
    [{ startTime: "tomorrow" }, "startTime"],
    [{ startTime: "2026-06-01T00:00:00Z", endTime: "2026-06-01T00:00:00Z" }, "endTime"],
    [{ minSize: -2 }, "minSize"],
    [{ minSize: 3, maxSize: 2, desiredCapacity: -1 }, "minSize"],
    [{ minSize: 1, maxSize: 2, desiredCapacity: 0 }, "desiredCapacity"],
    [{ autoscalingGroupName: "a:b" }, "autoscalingGroupName"],
    [{ scheduledActionName: "a:b" }, "scheduledActionName"],
  ],
};
