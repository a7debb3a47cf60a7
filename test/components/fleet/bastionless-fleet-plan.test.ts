import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { BastionlessFleetArgs } from "../../../components/fleet/bastionless-fleet-args.ts";
import {
  type BastionlessFleetPlan,
  planBastionlessFleet,
} from "../../../components/fleet/bastionless-fleet-plan.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const NETWORK = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d4e5f60718",
};
const subnets = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `subnet-000000${10 + index}`);
const JOINED = {
  vpcId: NETWORK.vpcId,
  subnetIds: NETWORK.subnetIds,
  instancesSecurityGroupId: NETWORK.instancesSecurityGroupId,
};
const SUBNETS = { network: undefined, vpcId: NETWORK.vpcId, subnetIds: NETWORK.subnetIds };
const AMI = "ami-0a1b2c3d4e5f60718";
const NIGHT = { cron: "0 20 * * *", size: 0 };

/** `network: undefined` and the like stand for arguments left out. */
function plan(args: object = {}, name = "app"): BastionlessFleetPlan {
  const given = Object.fromEntries(
    Object.entries({ network: NETWORK, ...args }).filter(([, value]) => value !== undefined),
  ) as BastionlessFleetArgs;
  return planBastionlessFleet(name, given, DEPLOYMENT);
}

describe("the plan of a fleet", () => {
  it("with a network alone is one small Amazon Linux, that is refreshed and never scheduled", () => {
    const { sizes, spot, warmPool, refresh, instanceTypes, placement, egress, agent } = plan();
    assert.deepEqual(
      { sizes, spot, warmPool, refresh, instanceTypes, placement, egress, agent },
      {
        sizes: { minSize: 1, maxSize: 1, size: undefined, schedules: [] },
        spot: undefined,
        warmPool: undefined,
        refresh: { minHealthyPercent: 100, maxHealthyPercent: 110 },
        instanceTypes: ["t4g.small"],
        placement: { kind: "network", network: JOINED },
        egress: [],
        agent: undefined,
      },
    );
  });

  it("names its template after the image, so that one of another image can stand beside it", () => {
    assert.deepEqual(
      [plan().templateLogicalName, plan().templateName],
      ["app-amazon-linux-2023-arm64", "shop-dev-app-amazon-linux-2023-arm64"],
    );
    const own = plan({ amiId: AMI, architecture: "arm64" });
    assert.deepEqual([own.templateLogicalName, own.templateName], ["app-ami", "shop-dev-app-ami"]);
  });

  it("in subnets of another network opens HTTPS, which leads to Systems Manager from anywhere", () => {
    const planned = plan(SUBNETS);
    assert.deepEqual(planned.placement, {
      kind: "subnets",
      vpcId: NETWORK.vpcId,
      subnetIds: NETWORK.subnetIds,
    });
    assert.deepEqual(
      planned.egress.map(({ name }) => name),
      ["https"],
    );
  });

  it("finds a size that holds what it was given", () => {
    const sizes = (args: object): readonly unknown[] => {
      const { minSize, maxSize, size } = plan(args).sizes;
      return [minSize, maxSize, size];
    };
    assert.deepEqual(sizes({ size: 3 }), [1, 3, 3]);
    assert.deepEqual(sizes({ size: 0 }), [0, 1, 0]);
    assert.deepEqual(sizes({ minSize: 2 }), [2, 2, undefined]);
    assert.deepEqual(sizes({ maxSize: 5 }), [1, 5, undefined]);
    assert.deepEqual(sizes({ minSize: 0, maxSize: 0 }), [0, 0, undefined]);
    assert.deepEqual(sizes({ schedules: { night: NIGHT } }), [0, 1, undefined]);
    assert.deepEqual(sizes({ schedules: { day: { cron: "0 7 * * *", size: 4 } } }), [1, 4, undefined]);
    assert.deepEqual(sizes({ maxSize: 9, size: 2, schedules: { night: NIGHT } }), [0, 9, 2]);
  });

  it("has schedules in UTC, or where they say", () => {
    const { schedules } = plan({
      schedules: {
        night: { ...NIGHT, timeZone: "Europe/Berlin" },
        morning: { cron: " 0 7 * * 1-5 ", size: 1 },
      },
    }).sizes;
    assert.deepEqual(schedules, [
      { name: "night", cron: "0 20 * * *", timeZone: "Europe/Berlin", size: 0 },
      { name: "morning", cron: "0 7 * * 1-5", timeZone: "Etc/UTC", size: 1 },
    ]);
  });

  it("buys spot where it is asked to, and rebalances it", () => {
    assert.deepEqual(plan({ spotPercent: 80 }).spot, {
      percent: 80,
      onDemandBase: 0,
      allocation: "price-capacity-optimized",
      capacityRebalance: true,
    });
    assert.deepEqual(
      plan({
        maxSize: 4,
        spotPercent: 100,
        onDemandBase: 4,
        spotAllocation: "lowest-price",
        capacityRebalance: false,
      }).spot,
      { percent: 100, onDemandBase: 4, allocation: "lowest-price", capacityRebalance: false },
    );
    assert.equal(plan({ spotPercent: 0 }).spot, undefined);
  });

  it("keeps a warm pool of stopped instances that nobody used", () => {
    assert.deepEqual(plan({ maxSize: 3, warmPoolMinSize: 2 }).warmPool, {
      minSize: 2,
      state: "Stopped",
      reuse: false,
    });
  });

  it("lets a fleet grow by no more than AWS does during a refresh", () => {
    assert.deepEqual(plan({ minHealthyPercent: 0 }).refresh, {
      minHealthyPercent: 0,
      maxHealthyPercent: 100,
    });
    assert.equal(plan({ rollingRefresh: false }).refresh, undefined);
  });
});

describe("the plan of a fleet accepts", () => {
  const cases: readonly (readonly [string, object])[] = [
    ["forty types", { instanceTypes: Array.from({ length: 40 }, (_, index) => `m${index + 5}g.large`) }],
    ["types of one architecture", { instanceTypes: ["m7i.large", "m7a.large"] }],
    ["the largest fleet", { minSize: 10_000, maxSize: 10_000, size: 10_000 }],
    ["no instance at all", { minSize: 0, maxSize: 0, size: 0 }],
    ["all of it on spot", { spotPercent: 100 }],
    ["one in a hundred on spot", { spotPercent: 1 }],
    ["an empty warm pool", { warmPoolMinSize: 0, warmPoolState: "Running", warmPoolReuse: true }],
    ["the longest seconds", { healthCheckGraceSeconds: 7200, instanceWarmupSeconds: 7200 }],
    ["no seconds", { healthCheckGraceSeconds: 0, instanceWarmupSeconds: 0 }],
    ["a lifetime of a day", { maxInstanceLifetimeDays: 1 }],
    ["a lifetime of a year", { maxInstanceLifetimeDays: 365 }],
    ["the widest refresh", { minHealthyPercent: 100, maxHealthyPercent: 200 }],
    ["the narrowest refresh", { minHealthyPercent: 0, maxHealthyPercent: 100 }],
    ["a root device of one's own image", { amiId: AMI, architecture: "arm64", rootDeviceName: "/dev/sda1" }],
    ["twenty subnets", { ...SUBNETS, subnetIds: subnets(20) }],
    ["a hundred and twenty-five schedules", { schedules: manySchedules(125) }],
    ["Windows", { os: "windows-2025" }],
    ["Debian", { os: "debian-13" }],
    ["RHEL", { os: "rhel-9", userData: "#!/bin/sh\ntrue\n" }],
  ];
  for (const [what, args] of cases) {
    it(what, () => {
      assert.deepEqual(
        problemPaths(() => plan(args)),
        [],
      );
    });
  }
});

/** As many schedules, each at a minute of its own. */
function manySchedules(count: number): object {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `s${index}`,
      { cron: `${index % 60} ${Math.floor(index / 60)} * * *`, size: 1 },
    ]),
  );
}

describe("the plan of a fleet refuses", () => {
  const at = (over: object): object => ({ schedules: { night: { ...NIGHT, ...over } } });
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    ["no place at all", { network: undefined }, ["network"]],
    ["subnets of no VPC", { ...SUBNETS, vpcId: undefined }, ["vpcId"]],
    ["a VPC without subnets", { ...SUBNETS, subnetIds: undefined }, ["subnetIds"]],
    ["no subnet", { ...SUBNETS, subnetIds: [] }, ["subnetIds"]],
    ["21 subnets", { ...SUBNETS, subnetIds: subnets(21) }, ["subnetIds"]],
    ["a subnet's name", { ...SUBNETS, subnetIds: ["main"] }, ["subnetIds[0]"]],
    ["two places", { ...SUBNETS, network: NETWORK }, ["vpcId", "subnetIds"]],
    ["macOS", { os: "macos-sonoma" }, ["os"]],
    ["a Mac's type", { instanceTypes: ["mac2.metal"] }, ["instanceTypes[0]"]],
    ["no type", { instanceTypes: [] }, ["instanceTypes"]],
    [
      "41 types",
      { instanceTypes: Array.from({ length: 41 }, (_, index) => `m${index + 5}g.large`) },
      ["instanceTypes"],
    ],
    ["a type that is none", { instanceTypes: ["t4g.small", "small"] }, ["instanceTypes[1]"]],
    ["a type twice", { instanceTypes: ["t4g.small", "t4g.small"] }, ["instanceTypes[1]"]],
    ["types of two architectures", { instanceTypes: ["t4g.small", "t3.small"] }, ["instanceTypes[1]"]],
    [
      "types of another architecture",
      { architecture: "arm64", instanceTypes: ["t3.small", "t3a.small"] },
      ["instanceTypes[0]", "instanceTypes[1]"],
    ],
    ["Graviton for Windows", { os: "windows-2022", instanceTypes: ["t4g.medium"] }, ["instanceTypes[0]"]],
    ["less than no instance", { minSize: -1 }, ["minSize"]],
    ["more than anyone has", { maxSize: 10_001 }, ["maxSize"]],
    ["a part of an instance", { size: 1.5 }, ["size"]],
    ["a least above the largest", { minSize: 3, maxSize: 2 }, ["minSize"]],
    ["a largest below what is the least without one", { maxSize: 0 }, ["maxSize"]],
    ["a size below the least", { minSize: 2, size: 1 }, ["size"]],
    ["a size above the largest", { maxSize: 2, size: 3 }, ["size"]],
    ["a schedule to none with a least of one", { minSize: 1, ...at({}) }, ["schedules.night.size"]],
    ["a schedule above the largest", { maxSize: 2, ...at({ size: 3 }) }, ["schedules.night.size"]],
    ["a schedule of a part", at({ size: 0.5 }), ["schedules.night.size"]],
    ["a schedule that is none", { schedules: { night: "0 20 * * *" } }, ["schedules.night"]],
    ["a schedule without size", { schedules: { night: { cron: "0 20 * * *" } } }, ["schedules.night.size"]],
    ["a schedule whose size is text", at({ size: "0" }), ["schedules.night.size"]],
    ["a schedule in six fields", at({ cron: "0 0 20 * * ?" }), ["schedules.night.cron"]],
    ["a schedule that never comes", at({ cron: "0 0 31 2 *" }), ["schedules.night.cron"]],
    ["a schedule in no zone", at({ timeZone: "Berlin" }), ["schedules.night.timeZone"]],
    ["a schedule at an offset", at({ timeZone: "+01:00" }), ["schedules.night.timeZone"]],
    ["a schedule's name with spaces", { schedules: { "at night": NIGHT } }, ["schedules.at night"]],
    ["a schedule's name with a colon", { schedules: { "a:b": NIGHT } }, ["schedules.a:b"]],
    [
      "a schedule's name of 33 letters",
      { schedules: { [`n${"x".repeat(32)}`]: NIGHT } },
      [`schedules.n${"x".repeat(32)}`],
    ],
    [
      "two sizes at one time",
      { schedules: { night: NIGHT, again: { cron: "0  20 * * *", size: 1 } } },
      ["schedules.again.cron"],
    ],
    ["126 schedules", { schedules: manySchedules(126) }, ["schedules"]],
    ["a negative share of spot", { spotPercent: -1 }, ["spotPercent"]],
    ["more than all on spot", { spotPercent: 101 }, ["spotPercent"]],
    ["a part of a percent", { spotPercent: 0.5 }, ["spotPercent"]],
    ["an on-demand base without spot", { onDemandBase: 1 }, ["onDemandBase"]],
    ["a spot allocation without spot", { spotAllocation: "lowest-price" }, ["spotAllocation"]],
    ["rebalancing without spot", { spotPercent: 0, capacityRebalance: true }, ["capacityRebalance"]],
    [
      "an on-demand base above the largest",
      { maxSize: 2, spotPercent: 50, onDemandBase: 3 },
      ["onDemandBase"],
    ],
    ["an unknown spot allocation", { spotPercent: 50, spotAllocation: "cheapest" }, ["spotAllocation"]],
    ["a warm pool with spot", { spotPercent: 50, warmPoolMinSize: 0 }, ["warmPoolMinSize"]],
    [
      "a warm pool with several types",
      { instanceTypes: ["t4g.small", "t4g.micro"], warmPoolMinSize: 0 },
      ["warmPoolMinSize"],
    ],
    ["a warm pool above the largest", { maxSize: 2, warmPoolMinSize: 3 }, ["warmPoolMinSize"]],
    ["a negative warm pool", { warmPoolMinSize: -1 }, ["warmPoolMinSize"]],
    ["an unknown warm pool state", { warmPoolMinSize: 0, warmPoolState: "Hibernated" }, ["warmPoolState"]],
    ["a warm pool's state without one", { warmPoolState: "Stopped" }, ["warmPoolState"]],
    ["a warm pool's reuse without one", { warmPoolReuse: true }, ["warmPoolReuse"]],
    ["more than two hours of grace", { healthCheckGraceSeconds: 7201 }, ["healthCheckGraceSeconds"]],
    ["negative grace", { healthCheckGraceSeconds: -1 }, ["healthCheckGraceSeconds"]],
    ["more than two hours of warm-up", { instanceWarmupSeconds: 7201 }, ["instanceWarmupSeconds"]],
    ["a lifetime of no day", { maxInstanceLifetimeDays: 0 }, ["maxInstanceLifetimeDays"]],
    ["a lifetime of more than a year", { maxInstanceLifetimeDays: 366 }, ["maxInstanceLifetimeDays"]],
    ["more than all healthy", { minHealthyPercent: 101 }, ["minHealthyPercent"]],
    ["less than the fleet in a refresh", { maxHealthyPercent: 99 }, ["maxHealthyPercent"]],
    ["more than twice the fleet in a refresh", { maxHealthyPercent: 201 }, ["maxHealthyPercent"]],
    [
      "a refresh wider than AWS takes",
      { minHealthyPercent: 50, maxHealthyPercent: 151 },
      ["maxHealthyPercent"],
    ],
    [
      "limits of a refresh that there is not",
      { rollingRefresh: false, minHealthyPercent: 50, maxHealthyPercent: 120 },
      ["minHealthyPercent", "maxHealthyPercent"],
    ],
    ["a root device without an image of one's own", { rootDeviceName: "/dev/xvda" }, ["rootDeviceName"]],
    [
      "a root device that is none",
      { amiId: AMI, architecture: "arm64", rootDeviceName: "xvda" },
      ["rootDeviceName"],
    ],
    ["no hop", { metadataHopLimit: 0 }, ["metadataHopLimit"]],
    ["a small volume", { os: "windows-2022", rootVolumeGib: 29 }, ["rootVolumeGib"]],
    ["ten more policies", { policyArns: Array(10).fill("arn:aws:iam::aws:policy/X") }, ["policyArns"]],
    ["four more groups", { securityGroupIds: Array(4).fill("sg-0a1b2c3d") }, ["securityGroupIds"]],
    ["no access tag", { accessTags: {} }, ["accessTags"]],
    ["a tag of AWS's", { tags: { "aws:x": "y" } }, ['tags["aws:x"]']],
    ["a tag's key of 129 letters", { tags: { ["k".repeat(129)]: "" } }, [`tags["${"k".repeat(129)}"]`]],
    ["a tag's value of 257 letters", { accessTags: { K: "v".repeat(257) } }, ['accessTags["K"]']],
    ["a tag's value with other characters", { tags: { K: "a;b" } }, ['tags["K"]']],
    [
      "48 tags",
      { tags: Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`k${index}`, ""])) },
      ["tags"],
    ],
    ["a reserved prefix", { namePrefix: "amazon-x" }, ["namePrefix"]],
  ];
  for (const [what, args, expected] of cases) {
    it(what, () => {
      assert.deepEqual(
        problemPaths(() => plan(args)),
        expected,
      );
    });
  }

  it("everything that is wrong at once", () => {
    assert.throws(
      () =>
        plan({
          os: "macos-sonoma",
          instanceTypes: ["x"],
          minSize: 5,
          maxSize: 2,
          spotPercent: 200,
          warmPoolState: "Running",
          schedules: { night: { cron: "x", size: -1 } },
        }),
      (error: Error) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual((error.errors ?? []).map(({ propertyPath }) => propertyPath).toSorted(), [
          "instanceTypes[0]",
          "minSize",
          "os",
          "schedules.night.cron",
          "schedules.night.size",
          "spotPercent",
          "warmPoolState",
        ]);
        assert.match(error.message, /^BastionlessFleet `app`: 7 arguments are wrong\n/);
        return true;
      },
    );
  });

  it("a name that makes a role's too long", () => {
    assert.deepEqual(
      problemPaths(() => plan({}, "n".repeat(56))),
      ["name"],
    );
  });
});
