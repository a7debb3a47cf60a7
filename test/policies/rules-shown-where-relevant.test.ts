import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { isCalledFor, packArgs } from "@bastionless/policies/pack.ts";
import { showWhereRelevant } from "@bastionless/policies/rules-shown-where-relevant.ts";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";

const require = createRequire(import.meta.url);

/** A copy of the module that the server reads messages with, of which nobody else's is changed. */
function sdk() {
  class AnalyzeRequest {
    readonly #type: string;
    constructor(type: string) {
      this.#type = type;
    }
    getType(): string {
      return this.#type;
    }
  }
  return { AnalyzeRequest };
}

/** Goes through the list as @pulumi/policy's server does. */
function walked(policies: Iterable<string>): readonly string[] {
  const seen: string[] = [];
  for (const policy of policies) {
    seen.push(policy);
  }
  return seen;
}

describe("rules that are shown where they are relevant", () => {
  it("takes effect with the installed SDK", () => {
    const original = Object.getOwnPropertyDescriptor(analyzer.AnalyzeRequest.prototype, "getType");
    assert.ok(original !== undefined);
    try {
      const policies = ["all", "some"];
      const load = (id: string): unknown => require(id);
      assert.equal(
        showWhereRelevant(policies, (policy) => policy === "all", load),
        true,
      );
      const request = new analyzer.AnalyzeRequest();
      request.setType("aws:route53/record:Record");
      assert.equal(request.getType(), "aws:route53/record:Record");
      assert.deepEqual(walked(policies), ["all"]);
    } finally {
      Object.defineProperty(analyzer.AnalyzeRequest.prototype, "getType", original);
    }
  });

  it("shortens the one walk that follows at once on a question for the type", async () => {
    const module = sdk();
    const policies = ["always", "network"];
    const isCalled = (policy: string, type: string): boolean => policy === "always" || type === "group";
    assert.equal(
      showWhereRelevant(policies, isCalled, () => module),
      true,
    );
    assert.deepEqual(walked(policies), ["always", "network"], "nobody has asked");
    assert.equal(new module.AnalyzeRequest("record").getType(), "record");
    assert.deepEqual(walked(policies), ["always"]);
    assert.deepEqual(walked(policies), ["always", "network"], "the next walk");
    new module.AnalyzeRequest("group").getType();
    assert.deepEqual(walked(policies), ["always", "network"], "a type that they read");
    new module.AnalyzeRequest("record").getType();
    await Promise.resolve();
    assert.deepEqual(walked(policies), ["always", "network"], "at another time");
    assert.deepEqual([policies.length, policies.map((each) => each)], [2, ["always", "network"]]);
  });

  it("calls every policy for the stack and for what any rule reads, and the exemptions for everything", () => {
    const { policies } = packArgs();
    const called = (type: string): readonly string[] =>
      policies.filter((each) => isCalledFor(each, type)).map(({ name }) => name);
    const all = policies.map(({ name }) => name);
    assert.deepEqual(called("pulumi:pulumi:Stack"), all);
    assert.deepEqual(called("aws:ec2/securityGroup:SecurityGroup"), all);
    assert.deepEqual(called("aws-native:iam:RolePolicy"), all);
    assert.deepEqual(called("aws:route53/record:Record"), ["exemptions"]);
  });

  it("does nothing where the SDK's modules are others", () => {
    const missing = (): never => {
      throw new Error("no such module");
    };
    for (const load of [
      missing,
      () => undefined,
      () => ({}),
      () => ({ AnalyzeRequest: { prototype: {} } }),
    ]) {
      const policies = ["one", "two"];
      assert.equal(
        showWhereRelevant(policies, () => false, load),
        false,
      );
      assert.deepEqual(walked(policies), ["one", "two"]);
    }
  });
});
