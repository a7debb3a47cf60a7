import assert from "node:assert/strict";
import { join } from "node:path";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { once } from "./support/once.ts";
import { REPOSITORY } from "./support/paths.ts";
import { ownStack } from "./support/stack.ts";

const ROOT = join(REPOSITORY, "examples", "preferences");
const NAME = "SSM-SessionManagerRunShell";

const FIRST = JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: {} });
const SECOND = JSON.stringify({
  schemaVersion: "1.0",
  sessionType: "Standard_Stream",
  inputs: { idleSessionTimeout: "5" },
});

describeOnRealEngine("session preferences in an account that has some", () => {
  const before = {
    "eu-west-1": {
      documents: {
        [NAME]: {
          documentType: "Session",
          versions: [FIRST, SECOND],
          defaultVersion: 1,
          tags: { Owner: "console" },
        },
        other: { documentType: "Command", versions: ["{}"], defaultVersion: 1, tags: {} },
      },
      functions: {},
    },
  };
  const engine = ownStack(ROOT, "dev", { account: before });
  const applied = once(() => engine().up());

  it("are adopted by one update", async () => {
    const { events } = await applied();
    assert.deepEqual(Object.keys(events.changes), ["create"]);
  });

  it("are not changed by a second preview", async () => {
    await applied();
    const { events } = await engine().preview();
    assert.deepEqual(Object.keys(events.changes), ["same"]);
  });

  it("are what they were when the stack is destroyed", async () => {
    await applied();
    await engine().destroy();
    assert.deepEqual(await engine().account(), before);
  });
});
