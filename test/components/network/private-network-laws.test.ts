import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import {
  planPrivateNetwork,
  type PrivateNetworkPlan,
} from "../../../components/network/private-network-plan.ts";
import { argumentsOf } from "../support/arbitrary-arguments.ts";

const SUBNETS = ["subnet-0a1b2c31", "subnet-0a1b2c32", "subnet-0a1b2c33"];

/** Arguments of the right types, of which some are right. */
const args = argumentsOf({
  egress: ["endpoints", "nat", "nat-per-zone"],
  zones: [1, 2, 3],
  availabilityZones: [["eu-west-1a"], ["eu-west-1a", "eu-west-1b"]],
  cidrBlock: ["10.0.0.0/16", "10.0.0.0/24", "192.168.0.0/20"],
  vpcId: ["vpc-0a1b2c3d"],
  subnetIds: [SUBNETS, SUBNETS.slice(1)],
  routeTableIds: [["rtb-0a1b2c3d"]],
  endpointZones: [1, 2, 3],
  ec2Messages: [true, false],
  additionalEndpoints: [[], ["sts"], ["sts", "sts", "ecr.api"]],
  s3Endpoint: [true, false],
  readableBuckets: [[], ["shop-artifacts"]],
  flowLogs: [{}, { retentionDays: 30 }],
  namePrefix: ["shop"],
  tags: [{}, { Owner: "ops" }],
});

function planned(given: object): PrivateNetworkPlan | undefined {
  try {
    return planPrivateNetwork("network", given, { project: "shop", stack: "dev" });
  } catch (error) {
    assert.ok(
      pulumi.InputPropertiesError.isInstance(error),
      error instanceof Error ? error.stack : String(error),
    );
    assert.ok(error.errors.length > 0);
    return undefined;
  }
}

describe("every plan of a network", () => {
  let plans = 0;

  it("obeys its laws, or says what is wrong with the arguments", () => {
    fc.assert(
      fc.property(args, (given) => {
        const plan = planned(given);
        if (plan === undefined) {
          return;
        }
        plans += 1;
        const { interfaceEndpoints, vpc } = plan;
        assert.ok(plan.zones >= 1 && plan.zones <= 3);
        if (vpc.kind === "created") {
          const used = vpc.subnets.reduce((sum, { cidrMask }) => sum + 2 ** (32 - cidrMask), 0);
          assert.ok(used <= 2 ** (32 - vpc.zoneMask), "subnets fit into their zone");
          assert.ok(
            vpc.subnets.every(({ cidrMask }) => cidrMask <= 28),
            "AWS makes none smaller",
          );
          assert.equal(
            vpc.natGateways === "None",
            interfaceEndpoints !== undefined,
            "one way out, and not two",
          );
          assert.equal(vpc.natGateways === "None", plan.httpsEgress === "s3");
        }
        if (interfaceEndpoints !== undefined) {
          const { services, zones } = interfaceEndpoints;
          assert.deepEqual(services.slice(0, 2), ["ssm", "ssmmessages"]);
          assert.equal(new Set(services).size, services.length);
          assert.ok(zones >= 1 && zones <= plan.zones);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("was reached often enough to mean something", () => {
    assert.ok(plans > 100, `${plans} plans`);
  });
});
