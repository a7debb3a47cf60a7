import assert from "node:assert/strict";

import { secret, UNKNOWN } from "../../../offline/protocol/wire.ts";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { changes, created, failures, refused } from "./support/simulation.ts";

const DOCUMENT = "aws:ssm/document:Document";
const PARAMETER = "aws:ssm/parameter:Parameter";

function session(content: WireMap): WireMap {
  return {
    name: "team-shell",
    documentType: "Session",
    content: JSON.stringify({ schemaVersion: "1.0", ...content }),
  };
}

const STREAM = { sessionType: "Standard_Stream", inputs: {} };

describe("a simulated document", () => {
  for (const name of ["ab", "AWS-Shell", "amazon-x", "amzn.x", "a b", "d".repeat(129)]) {
    it(`refuses the name ${name}`, () => {
      assert.deepEqual(refused(DOCUMENT, { ...session(STREAM), name }), ["name"]);
    });
  }

  it("may be the account's own session preferences", () => {
    assert.deepEqual(refused(DOCUMENT, { ...session(STREAM), name: "SSM-SessionManagerRunShell" }), []);
  });

  for (const [what, content] of [
    ["another schema version", { schemaVersion: "2.2", ...STREAM }],
    ["no session type", { inputs: {} }],
    ["an unknown session type", { sessionType: "Shell", inputs: {} }],
    ["a stream without inputs", { sessionType: "Standard_Stream" }],
    ["a port without properties", { sessionType: "Port" }],
    ["a boolean in quotes", { ...STREAM, inputs: { s3EncryptionEnabled: "true" } }],
    ["a number for a text", { ...STREAM, inputs: { idleSessionTimeout: 20 } }],
    ["an idle timeout of no minutes", { ...STREAM, inputs: { idleSessionTimeout: "0" } }],
    ["an idle timeout over an hour", { ...STREAM, inputs: { idleSessionTimeout: "61" } }],
    ["a session over a day", { ...STREAM, inputs: { maxSessionDuration: "1441" } }],
  ] as const) {
    it(`refuses as the content of a session document ${what}`, () => {
      assert.deepEqual(refused(DOCUMENT, session(content)), ["content"]);
    });
  }

  it("takes what Session Manager takes", () => {
    const inputs = {
      s3BucketName: "logs",
      s3EncryptionEnabled: true,
      idleSessionTimeout: "60",
      maxSessionDuration: "1440",
      runAsEnabled: false,
      runAsDefaultUser: "",
      shellProfile: { linux: "exec bash", windows: "" },
    };
    assert.deepEqual(failures(DOCUMENT, session({ ...STREAM, inputs })), []);
    assert.deepEqual(
      failures(
        DOCUMENT,
        session({ sessionType: "Port", properties: { portNumber: "5432", type: "LocalPortForwarding" } }),
      ),
      [],
    );
  });

  it("reads YAML where it is said to be YAML, and JSON where it is not", () => {
    const content = "schemaVersion: '1.0'\nsessionType: Standard_Stream\ninputs: {}\n";
    assert.deepEqual(refused(DOCUMENT, { ...session(STREAM), content }), ["content"]);
    assert.deepEqual(refused(DOCUMENT, { ...session(STREAM), content, documentFormat: "YAML" }), []);
    assert.deepEqual(refused(DOCUMENT, { ...session(STREAM), content: "a: [", documentFormat: "YAML" }), [
      "content",
    ]);
  });

  it("decides nothing about content that is unknown, and shows none that is secret", () => {
    assert.deepEqual(refused(DOCUMENT, { ...session(STREAM), content: UNKNOWN }), []);
    const [failure] = failures(DOCUMENT, { ...session(STREAM), content: secret("hush: [") });
    assert.equal(failure?.property, "content");
    assert.ok(!failure.reason.includes("hush"));
  });

  it("tells its parameters and platforms", () => {
    const content = {
      sessionType: "Port",
      parameters: { portNumber: { type: "String", default: "5432" } },
      properties: { portNumber: "{{ portNumber }}" },
    };
    const { id, outputs } = created(DOCUMENT, session(content));
    assert.equal(id, "team-shell");
    assert.equal(outputs["arn"], "arn:aws:ssm:us-east-1:123456789012:document/team-shell");
    assert.deepEqual(outputs["parameters"], [
      { name: "portNumber", type: "String", description: "", defaultValue: "5432" },
    ]);
    assert.equal(outputs["schemaVersion"], "1.0");
  });

  it("gets a new version with new content, and is replaced with its name", () => {
    const before = session(STREAM);
    const content = JSON.stringify(
      { inputs: {}, sessionType: "Standard_Stream", schemaVersion: "1.0" },
      undefined,
      2,
    );
    assert.deepEqual(changes(DOCUMENT, before, { ...before, content }).diffs, []);
    assert.deepEqual(changes(DOCUMENT, before, session({ ...STREAM, description: "d" })), {
      diffs: ["content"],
      replaces: [],
    });
    assert.deepEqual(changes(DOCUMENT, before, { ...before, name: "other" }).replaces, ["name"]);
  });
});

describe("a simulated parameter", () => {
  it("needs one value", () => {
    assert.equal(failures(PARAMETER, { type: "String" }).length, 1);
    assert.deepEqual(refused(PARAMETER, { type: "String", value: "a", insecureValue: "a" }), [
      "insecureValue",
    ]);
    assert.deepEqual(refused(PARAMETER, { type: "Text", value: "a" }), ["type"]);
    assert.deepEqual(refused(PARAMETER, { type: "String", value: "a", name: "/aws/x" }), ["name"]);
  });

  it("has the ARN of its path", () => {
    const arn = (name: string) => created(PARAMETER, { type: "String", value: "a", name }).outputs["arn"];
    assert.equal(arn("/team/db"), "arn:aws:ssm:us-east-1:123456789012:parameter/team/db");
    assert.equal(arn("db"), "arn:aws:ssm:us-east-1:123456789012:parameter/db");
  });
});
