import assert from "node:assert/strict";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import * as pulumi from "@pulumi/pulumi";
import { resourceId } from "../../../components/core/resource-id.ts";
import { runMocked, valueOf } from "../support/mocked-program.ts";

const URN = "urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/routeTable:RouteTable::network";

describe("the id of a resource that a component answers with", () => {
  it("is that of the resource, where the program has its class", async () => {
    const made = await runMocked(() => new RouteTable("table", { vpcId: "vpc-0a1b2c3d4e5f60718" }));
    const id = await valueOf(pulumi.output(resourceId(made.result)));
    assert.equal(id, made.mocks.named("aws:ec2/routeTable:RouteTable", "table").id);
  });

  it("is the bare id, where the program has not", () => {
    assert.equal(resourceId("rtb-0a1b2c3d4e5f60718"), "rtb-0a1b2c3d4e5f60718");
  });

  it("is unknown where there is only a URN", async () => {
    const outputs: unknown[] = [];
    await runMocked(() => {
      pulumi.all([resourceId(URN), resourceId("rtb-0a1b2c3d4e5f60718")]).apply((ids) => outputs.push(ids));
      pulumi.output(resourceId(URN)).apply((id) => outputs.push(id));
      pulumi.all([resourceId("rtb-0a1b2c3d4e5f60718")]).apply((ids) => outputs.push(ids));
    });
    assert.deepEqual(outputs, [["rtb-0a1b2c3d4e5f60718"]]);
  });
});
