import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { simulatedAws } from "../../../offline/aws/index.ts";
import { awsMocks } from "../../support/aws-mocks.ts";

describe("mocks over the simulated provider", () => {
  it("give a program what AWS computes, and record what it asked for", async () => {
    const mocks = awsMocks(simulatedAws(), { configuration: { region: "eu-central-1" } });
    await pulumi.runtime.setMocks(mocks, "project", "stack", false);
    const { Vpc } = await import("@pulumi/aws/ec2/vpc.js");
    const vpc = new Vpc("net", { cidrBlock: "10.0.0.0/16", tags: { Name: "net" } });
    const arn = await new Promise<string>((resolve) => {
      vpc.arn.apply((value) => {
        resolve(value);
      });
    });
    const recorded = mocks.named("aws:ec2/vpc:Vpc", "net");
    assert.equal(arn, `arn:aws:ec2:eu-central-1:123456789012:vpc/${recorded.id}`);
    assert.deepEqual(recorded.inputs, {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      instanceTenancy: "default",
      region: "eu-central-1",
      tags: { Name: "net" },
      tagsAll: { Name: "net" },
    });
  });

  it("refuse what AWS refuses, with every reason", () => {
    const mocks = awsMocks(simulatedAws());
    assert.throws(
      () =>
        mocks.newResource({
          type: "aws:ec2/vpc:Vpc",
          name: "net",
          inputs: { cidrBlock: "10.0.0.0/8", instanceTenancy: "shared" },
          custom: true,
        }),
      /`net` of type `aws:ec2\/vpc:Vpc` is refused:\n {2}cidrBlock: .*\n {2}instanceTenancy: /u,
    );
  });
});
