import assert from "node:assert/strict";
import type { Finished, Progress } from "@bastionless/offline/engine/index.ts";
import { secret, UNKNOWN } from "@bastionless/offline/protocol/wire.ts";
import { byName, finished, run } from "./support/run.ts";

const STACK = "urn:pulumi:dev::bucket::pulumi:pulumi:Stack::bucket-dev";
const PAIR = "urn:pulumi:dev::bucket::my:index:Group::pair";
const FIRST = "urn:pulumi:dev::bucket::my:index:Group$cloud:index:Thing::pair-first";
const SECOND = "urn:pulumi:dev::bucket::my:index:Group$cloud:index:Thing::pair-second";
const PROVIDER = "urn:pulumi:dev::bucket::pulumi:providers:cloud::default_1_2_3";

describe("what a program registers", () => {
  let outcome: Finished;
  before(async () => {
    outcome = await finished(run("bucket"));
  });

  it("is recorded in order, the default provider before the first resource that needs it", () => {
    assert.deepEqual(
      outcome.resources.map((resource) => resource.urn),
      [STACK, PAIR, PROVIDER, FIRST, SECOND, "urn:pulumi:dev::bucket::cloud:index:Thing::after"],
    );
  });

  it("has parents, providers, dependencies and inherited options", () => {
    const provider = byName(outcome, "default_1_2_3");
    const second = byName(outcome, "pair-second");
    assert.equal(second.parent, PAIR);
    assert.equal(second.provider, `${PROVIDER}::${provider.id}`);
    assert.deepEqual(second.dependencies, [FIRST]);
    assert.deepEqual(second.propertyDependencies, { label: [FIRST], tags: [], token: [] });
    assert.equal(second.options.protect, true);
    assert.equal(byName(outcome, "after").options.protect, false);
    assert.deepEqual(byName(outcome, "after").dependencies, [FIRST, SECOND]);
  });

  it("has ids and outputs from the provider, in a resolved run", () => {
    const after = byName(outcome, "after");
    assert.equal(after.id, "id-after");
    assert.deepEqual(after.inputs, { physicalName: "after-0000000", label: " after " });
    assert.deepEqual(after.outputs, { ...after.inputs, region: "r1", arn: "arn:after" });
    assert.equal(byName(outcome, "pair-second").inputs["label"], "arn:pair-first");
  });

  it("has unknown ids and outputs in a preview", async () => {
    const preview = await finished(run("bucket", { mode: "preview" }));
    const second = byName(preview, "pair-second");
    assert.equal(second.id, UNKNOWN);
    assert.equal(second.inputs["label"], UNKNOWN);
    assert.equal(second.outputs["arn"], UNKNOWN);
    assert.equal(second.outputs["region"], "r1");
    assert.equal(second.provider, `${PROVIDER}::${UNKNOWN}`);
  });

  it("keeps secrets secret, nested ones too", () => {
    const second = byName(outcome, "pair-second");
    for (const values of [second.inputs, second.outputs]) {
      assert.deepEqual(values["token"], secret("hush"));
      assert.deepEqual(values["tags"], { nested: secret("hush") });
    }
    assert.deepEqual(outcome.stackOutputs, { answer: 42, region: "r1", hidden: secret("hush") });
    assert.deepEqual(outcome.diagnostics, []);
  });

  it("has the stack's outputs and a component's", () => {
    assert.deepEqual(byName(outcome, "bucket-dev").outputs, outcome.stackOutputs);
    assert.deepEqual(byName(outcome, "pair").outputs, { first: "arn:pair-first" });
    assert.equal("id" in byName(outcome, "pair"), false);
  });

  it("has configured default providers", async () => {
    const config = { values: { "cloud:region": "r9", "cloud:token": "hush" }, secretKeys: ["cloud:token"] };
    const configured = await finished(run("bucket", { config }));
    assert.deepEqual(byName(configured, "default_1_2_3").inputs, {
      region: "r9",
      token: secret("hush"),
      version: "1.2.3",
      __internal: {},
    });
    assert.equal(configured.stackOutputs["region"], "r9");
  });

  it("is the same in two runs, and told as it happens", async () => {
    const told: string[] = [];
    const onProgress = (progress: Progress): void => {
      told.push(progress.kind === "resource" ? progress.resource.name : progress.kind);
    };
    const again = await finished(run("bucket", { onProgress }));
    assert.deepEqual(again.resources, outcome.resources);
    assert.deepEqual(told, [
      "bucket-dev",
      "pair",
      "default_1_2_3",
      "pair-first",
      "pair-second",
      "after",
      "program-ended",
    ]);
  });
});

describe("resource options", () => {
  let outcome: Finished;
  before(async () => {
    outcome = await finished(run("options"));
  });

  it("choose providers: explicit, by the component, else the default one", () => {
    const region = (name: string): unknown => byName(outcome, name).outputs["region"];
    assert.deepEqual(
      ["explicit", "group-child", "base"].map((name) => region(name)),
      ["east", "west", "r1"],
    );
    assert.deepEqual(byName(outcome, "east").inputs, { region: "east", version: "1.2.3", __internal: {} });
  });

  it("pass through transforms of the resource's parents and of the stack", () => {
    assert.equal(byName(outcome, "transformed").inputs["label"], "by the stack");
    assert.equal(byName(outcome, "group-child").inputs["size"], 7);
    assert.equal(byName(outcome, "group-child").options.protect, false);
    assert.equal(byName(outcome, "group-sibling").options.protect, true);
    assert.deepEqual(outcome.stackOutputs["image"], { id: "image-1" });
  });

  it("multiply aliases with those of the parent", () => {
    assert.deepEqual(byName(outcome, "group").options.aliases, [
      "urn:pulumi:dev::options::my:index:Group::old-group",
    ]);
    assert.deepEqual(byName(outcome, "group-sibling").options.aliases, [
      "urn:pulumi:dev::options::my:index:Group$cloud:index:OldThing::group-sibling",
      "urn:pulumi:dev::options::my:index:Group$cloud:index:Thing::old-group-sibling",
      "urn:pulumi:dev::options::my:index:Group$cloud:index:OldThing::old-group-sibling",
    ]);
  });

  it("are recorded", () => {
    const optioned = byName(outcome, "optioned");
    assert.equal(optioned.id, "existing-id");
    assert.deepEqual(optioned.outputs["plain"], secret("y"));
    assert.deepEqual(optioned.options, {
      protect: false,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      ignoreChanges: ["label"],
      replaceOnChanges: ["plain"],
      hideDiffs: [],
      additionalSecretOutputs: ["plain"],
      aliases: [],
      deletedWith: byName(outcome, "base").urn,
      replaceWith: [],
      importId: "existing-id",
      customTimeouts: { create: 5400, update: 0, delete: 0 },
    });
    assert.deepEqual(
      optioned.dependencies,
      ["group-child", "group-sibling"].map((name) => byName(outcome, name).urn).toSorted(),
    );
  });

  it("run only those hooks that may run in a preview", () => {
    assert.deepEqual(
      outcome.diagnostics.map((entry) => entry.message),
      ["created hooked", "hook `silent` does not run offline: it is not marked `onDryRun`"],
    );
  });
});
