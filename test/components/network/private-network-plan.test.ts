import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoggingService, LoggingSource } from "../../../components/core/permissions.ts";
import type { PrivateNetworkArgs } from "../../../components/network/private-network-args.ts";
import {
  planPrivateNetwork,
  type PrivateNetworkPlan,
} from "../../../components/network/private-network-plan.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const VPC = "vpc-0a1b2c3d4e5f60718";
const SUBNETS = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712", "subnet-0a1b2c3d4e5f60713"];
const TABLES = ["rtb-0a1b2c3d4e5f60711"];
const EXISTING: PrivateNetworkArgs = { vpcId: VPC, subnetIds: SUBNETS.slice(0, 2), routeTableIds: TABLES };
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

function plan(args: PrivateNetworkArgs = {}, name = "network"): PrivateNetworkPlan {
  return planPrivateNetwork(name, args, DEPLOYMENT);
}

function loggingThrough(...services: LoggingService[]): LoggingSource {
  const none = pulumi.output([]);
  const grant = { statements: none, keyStatements: none, hasStatements: false, hasKeyStatements: false };
  return {
    permissions: {
      instances: grant,
      people: grant,
      auditors: grant,
      endpoints: { services, s3Statements: none },
    },
  };
}

describe("the plan of a network", () => {
  it("without arguments is two zones of isolated subnets with an ssm and an ssmmessages endpoint in each", () => {
    assert.deepEqual(plan(), {
      tags: { Project: "shop", Environment: "dev" },
      zones: 2,
      vpc: {
        kind: "created",
        cidrBlock: "10.0.0.0/16",
        zoneMask: 18,
        zoneNames: undefined,
        subnets: [{ type: "Isolated", cidrMask: 18 }],
        natGateways: "None",
      },
      instancesGroupName: "shop-dev-network-instances",
      interfaceEndpoints: {
        services: ["ssm", "ssmmessages"],
        zones: 2,
        groupName: "shop-dev-network-endpoints",
      },
      s3Endpoint: { name: "shop-dev-network-s3", readableBuckets: [] },
      httpsEgress: "s3",
      flowLogs: undefined,
    } satisfies PrivateNetworkPlan);
  });

  for (const [egress, natGateways] of [
    ["nat", "Single"],
    ["nat-per-zone", "OnePerAz"],
  ] as const) {
    it(`with egress ${egress} is private subnets, the smallest public ones, and no interface endpoints`, () => {
      const planned = plan({ egress });
      assert.deepEqual(planned.vpc, {
        kind: "created",
        cidrBlock: "10.0.0.0/16",
        zoneMask: 18,
        zoneNames: undefined,
        subnets: [
          { type: "Private", cidrMask: 19 },
          { type: "Public", cidrMask: 28 },
        ],
        natGateways,
      });
      assert.equal(planned.interfaceEndpoints, undefined);
      assert.equal(planned.httpsEgress, "anywhere");
      assert.deepEqual(planned.s3Endpoint, { name: "shop-dev-network-s3", readableBuckets: [] });
    });
  }

  it("keeps the size of a zone's part while zones are added", () => {
    const masks = [1, 2, 3].map((zones) => {
      const { vpc } = plan({ zones });
      return vpc.kind === "created" ? vpc.zoneMask : undefined;
    });
    assert.deepEqual(masks, [18, 18, 18]);
  });

  it("fits private and public subnets into the smallest block", () => {
    const { vpc } = plan({ cidrBlock: "10.0.0.0/24", egress: "nat" });
    assert.ok(vpc.kind === "created");
    assert.deepEqual(vpc.subnets, [
      { type: "Private", cidrMask: 27 },
      { type: "Public", cidrMask: 28 },
    ]);
    const used = vpc.subnets.reduce((sum, { cidrMask }) => sum + 2 ** (32 - cidrMask), 0);
    assert.ok(used <= 2 ** (32 - vpc.zoneMask));
  });

  it("adds the endpoints that logging uses", () => {
    assert.deepEqual(plan({ logging: loggingThrough("kms", "logs") }).interfaceEndpoints?.services, [
      "ssm",
      "ssmmessages",
      "kms",
      "logs",
    ]);
  });

  it("adds ec2messages and others on demand, and none of them twice", () => {
    const planned = plan({
      logging: loggingThrough("kms"),
      ec2Messages: true,
      additionalEndpoints: ["kms", "secretsmanager"],
    });
    assert.deepEqual(planned.interfaceEndpoints?.services, [
      "ssm",
      "ssmmessages",
      "kms",
      "ec2messages",
      "secretsmanager",
    ]);
  });

  it("puts endpoints into fewer zones on demand", () => {
    assert.equal(plan({ zones: 3, endpointZones: 1 }).interfaceEndpoints?.zones, 1);
  });

  it("takes zones by name", () => {
    const planned = plan({ availabilityZones: ["eu-west-1c", "eu-west-1a", "eu-west-1b"] });
    assert.equal(planned.zones, 3);
    assert.ok(planned.vpc.kind === "created");
    assert.deepEqual(planned.vpc.zoneNames, ["eu-west-1c", "eu-west-1a", "eu-west-1b"]);
  });

  it("takes an existing VPC, and counts its subnets as zones", () => {
    const planned = plan(EXISTING);
    assert.deepEqual(planned.vpc, {
      kind: "existing",
      vpcId: VPC,
      subnetIds: SUBNETS.slice(0, 2),
      routeTableIds: TABLES,
    });
    assert.equal(planned.zones, 2);
    assert.equal(planned.interfaceEndpoints?.zones, 2);
    assert.equal(planned.httpsEgress, "s3");
  });

  it("leaves out the S3 endpoint that an existing VPC has already", () => {
    const planned = plan({ vpcId: VPC, subnetIds: SUBNETS, s3Endpoint: false });
    assert.equal(planned.s3Endpoint, undefined);
    assert.equal(planned.httpsEgress, "s3");
  });

  it("names everything after the prefix", () => {
    const planned = plan({ namePrefix: "acme-x", flowLogs: {} }, "net");
    assert.equal(planned.instancesGroupName, "acme-x-net-instances");
    assert.equal(planned.interfaceEndpoints?.groupName, "acme-x-net-endpoints");
    assert.deepEqual(planned.flowLogs, {
      trafficType: "ALL",
      retentionDays: 90,
      aggregationSeconds: 600,
      kmsKeyArn: undefined,
      logGroupName: "/vpc/acme-x-net-flow-logs",
      roleName: "acme-x-net-flow-logs",
      aliasName: "alias/acme-x-net-flow-logs",
    });
  });

  it("passes flow logs' arguments on", () => {
    const flowLogs = plan({
      flowLogs: { trafficType: "REJECT", retentionDays: 3653, aggregationSeconds: 60, kmsKeyArn: KEY },
    }).flowLogs;
    assert.equal(flowLogs?.trafficType, "REJECT");
    assert.equal(flowLogs.retentionDays, 3653);
    assert.equal(flowLogs.aggregationSeconds, 60);
    assert.equal(flowLogs.kmsKeyArn, KEY);
  });
});

describe("the plan of a network accepts", () => {
  for (const [what, args] of [
    ["one zone", { zones: 1 }],
    ["three zones", { zones: 3 }],
    ["the largest block", { cidrBlock: "10.0.0.0/16" }],
    ["the smallest block", { cidrBlock: "192.168.7.0/24" }],
    ["one endpoint zone", { zones: 3, endpointZones: 1 }],
    ["as many endpoint zones as zones", { zones: 3, endpointZones: 3 }],
    ["no S3 endpoint with NAT", { egress: "nat", s3Endpoint: false }],
    ["one subnet", { ...EXISTING, subnetIds: SUBNETS.slice(0, 1) }],
    ["three subnets", { ...EXISTING, subnetIds: SUBNETS }],
    ["egress endpoints with an existing VPC", { ...EXISTING, egress: "endpoints" }],
    ["an id of the old, short form", { ...EXISTING, vpcId: "vpc-0a1b2c3d" }],
    ["a zone of a Region with a long name", { availabilityZones: ["us-gov-west-1a"] }],
    ["a readable bucket", { readableBuckets: ["shop-artifacts"] }],
    ["a service with a dot", { additionalEndpoints: ["ecr.api"] }],
    ["flow logs of one day", { flowLogs: { retentionDays: 1 } }],
  ] as [string, PrivateNetworkArgs][]) {
    it(what, () => {
      assert.deepEqual(
        problemPaths(() => plan(args)),
        [],
      );
    });
  }
});

describe("the plan of a network refuses", () => {
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    ["no zone", { zones: 0 }, ["zones"]],
    ["four zones", { zones: 4 }, ["zones"]],
    ["half a zone", { zones: 1.5 }, ["zones"]],
    ["an unknown egress", { egress: "internet" }, ["egress"]],
    ["a block larger than AWS makes", { cidrBlock: "10.0.0.0/15" }, ["cidrBlock"]],
    ["a block too small to share", { cidrBlock: "10.0.0.0/25" }, ["cidrBlock"]],
    ["a public block", { cidrBlock: "54.0.0.0/16" }, ["cidrBlock"]],
    ["no endpoint zone", { endpointZones: 0 }, ["endpointZones"]],
    ["more endpoint zones than zones", { zones: 2, endpointZones: 3 }, ["endpointZones"]],
    ["endpoint zones with NAT", { egress: "nat", endpointZones: 1 }, ["endpointZones"]],
    ["ec2messages with NAT", { egress: "nat", ec2Messages: true }, ["ec2Messages"]],
    ["endpoints with NAT", { egress: "nat-per-zone", additionalEndpoints: ["sts"] }, ["additionalEndpoints"]],
    [
      "a service's whole name",
      { additionalEndpoints: ["com.amazonaws.eu-west-1.SSM"] },
      ["additionalEndpoints[0]"],
    ],
    ["ssm once more", { additionalEndpoints: ["sts", "ssm"] }, ["additionalEndpoints[1]"]],
    ["s3 as an interface", { additionalEndpoints: ["s3"] }, ["additionalEndpoints[0]"]],
    ["zones in two ways", { zones: 1, availabilityZones: ["eu-west-1a"] }, ["zones"]],
    ["no named zone", { availabilityZones: [] }, ["availabilityZones"]],
    [
      "four named zones",
      { availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d"] },
      ["availabilityZones"],
    ],
    ["a zone twice", { availabilityZones: ["eu-west-1a", "eu-west-1a"] }, ["availabilityZones[1]"]],
    ["a Region for a zone", { availabilityZones: ["eu-west-1"] }, ["availabilityZones[0]"]],
    ["a bucket's ARN for its name", { readableBuckets: ["arn:aws:s3:::x"] }, ["readableBuckets[0]"]],
    ["no way to S3 at all", { s3Endpoint: false }, ["s3Endpoint"]],
    [
      "readable buckets without an S3 endpoint",
      { egress: "nat", s3Endpoint: false, readableBuckets: ["shop"] },
      ["readableBuckets"],
    ],
    ["subnets of no VPC", { subnetIds: SUBNETS, routeTableIds: TABLES }, ["subnetIds", "routeTableIds"]],
    ["a VPC without subnets", { vpcId: VPC, routeTableIds: TABLES }, ["subnetIds"]],
    ["a VPC with no subnet", { ...EXISTING, subnetIds: [] }, ["subnetIds"]],
    ["four subnets", { ...EXISTING, subnetIds: [...SUBNETS, "subnet-0a1b2c3d"] }, ["subnetIds"]],
    ["a subnet twice", { ...EXISTING, subnetIds: [SUBNETS[0], SUBNETS[0]] }, ["subnetIds[1]"]],
    ["a VPC without route tables", { vpcId: VPC, subnetIds: SUBNETS }, ["routeTableIds"]],
    ["no route table", { ...EXISTING, routeTableIds: [] }, ["routeTableIds"]],
    ["route tables for no endpoint", { ...EXISTING, s3Endpoint: false }, ["routeTableIds"]],
    ["NAT for an existing VPC", { ...EXISTING, egress: "nat" }, ["egress"]],
    ["zones for an existing VPC", { ...EXISTING, zones: 2 }, ["zones"]],
    ["a block for an existing VPC", { ...EXISTING, cidrBlock: "10.0.0.0/16" }, ["cidrBlock"]],
    [
      "zone names for an existing VPC",
      { ...EXISTING, availabilityZones: ["eu-west-1a"] },
      ["availabilityZones"],
    ],
    ["a name for the VPC's id", { ...EXISTING, vpcId: "main" }, ["vpcId"]],
    ["an id of no length that AWS makes", { ...EXISTING, vpcId: "vpc-0a1b2c3d4" }, ["vpcId"]],
    ["a group's id for a subnet's", { ...EXISTING, subnetIds: ["sg-0a1b2c3d"] }, ["subnetIds[0]"]],
    [
      "a subnet's id for a route table's",
      { ...EXISTING, routeTableIds: ["subnet-0a1b2c3d"] },
      ["routeTableIds[0]"],
    ],
    ["a retention CloudWatch has not", { flowLogs: { retentionDays: 91 } }, ["flowLogs.retentionDays"]],
    ["an unknown traffic type", { flowLogs: { trafficType: "SOME" } }, ["flowLogs.trafficType"]],
    ["another aggregation", { flowLogs: { aggregationSeconds: 120 } }, ["flowLogs.aggregationSeconds"]],
    ["a key's id for its ARN", { flowLogs: { kmsKeyArn: "1234abcd" } }, ["flowLogs.kmsKeyArn"]],
    ["a prefix with upper case", { namePrefix: "Shop" }, ["namePrefix"]],
    ["a reserved tag", { tags: { "aws:x": "1" } }, ['tags["aws:x"]']],
  ];
  for (const [what, args, expected] of cases) {
    it(what, () => {
      assert.deepEqual(
        problemPaths(() => plan(args)),
        expected,
      );
    });
  }

  it("everything that is wrong at once, with component, value and what to do", () => {
    const bad = { zones: 0, cidrBlock: "10.0.0.0/8", endpointZones: 5, s3Endpoint: false, tags: { "": "x" } };
    assert.throws(
      () => plan(bad),
      (error: Error) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(
          error.errors.map(({ propertyPath }) => propertyPath),
          ['tags[""]', "zones", "cidrBlock", "endpointZones", "s3Endpoint"],
        );
        assert.match(error.message, /^PrivateNetwork `network`: 5 arguments are wrong\n/);
        assert.match(error.message, /- zones: `0`, expected a whole number of zones from 1 to 3; /);
        return true;
      },
    );
  });

  it("a name that makes a role's too long", () => {
    assert.deepEqual(
      problemPaths(() => plan({ flowLogs: {} }, "n".repeat(46))),
      ["name"],
    );
    assert.deepEqual(
      problemPaths(() => plan({ flowLogs: {} }, "n".repeat(45))),
      [],
    );
  });
});
