import assert from "node:assert/strict";
import type { Finished, PackRequest, Violation } from "@bastionless/offline/engine/index.ts";
import { secret } from "@bastionless/offline/protocol/wire.ts";
import { byName, failed, finished, fixture, run } from "./support/run.ts";

const PACK: PackRequest = { dir: fixture("pack") };

function brief(violations: readonly Violation[]): readonly string[] {
  return violations.map(
    ({ policy, enforcement, severity, scope, urn, message }) =>
      `${policy} ${enforcement} ${severity} ${scope} ${urn.split("::").at(-1)}: ${message.split("\n").at(-1)}`,
  );
}

describe("policy packs", () => {
  let outcome: Finished;
  before(async () => {
    outcome = await finished(run("labelled", { packs: [PACK] }));
  });

  it("judge each resource's inputs, with its provider, and all resources' outputs in the end", () => {
    assert.deepEqual(brief(outcome.violations), [
      "label-required mandatory high resource bare: label is undefined, provider r1",
      "few-things advisory unspecified stack padded: one too many, arn:padded",
    ]);
    assert.equal(outcome.violations[0]?.pack, "fixture-pack");
    assert.equal(outcome.violations[0]?.description, "Things carry a label.");
  });

  it("remediate inputs before they are judged, without revealing secrets", () => {
    const padded = byName(outcome, "padded");
    assert.equal(padded.inputs["label"], "padded");
    assert.equal(padded.outputs["label"], "padded");
    assert.deepEqual(padded.inputs["token"], secret("hush"));
    assert.deepEqual(
      outcome.remediations.map(({ policy, urn, before: old, after }) => [
        policy,
        urn,
        old["label"],
        after["label"],
        after["token"],
      ]),
      [["trim-label", padded.urn, "  padded  ", "padded", secret("hush")]],
    );
  });

  it("say who they are; PulumiPolicy.yaml's version goes before package.json's", () => {
    const [pack] = outcome.packs;
    assert.equal(pack?.name, "fixture-pack");
    assert.equal(pack?.version, "9.9.9");
    assert.deepEqual(
      pack?.policies.map(({ name, enforcement, type }) => `${name} ${enforcement} ${type}`),
      ["few-things advisory stack", "label-required mandatory resource", "trim-label remediate resource"],
    );
  });

  it("take enforcement levels and properties from configuration", async () => {
    const config = {
      "few-things": "disabled",
      "label-required": { enforcementLevel: "advisory", minLength: 5 },
    };
    const configured = await finished(run("labelled", { packs: [{ ...PACK, config }] }));
    assert.deepEqual(brief(configured.violations), [
      "label-required advisory high resource bare: label is undefined, provider r1",
      'label-required advisory high resource good: label is "fine", provider r1',
    ]);
  });

  it("with wrong configuration fail the run, every mistake named at once", async () => {
    const config = {
      "few-things": "sometimes",
      "label-required": { minLength: "long" },
      "no-such-policy": "advisory",
    };
    const { problems } = await failed(run("labelled", { packs: [{ ...PACK, config }] }));
    assert.deepEqual(
      problems.map((problem) => problem.kind),
      ["pack"],
    );
    for (const part of [/few-things` is `"sometimes"/u, /no-such-policy/u, /label-required\.minLength/u]) {
      assert.match(problems[0].message, part);
    }
  });

  it("run side by side, their verdicts in the order in which they were given", async () => {
    const both = await finished(run("labelled", { packs: [PACK, PACK], mode: "preview" }));
    assert.deepEqual(
      both.violations.map(({ policy, urn }) => `${policy} ${urn.split("::").at(-1)}`),
      ["label-required bare", "label-required bare", "few-things labelled-dev", "few-things labelled-dev"],
    );
  });

  it("that do not start fail the run, with what they say", async () => {
    const { problems } = await failed(run("labelled", { packs: [{ dir: fixture("broken-pack") }] }));
    assert.equal(problems[0].kind, "pack");
    assert.match(problems[0].message, /broken-pack.*\n.*this pack does not start/su);
  });

  it("that fail on a resource fail the run, with what they say", async () => {
    const { problems } = await failed(run("labelled", { packs: [{ dir: fixture("failing-pack") }] }));
    assert.equal(problems[0].kind, "pack");
    assert.match(problems[0].message, /failing-pack.*a bug in a policy/su);
  });

  for (const hang of ["loop", "promise"]) {
    it(`that hang in a ${hang} are told with the call, the resource, how long it took and what to do`, async () => {
      const hung = run("labelled", {
        packs: [{ dir: fixture("hanging-pack") }],
        env: { ...process.env, FIXTURE_HANG: hang },
        hangSeconds: 5,
      });
      const { problems } = await failed(hung);
      assert.deepEqual(
        problems.map(({ kind, message }) => [kind, message.replace(/`\/.*hanging-pack`/u, "`DIR`")]),
        [
          [
            "pack",
            "policy pack `DIR`: it has not answered `analyze` of `urn:pulumi:dev::labelled::pulumi:pulumi:Stack::labelled-dev` " +
              "in 5 s: look in its policies for a loop without an end, or a promise that never settles",
          ],
        ],
      );
    });
  }

  it("that are no packs fail the run", async () => {
    const { problems } = await failed(run("labelled", { packs: [{ dir: "/" }] }));
    assert.equal(problems[0].kind, "pack");
    assert.match(problems[0].message, /npm install/u);
  });
});
