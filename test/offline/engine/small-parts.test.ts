import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { findAnswer } from "@bastionless/offline/protocol/answers.ts";
import { ChildOutput } from "@bastionless/offline/engine/child-output.ts";
import {
  describeDefaultProvider,
  assertDefaultProviderAllowed,
} from "@bastionless/offline/engine/default-providers.ts";
import { durationSeconds } from "@bastionless/offline/engine/duration.ts";
import { explainedOutcome, explanation } from "@bastionless/offline/engine/explanation.ts";
import type { Failed, Problem } from "@bastionless/offline/engine/index.ts";
import { parsePackConfig, resolvePackConfig } from "@bastionless/offline/engine/pack-config.ts";
import {
  defaultProviderName,
  parseProviderReference,
  requestFor,
  requestKey,
} from "@bastionless/offline/engine/provider-reference.ts";
import { placeInTrace, placeOf } from "@bastionless/offline/engine/source-place.ts";
import { splitArguments } from "@bastionless/offline/engine/split-arguments.ts";
import { secret } from "@bastionless/offline/protocol/wire.ts";

describe("what a process wrote", () => {
  it("is whole, or its beginning and its end and how much is left out between them", () => {
    const output = new ChildOutput();
    output.add("first\n");
    assert.equal(output.text, "first\n");
    output.add("x".repeat(2 * 1024 * 1024));
    output.add("\nlast");
    const left = 2 * 1024 * 1024 + "first\n\nlast".length - (1024 + 64) * 1024;
    assert.match(
      output.text,
      new RegExp(`^first\\nx+\\n\\(${left} characters are left out here\\)\\nx+\\nlast$`),
    );
  });
});

describe("durations", () => {
  it("are Go's, in seconds", () => {
    const texts = ["", "0", "30s", "1h30m", "1.5h", "250ms", "5", "1 h", "-1s", "h"];
    assert.deepEqual(
      texts.map((text) => durationSeconds(text)),
      [0, 0, 30, 5400, 5400, 0.25, undefined, undefined, undefined, undefined],
    );
  });
});

describe("node arguments", () => {
  it("are split as a shell splits them", () => {
    assert.deepEqual(splitArguments(`--a  --b="x y" 'c d' e\\ f --g='"'`), [
      "--a",
      "--b=x y",
      "c d",
      "e f",
      '--g="',
    ]);
    assert.deepEqual(splitArguments("  "), []);
  });

  it("come back whole where they are quoted", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (words) => {
        const quoted = words.map((word) => `"${word.replaceAll(/["\\$`]/gu, String.raw`\$&`)}"`);
        assert.deepEqual(splitArguments(quoted.join(" ")), words);
      }),
    );
  });
});

describe("default providers", () => {
  it("are named after their version", () => {
    const name = (version: string): string => defaultProviderName(requestFor("aws:a:B", version, ""));
    assert.equal(name(""), "default");
    assert.equal(name("7.48.0"), "default_7_48_0");
    assert.equal(name("1.0.0-alpha.1+x86"), "default_1_0_0_alpha_1_x86");
    assert.notEqual(
      requestKey(requestFor("aws:a:B", "7.48.0", "")),
      requestKey(requestFor("aws:a:B", "7.43.0", "")),
    );
  });

  it("take their package's configuration, secrets as secrets", () => {
    const config = {
      values: { "aws:region": "r", "aws:token": "t", "awsx:x": "y" },
      secretKeys: ["aws:token"],
    };
    assert.deepEqual(describeDefaultProvider(requestFor("aws:a:B", "7.48.0", ""), config), {
      type: "pulumi:providers:aws",
      name: "default_7_48_0",
      inputs: { region: "r", token: secret("t"), version: "7.48.0", __internal: {} },
    });
  });

  it("are refused where configuration disables them", () => {
    const check = (listed: string, token: string) => (): void => {
      const config = { values: { "pulumi:disable-default-providers": listed }, secretKeys: [] };
      assertDefaultProviderAllowed(requestFor(token, "", ""), token, config);
    };
    assert.throws(check('["aws"]', "aws:a:B"), /explicit provider/u);
    assert.throws(check('["*"]', "aws:a:B"), /explicit provider/u);
    assert.throws(check("aws", "aws:a:B"), /expected a list/u);
    assert.doesNotThrow(check('["aws"]', "gcp:a:B"));
    assert.doesNotThrow(check('["*"]', "pulumi:pulumi:StackReference"));
  });

  it("are referred to by URN and id", () => {
    const urn = "urn:pulumi:dev::p::pulumi:providers:aws::default";
    assert.deepEqual(parseProviderReference(`${urn}::id-1`), { urn, id: "id-1" });
    assert.equal(parseProviderReference("default"), undefined);
  });
});

describe("answers", () => {
  it("fit where every argument that they name is equal", () => {
    const one = { token: "t", args: { filters: [{ name: "a" }] }, result: { n: 1 } };
    const any = { token: "t", result: { n: 2 } };
    assert.equal(findAnswer([one, any], "t", { filters: [{ name: "a" }], owner: "x" }), one);
    assert.equal(findAnswer([one, any], "t", { filters: [{ name: "b" }] }), any);
    assert.equal(findAnswer([one, any], "u", {}), undefined);
  });

  it("fit whatever is secret, in whatever order keys stand, and where null says that nothing is there", () => {
    const one = { token: "t", args: { tags: { a: "1", b: "2" }, name: null }, result: {} };
    assert.equal(findAnswer([one], "t", { tags: secret({ b: "2", a: "1" }) }), one);
    assert.equal(findAnswer([one], "t", { tags: { b: "2", a: "1" }, name: "n" }), undefined);
  });
});

describe("a pack's configuration", () => {
  const policies = [
    { name: "a", enforcement: "mandatory", properties: { n: { default: 1 }, m: {} }, required: [] },
    { name: "b", enforcement: "advisory", properties: {}, required: [] },
  ] as const;

  it("lays the user's over the pack's over the defaults, and a policy's level over that of all", () => {
    const pack = new Map([["a", { enforcement: "advisory", properties: { m: 2 } }]] as const);
    const user = new Map([
      ["all", { enforcement: "disabled", properties: {} }],
      ["b", { enforcement: "mandatory", properties: { k: 3 } }],
    ] as const);
    assert.deepEqual(Object.fromEntries(resolvePackConfig(policies, [pack, user])), {
      a: { enforcement: "disabled", properties: { n: 1, m: 2 } },
      b: { enforcement: "mandatory", properties: { k: 3 } },
    });
  });
});

describe("what a user gives a pack", () => {
  it("keeps the properties beside a level that is none, so that they are not missed too", () => {
    const { config, mistakes } = parsePackConfig({ few: { enforcementLevel: "sometimes", max: 3 } });
    assert.deepEqual([...config], [["few", { enforcement: undefined, properties: { max: 3 } }]]);
    assert.equal(mistakes.length, 1);
    assert.match(mistakes[0] ?? "", /`few\.enforcementLevel` is `"sometimes"`/u);
  });
});

describe("places in source", () => {
  it("are not in what loads the program", () => {
    const loader = join(import.meta.dirname, "../../../offline/engine/lazy-modules.cjs");
    const trace = `Error: Cannot find module\n    at f (node:internal/x:1:2)\n    at load (${loader}:66:14)`;
    assert.equal(placeInTrace(trace), undefined);
    assert.equal(placeInTrace(`${trace}\n    at /p/index.js:1:2`)?.file, "/p/index.js");
  });

  it("are the first in a trace that is neither Node's nor a package's", () => {
    const trace = [
      "Error: at last",
      "    at f (node:internal/x:1:2)",
      "    at g (/p/node_modules/q/index.js:3:4)",
      "    at file:///p/with%20blank/stacks/index.ts:12:21",
      "    at h (file:///p/other.ts:1:1)",
    ];
    assert.deepEqual(placeInTrace(trace.join("\n")), {
      file: "/p/with blank/stacks/index.ts",
      line: 12,
      column: 21,
    });
    assert.equal(placeInTrace(trace.join("\n"), "/p")?.file, "/p/with blank/stacks/index.ts");
    assert.equal(placeInTrace(trace.join("\n"), "/elsewhere")?.file, "/p/with blank/stacks/index.ts");
    const refused = [
      "Error: wrong",
      "    at check (file:///p/lib/check.ts:1:2)",
      "    at file:///p/stacks/index.ts:3:4",
    ];
    assert.deepEqual(placeInTrace(refused.join("\n"), "/p/stacks"), {
      file: "/p/stacks/index.ts",
      line: 3,
      column: 4,
    });
    assert.equal(placeInTrace("Error: no trace (the first is at /p/index.ts:4)"), undefined);
    assert.deepEqual(placeInTrace("file:///p/index.ts:3\nconst = 1;\n      ^"), {
      file: "/p/index.ts",
      line: 3,
      column: 0,
    });
  });

  it("are read from what the SDK makes of an ES module's URL", () => {
    const place = { file: "/p/index.ts", line: 3, column: 1 };
    assert.deepEqual(placeOf("file:///p/index.ts", 3, 1), place);
    assert.deepEqual(placeOf("file:///p/file:/p/index.ts", 3, 1), place);
    assert.equal(placeOf("file:///p/node_modules/q/index.js", 3, 1), undefined);
  });
});

describe("a second run", () => {
  const place = { file: "/p/index.ts", line: 1, column: 1 };
  const check: Problem = { kind: "check", urn: "u", failures: [], message: "bad input" };
  const error: Problem = { kind: "program-error", message: "thrown", stack: "" };
  const failed = (...problems: readonly [Problem, ...Problem[]]): Failed => ({
    kind: "failed",
    problems,
    resources: [],
    violations: [],
    remediations: [],
    stackOutputs: {},
    diagnostics: [],
    unknownTypes: [],
    packs: [],
  });

  it("is made where a problem has no place that it could tell", () => {
    assert.equal(explanation([check]), "explained");
    assert.equal(explanation([{ ...check, place }]), undefined);
    assert.equal(explanation([{ kind: "program-hang", seconds: 0, message: "" }]), "traced");
    assert.equal(explanation([{ kind: "interrupted", message: "" }]), undefined);
  });

  it("gives its places to what the first run found, and replaces the program's own errors", () => {
    const other: Problem = { ...check, message: "worse input" };
    const first = failed(check, other);
    assert.deepEqual(explainedOutcome(first, failed({ ...check, place })).kind, "failed");
    assert.deepEqual(explainedOutcome(first, failed({ ...check, place })), {
      ...first,
      problems: [{ ...check, place }, other],
    });
    const second = failed({ ...error, place });
    assert.equal(explainedOutcome(failed(error), second), second);
  });

  it("gives a hang its place, and not the seconds that it waited itself", () => {
    const hang = (seconds: number): Problem => ({ kind: "program-hang", seconds, message: `${seconds} s` });
    const explained = explainedOutcome(failed(hang(60)), failed({ ...hang(5), place }));
    assert.deepEqual(explained, failed({ ...hang(60), place }));
    const noticed: Problem = { kind: "program-hang", seconds: 0, message: "noticed by Node.js" };
    assert.deepEqual(
      explainedOutcome(failed(noticed), failed({ ...noticed, place })),
      failed({ ...noticed, place }),
    );
  });
});
