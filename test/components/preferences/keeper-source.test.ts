import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Functions } from "../../../offline/aws/account/functions.ts";
import { StateFile, type StoredDocument } from "../../../offline/aws/account/state-file.ts";
import { KEEPER_SOURCE } from "../../../components/preferences/keeper-source.ts";

const NAME = "SSM-SessionManagerRunShell";
const REGION = "eu-west-1";

const THERE: StoredDocument = {
  documentType: "Session",
  versions: ["first", "second", "third"],
  defaultVersion: 2,
  tags: { Owner: "console" },
};
const READ = { contents: ["second", "third"], tags: [{ Key: "Owner", Value: "console" }] };

describe("the function that keeps session preferences", () => {
  let folder: string;
  let state: StateFile;
  let invoke: (event: object) => unknown;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keeper-"));
    state = new StateFile(join(folder, "state.json"));
    writeFileSync(
      state.file,
      JSON.stringify({
        [REGION]: {
          functions: { keeper: { handler: "index.handler", files: { "index.mjs": KEEPER_SOURCE } } },
        },
      }),
    );
    const functions = new Functions(state, REGION);
    invoke = (event) => JSON.parse(functions.invoke("keeper", JSON.stringify(event)));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const put = (document: StoredDocument): void => {
    state.change(REGION, { documents: { [NAME]: document } });
  };
  const now = (): StoredDocument | undefined => state.read(REGION).documents[NAME];

  it("reads the version that sessions use, the latest one where it differs, and the tags", () => {
    assert.equal(invoke({ read: true }), null);
    put(THERE);
    assert.deepEqual(invoke({ read: true }), READ);
    put({ ...THERE, defaultVersion: 3 });
    assert.deepEqual(invoke({ read: true }), { ...READ, contents: ["third"] });
    assert.deepEqual(now(), { ...THERE, defaultVersion: 3 });
  });

  it("clears the name of what it read, and of nothing else", () => {
    put(THERE);
    invoke({ previous: READ, tf: { action: "create" } });
    assert.equal(now(), undefined);
    invoke({ previous: READ, tf: { action: "create" } });
    assert.equal(now(), undefined);
    put({ ...THERE, versions: ["first", "second", "fourth"] });
    for (const previous of [READ, null]) {
      assert.throws(() => invoke({ previous, tf: { action: "create" } }), /was changed after it was read/);
    }
    assert.equal(now()?.versions.at(-1), "fourth");
  });

  it("puts back what it read: the same for sessions, the same latest version, the same tags", () => {
    invoke({ previous: READ, tf: { action: "delete" } });
    assert.deepEqual(now(), { ...THERE, versions: ["second", "third"], defaultVersion: 1 });
    assert.deepEqual(invoke({ read: true }), READ);
  });

  it("puts nothing back where nothing was, or where somebody made something since", () => {
    invoke({ previous: null, tf: { action: "delete" } });
    assert.equal(now(), undefined);
    const theirs = { ...THERE, versions: ["theirs"], defaultVersion: 1 };
    put(theirs);
    invoke({ previous: READ, tf: { action: "delete" } });
    assert.deepEqual(now(), theirs);
  });

  it("does nothing with an event of another kind", () => {
    put(THERE);
    for (const event of [{}, { previous: READ }, { previous: READ, tf: { action: "update" } }]) {
      assert.equal(invoke(event), null);
    }
    assert.deepEqual(now(), THERE);
  });
});
