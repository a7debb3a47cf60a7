import assert from "node:assert/strict";

import { simulatedAws } from "../../../offline/aws/index.ts";
import { secret, SECRET_SIGNATURE, signatureOf } from "../../../offline/protocol/wire.ts";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { asText } from "../../../offline/aws/values.ts";
import { configured, created } from "./support/simulation.ts";

function answer(token: string, args: WireMap = {}, region = "us-east-1"): WireMap {
  const response = configured({ region }).invoke(token, args);
  assert.equal(response.kind, "result", JSON.stringify(response));
  return response.kind === "result" ? response.result : {};
}

function failedProperties(token: string, args: WireMap): readonly string[] {
  const response = configured().invoke(token, args);
  return response.kind === "failures"
    ? response.failures.map((failure) => failure.property)
    : [response.kind];
}

const PARAMETER = "aws:ssm/getParameter:getParameter";
const AMI = "aws:ec2/getAmi:getAmi";

describe("simulated lookups", () => {
  it("know the account, the region and the partition", () => {
    assert.deepEqual(answer("aws:index/getCallerIdentity:getCallerIdentity", {}, "cn-north-1"), {
      accountId: "123456789012",
      arn: "arn:aws-cn:sts::123456789012:assumed-role/simulated/preview",
      id: "123456789012",
      userId: "AROASIMULATEDPREVIEW0:preview",
    });
    assert.deepEqual(answer("aws:index/getRegion:getRegion", {}, "eu-central-1"), {
      description: "Europe (Frankfurt)",
      endpoint: "ec2.eu-central-1.amazonaws.com",
      id: "eu-central-1",
      name: "eu-central-1",
      region: "eu-central-1",
    });
    assert.deepEqual(answer("aws:index/getPartition:getPartition", {}, "cn-north-1"), {
      dnsSuffix: "amazonaws.com.cn",
      id: "aws-cn",
      partition: "aws-cn",
      reverseDnsPrefix: "cn.com.amazonaws",
    });
  });

  it("know another region that the lookup names, and none that does not exist", () => {
    assert.equal(
      answer("aws:index/getRegion:getRegion", { region: "us-gov-east-1" })["description"],
      "AWS GovCloud (US-East)",
    );
    assert.deepEqual(failedProperties("aws:index/getRegion:getRegion", { region: "moon-1" }), ["region"]);
  });

  it("list regions of the partition, and more on demand", () => {
    const token = "aws:index/getRegions:getRegions";
    assert.deepEqual(answer(token, {}, "cn-north-1")["names"], ["cn-north-1", "cn-northwest-1"]);
    assert.equal(asText(answer(token)["names"]).includes("af-south-1"), false);
    assert.equal(asText(answer(token, { allRegions: true })["names"]).includes("af-south-1"), true);
  });

  it("list zones, without those that are excluded or filtered", () => {
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
    assert.deepEqual(answer(token, { state: "available" }, "eu-west-1"), {
      groupNames: ["eu-west-1"],
      id: "eu-west-1",
      names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      region: "eu-west-1",
      state: "available",
      zoneIds: ["euw1-az1", "euw1-az2", "euw1-az3"],
    });
    assert.deepEqual(answer(token, { excludeNames: ["eu-west-1b"] }, "eu-west-1")["names"], [
      "eu-west-1a",
      "eu-west-1c",
    ]);
    assert.deepEqual(
      answer(token, { filters: [{ name: "zone-type", values: ["local-zone"] }] })["names"],
      [],
    );
    assert.deepEqual(answer(token, { state: "impaired" })["names"], []);
    assert.equal(
      answer("aws:index/getAvailabilityZone:getAvailabilityZone", { zoneId: "use1-az2" })["name"],
      "us-east-1b",
    );
    assert.deepEqual(
      failedProperties("aws:index/getAvailabilityZone:getAvailabilityZone", { name: "us-east-1z" }),
      ["name"],
    );
  });

  for (const name of [
    "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-6.12-arm64",
    "/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-arm64-gp2",
    "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
    "/aws/service/canonical/ubuntu/server/jammy/stable/current/amd64/hvm/ebs-gp2/ami-id",
    "/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base",
    "/aws/service/ami-windows-latest/Windows_Server-2025-English-Core-Base",
    "/aws/service/debian/release/12/latest/amd64",
    "/aws/service/debian/release/trixie/latest/arm64",
    "/aws/service/ec2-macos/sequoia/arm64_mac/latest/image_id",
    "/aws/service/ec2-macos/tahoe/x86_64_mac/latest/image_id",
  ]) {
    it(`find the image of ${name}`, () => {
      const first = answer(PARAMETER, { name });
      assert.match(asText(first["value"]), /^ami-0[0-9a-f]{16}$/u);
      assert.equal(first["arn"], `arn:aws:ssm:us-east-1::parameter${name}`);
      assert.notEqual(answer(PARAMETER, { name }, "eu-west-1")["value"], first["value"]);
    });
  }

  for (const name of [
    "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86",
    "/aws/service/canonical/ubuntu/server/99.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
    "/aws/service/debian/release/12/latest/x86_64",
    "/aws/service/debian/release/99/latest/arm64",
    "/aws/service/ec2-macos/lion/arm64_mac/latest/image_id",
    "/team/db/password",
  ]) {
    it(`have no answer for ${name}`, () => {
      const response = configured().invoke(PARAMETER, { name });
      assert.equal(response.kind, "unanswered");
      assert.ok(response.kind === "unanswered" && response.supply.includes(`"name": "${name}"`));
    });
  }

  it("find the same image by its parameter and by its name", () => {
    const byName = answer(AMI, {
      owners: ["amazon"],
      mostRecent: true,
      filters: [
        { name: "name", values: ["al2023-ami-2023.*-kernel-6.1-*"] },
        { name: "architecture", values: ["arm64"] },
      ],
    });
    const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";
    assert.equal(byName["id"], answer(PARAMETER, { name })["value"]);
    assert.equal(byName["architecture"], "arm64");
  });

  for (const [owner, name, rootSize] of [
    ["309956199498", "RHEL-9.*_HVM-*-arm64-*-Hourly2-GP3", "10"],
    ["792107900819", "Rocky-9-EC2-Base-9.*.aarch64", "10"],
    ["764336703387", "AlmaLinux OS 9.*aarch64", "10"],
    ["136693071363", "debian-13-arm64-*", "8"],
    ["100343932686", "amzn-ec2-macos-26.*-arm64", "100"],
  ] as const) {
    it(`find the newest image of ${owner} called ${name}`, () => {
      const found = answer(AMI, {
        owners: [owner],
        mostRecent: true,
        filters: [{ name: "name", values: [name] }],
      });
      assert.equal(found["ownerId"], owner);
      assert.match(asText(found["architecture"]), /^arm64/u);
      assert.ok(JSON.stringify(found["blockDeviceMappings"]).includes(`"volume_size":"${rootSize}"`));
    });
  }

  it("refuse several images unless the most recent one is asked for, and do not guess at a filter", () => {
    assert.deepEqual(failedProperties(AMI, { owners: ["amazon"] }), ["mostRecent"]);
    assert.deepEqual(failedProperties(AMI, { owners: ["self"], mostRecent: true }), ["unanswered"]);
    assert.deepEqual(
      failedProperties(AMI, {
        owners: ["amazon"],
        mostRecent: true,
        filters: [{ name: "tag:x", values: ["y"] }],
      }),
      ["unanswered"],
    );
  });

  it("name the prefix list of a gateway endpoint by one id", () => {
    const name = "com.amazonaws.us-east-1.s3";
    const { id } = answer("aws:ec2/getPrefixList:getPrefixList", { name });
    assert.equal(answer("aws:ec2/getManagedPrefixList:getManagedPrefixList", { name })["id"], id);
    const { outputs } = created("aws:ec2/vpcEndpoint:VpcEndpoint", {
      vpcId: "vpc-0123456789abcdef0",
      serviceName: name,
    });
    assert.equal(outputs["prefixListId"], id);
  });

  it("hold the documents of some policies that AWS manages, in the partition's ARN", () => {
    const token = "aws:iam/getPolicy:getPolicy";
    const found = answer(token, { name: "AmazonSSMManagedInstanceCore" }, "us-gov-west-1");
    assert.equal(found["arn"], "arn:aws-us-gov:iam::aws:policy/AmazonSSMManagedInstanceCore");
    assert.ok(asText(found["policy"]).includes("ssmmessages:OpenDataChannel"));
    assert.deepEqual(failedProperties(token, { name: "mine" }), ["unanswered"]);
    assert.deepEqual(failedProperties(token, {}), [""]);
  });

  it("show the answer that a person has to give, with what the lookup returns", () => {
    const response = configured().invoke("aws:ec2/getVpc:getVpc", { tags: { Name: "main" } });
    assert.ok(response.kind === "unanswered");
    const entry: unknown = JSON.parse(response.supply);
    assert.ok(typeof entry === "object" && entry !== null && "result" in entry && "token" in entry);
    assert.equal(entry.token, "aws:ec2/getVpc:getVpc");
    assert.ok(typeof entry.result === "object" && entry.result !== null && "cidrBlock" in entry.result);
  });

  it("take answers that were supplied, by their arguments, before their own", () => {
    const provider = simulatedAws({
      answers: [
        { token: "aws:ec2/getVpc:getVpc", args: { tags: { Name: "main" } }, result: { id: "vpc-1" } },
        { token: "aws:index/getPartition:getPartition", result: { partition: "aws-iso" } },
        { token: "aws:ec2/vpc:Vpc", args: { id: "vpc-2" }, result: { cidrBlock: "10.2.0.0/16" } },
      ],
    }).configure({ region: "us-east-1" });
    assert.deepEqual(provider.invoke("aws:ec2/getVpc:getVpc", { tags: { Name: "main" } }), {
      kind: "result",
      result: { id: "vpc-1" },
    });
    assert.equal(provider.invoke("aws:ec2/getVpc:getVpc", { tags: { Name: "other" } }).kind, "unanswered");
    assert.deepEqual(provider.invoke("aws:index/getPartition:getPartition", {}), {
      kind: "result",
      result: { partition: "aws-iso" },
    });
    const urn = "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::existing";
    const read = provider.read({
      urn,
      type: "aws:ec2/vpc:Vpc",
      name: "existing",
      id: "vpc-2",
      inputs: {},
      state: {},
    });
    assert.equal(read?.outputs["cidrBlock"], "10.2.0.0/16");
    assert.equal(read?.outputs["arn"], "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-2");
  });

  it("keep secret what they make of secrets", () => {
    const result = answer(PARAMETER, {
      name: secret("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"),
    });
    assert.equal(signatureOf(result["value"]), SECRET_SIGNATURE);
  });
});
