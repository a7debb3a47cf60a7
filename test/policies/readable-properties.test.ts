import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readWhatIsReadable } from "@bastionless/policies/readable-properties.ts";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { UNKNOWN } from "./support/stack.ts";

type Deserialize = (struct: struct.Struct, proxySecrets: boolean) => Record<string, unknown>;

const require = createRequire(import.meta.url);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a module of @pulumi/policy that has no declarations
const sdk = require("@pulumi/policy/deserialize") as { readonly deserializeProperties: Deserialize };

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const ASSET = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17" };
const ARCHIVE = { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7" };
const SECRET = { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270" };

/** The installed version's function, made tolerant in a copy of its module, and how often it was called. */
function patched(): { readonly read: Deserialize; readonly calls: () => number } {
  let calls = 0;
  const module = {
    deserializeProperties: (value: struct.Struct, proxySecrets: boolean) => {
      calls += 1;
      return sdk.deserializeProperties(value, proxySecrets);
    },
  };
  assert.equal(
    readWhatIsReadable(() => module),
    true,
  );
  return { read: module.deserializeProperties, calls: () => calls };
}

function sent(properties: { [key: string]: JavaScriptValue }): struct.Struct {
  return struct.Struct.fromJavaScript(properties);
}

const REFUSED: readonly { readonly what: string; readonly value: { [key: string]: JavaScriptValue } }[] = [
  { what: "an asset of an empty file, of which only the hash is sent", value: { ...ASSET, hash: HASH } },
  { what: "an archive without content", value: { ...ARCHIVE, hash: HASH } },
  {
    what: "an archive with an empty file",
    value: { ...ARCHIVE, assets: { "__init__.py": { ...ASSET, hash: HASH } } },
  },
  { what: "a signature of a later engine", value: { [SIGNATURE]: "a-later-one", value: 1 } },
];

describe("properties that @pulumi/policy refuses", () => {
  for (const { what, value } of REFUSED) {
    it(`are refused by its installed version: ${what}`, () => {
      assert.throws(() => sdk.deserializeProperties(sent({ code: value }), false));
    });

    for (const isForRemediation of [false, true]) {
      it(`are unknown, and what stands beside them is read${isForRemediation ? " for a remediation" : ""}: ${what}`, () => {
        const read = patched().read(
          sent({ a: 1, code: value, deep: [{ b: "c", code: value }] }),
          isForRemediation,
        );
        assert.equal(read["a"], 1);
        assert.equal(read["code"], UNKNOWN);
        assert.equal(JSON.stringify(read["deep"]), JSON.stringify([{ b: "c", code: UNKNOWN }]));
      });
    }
  }

  it("are unknown within a secret", () => {
    const read = patched().read(sent({ code: { ...SECRET, value: { ...ASSET, hash: HASH } }, a: 1 }), false);
    assert.deepEqual(read, { code: UNKNOWN, a: 1 });
  });

  it("leave assets and secrets as they are that it takes", () => {
    const read = patched().read(
      sent({
        refused: { ...ASSET, hash: HASH },
        text: { ...ASSET, text: "x", hash: HASH },
        files: { ...ARCHIVE, assets: { "index.js": { ...ASSET, path: "index.js" } } },
        secret: { ...SECRET, value: "hidden" },
      }),
      false,
    );
    assert.equal(read["refused"], UNKNOWN);
    assert.equal(read["secret"], "hidden");
    assert.equal(nameOf(read["text"]), "StringAsset");
    assert.equal(nameOf(read["files"]), "AssetArchive");
  });

  it("cost nothing where there are none", () => {
    const { read, calls } = patched();
    assert.deepEqual(read(sent({ a: { b: [null, true, "c"] } }), false), { a: { b: [null, true, "c"] } });
    assert.equal(calls(), 1);
  });

  it("takes effect with the installed @pulumi/policy", () => {
    const original = sdk.deserializeProperties;
    try {
      assert.equal(readWhatIsReadable(), true);
      assert.notEqual(sdk.deserializeProperties, original);
    } finally {
      Reflect.set(sdk, "deserializeProperties", original);
    }
  });

  it("does nothing where there is no such module", () => {
    const missing = (): never => {
      throw new Error("Cannot find module");
    };
    assert.equal(readWhatIsReadable(missing), false);
    assert.equal(
      readWhatIsReadable(() => ({})),
      false,
    );
  });
});

function nameOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? value.constructor.name : undefined;
}
