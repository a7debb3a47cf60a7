import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { assertSameGraph } from "./support/assert-graph.ts";
import { graphOfDeployment, STATE_LACKS } from "./support/deployment.ts";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { previewOffline } from "./support/offline.ts";
import { ownStack } from "./support/stack.ts";
import { stateGraphOfRecords } from "./support/records.ts";
import { offlineRemediations, offlineViolations, sorted } from "./support/violations.ts";

const PLAIN = fileURLToPath(new URL("fixtures/plain", import.meta.url));
const PACK = fileURLToPath(new URL("fixtures/pack", import.meta.url));
const NOTE = "urn:pulumi:dev::plain::plain:index:Note::greeting";

interface Case {
  readonly what: string;
  readonly text: string;
  readonly config?: WireMap;
  /** Policies of the violations that both report, sorted. */
  readonly violates: readonly string[];
  readonly remediates?: readonly string[];
  readonly rejected: boolean;
}

const CASES: readonly Case[] = [
  {
    what: "reports a mandatory violation",
    text: "forbidden",
    violates: ["no-forbidden-text"],
    rejected: true,
  },
  {
    what: "lowers a policy to advisory by configuration",
    text: "forbidden",
    config: { "no-forbidden-text": "advisory" },
    violates: ["no-forbidden-text"],
    rejected: false,
  },
  {
    what: "disables every policy by configuration",
    text: "forbidden",
    config: { all: "disabled" },
    violates: [],
    rejected: false,
  },
  {
    what: "remediates a resource before the others see it",
    text: " forbidden ",
    violates: ["no-forbidden-text"],
    remediates: ["trimmed-text"],
    rejected: true,
  },
  {
    what: "reports what it would remediate where the policy is only advisory",
    text: " padded ",
    config: { "trimmed-text": { enforcementLevel: "advisory" } },
    violates: ["trimmed-text"],
    rejected: false,
  },
  {
    what: "hands configuration to a stack policy, which can block",
    text: "hello",
    config: { "few-resources": { maximum: 0, enforcementLevel: "mandatory" } },
    violates: ["few-resources", "few-resources"],
    rejected: true,
  },
];

describeOnRealEngine("a policy pack, on both engines", () => {
  const engine = ownStack(PLAIN, "dev");

  for (const { what, text, config, violates, remediates, rejected } of CASES) {
    it(what, async () => {
      const packs = [{ dir: PACK, ...(config === undefined ? {} : { config }) }];
      await engine().setConfig("text", text);
      const [real, offline] = await Promise.all([
        engine().preview({ packs, mayFail: true }),
        previewOffline(engine().project, "dev", { mode: "preview", packs }),
      ]);
      assert.equal(offline.kind, "finished");
      assert.deepEqual(real.events.violations.map(({ policy }) => policy).toSorted(), violates);
      assert.deepEqual(offlineViolations(offline.violations), sorted(real.events.violations));
      assert.deepEqual(
        real.events.remediations.map(({ policy }) => policy),
        remediates ?? [],
      );
      assert.deepEqual(offlineRemediations(offline.remediations), real.events.remediations);
      assert.equal(real.code !== 0, rejected, real.stdout);
    });
  }

  it("goes on with what a remediation made of the inputs", async () => {
    const packs = [{ dir: PACK }];
    await engine().setConfig("text", " padded ");
    const [, { resources }] = await Promise.all([
      engine().up({ packs }),
      previewOffline(engine().project, "dev", { mode: "resolved", packs }),
    ]);
    assert.equal(resources.find(({ urn }) => urn === NOTE)?.inputs["text"], "padded");
    assertSameGraph(
      graphOfDeployment(await engine().exportState()),
      stateGraphOfRecords(resources),
      STATE_LACKS,
    );
  });

  it("fails the run where a policy throws, with its name and what it said", async () => {
    const packs = [{ dir: PACK }];
    await engine().setConfig("text", "broken");
    const [real, offline] = await Promise.all([
      engine().preview({ packs, mayFail: true }),
      previewOffline(engine().project, "dev", { mode: "preview", packs }),
    ]);
    assert.notEqual(real.code, 0);
    assert.equal(offline.kind, "failed");
    const said = offline.kind === "failed" ? offline.problems.map(({ message }) => message).join("\n") : "";
    for (const text of [real.stdout, said]) {
      assert.match(text, /no-forbidden-text/);
      assert.match(text, /this policy cannot decide `broken`/);
    }
  });
});
