import assert from "node:assert/strict";
import { readProps } from "@bastionless/policies/reader/data.ts";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { imdsv2Required } from "@bastionless/policies/rules/imdsv2-required.ts";
import fc from "fast-check";
import { runRules } from "./support/run-rules.ts";
import { toStack, UNKNOWN as SENTINEL } from "./support/stack.ts";

const UNKNOWN = { unknown: true };

const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

interface Options {
  readonly httpTokens?: "optional" | "required";
  readonly httpEndpoint?: "disabled" | "enabled";
}

const options: fc.Arbitrary<Options | undefined> = fc.option(
  fc.record(
    {
      httpTokens: fc.constantFrom("optional" as const, "required" as const),
      httpEndpoint: fc.constantFrom("disabled" as const, "enabled" as const),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

/** By hand: whether IMDSv1 answers with these options; undefined: they leave it to what comes after. */
function answersByHand(metadata: Options = {}, type = INSTANCE): boolean | undefined {
  if (metadata.httpEndpoint === "disabled") {
    return false;
  }
  if (metadata.httpTokens === undefined) {
    return undefined;
  }
  const isSent = type !== CONFIGURATION || metadata.httpEndpoint === "enabled";
  return !(isSent && metadata.httpTokens === "required");
}

function made(type: string, name: string, metadataOptions: unknown, props: object = {}): ExampleResource {
  return {
    type,
    name,
    props: { name, ...(metadataOptions === undefined ? {} : { metadataOptions }), ...props },
  };
}

function told(resources: readonly ExampleResource[], config = {}): readonly string[] {
  return runRules([imdsv2Required], toStack(resources), { [imdsv2Required.id]: config })
    .map(({ on, kind }) => `${kind} on ${on}`)
    .toSorted();
}

describe("imdsv2-required", () => {
  it("agrees with EC2's documentation read by hand, for every form that takes options", () => {
    const types = [INSTANCE, TEMPLATE, CONFIGURATION, "aws:ec2/spotInstanceRequest:SpotInstanceRequest"];
    fc.assert(
      fc.property(fc.constantFrom(...types), options, (type, metadata) => {
        const answers = answersByHand(metadata, type) ?? true;
        assert.deepEqual(told([made(type, "it", metadata)]), answers ? ["violation on it"] : []);
      }),
      { numRuns: 500 },
    );
  });

  it("takes from a template what a launch leaves open, and tells of the template at the template", () => {
    fc.assert(
      fc.property(options, options, fc.boolean(), (own, inherited, known) => {
        const instance: ExampleResource = {
          ...made(INSTANCE, "it", own, {
            launchTemplate: { ...(known ? { name: "template" } : { id: UNKNOWN }), version: "$Latest" },
          }),
          from: { launchTemplate: ["template"] },
        };
        const template = answersByHand(inherited);
        const word = answersByHand(own);
        const expected = [
          ...(word === true ? ["violation on it"] : []),
          // Options beside a template's: which of them count together is not documented.
          ...(word === undefined && own !== undefined && template === false ? ["undecided on it"] : []),
          ...(template === false ? [] : ["violation on template"]),
        ];
        assert.deepEqual(told([made(TEMPLATE, "template", inherited), instance]), expected.toSorted());
      }),
      { numRuns: 1000 },
    );
  });

  it("reads the version of a template that is launched, or says that it cannot", () => {
    const versions = [
      { version: "$Latest", latest: 5, stands: 2, moves: false, read: true },
      { version: "$Default", latest: 5, stands: 2, moves: false, read: false },
      { version: undefined, latest: 5, stands: 2, moves: false, read: false },
      { version: "", latest: 5, stands: 2, moves: false, read: false },
      { version: undefined, latest: 5, stands: 2, moves: true, read: true },
      { version: "$Default", latest: 5, stands: 5, moves: false, read: true },
      { version: "5", latest: 5, stands: 2, moves: false, read: true },
      { version: 5, latest: 5, stands: 2, moves: false, read: true },
      { version: "4", latest: 5, stands: 2, moves: false, read: false },
      // A first preview: the one version that there will be.
      { version: undefined, latest: undefined, stands: undefined, moves: false, read: true },
      { version: UNKNOWN, latest: undefined, stands: undefined, moves: false, read: true },
      { version: "1", latest: undefined, stands: undefined, moves: false, read: true },
      { version: "2", latest: undefined, stands: undefined, moves: false, read: false },
      // An update that makes a new version: its number is not known yet.
      { version: UNKNOWN, latest: undefined, stands: 2, moves: false, read: true },
      { version: "$Default", latest: undefined, stands: 2, moves: false, read: false },
      { version: "2", latest: undefined, stands: 2, moves: false, read: false },
      { version: ["5"], latest: 5, stands: 5, moves: false, read: false },
    ];
    for (const { version, latest, stands, moves, read } of versions) {
      const template: ExampleResource = {
        ...made(TEMPLATE, "template", { httpTokens: "required" }, { updateDefaultVersion: moves }),
        outputs: {
          ...(latest === undefined ? {} : { latestVersion: latest }),
          ...(stands === undefined ? {} : { defaultVersion: stands }),
        },
      };
      const instance: ExampleResource = {
        ...made(INSTANCE, "it", undefined, {
          launchTemplate: { name: "template", version: version ?? null },
        }),
        from: { launchTemplate: ["template"] },
      };
      assert.deepEqual(
        told([template, instance]),
        read ? [] : ["undecided on it"],
        JSON.stringify({ version, latest, stands, moves }),
      );
    }
  });

  it("does not take a version for the newest that was computed from something else too", () => {
    const template: ExampleResource = {
      ...made(TEMPLATE, "template", { httpTokens: "required" }),
      outputs: { defaultVersion: 2 },
    };
    const instance: ExampleResource = {
      ...made(INSTANCE, "it", undefined, { launchTemplate: { name: "template", version: UNKNOWN } }),
      from: { launchTemplate: ["template", "other"] },
    };
    const other = made(TEMPLATE, "other", { httpTokens: "required" });
    assert.deepEqual(told([template, other, instance]), ["undecided on it"]);
  });

  it("remedies what is open, and nothing else", () => {
    const record = (type: string, inputs: object) => ({
      urn: "urn",
      type,
      name: "it",
      inputs: readProps(inputs),
      outputs: undefined,
      dependencies: {},
      parent: undefined,
      provider: undefined,
    });
    const changes = (type: string, inputs: object): readonly string[] =>
      (imdsv2Required.remediate?.(record(type, inputs), {}) ?? []).map(
        ({ path, value }) => `${path.join(".")}=${String(value)}`,
      );
    const tokens = "metadataOptions.httpTokens=required";
    assert.deepEqual(changes(INSTANCE, {}), [tokens]);
    assert.deepEqual(changes(TEMPLATE, { metadataOptions: { httpTokens: "optional" } }), [tokens]);
    assert.deepEqual(changes(CONFIGURATION, { metadataOptions: { httpTokens: "required" } }), [
      "metadataOptions.httpEndpoint=enabled",
      tokens,
    ]);
    for (const [type, inputs] of [
      [INSTANCE, { metadataOptions: { httpTokens: "required" } }],
      [INSTANCE, { metadataOptions: { httpEndpoint: "disabled", httpTokens: "optional" } }],
      [INSTANCE, { metadataOptions: SENTINEL }],
      [INSTANCE, { metadataOptions: { httpTokens: SENTINEL } }],
      [INSTANCE, { metadataOptions: { httpEndpoint: SENTINEL } }],
      [INSTANCE, { launchTemplate: { name: "web" } }],
      ["aws:autoscaling/group:Group", { launchTemplate: { name: "web" } }],
      ["aws:eks/nodeGroup:NodeGroup", {}],
      ["aws:s3/bucket:Bucket", {}],
    ] as const) {
      assert.deepEqual(changes(type, inputs), [], JSON.stringify(inputs));
    }
  });
});
