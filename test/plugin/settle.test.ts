import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../../components/core/problems.ts";
import type { PackageSchema } from "../../components/plugin/schema.ts";
import { settleInputs } from "../../components/plugin/settle.ts";

const SCHEMA: PackageSchema = {
  name: "x",
  version: "1.0.0",
  types: {
    "x:index:Place": {
      type: "object",
      properties: { name: { type: "string", plain: true }, arn: { type: "string" } },
      required: ["name"],
    },
  },
  resources: {
    "x:index:Thing": {
      inputProperties: {
        count: { type: "number", plain: true },
        on: { type: "boolean", plain: true },
        arn: { type: "string" },
        names: { type: "array", plain: true, items: { type: "string" } },
        place: { $ref: "#/types/x:index:Place" },
      },
      requiredInputs: ["count"],
      properties: {},
    },
  },
};

const unknown = (): pulumi.Output<unknown> => pulumi.output(pulumi.unknown);

async function settle(
  inputs: Record<string, unknown>,
): Promise<{ args: Record<string, unknown>; paths: readonly string[] }> {
  const problems = new Problems("thing");
  const args = await settleInputs(SCHEMA, "x:index:Thing", inputs, problems);
  return { args, paths: problems.all.map(({ path }) => path).toSorted() };
}

describe("settleInputs", () => {
  it("makes plain what is known, and leaves inputs as outputs", async () => {
    const arn = pulumi.output("arn");
    const { args, paths } = await settle({ count: pulumi.output(2), on: true, arn });
    assert.deepEqual(paths, []);
    assert.equal(args["count"], 2);
    assert.equal(args["arn"], arn);
  });

  it("opens lists and objects, whose parts may be unknown", async () => {
    const { args, paths } = await settle({
      count: 1,
      names: pulumi.output(["a", "b"]),
      place: { name: pulumi.output("here"), arn: unknown() },
    });
    assert.deepEqual(paths, []);
    assert.ok(Array.isArray(args["names"]) && args["names"].every((name) => pulumi.Output.isInstance(name)));
    const { place } = args;
    assert.ok(typeof place === "object" && place !== null && "name" in place && "arn" in place);
    assert.equal(place.name, "here");
    assert.ok(pulumi.Output.isInstance(place.arn));
  });

  it("keeps the secrecy of a whole in its parts", async () => {
    const { args } = await settle({ count: 1, names: pulumi.secret(["a"]) });
    assert.ok(Array.isArray(args["names"]));
    assert.equal(await pulumi.isSecret(args["names"][0]), true);
  });

  it("refuses what is unknown or secret where it decides what is built", async () => {
    assert.deepEqual((await settle({ count: unknown() })).paths, ["count"]);
    assert.deepEqual((await settle({ count: pulumi.secret(1) })).paths, ["count"]);
    assert.deepEqual((await settle({ count: 1, place: unknown() })).paths, ["place"]);
    assert.deepEqual((await settle({ count: 1, names: unknown() })).paths, ["names"]);
  });

  it("tells everything that is missing, superfluous or of the wrong type at once", async () => {
    const { paths } = await settle({ on: "yes", arn: 1, names: "a", place: { arn: "arn" }, other: 1 });
    assert.deepEqual(paths, ["arn", "count", "names", "on", "other", "place.name"]);
  });
});
