import assert from "node:assert/strict";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const SHELL = { schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: {} };

/** What rules say of a shell document that is not logged, written with that type; by rule. */
function told(documentType: unknown, content: object = SHELL): readonly string[] {
  const props = {
    name: "shell",
    content: JSON.stringify(content),
    ...(documentType === undefined ? {} : { documentType }),
  };
  const found = runRules(RULES, toStack([{ type: "aws:ssm/document:Document", name: "shell", props }]));
  return [...new Set(found.map(({ rule, kind }) => `${rule} ${kind}`))].toSorted();
}

const UNDECIDED = [
  "log-bucket-private undecided",
  "log-key-rotates undecided",
  "log-retention-set undecided",
  "session-logging-permitted undecided",
  "session-logs-encrypted undecided",
  "session-logs-somewhere undecided",
];

describe("the type of a document", () => {
  it("makes it a session document, written as AWS writes it", () => {
    assert.deepEqual(told("Session"), ["session-logs-somewhere violation"]);
  });

  for (const type of [
    "session",
    "SESSION",
    " Session",
    "Session ",
    "Sessions",
    "sess\u0456on",
    "Shell",
    "",
  ]) {
    it(`is undecided where AWS has no such type: ${JSON.stringify(type)}`, () => {
      assert.deepEqual(told(type), UNDECIDED);
    });
  }

  it("is undecided where it is no text, or not known", () => {
    assert.deepEqual(told(7), UNDECIDED);
    assert.deepEqual(told(["Session"]), UNDECIDED);
    assert.deepEqual(told({ unknown: true }), UNDECIDED);
  });

  it("is another one's business where AWS has it, or none is named, which makes it a document of commands", () => {
    assert.deepEqual(told("Command"), []);
    assert.deepEqual(told("Automation.ChangeTemplate"), []);
    assert.deepEqual(told(undefined), []);
  });
});

describe("the type of a session", () => {
  const LOGGED = { cloudWatchLogGroupName: "/sessions", cloudWatchEncryptionEnabled: true };

  for (const sessionType of [
    "standard_stream",
    "port",
    "PORT",
    "Standard_Stream ",
    "InteractiveCommand",
    "",
  ]) {
    it(`is undecided where AWS has no such type, whatever logs the document names: ${JSON.stringify(sessionType)}`, () => {
      for (const inputs of [{}, LOGGED]) {
        assert.ok(
          told("Session", { ...SHELL, sessionType, inputs }).includes("session-logs-somewhere undecided"),
        );
      }
    });
  }
});
