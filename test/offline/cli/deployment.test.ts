import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { type Comparison, compareDeployments } from "@bastionless/offline/cli/deployment/compare.ts";
import { toDeployment } from "@bastionless/offline/cli/deployment/export.ts";
import { type EarlierDeployment, readDeployment } from "@bastionless/offline/cli/deployment/read.ts";
import type { ResourceRecord } from "@bastionless/offline/engine/index.ts";
import { secret } from "@bastionless/offline/protocol/wire.ts";
import { withFolder } from "../project/folder.ts";
import { record, urnOf } from "./record.ts";

const TIME = new Date("2026-01-02T03:04:05.678Z");

function exported(
  resources: readonly ResourceRecord[],
  passphrase?: string,
): ReturnType<typeof toDeployment> {
  return toDeployment(resources, { time: TIME, version: "v1", passphrase });
}

function readWith(passphrase: string | undefined, deployment: unknown): EarlierDeployment {
  const files = { "state.json": JSON.stringify(deployment) };
  return withFolder(files, (folder) => readDeployment(join(folder, "state.json"), passphrase));
}

/** Writes resources as `--export` does and reads them as `--diff` does. */
function readBack(resources: readonly ResourceRecord[], passphrase?: string): EarlierDeployment {
  return readWith(passphrase, exported(resources, passphrase).deployment);
}

describe("an export", () => {
  it("is a deployment of version 3 that leaves out what says nothing", () => {
    const bucket = record("aws:s3/bucket:Bucket", "logs", {
      id: "logs-1",
      inputs: { bucket: "logs-1" },
      outputs: { arn: "arn:aws:s3:::logs-1" },
      parent: "urn:parent",
      provider: "urn:provider::id",
      dependencies: ["urn:key"],
      propertyDependencies: { bucket: ["urn:key"], tags: [] },
      options: {
        protect: true,
        ignoreChanges: ["tags"],
        customTimeouts: { create: 60, update: 0, delete: 0 },
      },
    });
    assert.deepEqual(exported([bucket]), {
      secrets: "none",
      deployment: {
        version: 3,
        deployment: {
          manifest: {
            time: "2026-01-02T03:04:05.678Z",
            magic: "3bfc269594ef649228e9a74bab00f042efc91d5acc6fbee31a382e80d42388fe",
            version: "v1",
          },
          resources: [
            {
              urn: urnOf("aws:s3/bucket:Bucket", "logs"),
              custom: true,
              id: "logs-1",
              type: "aws:s3/bucket:Bucket",
              inputs: { bucket: "logs-1" },
              outputs: { arn: "arn:aws:s3:::logs-1" },
              parent: "urn:parent",
              protect: true,
              dependencies: ["urn:key"],
              provider: "urn:provider::id",
              propertyDependencies: { bucket: ["urn:key"], tags: [] },
              customTimeouts: { create: 60, update: 0, delete: 0 },
              ignoreChanges: ["tags"],
              created: "2026-01-02T03:04:05.678Z",
              modified: "2026-01-02T03:04:05.678Z",
            },
          ],
          metadata: {},
        },
      },
    });
  });

  it("holds no secret that could be read without the passphrase", () => {
    const resource = record("a:b:C", "x", { inputs: { deep: [{ password: secret({ inner: "hunter2" }) }] } });
    const withPassphrase = exported([resource], "open sesame");
    assert.equal(withPassphrase.secrets, "sealed");
    assert.ok(!JSON.stringify(withPassphrase.deployment).includes("hunter2"));
    const without = exported([resource]);
    assert.equal(without.secrets, "unreadable");
    assert.ok(!JSON.stringify(without.deployment).includes("hunter2"));
  });
});

describe("a comparison with an earlier export", () => {
  it("finds nothing changed against itself, secrets included", () => {
    const resources = [
      record("a:b:C", "x", { inputs: { a: 1, b: { c: [null, "d"] }, s: secret("hunter2") } }),
      record("a:b:C", "y"),
    ];
    const expected: Comparison = { changes: [], unchanged: 2, notCompared: 0 };
    assert.deepEqual(compareDeployments(readBack(resources, "pw"), resources), expected);
  });

  it("finds a changed secret where the passphrase opens it, and counts it as not compared where not", () => {
    const before = [record("a:b:C", "x", { inputs: { s: secret("old"), t: 1 } })];
    const after = [record("a:b:C", "x", { inputs: { s: secret("new"), t: 1 } })];
    assert.deepEqual(compareDeployments(readBack(before, "pw"), after).changes, [
      {
        kind: "updated",
        urn: urnOf("a:b:C", "x"),
        type: "a:b:C",
        properties: [{ property: "s", before: secret("old"), after: secret("new") }],
      },
    ]);
    for (const reader of [undefined, "wrong"]) {
      assert.deepEqual(compareDeployments(readWith(reader, exported(before, "pw").deployment), after), {
        changes: [],
        unchanged: 1,
        notCompared: 1,
      });
    }
  });

  it("names what was created, changed and deleted, and follows aliases", () => {
    const before = [
      record("a:b:C", "kept", { inputs: { size: 1, gone: true } }),
      record("a:b:C", "old-name", { inputs: { size: 1 } }),
      record("a:b:C", "dropped"),
    ];
    const after = [
      record("a:b:C", "fresh"),
      record("a:b:C", "kept", { inputs: { size: 2, more: [1] } }),
      record("a:b:C", "new-name", {
        inputs: { size: 1 },
        options: { aliases: [urnOf("a:b:C", "old-name")] },
      }),
    ];
    assert.deepEqual(compareDeployments(readBack(before), after), {
      changes: [
        { kind: "created", urn: urnOf("a:b:C", "fresh"), type: "a:b:C" },
        {
          kind: "updated",
          urn: urnOf("a:b:C", "kept"),
          type: "a:b:C",
          properties: [
            { property: "gone", before: true },
            { property: "more", after: [1] },
            { property: "size", before: 1, after: 2 },
          ],
        },
        {
          kind: "updated",
          urn: urnOf("a:b:C", "new-name"),
          type: "a:b:C",
          from: urnOf("a:b:C", "old-name"),
          properties: [],
        },
        { kind: "deleted", urn: urnOf("a:b:C", "dropped"), type: "a:b:C" },
      ],
      unchanged: 0,
      notCompared: 0,
    });
  });

  it("exchanges created and deleted, before and after, when the sides are exchanged", () => {
    const inputs = fc.dictionary(
      fc.constantFrom("a", "b", "c"),
      fc.oneof(fc.integer({ max: 3, min: 0 }), fc.array(fc.boolean())),
    );
    const resources = fc
      .dictionary(fc.constantFrom("x", "y", "z"), inputs)
      .map((named) =>
        Object.entries(named).map(([name, values]) => record("a:b:C", name, { inputs: values })),
      );
    const plain = (records: readonly ResourceRecord[]): EarlierDeployment => ({
      resources: records.map(({ urn, type, custom, inputs: values }) => ({
        urn,
        type,
        custom,
        inputs: values,
      })),
      unopened: 0,
    });
    const mirrored = { created: "deleted", deleted: "created", updated: "updated" } as const;
    const sorted = <T extends { readonly urn: string }>(list: readonly T[]): readonly T[] =>
      list.toSorted((a, b) => a.urn.localeCompare(b.urn));
    fc.assert(
      fc.property(resources, resources, (left, right) => {
        const there = compareDeployments(plain(left), right);
        const back = compareDeployments(plain(right), left);
        assert.equal(there.unchanged, back.unchanged);
        const turned = back.changes.map((change) => ({
          ...change,
          kind: mirrored[change.kind],
          ...(change.kind === "updated"
            ? {
                properties: change.properties.map(({ property, before, after }) => ({
                  property,
                  ...(after === undefined ? {} : { before: after }),
                  ...(before === undefined ? {} : { after: before }),
                })),
              }
            : {}),
        }));
        assert.deepEqual(sorted(there.changes), sorted(turned));
      }),
    );
  });

  it("refuses a file that is no deployment, and names each resource without urn or type", () => {
    const refused = (text: string): string =>
      withFolder({ "s.json": text }, (folder) => {
        try {
          readDeployment(join(folder, "s.json"), undefined);
        } catch (error) {
          return String(error).replaceAll(`${folder}/`, "");
        }
        return assert.fail("expected an error");
      });
    assert.equal(
      refused("[]"),
      "InputError: `s.json` is no deployment of version 3; expected what --export writes",
    );
    assert.equal(
      refused('{"version": 3, "deployment": {"resources": [{"urn": "u"}, {"urn": "u", "type": "t"}, 7]}}'),
      "InputError: `s.json`: deployment.resources[0] has no urn and type\n`s.json`: deployment.resources[2] has no urn and type",
    );
  });
});
