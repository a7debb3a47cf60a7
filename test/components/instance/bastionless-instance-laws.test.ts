import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { BastionlessInstanceArgs } from "../../../components/instance/bastionless-instance-args.ts";
import {
  type BastionlessInstancePlan,
  planBastionlessInstance,
} from "../../../components/instance/bastionless-instance-plan.ts";
import { parseInstanceType } from "../../../components/instance/instance-type.ts";
import { OPERATING_SYSTEMS } from "../../../components/instance/machine-image.ts";
import { argumentsOf } from "../support/arbitrary-arguments.ts";

const NETWORK = {
  vpcId: "vpc-0a1b2c3d",
  subnetIds: ["subnet-0a1b2c31", "subnet-0a1b2c32"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d",
};
const SYSTEMS = Object.keys(OPERATING_SYSTEMS);

const args: fc.Arbitrary<BastionlessInstanceArgs> = argumentsOf({
  network: [NETWORK],
  zone: [1, 2],
  vpcId: ["vpc-0a1b2c3d"],
  subnetId: ["subnet-0a1b2c31"],
  os: SYSTEMS,
  architecture: ["arm64", "x86_64"],
  instanceType: ["t4g.small", "t3.small", "m7i.large", "c7gn.xlarge", "g5.xlarge", "mac2.metal"],
  amiId: ["ami-0a1b2c3d"],
  followLatestImage: [true, false],
  rootVolumeGib: [8, 30, 100],
  metadataHopLimit: [1, 2, 64],
  egress: [
    {},
    { web: { port: 80, cidrIpv4: "0.0.0.0/0" } },
    { database: { port: 5432, toPort: 5433, securityGroupId: "sg-0a1b2c3d" } },
  ],
  accessTags: [{ Access: "ops" }],
  tags: [{ Owner: "ops" }],
  userData: ["#!/bin/sh"],
  installAgent: [true, false],
  hostId: ["h-0a1b2c3d"],
  hostAvailabilityZone: ["eu-west-1a"],
  securityGroupIds: [["sg-0a1b2c3d"]],
  policyArns: [["arn:aws:iam::aws:policy/ReadOnlyAccess"]],
});

function planned(given: BastionlessInstanceArgs): BastionlessInstancePlan | undefined {
  try {
    return planBastionlessInstance("app", given, { project: "shop", stack: "dev" });
  } catch (error) {
    assert.ok(
      pulumi.InputPropertiesError.isInstance(error),
      error instanceof Error ? error.stack : String(error),
    );
    assert.ok(error.errors.length > 0);
    return undefined;
  }
}

describe("every plan of an instance", () => {
  let plans = 0;

  it("obeys its laws, or says what is wrong with the arguments", () => {
    fc.assert(
      fc.property(args, (given) => {
        const plan = planned(given);
        if (plan === undefined) {
          return;
        }
        plans += 1;
        const facts = OPERATING_SYSTEMS[given.os ?? "amazon-linux-2023"];
        assert.equal(parseInstanceType(plan.instanceType)?.architecture, plan.architecture);
        assert.ok(facts.architectures.includes(plan.architecture));
        assert.ok(plan.rootVolumeGib >= facts.minimumRootVolumeGib);
        assert.equal(plan.image.kind === "ami", given.amiId !== undefined);
        if (plan.image.kind === "latest") {
          assert.deepEqual(facts.image(plan.architecture), {
            kind: "parameter",
            name: plan.image.parameter,
          });
        }
        assert.equal(plan.host !== undefined, facts.platform === "macos");
        assert.equal(parseInstanceType(plan.instanceType)?.family === "mac", facts.platform === "macos");
        assert.equal(plan.agent === undefined, !(given.installAgent ?? !facts.hasAgent));
        assert.equal(plan.placement.kind === "network", given.network !== undefined);
        for (const { fromPort, toPort } of plan.egress) {
          assert.ok(fromPort >= 1 && fromPort <= toPort && toPort <= 65_535);
        }
        for (const [key, value] of Object.entries(plan.accessTags)) {
          assert.equal(plan.tags[key], value, "the instance carries what access is conditioned on");
        }
        assert.ok(Object.keys(plan.accessTags).length > 0);
      }),
      { numRuns: 9000 },
    );
  });

  it("was reached often enough to mean something", () => {
    assert.ok(plans > 100, `${plans} plans`);
  });
});
