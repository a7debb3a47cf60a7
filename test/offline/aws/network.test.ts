import assert from "node:assert/strict";

import { UNKNOWN } from "../../../offline/protocol/wire.ts";
import { changes, check, created, configured, failures, refused } from "./support/simulation.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const NAT = "aws:ec2/natGateway:NatGateway";
const ROUTE = "aws:ec2/route:Route";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const FLOW = "aws:ec2/flowLog:FlowLog";
const ID = "0123456789abcdef0";

describe("a simulated VPC", () => {
  for (const cidrBlock of [
    "10.0.0.0/15",
    "10.0.0.0/29",
    "10.0.0.1/16",
    "10.0.0.0",
    "10.0.0.256/24",
    "2001:db8::/56",
    "/16",
  ]) {
    it(`refuses the network ${cidrBlock}`, () => {
      assert.deepEqual(refused(VPC, { cidrBlock }), ["cidrBlock"]);
    });
  }

  for (const cidrBlock of ["10.0.0.0/16", "172.16.0.0/12".replace("/12", "/16"), "192.168.1.0/28"]) {
    it(`takes the network ${cidrBlock}`, () => {
      assert.deepEqual(refused(VPC, { cidrBlock }), []);
    });
  }

  it("names the network that was meant where host bits are set", () => {
    const [failure] = failures(VPC, { cidrBlock: "10.20.30.40/16" });
    assert.match(failure?.reason ?? "", /10\.20\.0\.0\/16/u);
  });

  it("needs a network or a pool, and not two lengths", () => {
    assert.equal(failures(VPC, {}).length, 1);
    assert.deepEqual(
      refused(VPC, { ipv4NetmaskLength: 20, ipv4IpamPoolId: "ipam-pool-1", cidrBlock: "10.0.0.0/20" }),
      ["cidrBlock"],
    );
    assert.deepEqual(
      refused(VPC, { cidrBlock: UNKNOWN, ipv4NetmaskLength: 20, ipv4IpamPoolId: "ipam-pool-1" }),
      [],
    );
  });

  it("reports every mistake at once", () => {
    assert.deepEqual(
      refused(VPC, {
        cidrBlock: "10.0.0.0/8",
        instanceTenancy: "shared",
        color: "red",
        enableDnsSupport: "maybe",
      }),
      ["color", "enableDnsSupport", "cidrBlock", "instanceTenancy"],
    );
  });

  it("is replaced with its network and its region, and updated with its tags and DNS settings", () => {
    const before = { cidrBlock: "10.0.0.0/16" };
    assert.deepEqual(changes(VPC, before, { cidrBlock: "10.1.0.0/16" }), {
      diffs: ["cidrBlock"],
      replaces: ["cidrBlock"],
    });
    assert.deepEqual(changes(VPC, before, { ...before, region: "us-west-2" }), {
      diffs: ["region"],
      replaces: ["region"],
    });
    assert.deepEqual(changes(VPC, before, { ...before, enableDnsHostnames: true, tags: { a: "b" } }), {
      diffs: ["enableDnsHostnames", "tags", "tagsAll"],
      replaces: [],
    });
  });

  it("gets another id when it is replaced, and keeps it when it is updated", () => {
    const first = created(VPC, { cidrBlock: "10.0.0.0/16" });
    assert.notEqual(created(VPC, { cidrBlock: "10.1.0.0/16" }).id, first.id);
    assert.equal(created(VPC, { cidrBlock: "10.0.0.0/16", tags: { a: "b" } }).id, first.id);
    assert.match(first.id, /^vpc-0[0-9a-f]{16}$/u);
  });
});

describe("a simulated subnet", () => {
  const least = { vpcId: `vpc-${ID}`, cidrBlock: "10.0.1.0/24" };

  it("refuses a zone of another region, and a zone with a zone id", () => {
    assert.deepEqual(refused(SUBNET, { ...least, availabilityZone: "eu-west-1a" }), ["availabilityZone"]);
    assert.deepEqual(
      refused(SUBNET, { ...least, availabilityZone: "us-east-1a", availabilityZoneId: "use1-az1" }),
      ["availabilityZone"],
    );
  });

  it("knows the id of its zone, and the zone of an id", () => {
    assert.equal(
      created(SUBNET, { ...least, availabilityZone: "us-east-1c" }).outputs["availabilityZoneId"],
      "use1-az3",
    );
    assert.equal(
      created(SUBNET, { ...least, availabilityZoneId: "use1-az2" }).outputs["availabilityZone"],
      "us-east-1b",
    );
  });

  it("refuses what is no id of a VPC", () => {
    assert.deepEqual(refused(SUBNET, { ...least, vpcId: "my-vpc" }), ["vpcId"]);
    assert.deepEqual(refused(SUBNET, { cidrBlock: "10.0.1.0/24" }), ["vpcId"]);
    assert.deepEqual(refused(SUBNET, { ...least, vpcId: "sg-0123456789abcdef0" }), ["vpcId"]);
    assert.deepEqual(refused(SUBNET, { ...least, vpcId: UNKNOWN }), []);
  });

  it("takes the id of a resource that is not simulated, of which nothing is known", () => {
    const { id } = created("aws:ec2/defaultVpc:DefaultVpc", {}, { name: "default" });
    assert.deepEqual(refused(SUBNET, { ...least, vpcId: id }), []);
  });
});

describe("a simulated NAT gateway", () => {
  it("is public with an elastic IP, private without", () => {
    const subnetId = `subnet-${ID}`;
    assert.deepEqual(refused(NAT, { subnetId }), ["allocationId"]);
    assert.deepEqual(refused(NAT, { subnetId, connectivityType: "private" }), []);
    assert.deepEqual(
      refused(NAT, { subnetId, connectivityType: "private", allocationId: `eipalloc-${ID}` }),
      ["allocationId"],
    );
    assert.deepEqual(refused(NAT, { allocationId: `eipalloc-${ID}` }), ["subnetId"]);
    assert.deepEqual(refused(NAT, { subnetId, allocationId: UNKNOWN }), []);
  });
});

describe("a simulated route", () => {
  it("needs one destination and one target", () => {
    const routeTableId = `rtb-${ID}`;
    const target = { gatewayId: `igw-${ID}` };
    assert.equal(failures(ROUTE, { routeTableId, ...target }).length, 1);
    assert.equal(failures(ROUTE, { routeTableId, destinationCidrBlock: "0.0.0.0/0" }).length, 1);
    assert.equal(
      failures(ROUTE, {
        routeTableId,
        destinationCidrBlock: "0.0.0.0/0",
        ...target,
        natGatewayId: `nat-${ID}`,
      }).length,
      1,
    );
    assert.deepEqual(
      failures(ROUTE, { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }),
      [],
    );
  });

  it("has the id that the provider makes of its table and destination", () => {
    const { id } = created(ROUTE, {
      routeTableId: `rtb-${ID}`,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: `igw-${ID}`,
    });
    // The CRC-32 of 0.0.0.0/0, as in every default route's id.
    assert.equal(id, `r-rtb-${ID}1080289494`);
  });
});

describe("a simulated VPC endpoint", () => {
  const vpcId = `vpc-${ID}`;

  it("is a gateway only for S3 and DynamoDB", () => {
    assert.deepEqual(refused(ENDPOINT, { vpcId, serviceName: "com.amazonaws.us-east-1.s3" }), []);
    assert.deepEqual(refused(ENDPOINT, { vpcId, serviceName: "com.amazonaws.us-east-1.ssm" }), [
      "vpcEndpointType",
    ]);
    assert.deepEqual(
      refused(ENDPOINT, { vpcId, serviceName: "com.amazonaws.us-east-1.ssm", vpcEndpointType: "Interface" }),
      [],
    );
  });

  it("keeps apart what gateways and interfaces take", () => {
    const serviceName = "com.amazonaws.us-east-1.s3";
    assert.deepEqual(refused(ENDPOINT, { vpcId, serviceName, subnetIds: [`subnet-${ID}`] }), [
      "vpcEndpointType",
    ]);
    assert.deepEqual(
      refused(ENDPOINT, { vpcId, serviceName, vpcEndpointType: "Interface", routeTableIds: [`rtb-${ID}`] }),
      ["routeTableIds"],
    );
  });

  it("refuses a service of another region, unless that region is named", () => {
    const news = { vpcId, serviceName: "com.amazonaws.eu-west-1.ssm", vpcEndpointType: "Interface" };
    assert.deepEqual(refused(ENDPOINT, news), ["serviceName"]);
    assert.deepEqual(refused(ENDPOINT, { ...news, serviceRegion: "eu-west-1" }), []);
  });

  it("shows private names where private DNS is on", () => {
    const { outputs, id } = created(ENDPOINT, {
      vpcId,
      serviceName: "com.amazonaws.us-east-1.ssm",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [`subnet-${ID}`],
    });
    const text = JSON.stringify(outputs["dnsEntries"]);
    assert.ok(text.includes("ssm.us-east-1.amazonaws.com"), text);
    assert.ok(text.includes(`${id}-`), text);
    assert.equal(JSON.stringify(outputs["networkInterfaceIds"]).match(/eni-0/gu)?.length, 1);
  });

  it("compares policies by what they mean", () => {
    const statement = { Effect: "Allow", Action: "*", Resource: "*", Principal: "*" };
    const news = { vpcId, serviceName: "com.amazonaws.us-east-1.s3" };
    const before = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const same = JSON.stringify({ Statement: [statement], Version: "2012-10-17" }, undefined, 2);
    const other = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, Effect: "Deny" }] });
    assert.deepEqual(changes(ENDPOINT, { ...news, policy: before }, { ...news, policy: same }).diffs, []);
    assert.deepEqual(changes(ENDPOINT, { ...news, policy: before }, { ...news, policy: other }).diffs, [
      "policy",
    ]);
  });

  it("compares subnets and groups as sets", () => {
    const news = { vpcId, serviceName: "com.amazonaws.us-east-1.ssm", vpcEndpointType: "Interface" };
    const [a, b] = [`subnet-${ID}`, "subnet-0fedcba9876543210"];
    assert.deepEqual(
      changes(ENDPOINT, { ...news, subnetIds: [a, b] }, { ...news, subnetIds: [b, a] }).diffs,
      [],
    );
  });
});

describe("simulated flow logs", () => {
  const to = { trafficType: "ALL", logDestination: "arn:aws:logs:us-east-1:123456789012:log-group:/flow" };

  it("need one source, and a role for CloudWatch", () => {
    assert.deepEqual(refused(FLOW, { vpcId: `vpc-${ID}`, ...to }), ["iamRoleArn"]);
    assert.deepEqual(
      refused(FLOW, { vpcId: `vpc-${ID}`, subnetId: `subnet-${ID}`, ...to, iamRoleArn: UNKNOWN }),
      ["subnetId"],
    );
    assert.deepEqual(
      refused(FLOW, {
        vpcId: `vpc-${ID}`,
        trafficType: "ALL",
        logDestinationType: "s3",
        logDestination: "arn:aws:s3:::b",
      }),
      [],
    );
  });
});

describe("tags", () => {
  const cidrBlock = "10.0.0.0/16";

  it("carry the provider's default tags, the resource's own over them", () => {
    const provider = configured({
      region: "us-east-1",
      defaultTags: JSON.stringify({ tags: { Team: "ops", Stage: "dev" } }),
    });
    assert.deepEqual(check(VPC, { cidrBlock, tags: { Stage: "prod" } }, "v", provider).inputs["tagsAll"], {
      Team: "ops",
      Stage: "prod",
    });
    assert.deepEqual(check(VPC, { cidrBlock }, "v", provider).inputs["tagsAll"], {
      Team: "ops",
      Stage: "dev",
    });
  });

  it("leave out what the provider ignores", () => {
    const provider = configured({
      region: "us-east-1",
      ignoreTags: JSON.stringify({ keys: ["Seen"], keyPrefixes: ["k8s/"] }),
    });
    assert.deepEqual(
      check(VPC, { cidrBlock, tags: { Seen: "1", "k8s/x": "1", Name: "n" } }, "v", provider).inputs[
        "tagsAll"
      ],
      { Name: "n" },
    );
  });

  it("are unknown as a whole where one is", () => {
    assert.equal(check(VPC, { cidrBlock, tags: { Name: UNKNOWN, Team: "ops" } }).inputs["tagsAll"], UNKNOWN);
  });

  it("are refused where AWS refuses them", () => {
    assert.deepEqual(refused(VPC, { cidrBlock, tags: { "aws:x": "1" } }), ['tags["aws:x"]']);
    assert.deepEqual(refused(VPC, { cidrBlock, tags: { ["k".repeat(129)]: "1" } }), [
      `tags["${"k".repeat(129)}"]`,
    ]);
    assert.deepEqual(refused(VPC, { cidrBlock, tags: { k: "v".repeat(257) } }), ['tags["k"]']);
    const user = "aws:iam/user:User";
    assert.deepEqual(refused(user, { tags: { k: "a;b" } }), ['tags["k"]']);
    assert.deepEqual(refused(user, { tags: { "k;": "a" } }), ['tags["k;"]']);
    assert.deepEqual(refused(user, { tags: { k: "a b+c=d/e:f@g.h_i-é" } }), []);
    // EC2 takes any character.
    assert.deepEqual(refused(VPC, { cidrBlock, tags: { "k;": "a;b" } }), []);
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
    assert.deepEqual(refused(VPC, { cidrBlock, tags: many }), ["tags"]);
  });
});
