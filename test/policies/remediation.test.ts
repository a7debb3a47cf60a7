import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { applyChanges } from "@bastionless/policies/remediation.ts";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { PackProcess } from "./support/pack-process.ts";
import { toStack, UNKNOWN } from "./support/stack.ts";

const SECRET = "4dabf18193072939515e22adb298388d";
const SECRET_VALUE = "1b47061264138c4ac30d75fd1eb44270";
const secret = (value: JavaScriptValue): JavaScriptValue => ({ [SECRET]: SECRET_VALUE, value });

const require = createRequire(import.meta.url);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- modules of @pulumi/policy that have no declarations
const { deserializeProperties, serializeProperties } = require("@pulumi/policy/deserialize") as {
  readonly deserializeProperties: (value: struct.Struct, proxySecrets: boolean) => object;
  readonly serializeProperties: (value: object) => Promise<Record<string, unknown>>;
};
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
const { unknownCheckingProxy } = require("@pulumi/policy/proxy") as {
  readonly unknownCheckingProxy: <T extends object>(value: T) => T;
};

/** What comes of a change, through the proxies that a remediation is given, as it travels back. */
async function changed(
  inputs: { readonly [property: string]: JavaScriptValue },
  path: readonly [string, ...string[]],
): Promise<Record<string, unknown> | "nothing"> {
  const props = unknownCheckingProxy(deserializeProperties(struct.Struct.fromJavaScript(inputs), true));
  const made = applyChanges(props, [{ path, value: "new" }]);
  const sent = await serializeProperties(props);
  if (!made) {
    assert.deepEqual(sent, inputs);
    return "nothing";
  }
  return sent;
}

describe("a change of a resource's inputs", () => {
  it("sets a value, and leaves everything else as it was", async () => {
    assert.deepEqual(await changed({ a: { b: "old", c: UNKNOWN }, d: secret("s"), e: UNKNOWN }, ["a", "b"]), {
      a: { b: "new", c: UNKNOWN },
      d: secret("s"),
      e: UNKNOWN,
    });
  });

  it("makes the maps on its way", async () => {
    assert.deepEqual(await changed({ x: 1 }, ["a", "b", "c"]), { x: 1, a: { b: { c: "new" } } });
    assert.deepEqual(await changed({ a: { x: 1 } }, ["a", "b", "c"]), { a: { x: 1, b: { c: "new" } } });
  });

  it("goes through lists by position", async () => {
    assert.deepEqual(await changed({ a: [{ b: 1 }, { b: 2 }] }, ["a", "1", "b"]), {
      a: [{ b: 1 }, { b: "new" }],
    });
  });

  it("keeps secrets secret, whether they are the value or hold it", async () => {
    assert.deepEqual(await changed({ a: secret("old") }, ["a"]), { a: secret("new") });
    assert.deepEqual(await changed({ a: secret({ b: "old", c: 1 }) }, ["a", "b"]), {
      a: secret({ b: "new", c: 1 }),
    });
  });

  it("is left out below a value that is not known, or is no map", async () => {
    assert.equal(await changed({ a: UNKNOWN }, ["a", "b"]), "nothing");
    assert.equal(await changed({ a: "text" }, ["a", "b"]), "nothing");
    assert.equal(await changed({ a: secret(UNKNOWN) }, ["a", "b"]), "nothing");
  });
});

const remediable = RULES.filter((rule) => rule.remediate !== undefined);
const LEVELS = Object.fromEntries(remediable.map(({ id }) => [id, "remediate" as const]));
const PLAIN = Object.fromEntries(remediable.map(({ id }) => [id, {}]));

describe("the pack's remediations, through Pulumi's protocol", () => {
  let pack: PackProcess;

  before(async () => {
    pack = await PackProcess.start();
    await pack.configure(PLAIN, LEVELS);
  });

  after(() => {
    pack.stop();
  });

  const insisting = (flag: object): string =>
    JSON.stringify({
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { s3BucketName: "logs", cloudWatchLogGroupName: "", ...flag },
    });

  async function mended(resource: ExampleResource) {
    const [one] = toStack([resource]);
    assert.ok(one !== undefined);
    return (await pack.remediate(one)).map(({ rule, inputs }) => ({ rule, inputs }));
  }

  it("lets a session document insist on encryption where it logs, and nowhere else", async () => {
    const props = { documentType: "Session", content: insisting({}), tags: { a: UNKNOWN } };
    assert.deepEqual(await mended({ type: "aws:ssm/document:Document", name: "shell", props }), [
      {
        rule: "session-logs-encrypted",
        inputs: { ...props, content: insisting({ s3EncryptionEnabled: true }) },
      },
    ]);
  });

  const untouched: { readonly [what: string]: { readonly [property: string]: unknown } } = {
    "insists already": { documentType: "Session", content: insisting({ s3EncryptionEnabled: true }) },
    "is no session document": { documentType: "Command", content: insisting({}) },
    "is not JSON": { documentType: "Session", content: "inputs: {s3BucketName: logs}" },
    "has a key twice": {
      documentType: "Session",
      content: '{"inputs":{"s3BucketName":"logs"},"inputs":{"s3BucketName":"logs"}}',
    },
    "is not known yet": { documentType: "Session", content: UNKNOWN },
  };
  for (const [what, props] of Object.entries(untouched)) {
    it(`leaves a document alone that ${what}`, async () => {
      assert.deepEqual(await mended({ type: "aws:ssm/document:Document", name: "shell", props }), []);
    });
  }

  it("leaves alone what is exempt", async () => {
    const [root, document] = toStack([
      { type: "pulumi:pulumi:Stack", name: "project-test", props: {} },
      {
        type: "aws:ssm/document:Document",
        name: "shell",
        props: { documentType: "Session", content: insisting({}) },
      },
    ]);
    assert.ok(root !== undefined && document !== undefined);
    const entries = [
      {
        rule: "session-logs-encrypted",
        urn: "*::shell",
        reason: "Moved to the new bucket next week.",
        expires: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      },
    ];
    await pack.configure({ ...PLAIN, exemptions: { entries } }, LEVELS);
    await pack.analyze(root);
    assert.deepEqual(await pack.remediate(document), []);
    await pack.configure(PLAIN, LEVELS);
    // Another operation begins, without exemptions.
    await pack.analyze(root);
    assert.equal((await pack.remediate(document)).length, 1);
  });

  for (const rule of remediable) {
    const resources = (EXAMPLES.get(rule.id) ?? []).flatMap((example) => toStack(example.resources));

    it(`of ${rule.id} leave nothing to mend`, async () => {
      let count = 0;
      for (const resource of resources) {
        // oxlint-disable-next-line no-await-in-loop -- one after another, as the engine asks
        const first = (await pack.remediate(resource)).find((each) => each.rule === rule.id);
        if (first !== undefined) {
          count += 1;
          assert.equal(first.diagnostic, "");
          // oxlint-disable-next-line no-await-in-loop -- as above
          const again = await pack.remediate({ ...resource, inputs: first.inputs });
          assert.equal(
            again.find((each) => each.rule === rule.id),
            undefined,
          );
        }
      }
      assert.ok(count > 0, "no example is mended");
    });
  }
});
