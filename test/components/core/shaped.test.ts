import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../../../components/core/problems.ts";
import { shaped } from "../../../components/core/shaped.ts";

type Type = Parameters<typeof shaped>[1];

/** What is wrong, as paths and what was expected; and what a plan goes on with. */
function outcome(type: Type, args: unknown): { readonly wrong: readonly unknown[]; readonly rest: unknown } {
  const problems = new Problems("Thing `x`");
  const rest: unknown = Reflect.apply(shaped, undefined, [problems, type, args]);
  return { wrong: problems.all.map(({ path, shown, expected }) => [path, shown, expected]), rest };
}

const pathsOf = (type: Type, args: unknown): readonly unknown[] =>
  outcome(type, args).wrong.map((each) => Array.isArray(each) && each[0]);

const remedies = (type: Type, args: object): readonly string[] => {
  const problems = new Problems("Thing `x`");
  shaped(problems, type, args);
  return problems.all.map(({ remedy }) => remedy);
};

describe("the shape of arguments", () => {
  it("lets right ones through as they are", () => {
    const args = {
      zones: 2,
      vpcId: pulumi.output("vpc-1"),
      subnetIds: ["subnet-1", Promise.resolve("subnet-2")],
      tags: { Team: "web", Owner: pulumi.output("me") },
      flowLogs: {},
      ec2Messages: undefined,
      transform: { vpc: { tags: {} }, flowLog: () => undefined },
    };
    const { wrong, rest } = outcome("PrivateNetworkArgs", args);
    assert.deepEqual(wrong, []);
    assert.equal(rest, args);
  });

  it("refuses what is no finite number as a number", () => {
    for (const [value, shown] of [
      ["2", "2"],
      [null, "null"],
      [Number.NaN, "NaN"],
      [Number.POSITIVE_INFINITY, "Infinity"],
      [Number.NEGATIVE_INFINITY, "-Infinity"],
      [2n, "2"],
      [true, "true"],
      [[2], "[2]"],
      [{ zones: 2 }, '{"zones":2}'],
      [() => 2, "a function"],
      [Symbol("2"), "Symbol(2)"],
      [pulumi.output(2), "an output"],
      [Promise.resolve(2), "an output"],
    ] as const) {
      assert.deepEqual(outcome("PrivateNetworkArgs", { zones: value }), {
        wrong: [["zones", shown, "a number"]],
        rest: {},
      });
    }
  });

  it("takes negative zero for zero", () => {
    assert.deepEqual(outcome("PrivateNetworkArgs", { zones: -0 }).wrong, []);
  });

  it("refuses what is no text, no switch, no list, no map and no object", () => {
    const circular: unknown[] = [];
    circular.push(circular);
    const { wrong, rest } = outcome("PrivateNetworkArgs", {
      cidrBlock: 10,
      vpcId: ["vpc-1"],
      s3Endpoint: "false",
      subnetIds: "subnet-1",
      readableBuckets: { bucket: "b" },
      additionalEndpoints: circular[0],
      tags: ["Team"],
      flowLogs: true,
      logging: "logs",
      transform: [],
    });
    assert.deepEqual(
      wrong.map((each) => (Array.isArray(each) ? each.slice(0, 2) : each)),
      [
        ["cidrBlock", "10"],
        ["vpcId", '["vpc-1"]'],
        ["subnetIds", "subnet-1"],
        ["additionalEndpoints[0]", "a list"],
        ["s3Endpoint", "false"],
        ["readableBuckets", '{"bucket":"b"}'],
        ["logging", "logs"],
        ["flowLogs", "true"],
        ["transform", "[]"],
        ["tags", '["Team"]'],
      ],
    );
    assert.deepEqual(Object.keys(Object(rest)).toSorted(), [
      "additionalEndpoints",
      "flowLogs",
      "logging",
      "readableBuckets",
      "subnetIds",
      "tags",
      "transform",
      "vpcId",
    ]);
  });

  it("takes no `Map`, `Date` or other instance for a map, which would be empty", () => {
    for (const tags of [new Map([["Team", "web"]]), new Date(0), new Set(["Team"])]) {
      assert.deepEqual(pathsOf("PrivateNetworkArgs", { tags }), ["tags"]);
    }
  });

  it("asks for what is required, and for no more of what is missing as a whole", () => {
    assert.deepEqual(outcome("TunnelArgs", {}), {
      wrong: [["via", undefined, "an object of `instanceId`, `securityGroupId`, `accessTags`"]],
      rest: { via: { instanceId: "", securityGroupId: "", accessTags: {} } },
    });
    assert.deepEqual(outcome("TunnelArgs", { via: { instanceId: "i-1" } }).wrong, [
      ["via.securityGroupId", undefined, "a text, or an output of one"],
      ["via.accessTags", undefined, "an object with a value for each name"],
    ]);
  });

  it("refuses a value that is not there in a list and in a map", () => {
    assert.deepEqual(
      outcome("AgentUpkeepArgs", { instanceTags: { Team: undefined }, features: ["ssh", undefined] }).wrong,
      [
        ['instanceTags["Team"]', undefined, "a text"],
        ["features[1]", undefined, "a text"],
      ],
    );
    // oxlint-disable-next-line no-sparse-arrays -- a hole in a list is what this is about
    assert.deepEqual(outcome("PrivateNetworkArgs", { readableBuckets: ["a", , "b"] }), {
      wrong: [["readableBuckets[1]", undefined, "a text"]],
      rest: { readableBuckets: ["a", "", "b"] },
    });
  });

  it("names the argument that a misspelt one was meant to be, at every depth", () => {
    assert.deepEqual(
      outcome("PrivateNetworkArgs", { zonse: 2, flowLogs: { retention_days: 7 } }).wrong.map(
        (each) => Array.isArray(each) && each.slice(0, 3),
      ),
      [
        ["zonse", "2", "no such argument"],
        ["flowLogs.retention_days", "7", "no such argument"],
      ],
    );
    assert.deepEqual(remedies("PrivateNetworkArgs", { zonse: 2, flowLogs: { retention_days: 7 } }), [
      "write `zones` if that is meant, or leave it out",
      "write `retentionDays` if that is meant, or leave it out",
    ]);
    assert.deepEqual(remedies("AccessWindow", { notBefore: "", notAfter: "", bastion: 1 }), [
      "leave it out, or take one of `notBefore`, `notAfter`",
    ]);
  });

  it("lets a property pass that is `undefined`, and takes none from a prototype", () => {
    assert.deepEqual(outcome("AccessWindow", { notBefore: "a", notAfter: "b", more: undefined }).wrong, []);
    assert.deepEqual(pathsOf("PrivateNetworkArgs", JSON.parse('{"__proto__": {"zones": 1}}')), ["__proto__"]);
  });

  it("takes of an instance of a class what it needs, and minds nothing else of it", () => {
    class Reference {
      readonly documentName = "shop-dev-run";
      readonly other = 1;
    }
    assert.deepEqual(outcome("CommandReference", new Reference()).wrong, []);
    assert.deepEqual(pathsOf("CommandReference", { documentName: "shop-dev-run", other: 1 }), ["other"]);
  });

  it("takes either of two kinds, and looks into the one that it is", () => {
    const tags = (instanceTags: unknown): readonly unknown[] =>
      outcome("SessionAccessArgs", { profile: "operator", instanceTags }).wrong;
    assert.deepEqual(tags({ Team: "web" }), []);
    assert.deepEqual(tags({ Team: ["web", "db"] }), []);
    assert.deepEqual(tags(pulumi.output({ Team: "web" })), []);
    assert.deepEqual(tags({ Team: 5 }), [['instanceTags["Team"]', "5", "a text or a list"]]);
    assert.deepEqual(tags({ Team: ["web", 5] }), [['instanceTags["Team"][1]', "5", "a text"]]);
  });

  it("takes no arguments at all for none, and nothing but an object for some", () => {
    for (const none of [undefined, {}, Object.create(null)]) {
      assert.deepEqual(outcome("PrivateNetworkArgs", none).wrong, []);
    }
    for (const some of [null, ["zones"], "zones", 5, pulumi.output({})]) {
      assert.deepEqual(pathsOf("PrivateNetworkArgs", some), ["args"]);
    }
  });

  it("keeps what a plan finds at a refused place, or below it, to itself", () => {
    const problems = new Problems("Thing `x`");
    const args: { readonly tags?: object; readonly zones?: unknown } = { tags: { Team: 5 }, zones: "2" };
    shaped(problems, "PrivateNetworkArgs", args);
    const fault = { expected: "more", remedy: "add it" };
    for (const path of ["zones", 'tags["Team"]', "tags.Team", "zones[0]", "zones.x", "zonesMore", "tags"]) {
      problems.add(path, 1, fault);
    }
    assert.deepEqual(
      problems.all.map(({ path }) => path),
      ["zones", 'tags["Team"]', "zonesMore", "tags"],
    );
  });
});
