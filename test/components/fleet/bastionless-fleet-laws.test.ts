import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { BastionlessFleetArgs } from "../../../components/fleet/bastionless-fleet-args.ts";
import {
  type BastionlessFleetPlan,
  planBastionlessFleet,
} from "../../../components/fleet/bastionless-fleet-plan.ts";
import { parseInstanceType } from "../../../components/instance/instance-type.ts";
import { argumentsOf } from "../support/arbitrary-arguments.ts";

const NETWORK = {
  vpcId: "vpc-0a1b2c3d",
  subnetIds: ["subnet-0a1b2c31"],
  zones: 1,
  instancesSecurityGroupId: "sg-0a1b2c3d",
};

const args: fc.Arbitrary<BastionlessFleetArgs> = argumentsOf({
  os: ["amazon-linux-2023", "debian-12", "windows-2022", "rhel-9"],
  instanceTypes: [["t4g.small"], ["m7g.large", "m6g.large"], ["m7i.large"]],
  minSize: [0, 1, 2],
  maxSize: [0, 2, 5],
  size: [0, 1, 3],
  schedules: [
    {},
    { night: { cron: "0 20 * * *", size: 0 } },
    { night: { cron: "0 20 * * *", size: 0 }, day: { cron: "0 7 * * *", size: 4 } },
  ],
  spotPercent: [0, 50, 100],
  onDemandBase: [0, 1, 4],
  capacityRebalance: [true, false],
  warmPoolMinSize: [0, 1, 3],
  warmPoolReuse: [true, false],
  minHealthyPercent: [0, 50, 100],
  maxHealthyPercent: [100, 150, 200],
  rollingRefresh: [true, false],
}).map((given) => ({ network: NETWORK, ...given }));

function planned(given: BastionlessFleetArgs): BastionlessFleetPlan | undefined {
  try {
    return planBastionlessFleet("app", given, { project: "shop", stack: "dev" });
  } catch (error) {
    assert.ok(
      pulumi.InputPropertiesError.isInstance(error),
      error instanceof Error ? error.stack : String(error),
    );
    assert.ok((error.errors ?? []).length > 0);
    return undefined;
  }
}

describe("every plan of a fleet", () => {
  let plans = 0;
  let scheduled = 0;

  it("is one that Auto Scaling takes, or says what is wrong with the arguments", () => {
    fc.assert(
      fc.property(args, (given) => {
        const plan = planned(given);
        if (plan === undefined) {
          return;
        }
        plans += 1;
        const { minSize, maxSize, size, schedules } = plan.sizes;
        assert.ok(0 <= minSize && minSize <= maxSize);
        for (const one of [size ?? minSize, ...schedules.map((schedule) => schedule.size)]) {
          assert.ok(minSize <= one && one <= maxSize, `${one} in ${minSize} to ${maxSize}`);
        }
        scheduled += schedules.length;
        assert.equal(given.minSize ?? minSize, minSize, "what was given is taken");
        assert.equal(given.maxSize ?? maxSize, maxSize, "what was given is taken");
        assert.ok((plan.spot?.onDemandBase ?? 0) <= maxSize);
        if (plan.warmPool !== undefined) {
          assert.equal(plan.spot, undefined);
          assert.equal(plan.instanceTypes.length, 1);
          assert.ok(plan.warmPool.minSize <= maxSize);
        }
        if (plan.refresh !== undefined) {
          const { minHealthyPercent: least, maxHealthyPercent: most } = plan.refresh;
          assert.ok(least >= 0 && least <= 100 && most >= 100 && most <= 200 && most - least <= 100);
        }
        for (const type of plan.instanceTypes) {
          assert.equal(parseInstanceType(type)?.architecture, plan.architecture);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("was reached often enough to mean something", () => {
    assert.ok(plans > 200 && scheduled > 50, `${plans} plans with ${scheduled} schedules`);
  });
});
