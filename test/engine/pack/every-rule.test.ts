import assert from "node:assert/strict";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { findingsOf, provedRules } from "../support/findings.ts";
import { describeOnRealEngine } from "../support/lifecycle.ts";
import { once } from "../support/once.ts";
import { ownStack } from "../support/stack.ts";
import { BROKEN_LATER, BROKEN_NOW, UNDECIDED_NOW } from "./every-rule-broken.ts";
import { fixture, projectPack, REPORTING } from "./project-pack.ts";

const RULE_IDS = RULES.map(({ id }) => id);

/** The one that has nothing to prove where there is no such endpoint. */
const PROVABLE = RULE_IDS.filter((id) => id !== "no-instance-connect-endpoint");

describeOnRealEngine("a program that breaks every rule", () => {
  const engine = ownStack(fixture("every-rule-broken"), "dev");
  const previewed = once(() => engine().preview({ packs: projectPack(), mayFail: true }));
  const applied = once(async () => {
    await Promise.allSettled([previewed()]);
    return engine().up({ packs: REPORTING });
  });

  it("is found to break every one of them before any id is known, but for what waits for one", async () => {
    const { code, events } = await previewed();
    const { refuted } = findingsOf(events);
    assert.deepEqual(refuted, BROKEN_NOW);
    assert.deepEqual([...new Set(refuted.map(ruleOf))], RULE_IDS);
    assert.notEqual(code, 0, "nothing of it is mandatory");
  });

  it("is not decided where a document waits for an id, and each rule that asks says which property does", async () => {
    const { events } = await previewed();
    assert.deepEqual(findingsOf(events).undecided, UNDECIDED_NOW);
  });

  it("is found to break the same once it is there, and what waited is decided", async () => {
    const { events } = await applied();
    assert.deepEqual(findingsOf(events), {
      refuted: [...BROKEN_NOW, ...BROKEN_LATER].toSorted(),
      undecided: [],
    });
  });

  it("is found to break the same when its exported state is analyzed", async () => {
    const { events } = await applied();
    const analyzed = await engine().analyze(await engine().exportFile(), REPORTING);
    assert.deepEqual(findingsOf(analyzed.events), findingsOf(events));
    assert.deepEqual(provedRules(analyzed.events), provedRules(events));
  });
});

describeOnRealEngine("a program that keeps every rule", () => {
  const engine = ownStack(fixture("every-rule-kept"), "dev");
  const previewed = once(() => engine().preview({ packs: REPORTING }));
  const applied = once(async () => {
    await Promise.allSettled([previewed()]);
    return engine().up({ packs: REPORTING });
  });

  it("is proved to, by every rule, before any id is known", async () => {
    const { events } = await previewed();
    assert.deepEqual(findingsOf(events), { refuted: [], undecided: [] });
    assert.deepEqual(provedRules(events), PROVABLE);
  });

  it("is proved to once it is there", async () => {
    const { events } = await applied();
    assert.deepEqual(findingsOf(events), { refuted: [], undecided: [] });
    assert.deepEqual(provedRules(events), PROVABLE);
  });
});

function ruleOf(line: string): string {
  return line.split(" ", 1)[0] ?? "";
}
