import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import { satisfied, type Verdict } from "@bastionless/policies/rules/verdict.ts";
import { warmUp } from "@bastionless/policies/warm-up.ts";
import { PackProcess } from "./support/pack-process.ts";
import { toStack } from "./support/stack.ts";

describe("what the pack decides before the first resource", () => {
  it("gives every rule a question, of which none fails", async () => {
    const asked = new Map<string, number>();
    const count = (id: string, verdicts: number): void => {
      asked.set(id, (asked.get(id) ?? 0) + verdicts);
    };
    const watched = RULES.map((rule): Rule => ({
      ...rule,
      decideResource: (facts, config) => {
        const verdicts: readonly Verdict[] = rule.decideResource(facts, config);
        count(rule.id, verdicts.length);
        return verdicts;
      },
      decideStack: (estate, config) => {
        const findings = rule.decideStack?.(estate, config) ?? [];
        count(rule.id, findings.length);
        return findings;
      },
    }));
    await warmUp(watched);
    assert.deepEqual(
      [...asked.keys()],
      RULES.map(({ id }) => id),
    );
    assert.deepEqual(
      [...asked].filter(([, verdicts]) => verdicts === 0).map(([id]) => id),
      [],
    );
  });

  it("shows each rule every resource of the sample, and then the stack of them", async () => {
    const seen: string[] = [];
    const [first] = RULES;
    assert.ok(first !== undefined);
    await warmUp([
      {
        ...first,
        decideResource: ({ record }) => {
          seen.push(record.type);
          return [satisfied({ id: "fault", rule: "", error: "" })];
        },
        decideStack: ({ facts }) => {
          seen.push(`a stack of ${facts.size}`);
          return [];
        },
      },
    ]);
    assert.equal(seen.at(-1), "a stack of 14");
    assert.equal(new Set(seen).size, 15);
  });
});

describe("what the pack's process has compiled", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "bastionless-compiled-"));

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is on disk once a stack was decided, though the engine ends the process by a signal", async () => {
    const pack = await PackProcess.start(undefined, { env: { NODE_COMPILE_CACHE: folder } });
    try {
      await pack.info();
      const kept = (): number => readdirSync(folder, { recursive: true }).length;
      assert.ok(kept() <= 1, `${kept()} files before`);
      const stack = toStack([{ type: "aws:s3/bucket:Bucket", name: "logs", props: {} }]);
      await pack.analyzeStack(stack);
      for (let wait = 0; wait < 200 && kept() < 100; wait += 1) {
        // oxlint-disable-next-line no-await-in-loop -- waiting is what it is for
        await setTimeout(50);
      }
      assert.ok(kept() >= 100, `${kept()} files`);
    } finally {
      pack.stop();
    }
  });
});
