import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentLines } from "@bastionless/offline/cli/display/environment.ts";
import { outputLines } from "@bastionless/offline/cli/display/outputs.ts";
import { PLAIN } from "@bastionless/offline/cli/display/palette.ts";
import { policyLines } from "@bastionless/offline/cli/display/policies.ts";
import { printable } from "@bastionless/offline/cli/display/secrets.ts";
import { resourceTree, shortType } from "@bastionless/offline/cli/display/tree.ts";
import type { Failed } from "@bastionless/offline/engine/index.ts";
import {
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN,
  type Wire,
  secret,
} from "@bastionless/offline/protocol/wire.ts";
import { record, urnOf, violation } from "./record.ts";

describe("what a terminal would obey", () => {
  it("is shown as its code in names, types, outputs, findings and messages", () => {
    const evil = "a\u001B[2Jb\rc\u009Bd\u202Ee";
    const shown = "a\\u{1b}[2Jb\\u{d}c\\u{9b}d\\u{202e}e";
    const bucket = record("aws:s3/bucket:Bucket", `${evil}\nx`);
    assert.deepEqual(resourceTree([bucket], [], PLAIN), [`└─ ${shown}\\u{a}x aws:s3:Bucket`]);
    assert.equal(shortType(evil), shown);
    assert.deepEqual(outputLines({ [evil]: evil, list: [`${evil}\r\n\tnext`] }, PLAIN), [
      "outputs",
      `  ${shown}  ${shown}`,
      `  ${"list".padEnd(shown.length)}`.trimEnd(),
      "    0",
      `      ${shown}`,
      "      \tnext",
    ]);
    const found = violation({ policy: "p", urn: bucket.urn, message: `${evil}\n${evil}` });
    assert.deepEqual(
      policyLines(
        {
          kind: "finished",
          packs: [{ dir: "/pack", name: "pack", displayName: "", version: "1.0.0", policies: [] }],
          violations: [found],
          remediations: [],
        },
        PLAIN,
      ).slice(1),
      ["", `  ✗ p (mandatory) on ${shown}\\u{a}x`, `    ${shown}`, `    ${shown}`],
    );
  });
});

describe("the tree of resources", () => {
  const stack = record("pulumi:pulumi:Stack", "shop-dev", { custom: false });
  const network = record("shop:Network", "network", { custom: false, parent: stack.urn });
  const vpc = record("aws:ec2/vpc:Vpc", "vpc", { parent: network.urn, options: { protect: true } });
  const bucket = record("aws:s3/bucket:Bucket", "logs", { parent: stack.urn, external: true });
  const provider = record("pulumi:providers:aws", "default_7_48_0");

  it("shows children below their parents, types as people write them, and no default providers", () => {
    assert.deepEqual(resourceTree([stack, provider, bucket, network, vpc], [], PLAIN), [
      "└─ shop-dev pulumi:pulumi:Stack",
      "   ├─ logs aws:s3:Bucket (read)",
      "   └─ network shop:Network",
      "      └─ vpc aws:ec2:Vpc (protected)",
    ]);
  });

  it("shows every resource, also one whose parent is not there", () => {
    const stray = record("aws:s3/bucket:Bucket", "stray", { parent: urnOf("a:b:C", "gone") });
    assert.deepEqual(resourceTree([stray], [], PLAIN), ["└─ stray aws:s3:Bucket"]);
  });

  it("shows what policies found on a resource below it", () => {
    const found = [
      violation({ policy: "no-vpc", urn: vpc.urn }),
      violation({ policy: "maybe", urn: vpc.urn, enforcement: "advisory" }),
    ];
    assert.deepEqual(resourceTree([stack, network, vpc], found, PLAIN).slice(2), [
      "      └─ vpc aws:ec2:Vpc (protected)",
      "         ✗ no-vpc",
      "         ! maybe",
    ]);
  });

  it("shortens only types of the usual form", () => {
    assert.equal(shortType("aws:index/getRegion:getRegion"), "aws:getRegion");
    assert.equal(shortType("pulumi:providers:aws"), "pulumi:providers:aws");
    assert.equal(shortType("odd"), "odd");
  });
});

describe("policies", () => {
  const policy = {
    displayName: "",
    description: "",
    message: "",
    enforcement: "mandatory",
    severity: "high",
    type: "resource",
    tags: [],
    remediationSteps: "",
    url: "",
  } as const;

  it("are listed with their verdicts, and each finding in full", () => {
    const pack = {
      dir: "/pack",
      name: "pack",
      displayName: "",
      version: "1.0.0",
      policies: [
        { ...policy, name: "open" },
        { ...policy, name: "fine" },
        { ...policy, name: "off", enforcement: "disabled" as const },
      ],
    };
    const found = violation({
      policy: "open",
      urn: urnOf("aws:ec2/securityGroup:SecurityGroup", "web"),
      severity: "high",
      message: "port 22 is open\nto 0.0.0.0/0\n",
    });
    const run = { kind: "finished", packs: [pack], violations: [found], remediations: [] } as const;
    assert.deepEqual(policyLines(run, PLAIN), [
      "policies · pack 1.0.0",
      "  ✗ open  1 finding",
      "  ✓ fine",
      "  - off   disabled",
      "",
      "  ✗ open (mandatory, high) on web",
      "    port 22 is open",
      "    to 0.0.0.0/0",
    ]);
    assert.deepEqual(policyLines({ ...run, kind: "failed" }, PLAIN).slice(1, 4), [
      "  ✗ open  1 finding",
      "  ? fine  not decided: the run failed",
      "  - off   disabled",
    ]);
  });

  it("shows no policy as passed that another one tells to be undecided", () => {
    const names = ["no-port", "no-port-22", "other", "summary"];
    const policies = names.map((name) => ({ ...policy, name }));
    const pack = { dir: "/pack", name: "pack", displayName: "", version: "1.0.0", policies };
    const told = violation({
      policy: "summary",
      urn: urnOf("pulumi:pulumi:Stack", "prod"),
      enforcement: "advisory",
      message: "2 questions: 1 proved.\nundecided: `content`, of which: no-port-22.\nproved: other 1",
    });
    const run = { kind: "finished", packs: [pack], violations: [told], remediations: [] } as const;
    assert.deepEqual(policyLines(run, PLAIN).slice(1, 5), [
      "  ✓ no-port",
      "  ? no-port-22  undecided, as summary says",
      "  ✓ other",
      "  ! summary     1 finding",
    ]);
  });
});

describe("outputs", () => {
  it("are listed by name, nested ones indented, secrets hidden", () => {
    const outputs = {
      url: "http://x",
      token: secret("hunter2"),
      ids: { a: "i-1", bb: ["x", UNKNOWN] },
      none: [],
    };
    assert.deepEqual(
      outputLines(outputs, PLAIN),
      [
        "outputs",
        "  ids  ",
        "    a   i-1",
        "    bb",
        "      0  x",
        "      1  [unknown]",
        "  none   []",
        "  token  [secret]",
        "  url    http://x",
      ].map((line) => line.trimEnd()),
    );
  });

  it("are left out where there are none", () => {
    assert.deepEqual(outputLines({}, PLAIN), []);
  });
});

describe("a printable value", () => {
  it("holds no secret, at any depth and in any form", () => {
    const wire = fc.letrec<{ value: Wire }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Wire>("plain", 1, true, null),
        fc.constant(secret("HUSH")),
        fc.constant({ [SIGNATURE_KEY]: OUTPUT_SIGNATURE, value: "HUSH", secret: true }),
        fc.array(tie("value")),
        fc.dictionary(fc.string(), tie("value")),
        tie("value").map((value) => secret(value)),
        tie("value").map((value) => ({ [SIGNATURE_KEY]: OUTPUT_SIGNATURE, value })),
      ),
    })).value;
    fc.assert(fc.property(wire, (value) => !JSON.stringify(printable(value)).includes("HUSH")));
  });

  it("shows an output's value, names what is not known and shows a reference as its URN", () => {
    assert.equal(printable({ [SIGNATURE_KEY]: OUTPUT_SIGNATURE, value: "x" }), "x");
    assert.equal(printable({ [SIGNATURE_KEY]: OUTPUT_SIGNATURE }), "[unknown]");
    assert.equal(printable({ [SIGNATURE_KEY]: RESOURCE_SIGNATURE, urn: "urn:x", id: "1" }), "urn:x");
    assert.deepEqual(printable([UNKNOWN]), ["[unknown]"]);
  });
});

describe("an environment that failed", () => {
  const failed: Failed = {
    kind: "failed",
    resources: [],
    violations: [],
    remediations: [],
    stackOutputs: {},
    unknownTypes: [],
    packs: [],
    diagnostics: [
      { source: "program", level: "info", message: "reading", urn: "" },
      { source: "program", level: "error", message: "Running program 'x' failed:\n Error: kaputt", urn: "" },
      { source: "program", level: "error", message: "logged by the program itself", urn: "" },
      { source: "engine", level: "debug", message: "noise", urn: "" },
    ],
    problems: [
      {
        kind: "program-error",
        stack: "",
        message:
          "\u001B[31mError: kaputt\u001B[39m\n    at deep (file:///p/index.ts:2:32)\n    at run (node:internal/x:1:1)\n    at y (/p/node_modules/z/a.js:3:4)",
        place: { file: "/p/index.ts", line: 2, column: 32 },
      },
    ],
  };

  it("is told once, with the program's own frames and place, and with what else the program said", () => {
    assert.deepEqual(environmentLines({ stack: "dev", outcome: failed }, PLAIN), [
      "dev · 0 resources, 0 components and providers",
      "",
      "info: reading",
      "error: logged by the program itself",
      "",
      "error: Error: kaputt",
      "      at deep (file:///p/index.ts:2:32)",
      "  at /p/index.ts:2:32",
    ]);
  });
});
