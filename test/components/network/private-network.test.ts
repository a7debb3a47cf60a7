import assert from "node:assert/strict";
import { PrivateNetwork, type PrivateNetworkArgs, SessionLogging } from "@bastionless/components";
import * as pulumi from "@pulumi/pulumi";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { ACCOUNT, listAt, mapAt, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";

const TAGS = { Project: "shop", Environment: "dev" };
const VPC = "vpc-0a1b2c3d4e5f60718";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const EXISTING = {
  vpcId: VPC,
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  routeTableIds: ["rtb-0a1b2c3d4e5f60711"],
} as const satisfies PrivateNetworkArgs;

function network(
  args: PrivateNetworkArgs = {},
  region = "eu-west-1",
): Promise<MockedProgram<PrivateNetwork>> {
  return runMocked(() => new PrivateNetwork("network", args), { region });
}

function names(program: MockedProgram<unknown>, type: string): string[] {
  return program.mocks.ofType(type).map(({ name }) => name);
}

/** The inputs that a rule decides by; not what the provider adds. */
function rule(program: MockedProgram<unknown>, type: string, name: string): WireMap {
  const { region, tags, tagsAll, description, ...rest } = program.inputs(type, name);
  assert.deepEqual([region, tags, tagsAll], ["eu-west-1", TAGS, TAGS]);
  assert.equal(typeof description, "string");
  return rest;
}

const idOf = (program: MockedProgram<unknown>, type: string, name: string): string =>
  program.mocks.named(type, name).id;

describe("a network with endpoints", () => {
  let made: MockedProgram<PrivateNetwork>;
  before(async () => {
    made = await network({ zones: 3, endpointZones: 2 });
  });

  it("asks awsx for isolated subnets, with DNS in the VPC", () => {
    assert.deepEqual(made.inputs("awsx:ec2:Vpc", "network"), {
      availabilityZoneCidrMask: 18,
      cidrBlock: "10.0.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      natGateways: { strategy: "None" },
      numberOfAvailabilityZones: 3,
      subnetSpecs: [{ type: "Isolated", cidrMask: 18 }],
      subnetStrategy: "Auto",
      tags: TAGS,
    });
  });

  it("empties the VPC's default security group", () => {
    const inputs = made.inputs("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "network-default");
    assert.equal(inputs["vpcId"], VPC);
    assert.deepEqual([inputs["ingress"], inputs["egress"]], [[], []]);
  });

  it("gives its groups fixed names and no rule of their own", () => {
    for (const [name, physical] of [
      ["network-instances", "shop-dev-network-instances"],
      ["network-endpoints", "shop-dev-network-endpoints"],
    ] as const) {
      const inputs = made.inputs(GROUP, name);
      assert.equal(inputs["name"], physical);
      assert.equal(inputs["vpcId"], VPC);
      assert.deepEqual(inputs["tags"], { ...TAGS, Name: physical });
      assert.equal(inputs["ingress"], undefined);
      assert.equal(inputs["egress"], undefined);
    }
  });

  it("admits HTTPS from the instances' group to the endpoints, and nothing else anywhere", () => {
    assert.deepEqual(names(made, INGRESS), ["network-endpoints-from-instances"]);
    assert.deepEqual(rule(made, INGRESS, "network-endpoints-from-instances"), {
      securityGroupId: idOf(made, GROUP, "network-endpoints"),
      referencedSecurityGroupId: idOf(made, GROUP, "network-instances"),
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
  });

  it("lets instances out to the endpoints and to S3 over HTTPS, and nowhere else", () => {
    assert.deepEqual(names(made, EGRESS).toSorted(), [
      "network-instances-to-endpoints",
      "network-instances-to-s3",
    ]);
    const from = { securityGroupId: idOf(made, GROUP, "network-instances") };
    const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    assert.deepEqual(rule(made, EGRESS, "network-instances-to-endpoints"), {
      ...from,
      ...https,
      referencedSecurityGroupId: idOf(made, GROUP, "network-endpoints"),
    });
    assert.deepEqual(rule(made, EGRESS, "network-instances-to-s3"), {
      ...from,
      ...https,
      prefixListId: made.mocks.named(ENDPOINT, "network-s3").outputs["prefixListId"],
    });
  });

  it("builds ssm and ssmmessages with private names, in the first of the zones", async () => {
    assert.deepEqual(names(made, ENDPOINT).toSorted(), ["network-s3", "network-ssm", "network-ssmmessages"]);
    const subnetIds = await valueOf(made.result.subnetIds);
    assert.equal(subnetIds.length, 3);
    for (const service of ["ssm", "ssmmessages"]) {
      const inputs = made.inputs(ENDPOINT, `network-${service}`);
      assert.equal(inputs["serviceName"], `com.amazonaws.eu-west-1.${service}`);
      assert.equal(inputs["vpcEndpointType"], "Interface");
      assert.equal(inputs["privateDnsEnabled"], true);
      assert.deepEqual(inputs["subnetIds"], subnetIds.slice(0, 2));
      assert.deepEqual(inputs["securityGroupIds"], [idOf(made, GROUP, "network-endpoints")]);
      assert.equal(inputs["vpcId"], VPC);
    }
  });

  it("builds the S3 gateway endpoint on every route table", async () => {
    const inputs = made.inputs(ENDPOINT, "network-s3");
    assert.equal(inputs["serviceName"], "com.amazonaws.eu-west-1.s3");
    assert.equal(inputs["vpcEndpointType"], "Gateway");
    assert.deepEqual(inputs["routeTableIds"], await valueOf(made.result.routeTableIds));
    assert.equal(listAt(inputs, "routeTableIds").length, 3);
    assert.deepEqual(
      made.document(ENDPOINT, "network-s3").Statement.map(({ Sid }) => Sid),
      ["ReadAgentBuckets", "ReadPackageRepositories"],
    );
  });

  it("tells its ids", async () => {
    const { result } = made;
    assert.equal(await valueOf(result.vpcId), VPC);
    assert.equal(result.zones, 3);
    assert.equal(await valueOf(result.instancesSecurityGroupId), idOf(made, GROUP, "network-instances"));
    assert.ok(result.endpointsSecurityGroupId !== undefined);
    assert.equal(await valueOf(result.endpointsSecurityGroupId), idOf(made, GROUP, "network-endpoints"));
    assert.deepEqual(Object.keys(result.interfaceEndpointIds), ["ssm", "ssmmessages"]);
    assert.equal(result.flowLogGroupName, undefined);
  });

  it("tags everything that takes tags", () => {
    for (const resource of made.mocks.resources) {
      if (!resource.type.startsWith("bastionless:")) {
        const tags = mapAt(resource.inputs, "tags");
        assert.equal(tags["Project"], "shop", resource.name);
        assert.equal(tags["Environment"], "dev", resource.name);
      }
    }
  });
});

describe("a network with NAT", () => {
  it("has private subnets for instances, HTTPS to anywhere, and S3 through its endpoint", async () => {
    const made = await network({ egress: "nat", zones: 2 });
    const vpc = made.inputs("awsx:ec2:Vpc", "network");
    assert.deepEqual(vpc["natGateways"], { strategy: "Single" });
    assert.deepEqual(vpc["subnetSpecs"], [
      { type: "Private", cidrMask: 19 },
      { type: "Public", cidrMask: 28 },
    ]);
    assert.deepEqual(names(made, ENDPOINT), ["network-s3"]);
    assert.deepEqual(names(made, GROUP), ["network-instances"]);
    assert.deepEqual(names(made, INGRESS), []);
    assert.deepEqual(names(made, EGRESS), ["network-instances-to-https"]);
    assert.equal(rule(made, EGRESS, "network-instances-to-https")["cidrIpv4"], "0.0.0.0/0");
    assert.equal(made.result.endpointsSecurityGroupId, undefined);
    assert.equal((await valueOf(made.result.subnetIds)).length, 2);
    assert.equal((await valueOf(made.result.routeTableIds)).length, 4);
  });

  it("has a gateway in each zone on demand", async () => {
    const made = await network({ egress: "nat-per-zone" });
    assert.deepEqual(made.inputs("awsx:ec2:Vpc", "network")["natGateways"], { strategy: "OnePerAz" });
  });
});

describe("a network in an existing VPC", () => {
  it("adds endpoints and touches nothing that was there", async () => {
    const made = await network({ ...EXISTING, endpointZones: 1 });
    assert.deepEqual(names(made, "awsx:ec2:Vpc"), []);
    assert.deepEqual(names(made, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"), []);
    assert.deepEqual(made.inputs(ENDPOINT, "network-ssm")["subnetIds"], EXISTING.subnetIds.slice(0, 1));
    assert.deepEqual(made.inputs(ENDPOINT, "network-s3")["routeTableIds"], EXISTING.routeTableIds);
    assert.equal(made.inputs(GROUP, "network-instances")["vpcId"], VPC);
    assert.deepEqual(await valueOf(made.result.subnetIds), EXISTING.subnetIds);
  });

  it("finds the way to S3 where the VPC has an endpoint of its own", async () => {
    const { routeTableIds: _, ...vpc } = EXISTING;
    const made = await network({ ...vpc, s3Endpoint: false });
    assert.ok(!names(made, ENDPOINT).includes("network-s3"));
    assert.equal(made.result.s3EndpointId, undefined);
    assert.deepEqual(
      made.mocks.lookups.filter(({ token }) => token.includes("PrefixList")).map(({ args }) => args),
      [{ name: "com.amazonaws.eu-west-1.s3" }],
    );
    assert.equal(rule(made, EGRESS, "network-instances-to-s3")["prefixListId"], "pl-6da54004");
  });

  it("takes ids that become known only later", async () => {
    const made = await network({ ...EXISTING, vpcId: pulumi.output(VPC) });
    assert.equal(made.inputs(GROUP, "network-instances")["vpcId"], VPC);
  });
});

describe("a network with logging", () => {
  it("has the endpoints that logging uses, and lets the log bucket be written through S3's", async () => {
    const made = await runMocked(
      () => new PrivateNetwork("network", { logging: new SessionLogging("logging") }),
    );
    assert.deepEqual(names(made, ENDPOINT).toSorted(), [
      "network-kms",
      "network-logs",
      "network-s3",
      "network-ssm",
      "network-ssmmessages",
    ]);
    const statements = made.document(ENDPOINT, "network-s3").Statement;
    const bucket = `arn:aws:s3:::shop-dev-logs-${ACCOUNT}-eu-west-1`;
    const writing = statements.filter(({ Action }) => JSON.stringify(Action).includes("s3:PutObject"));
    assert.equal(writing.length, 1);
    assert.ok(JSON.stringify(writing).includes(bucket));
    for (const { Resource } of statements) {
      assert.ok(!JSON.stringify(Resource).includes('"*"'), "a statement on every bucket");
    }
  });
});

describe("a network's flow logs", () => {
  const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

  it("go to a log group that a key of their own encrypts", async () => {
    const made = await network({ flowLogs: { retentionDays: 30 } });
    const group = made.inputs(LOG_GROUP, "network-flow-logs");
    assert.equal(group["name"], "/vpc/shop-dev-network-flow-logs");
    assert.equal(group["retentionInDays"], 30);
    const key = made.mocks.named("aws:kms/key:Key", "network-flow-logs");
    assert.equal(group["kmsKeyId"], key.outputs["arn"]);
    assert.equal(key.inputs["enableKeyRotation"], true);
    const log = made.inputs("aws:ec2/flowLog:FlowLog", "network-flow-logs");
    assert.equal(log["vpcId"], VPC);
    assert.equal(log["trafficType"], "ALL");
    assert.equal(log["logDestinationType"], "cloud-watch-logs");
    assert.equal(log["logDestination"], made.mocks.named(LOG_GROUP, "network-flow-logs").outputs["arn"]);
    assert.equal(
      log["iamRoleArn"],
      made.mocks.named("aws:iam/role:Role", "network-flow-logs").outputs["arn"],
    );
    assert.equal(log["maxAggregationInterval"], 600);
    assert.ok(made.result.flowLogGroupName !== undefined);
    assert.equal(await valueOf(made.result.flowLogGroupName), "/vpc/shop-dev-network-flow-logs");
  });

  it("are written by a role that flow logs of this account and Region alone may take", async () => {
    const made = await network({ flowLogs: {} });
    assert.deepEqual(made.document("aws:iam/role:Role", "network-flow-logs", "assumeRolePolicy").Statement, [
      {
        Sid: "FlowLogsOfThisAccount",
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": ACCOUNT },
          ArnLike: { "aws:SourceArn": `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc-flow-log/*` },
        },
      },
    ]);
    const delivery = made.document("aws:iam/rolePolicy:RolePolicy", "network-flow-logs").Statement;
    assert.deepEqual(
      delivery.find(({ Sid }) => Sid === "WriteFlowLogs")?.["Resource"],
      `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/vpc/shop-dev-network-flow-logs:*`,
    );
  });

  it("use a key whose policy admits CloudWatch Logs for that group only", async () => {
    const made = await network({ flowLogs: {} });
    const statements = made.document("aws:kms/key:Key", "network-flow-logs").Statement;
    const service = statements.find(({ Sid }) => Sid === "FlowLogGroupUsesKey");
    assert.deepEqual(service?.["Principal"], { Service: "logs.eu-west-1.amazonaws.com" });
    assert.deepEqual(service["Condition"], {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/vpc/shop-dev-network-flow-logs`,
      },
    });
  });

  it("use another key on demand, and build none", async () => {
    const kmsKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const made = await network({ flowLogs: { kmsKeyArn } });
    assert.equal(made.inputs(LOG_GROUP, "network-flow-logs")["kmsKeyId"], kmsKeyArn);
    assert.deepEqual(names(made, "aws:kms/key:Key"), []);
    assert.deepEqual(names(made, "aws:kms/alias:Alias"), []);
  });
});

describe("a network in another partition", () => {
  it("is written for China", async () => {
    const made = await network({ flowLogs: {} }, "cn-north-1");
    assert.equal(made.inputs(ENDPOINT, "network-ssm")["serviceName"], "com.amazonaws.cn-north-1.ssm");
    assert.equal(made.inputs(ENDPOINT, "network-s3")["serviceName"], "com.amazonaws.cn-north-1.s3");
    const documents = [
      made.document(ENDPOINT, "network-s3"),
      made.document("aws:kms/key:Key", "network-flow-logs"),
      made.document("aws:iam/rolePolicy:RolePolicy", "network-flow-logs"),
      made.document("aws:iam/role:Role", "network-flow-logs", "assumeRolePolicy"),
    ];
    assert.ok(!JSON.stringify(documents).includes("arn:aws:"));
    const service = documents[1]?.Statement.find(({ Sid }) => Sid === "FlowLogGroupUsesKey");
    assert.deepEqual(service?.["Principal"], { Service: "logs.cn-north-1.amazonaws.com.cn" });
  });

  it("is written for GovCloud", async () => {
    const made = await network({}, "us-gov-west-1");
    const text = JSON.stringify(made.document(ENDPOINT, "network-s3"));
    assert.ok(text.includes("arn:aws-us-gov:s3:::amazon-ssm-us-gov-west-1/*"));
    assert.ok(!text.includes("arn:aws:"));
  });
});

describe("a network's transforms", () => {
  it("reach every kind of child", async () => {
    const made = await network({
      flowLogs: {},
      transform: {
        vpc: { instanceTenancy: "default" },
        defaultSecurityGroup: { tags: { t: "defaultSecurityGroup" } },
        instancesSecurityGroup: { tags: { t: "instancesSecurityGroup" } },
        endpointsSecurityGroup: { tags: { t: "endpointsSecurityGroup" } },
        ingressRule: { tags: { t: "ingressRule" } },
        egressRule: (args, _opts, name) => {
          args.tags = { t: name };
        },
        interfaceEndpoint: { tags: { t: "interfaceEndpoint" } },
        s3Endpoint: { tags: { t: "s3Endpoint" } },
        flowLogsKey: { tags: { t: "flowLogsKey" } },
        flowLogsAlias: { name: "alias/other" },
        flowLogsGroup: { tags: { t: "flowLogsGroup" } },
        flowLogsRole: { tags: { t: "flowLogsRole" } },
        flowLogsRolePolicy: { name: "other" },
        flowLog: { tags: { t: "flowLog" } },
      },
    });
    const tagOf = (type: string, name: string): unknown => mapAt(made.inputs(type, name), "tags")["t"];
    assert.equal(made.inputs("awsx:ec2:Vpc", "network")["instanceTenancy"], "default");
    assert.equal(
      tagOf("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "network-default"),
      "defaultSecurityGroup",
    );
    assert.equal(tagOf(GROUP, "network-instances"), "instancesSecurityGroup");
    assert.equal(tagOf(GROUP, "network-endpoints"), "endpointsSecurityGroup");
    assert.equal(tagOf(INGRESS, "network-endpoints-from-instances"), "ingressRule");
    assert.equal(tagOf(EGRESS, "network-instances-to-s3"), "network-instances-to-s3");
    assert.equal(tagOf(EGRESS, "network-instances-to-endpoints"), "network-instances-to-endpoints");
    assert.equal(tagOf(ENDPOINT, "network-ssm"), "interfaceEndpoint");
    assert.equal(tagOf(ENDPOINT, "network-s3"), "s3Endpoint");
    assert.equal(tagOf("aws:kms/key:Key", "network-flow-logs"), "flowLogsKey");
    assert.equal(made.inputs("aws:kms/alias:Alias", "network-flow-logs")["name"], "alias/other");
    assert.equal(tagOf("aws:cloudwatch/logGroup:LogGroup", "network-flow-logs"), "flowLogsGroup");
    assert.equal(tagOf("aws:iam/role:Role", "network-flow-logs"), "flowLogsRole");
    assert.equal(made.inputs("aws:iam/rolePolicy:RolePolicy", "network-flow-logs")["name"], "other");
    assert.equal(tagOf("aws:ec2/flowLog:FlowLog", "network-flow-logs"), "flowLog");
  });
});

describe("a network with bad arguments", () => {
  it("registers nothing, not even itself", async () => {
    const made = await runMocked(() => {
      assert.throws(() => new PrivateNetwork("network", { zones: 9 }), pulumi.InputPropertiesError);
    });
    assert.deepEqual(made.mocks.resources, []);
  });
});
