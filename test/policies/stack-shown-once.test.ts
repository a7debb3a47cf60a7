import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packArgs } from "@bastionless/policies/pack.ts";
import { showStackOnce } from "@bastionless/policies/stack-shown-once.ts";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { PackProcess } from "./support/pack-process.ts";
import { toStack } from "./support/stack.ts";

const require = createRequire(import.meta.url);

function requestOf(names: readonly string[]): analyzer.AnalyzeStackRequest {
  const request = new analyzer.AnalyzeStackRequest();
  for (const name of names) {
    const resource = new analyzer.AnalyzerResource();
    resource.setUrn(name);
    request.addResources(resource);
  }
  // As it arrives: read from its bytes.
  return analyzer.AnalyzeStackRequest.deserializeBinary(request.serializeBinary());
}

/** What each of three policies is shown, going through the list as @pulumi/policy's server does. */
function shown(request: analyzer.AnalyzeStackRequest): readonly (readonly string[])[] {
  const resources = request.getResourcesList();
  return [1, 2, 3].map(() => {
    const urns: string[] = [];
    for (const resource of resources) {
      urns.push(resource.getUrn());
    }
    return urns;
  });
}

describe("a stack that is shown once", () => {
  const prototype = analyzer.AnalyzeStackRequest.prototype;
  const original = Reflect.get(prototype, "getResourcesList") as unknown;

  afterEach(() => {
    Reflect.set(prototype, "getResourcesList", original);
  });

  it("shows the first policy everything, and those after it whose stack it is, with the installed SDK", () => {
    assert.equal(
      showStackOnce((urn, resources) => urn === "a" && resources === 3),
      true,
    );
    assert.deepEqual(shown(requestOf(["a", "b", "c"])), [["a", "b", "c"], ["a"], ["a"]]);
  });

  it("begins anew with every request", () => {
    showStackOnce(() => true);
    shown(requestOf(["a", "b"]));
    assert.deepEqual(shown(requestOf(["a", "b"])), [["a", "b"], ["a"], ["a"]]);
  });

  it("says that a stack has come, before its policies are called", () => {
    const told: string[] = [];
    const request = requestOf(["a", "b"]);
    showStackOnce(
      () => true,
      () => told.push("a stack"),
    );
    const resources = request.getResourcesList();
    assert.deepEqual(told, ["a stack"]);
    assert.equal(resources.length, 2);
  });

  it("shows everything to everybody until the model is there", () => {
    let joined = false;
    showStackOnce(() => joined);
    assert.deepEqual(shown(requestOf(["a", "b"])), [
      ["a", "b"],
      ["a", "b"],
      ["a", "b"],
    ]);
    joined = true;
    assert.deepEqual(shown(requestOf(["a", "b"])), [["a", "b"], ["a"], ["a"]]);
  });

  it("keeps the list's length and what is found in it by other ways", () => {
    showStackOnce(() => true);
    const request = requestOf(["a", "b"]);
    shown(request);
    assert.equal(request.getResourcesList().length, 2);
    assert.ok(request.getResourcesList().some((resource) => resource.getUrn() === "b"));
  });

  it("does nothing of an empty stack, nor where the SDK's modules are others", () => {
    showStackOnce(() => true);
    assert.deepEqual(shown(requestOf([])), [[], [], []]);
    const missing = (): never => {
      throw new Error("no such module");
    };
    for (const load of [missing, () => undefined, () => ({}), () => ({ AnalyzeStackRequest: {} })]) {
      assert.equal(
        showStackOnce(() => true, undefined, load),
        false,
      );
    }
  });

  it("is the class that @pulumi/policy's server is sent", () => {
    const fromSdk: unknown = createRequire(require.resolve("@pulumi/policy"))(
      "@pulumi/pulumi/proto/analyzer_pb",
    );
    assert.ok(typeof fromSdk === "object" && fromSdk !== null && "AnalyzeStackRequest" in fromSdk);
    assert.equal(fromSdk.AnalyzeStackRequest, analyzer.AnalyzeStackRequest);
  });
});

describe("a stack that is shown to the pack, through Pulumi's protocol", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "shown-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is prepared whole for the first policy only", async () => {
    const file = join(folder, "shown");
    const module = join(import.meta.dirname, "support", "count-shown.cjs");
    const pack = await PackProcess.start(undefined, { module, env: { SHOWN_FILE: file } });
    try {
      const stack = toStack(
        ["one", "two", "three", "four"].map((name) => ({
          type: "aws:ec2/securityGroup:SecurityGroup",
          name,
          props: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
        })),
      );
      for (const resource of stack) {
        // oxlint-disable-next-line no-await-in-loop -- one after another, as the engine's step generator does
        await pack.analyze(resource);
      }
      await pack.analyzeStack(stack);
      const { policies } = packArgs();
      assert.equal(Number(readFileSync(file, "utf8")), stack.length + (policies.length - 1));
    } finally {
      pack.stop();
    }
  });
});
