import assert from "node:assert/strict";

import type { WireMap } from "../../../offline/protocol/wire.ts";
import { refused } from "./support/simulation.ts";

const STEP = { action: "aws:runShellScript", name: "say", inputs: { runCommand: ["echo hello"] } };

function command(content: WireMap): readonly string[] {
  return refused("aws:ssm/document:Document", {
    name: "team-command",
    documentType: "Command",
    content: JSON.stringify({ schemaVersion: "2.2", mainSteps: [STEP], ...content }),
  });
}

describe("a simulated Command document", () => {
  for (const [what, content] of [
    ["a Session document's version", { schemaVersion: "1.0" }],
    ["no steps", { mainSteps: null }],
    ["an empty list of steps", { mainSteps: [] }],
    ["a step without a name", { mainSteps: [{ ...STEP, name: null }] }],
    ["a step whose name has a hyphen", { mainSteps: [{ ...STEP, name: "say-it" }] }],
    ["two steps of one name", { mainSteps: [STEP, STEP] }],
    ["a step without an action", { mainSteps: [{ ...STEP, action: null }] }],
    ["an action of nobody's", { mainSteps: [{ ...STEP, action: "run" }] }],
    ["a script that is no list", { mainSteps: [{ ...STEP, inputs: { runCommand: "echo" } }] }],
    ["a parameter without a type", { parameters: { word: {} } }],
    ["a parameter of an unknown type", { parameters: { word: { type: "SecureString" } } }],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(command(content), ["content"]);
    });
  }

  it("takes what Run Command takes", () => {
    assert.deepEqual(command({}), []);
    assert.deepEqual(
      command({
        parameters: { word: { type: "String", allowedPattern: "^a$" }, many: { type: "StringList" } },
        mainSteps: [STEP, { action: "aws:updateSsmAgent", name: "agent", inputs: {} }],
      }),
      [],
    );
    const runtimeConfig = { "aws:runShellScript": { properties: [] } };
    assert.deepEqual(command({ schemaVersion: "1.2", mainSteps: null, runtimeConfig }), []);
  });
});
