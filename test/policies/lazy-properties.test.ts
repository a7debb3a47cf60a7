import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readPropertiesLazily } from "@bastionless/policies/lazy-properties.ts";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import fc from "fast-check";
import { UNKNOWN } from "./support/stack.ts";

type Deserialize = (struct: struct.Struct, proxySecrets: boolean) => Record<string, unknown>;

const require = createRequire(import.meta.url);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a module of @pulumi/policy that has no declarations
const sdk = require("@pulumi/policy/deserialize") as { readonly deserializeProperties: Deserialize };
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
const { unknownCheckingProxy } = require("@pulumi/policy/proxy") as {
  readonly unknownCheckingProxy: <T extends object>(value: T) => T;
};

/** The installed version's function, made lazy in a copy of its module, and how often it was called. */
function patched(): { readonly lazy: Deserialize; readonly calls: () => number } {
  let calls = 0;
  const module = {
    deserializeProperties: (value: struct.Struct, proxySecrets: boolean) => {
      calls += 1;
      return sdk.deserializeProperties(value, proxySecrets);
    },
  };
  assert.equal(
    readPropertiesLazily(() => module),
    true,
  );
  return { lazy: module.deserializeProperties, calls: () => calls };
}

const VALUES = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== "__proto__"),
  fc.letrec<{ value: JavaScriptValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.string(),
      fc.constant(UNKNOWN),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
      tie("value").map((value) => ({
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        value,
      })),
    ),
  })).value,
  { maxKeys: 5 },
);

describe("properties that are read when they are needed", () => {
  it("takes effect with the installed @pulumi/policy", () => {
    const original = sdk.deserializeProperties;
    try {
      assert.equal(readPropertiesLazily(), true);
      assert.notEqual(sdk.deserializeProperties, original);
      const read = sdk.deserializeProperties(struct.Struct.fromJavaScript({ a: [1] }), false);
      assert.deepEqual(read["a"], [1]);
    } finally {
      Reflect.set(sdk, "deserializeProperties", original);
    }
  });

  it("makes nothing of properties that nobody reads, although a proxy is put around them", () => {
    const { lazy, calls } = patched();
    unknownCheckingProxy(lazy(struct.Struct.fromJavaScript({ a: 1 }), false));
    assert.equal(calls(), 0);
  });

  it("makes them once, however often they are read", () => {
    const { lazy, calls } = patched();
    const read = lazy(struct.Struct.fromJavaScript({ a: 1, b: { c: 2 } }), false);
    assert.deepEqual(
      [read["a"], read["b"], Object.keys(read), "a" in read, "z" in read],
      [1, { c: 2 }, ["a", "b"], true, false],
    );
    assert.equal(calls(), 1);
  });

  it("reads as what Pulumi makes of them, secrets and unknown values included", () => {
    const { lazy } = patched();
    fc.assert(
      fc.property(VALUES, (values) => {
        const message = struct.Struct.fromJavaScript(values);
        const plain = sdk.deserializeProperties(message, false);
        const read = lazy(message, false);
        assert.deepEqual({ ...read }, plain);
        assert.equal(JSON.stringify(read), JSON.stringify(plain));
        const errors = [plain, read].map((each) => {
          try {
            return JSON.stringify(unknownCheckingProxy(each));
          } catch (error) {
            return String(error);
          }
        });
        assert.equal(errors[1], errors[0]);
      }),
    );
  });

  it("gives every policy values of its own: what one of them changes, no other sees", () => {
    const { lazy } = patched();
    const message = struct.Struct.fromJavaScript({ tags: { a: "1" }, list: [1] });
    const first = lazy(message, false);
    first["tags"] = { b: "2" };
    first["added"] = true;
    delete first["list"];
    assert.deepEqual({ ...first }, { tags: { b: "2" }, added: true });
    assert.deepEqual({ ...lazy(message, false) }, { tags: { a: "1" }, list: [1] });
  });

  it("leaves what a remediation gets as it is", () => {
    const { lazy, calls } = patched();
    lazy(struct.Struct.fromJavaScript({ a: 1 }), true);
    assert.equal(calls(), 1);
  });

  it("does nothing where the SDK's modules are others", () => {
    const missing = (): never => {
      throw new Error("no such module");
    };
    for (const load of [missing, () => undefined, () => ({}), () => ({ deserializeProperties: 1 })]) {
      assert.equal(readPropertiesLazily(load), false);
    }
  });
});
