import assert from "node:assert/strict";
import { secret } from "@bastionless/offline/protocol/wire.ts";
import { byName, failed, finished, placeOf, run } from "./support/run.ts";

describe("lookups", () => {
  it("are answered by the provider", async () => {
    assert.deepEqual((await finished(run("lookups"))).stackOutputs, { id: "image-1" });
  });

  it("are answered by what is supplied, before the provider is asked", async () => {
    const token = "cloud:index/getImage:getImage";
    const answers = [
      { token, args: { name: "windows" }, result: { id: "not this one" } },
      { token, args: { name: "linux" }, result: { id: "supplied" } },
    ];
    assert.deepEqual((await finished(run("lookups", { answers }))).stackOutputs, { id: "supplied" });
  });

  it("without an answer are an error that says how to supply one", async () => {
    const outcome = await failed(run("lookups", { providers: [] }));
    assert.deepEqual(
      outcome.problems.map((problem) => problem.kind === "unanswered-lookup" && JSON.parse(problem.supply)),
      [{ token: "cloud:index/getImage:getImage", args: { name: "linux" }, result: {} }],
    );
    assert.match(outcome.problems[0].message, /answers file/u);
    assert.equal(placeOf(outcome.problems[0]), "lookups/index.ts:3:36");
  });
});

describe("resources that exist elsewhere", () => {
  const thing = {
    token: "cloud:index:Thing",
    args: { id: "supplied-thing" },
    result: { arn: "arn:supplied" },
  };
  const network = {
    token: "pulumi:pulumi:StackReference",
    args: { name: "organization/network/dev" },
    result: { vpcId: secret("vpc-1") },
  };

  it("are read from the provider, from answers and from other stacks", async () => {
    const outcome = await finished(run("reads", { answers: [thing, network] }));
    assert.deepEqual(outcome.stackOutputs, {
      arns: ["arn:known-thing", "arn:supplied"],
      vpc: secret("vpc-1"),
    });
    const read = byName(outcome, "known");
    assert.equal(read.external, true);
    assert.equal(read.id, "known-thing");
    assert.deepEqual(byName(outcome, "organization/network/dev").outputs, {
      name: "organization/network/dev",
      outputs: { vpcId: secret("vpc-1") },
      secretOutputNames: ["vpcId"],
    });
  });

  it("without an answer are all named, with their places and the entries that would answer them", async () => {
    const outcome = await failed(run("reads"));
    const told = outcome.problems.map((problem) =>
      problem.kind === "unanswered-lookup" ? [problem.supply, placeOf(problem)] : [problem.kind],
    );
    assert.deepEqual(told, [
      ['{"token":"cloud:index:Thing","args":{"id":"supplied-thing"},"result":{}}', "reads/index.ts:6:5"],
      [
        '{"token":"pulumi:pulumi:StackReference","args":{"name":"organization/network/dev"},"result":{}}',
        "reads/index.ts:12:17",
      ],
    ]);
  });
});
