import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { simulatedAws } from "../../../offline/aws/index.ts";
import { Documents } from "../../../offline/aws/account/documents.ts";
import { StateFile } from "../../../offline/aws/account/state-file.ts";
import type { ConfiguredProvider } from "../../../offline/protocol/provider.ts";
import { ARCHIVE_SIGNATURE, ASSET_SIGNATURE, SIGNATURE_KEY } from "../../../offline/protocol/wire.ts";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { check, urnOf } from "./support/simulation.ts";

const DOCUMENT = "aws:ssm/document:Document";
const FUNCTION = "aws:lambda/function:Function";
const INVOCATION = "aws:lambda/invocation:Invocation";
const REGION = "us-east-1";

const SESSION = {
  name: "shell",
  documentType: "Session",
  content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: {} }),
  tags: { Team: "web" },
};

/** A function that says what it is called with, and fails where that is asked for. */
const ECHO = `export function handler(event) {
  if (event.fail) { throw new RangeError("asked for"); }
  return event;
}`;

function lambda(code: string): WireMap {
  const file = { [SIGNATURE_KEY]: ASSET_SIGNATURE, text: code };
  return {
    name: "echo",
    role: "arn:aws:iam::123456789012:role/echo",
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: { [SIGNATURE_KEY]: ARCHIVE_SIGNATURE, assets: { "index.mjs": file } },
  };
}

function resultOf(outputs: WireMap): unknown {
  const { result } = outputs;
  assert.ok(typeof result === "string");
  return JSON.parse(result);
}

describe("a simulated account that keeps a state", () => {
  let folder: string;
  let state: StateFile;
  let provider: ConfiguredProvider;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "account-"));
    state = new StateFile(join(folder, "state.json"));
    provider = simulatedAws({ state: state.file }).configure({ region: REGION });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function create(
    type: string,
    news: WireMap,
    preview = false,
  ): { readonly id: string; readonly outputs: WireMap } {
    const { inputs } = check(type, news, "thing", provider);
    return provider.create({ urn: urnOf(type), type, name: "thing", inputs, preview });
  }

  function update(type: string, before: WireMap, after: WireMap): WireMap {
    const urn = urnOf(type);
    const [oldInputs, inputs] = [before, after].map((news) => check(type, news, "thing", provider).inputs);
    const request = {
      urn,
      type,
      name: "thing",
      id: "thing",
      inputs: inputs ?? {},
      oldInputs: oldInputs ?? {},
    };
    return provider.update({ ...request, oldOutputs: {}, preview: false }).outputs;
  }

  function remove(type: string, outputs: WireMap): void {
    provider.delete?.({ urn: urnOf(type), type, name: "thing", id: "thing", state: outputs });
  }

  it("has a document from its creation to its end, and refuses it twice", () => {
    const { outputs } = create(DOCUMENT, SESSION);
    assert.deepEqual(state.read(REGION).documents, {
      shell: {
        documentType: "Session",
        versions: [SESSION.content],
        defaultVersion: 1,
        tags: { Team: "web" },
      },
    });
    assert.throws(
      () => create(DOCUMENT, SESSION),
      /DocumentAlreadyExists: Document with name shell already exists/,
    );
    remove(DOCUMENT, outputs);
    assert.deepEqual(state.read(REGION).documents, {});
    assert.throws(() => {
      remove(DOCUMENT, outputs);
    }, /^InvalidDocument/);
  });

  it("has other documents in another Region", () => {
    create(DOCUMENT, SESSION);
    create(DOCUMENT, { ...SESSION, region: "eu-west-1" });
    assert.deepEqual(Object.keys(state.read("eu-west-1").documents), ["shell"]);
  });

  it("is not touched by a preview", () => {
    create(DOCUMENT, SESSION, true);
    assert.deepEqual(state.read(REGION).documents, {});
  });

  it("has a new version of a document whose content changes, which is the one that is used", () => {
    create(DOCUMENT, SESSION);
    const content = JSON.stringify({
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { kmsKeyId: "" },
    });
    update(DOCUMENT, SESSION, { ...SESSION, content });
    const documents = new Documents(state, REGION);
    assert.equal(documents.content("shell", "$DEFAULT"), content);
    assert.equal(documents.content("shell", "1"), SESSION.content);
    assert.throws(() => documents.addVersion("shell", content), /^DuplicateDocumentContent/);
    assert.throws(() => documents.content("shell", "3"), /^InvalidDocumentVersion/);
  });

  it("runs functions with the event of an invocation, once where that is all that is asked", () => {
    create(FUNCTION, lambda(ECHO));
    const { outputs } = create(INVOCATION, { functionName: "echo", input: '{"a":1}' });
    assert.equal(outputs["result"], '{"a":1}');
    remove(INVOCATION, outputs);
  });

  it("tells a function what happens to its resource with CRUD, and what the event was before", () => {
    create(FUNCTION, lambda(ECHO));
    const one = { functionName: "echo", input: '{"a":1}', lifecycleScope: "CRUD" };
    const two = { ...one, input: '{"a":2}' };
    assert.deepEqual(resultOf(create(INVOCATION, one).outputs), {
      a: 1,
      tf: { action: "create", prev_input: null },
    });
    assert.deepEqual(resultOf(update(INVOCATION, one, two)), {
      a: 2,
      tf: { action: "update", prev_input: { a: 1 } },
    });
    assert.throws(() => {
      remove(INVOCATION, { ...two, input: '{"fail":true}' });
    }, /FunctionError: .*RangeError.*asked for/);
  });

  it("refuses an invocation of no function, and a second function of one name", () => {
    assert.throws(
      () => create(INVOCATION, { functionName: "echo", input: "{}" }),
      /^ResourceNotFoundException/,
    );
    const { outputs } = create(FUNCTION, lambda(ECHO));
    assert.throws(() => create(FUNCTION, lambda(ECHO)), /^ResourceConflictException/);
    update(FUNCTION, lambda(ECHO), lambda("export const handler = () => 2;"));
    assert.equal(create(INVOCATION, { functionName: "echo", input: "{}" }).outputs["result"], "2");
    remove(FUNCTION, outputs);
    assert.deepEqual(state.read(REGION).functions, {});
  });
});
