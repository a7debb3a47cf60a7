import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertSameGraph } from "./support/assert-graph.ts";
import { graphOfDeployment } from "./support/deployment.ts";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { finishOffline } from "./support/offline.ts";
import { once } from "./support/once.ts";
import { REPOSITORY } from "./support/paths.ts";
import { run } from "./support/process.ts";
import { stateGraphOfRecords } from "./support/records.ts";
import { ownStack } from "./support/stack.ts";
import { offlineViolations, sorted } from "./support/violations.ts";

const MAIN = join(REPOSITORY, "offline/main.js");

const PROJECTS = [
  { what: "an environment", root: REPOSITORY, pack: join(REPOSITORY, "policies") },
  {
    what: "a program with secrets in inputs and outputs",
    root: fileURLToPath(new URL("fixtures/options", import.meta.url)),
    pack: fileURLToPath(new URL("fixtures/pack", import.meta.url)),
  },
];

for (const { what, root, pack } of PROJECTS) {
  describeOnRealEngine(`what npm run preview exports of ${what}`, () => {
    const engine = ownStack(root, "dev");
    const exported = once(async () => {
      const file = engine().file("offline.json");
      const args = [MAIN, "preview", "--cwd", root, "--stack", "dev", "--export", file];
      const ran = await run(process.execPath, args, {
        cwd: root,
        env: { ...process.env, PULUMI_CONFIG_PASSPHRASE: "" },
      });
      assert.equal(ran.code, 0, ran.stdout + ran.stderr);
      return file;
    });

    it("is analyzed by the real engine with the verdicts of the offline run", async () => {
      const packs = [{ dir: pack }];
      const [file, { violations }] = await Promise.all([
        exported(),
        finishOffline(root, "dev", { mode: "resolved", packs }),
      ]);
      const { events } = await engine().analyze(file, packs);
      assert.deepEqual(sorted(events.violations), offlineViolations(violations));
    });

    it("is taken by the real engine for a state that the program does not change", async () => {
      await engine().importFile(await exported());
      const { events } = await engine().preview();
      assert.deepEqual(Object.keys(events.changes), ["same"], JSON.stringify(events.changes));
      const [state, { resources }] = await Promise.all([
        engine().exportState(),
        finishOffline(root, "dev", { mode: "resolved" }),
      ]);
      assertSameGraph(graphOfDeployment(state), stateGraphOfRecords(resources), [
        "deleteBeforeReplace",
        "aliases",
      ]);
    });

    it("has no secret in plain text", async () => {
      const text = await readFile(await exported(), "utf8");
      assert.ok(!text.includes("s3cret") && !text.includes("quiet"));
    });
  });
}
