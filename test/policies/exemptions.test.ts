import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canMatchWithin } from "@bastionless/policies/exemptions/exemption.ts";
import { parseExemptions } from "@bastionless/policies/exemptions/parse.ts";
import { parseExemptionText } from "@bastionless/policies/exemptions/read-file.ts";
import { matchesAny } from "@bastionless/policies/rules/config.ts";
import { noInboundAdminPorts } from "@bastionless/policies/rules/no-inbound-admin-ports.ts";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import fc from "fast-check";
import { type Reported, runPack, startPack } from "./support/run-pack.ts";
import { toStack, urnOf } from "./support/stack.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = ["no-inbound-admin-ports", "session-logs-encrypted"];

const OPEN = {
  type: GROUP,
  name: "legacy",
  props: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }] },
};

const UNDECIDED = {
  type: GROUP,
  name: "unsettled",
  props: { ingress: { unknown: true } },
};

const ENTRY = {
  rule: "no-inbound-admin-ports",
  urn: "urn:pulumi:test::*::legacy",
  reason: "The vendor's appliance is replaced in spring.",
  expires: "2026-11-21",
};

function run(
  entries: readonly unknown[],
  today = "2026-11-21",
  resources: readonly ExampleResource[] = [OPEN],
  more: object = {},
): readonly Reported[] {
  return runPack([noInboundAdminPorts], toStack(resources), {
    today,
    configs: { exemptions: { entries }, "no-inbound-admin-ports": { ...more } },
  });
}

const policies = (reported: readonly Reported[]) => reported.map(({ policy }) => policy);

describe("an exemption", () => {
  it("keeps a finding out of the report, and in the summary with its reason and its end", () => {
    const reported = run([ENTRY]);
    assert.deepEqual(policies(reported), ["summary"]);
    assert.match(reported[0]?.message ?? "", /0 refuted, 0 undecided, 1 exempted/);
    assert.match(reported[0]?.message ?? "", /`legacy`, until 2026-11-21: The vendor's appliance/);
  });

  it("counts through the day it ends on, and no longer", () => {
    assert.deepEqual(policies(run([ENTRY], "2026-11-21")), ["summary"]);
    assert.deepEqual(policies(run([ENTRY], "2026-11-22")), [
      "no-inbound-admin-ports",
      "exemptions",
      "summary",
    ]);
  });

  it("covers what is undecided, also where that would block", () => {
    const entry = { ...ENTRY, urn: urnOf(GROUP, "unsettled") };
    for (const undecided of ["report", "block"]) {
      assert.deepEqual(policies(run([entry], "2026-11-21", [UNDECIDED], { undecided })), ["summary"]);
    }
  });

  it("covers no fault of the pack, which would be a way around every rule", () => {
    const reported = run([{ ...ENTRY, urn: "*" }], "2026-11-21", [OPEN], { ports: "all" });
    assert.deepEqual(policies(reported), ["no-inbound-admin-ports", "exemptions", "summary"]);
  });

  it("covers only its rule and its resources", () => {
    const other = { ...OPEN, name: "legacy-2" };
    const reported = run([ENTRY], "2026-11-21", [OPEN, other]);
    assert.deepEqual(
      reported.map(({ policy, urn }) => [policy, urn]),
      [
        ["no-inbound-admin-ports", urnOf(GROUP, "legacy-2")],
        ["summary", ""],
      ],
    );
  });

  it("that no finding needs is reported, as an advisory of `exemptions`", () => {
    const closed = { ...OPEN, props: { ingress: [] } };
    const [told, ...others] = run([ENTRY], "2026-11-21", [closed]);
    assert.deepEqual(others, []);
    assert.deepEqual([told?.policy, told?.level], ["exemptions", "advisory"]);
    assert.match(told?.message ?? "", /^entries\[0\]: no finding of `no-inbound-admin-ports`/);
  });

  it("that no finding needs, or that is expired, is reported also where the summary is disabled", () => {
    const closed = { ...OPEN, props: { ingress: [] } };
    const toldOf = (entry: typeof ENTRY): readonly unknown[] =>
      runPack([noInboundAdminPorts], toStack([closed]), {
        configs: { exemptions: { entries: [entry] } },
        disabled: ["summary"],
      }).map(({ policy, level, urn }) => [policy, level, urn]);
    assert.deepEqual(toldOf(ENTRY), [["exemptions", "advisory", ""]]);
    assert.deepEqual(toldOf({ ...ENTRY, expires: "2020-01-31" }), [["exemptions", "advisory", ""]]);
  });

  it("of another stack is neither used nor unused here", () => {
    const closed = { ...OPEN, props: { ingress: [] } };
    assert.deepEqual(run([{ ...ENTRY, urn: "urn:pulumi:prod::*" }], "2026-11-21", [closed]), []);
  });

  it("counts for nothing where the policy `exemptions` is disabled", () => {
    const reported = runPack([noInboundAdminPorts], toStack([OPEN]), {
      configs: { exemptions: { entries: [ENTRY] } },
      disabled: ["exemptions"],
    });
    assert.deepEqual(policies(reported), ["no-inbound-admin-ports", "summary"]);
  });

  it("is forgotten with its operation", () => {
    const pack = startPack([noInboundAdminPorts], { configs: { exemptions: { entries: [ENTRY] } } });
    assert.deepEqual(policies(pack(toStack([OPEN]))), ["summary"]);
    assert.deepEqual(policies(pack(toStack([{ ...OPEN, name: "other" }]))), [
      "no-inbound-admin-ports",
      "exemptions",
      "summary",
    ]);
  });
});

describe("exemptions that are wrong", () => {
  it("end at the latest two years from now: nothing is exempt for ever", () => {
    assert.deepEqual(policies(run([{ ...ENTRY, expires: "2028-11-21" }])), ["summary"]);
    for (const expires of ["2028-11-22", "9999-12-31"]) {
      const [told, finding] = run([{ ...ENTRY, expires }]);
      assert.equal(told?.policy, "exemptions", expires);
      assert.match(
        told?.message ?? "",
        new RegExp(
          `entries\\[0\\]: \`expires\` is \`${expires}\`: expected a day within 2 years, until 2028-11-21`,
        ),
      );
      assert.equal(finding?.policy, "no-inbound-admin-ports", expires);
    }
  });

  it("exempt nothing, and are reported at the pack's level before anything is created", () => {
    const reported = run([ENTRY, { ...ENTRY, reason: "" }]);
    assert.deepEqual(policies(reported), ["exemptions", "no-inbound-admin-ports", "summary"]);
    assert.equal(reported[0]?.level, undefined);
    assert.match(reported[0]?.message ?? "", /entries\[1\]: `reason` is missing/);
  });

  it("are told all at once, each with its place in the file", () => {
    const text = [
      "exemptions:",
      "  - rule: no-inbound-ports",
      "    urn: legacy",
      "    expires: 2026-02-30",
      "  - rule: session-logs-encrypted",
      '    urn: "urn:pulumi:*"',
      "    reason: because",
      "    expires: soon",
      "    until: 2026-01-01",
      "  - nothing",
      "extra: 1",
    ].join("\n");
    const { exemptions, problems } = parseExemptionText(text, "exemptions.yaml", RULES);
    assert.deepEqual(exemptions, []);
    assert.deepEqual(
      problems.map((problem) => problem.replace(/;.*|: expected.*/, "")),
      [
        "exemptions.yaml:11: `extra` is no key of this file",
        "exemptions.yaml:2: `rule` is `no-inbound-ports`: the pack has no such policy",
        "exemptions.yaml:2: `urn` is `legacy`",
        "exemptions.yaml:2: `reason` is missing",
        "exemptions.yaml:2: `expires` is `2026-02-30`",
        "exemptions.yaml:5: `until` is no property of an exemption",
        "exemptions.yaml:5: `reason` is `because`",
        "exemptions.yaml:5: `expires` is `soon`",
        "exemptions.yaml:10: `nothing` is no exemption",
      ],
    );
  });

  const texts: { readonly [what: string]: string } = {
    "no mapping": "- rule: x",
    "no list": "exemptions: all",
    "a key twice": "exemptions: []\nexemptions: []",
    "no YAML": "exemptions: [",
    nothing: "",
    "aliases without end": `a: &a [x]\n${Array.from({ length: 200 }, () => "b: *a").join("\n")}`,
  };
  for (const [what, text] of Object.entries(texts)) {
    it(`are told where the file is ${what}`, () => {
      const { exemptions, problems } = parseExemptionText(text, "e.yaml", RULES);
      assert.deepEqual(exemptions, []);
      assert.ok(problems.length > 0);
      assert.ok(problems.every((problem) => problem.startsWith("e.yaml:")));
    });
  }

  it("are none where the list is empty", () => {
    for (const text of ["exemptions: []", "exemptions:\n"]) {
      assert.deepEqual(parseExemptionText(text, "e.yaml", RULES), { exemptions: [], problems: [] });
    }
  });

  it("never break the pack, whatever stands in the configuration", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { exemptions } = parseExemptions(value, (index) => `entries[${index}]`, RULES);
        assert.deepEqual(exemptions, []);
      }),
    );
  });
});

describe("a file of exemptions", () => {
  const folder = mkdtempSync(join(tmpdir(), "bastionless-exemptions-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  function runWith(file: string): readonly Reported[] {
    return runPack([noInboundAdminPorts], toStack([OPEN]), { configs: { exemptions: { file } } });
  }

  it("exempts as entries in the configuration do", () => {
    const file = join(folder, "exemptions.yaml");
    writeFileSync(
      file,
      [
        "# What is accepted, and until when.",
        "exemptions:",
        "  - rule: no-inbound-admin-ports",
        '    urn: "urn:pulumi:test::*::legacy"',
        "    reason: The vendor's appliance is replaced in spring.",
        "    expires: 2026-12-31",
      ].join("\n"),
    );
    assert.deepEqual(policies(runWith(file)), ["summary"]);
  });

  it("that is not there is an error that names where it was looked for", () => {
    const [told] = runWith("no-such-file.yaml");
    assert.equal(told?.policy, "exemptions");
    assert.ok(told?.message.includes(join(process.cwd(), "no-such-file.yaml")));
  });
});

describe("whether a pattern can match in a stack", () => {
  it("agrees with trying every continuation", () => {
    const text = (maxLength: number) =>
      fc.array(fc.constantFrom("a", "b"), { maxLength }).map((letters) => letters.join(""));
    const pattern = fc
      .array(fc.constantFrom("a", "b", "*"), { maxLength: 4 })
      .map((letters) => letters.join(""));
    const continuations = [""];
    for (let length = 0; length < 5; length += 1) {
      continuations.push(...continuations.flatMap((rest) => [`${rest}a`, `${rest}b`]));
    }
    const all = [...new Set(continuations)];
    fc.assert(
      fc.property(pattern, text(3), (one, prefix) => {
        assert.equal(
          canMatchWithin(one, prefix),
          all.some((rest) => matchesAny(prefix + rest, [one])),
        );
      }),
    );
  });
});
