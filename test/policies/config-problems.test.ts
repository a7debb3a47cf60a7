import assert from "node:assert/strict";
import { configProblems, SCHEMA_WORDS } from "@bastionless/policies/config-problems.ts";
import { packArgs } from "@bastionless/policies/pack.ts";
import { noInboundAdminPorts } from "@bastionless/policies/rules/no-inbound-admin-ports.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import { type PackRun, runPack } from "./support/run-pack.ts";
import { type StackResource, toStack, urnOf } from "./support/stack.ts";

const { policies } = packArgs();

function problemsOf(policy: string, config: object): readonly string[] {
  const schema = policies.find(({ name }) => name === policy)?.configSchema;
  assert.ok(schema !== undefined);
  return configProblems(config, schema);
}

describe("what is wrong with a policy's configuration", () => {
  for (const [policy, config, problems] of [
    [
      "no-inbound-admin-ports",
      { ports: "22" },
      ['`ports` is `"22"`: expected a list whose members are each a whole number from 0 to 65535'],
    ],
    [
      "no-inbound-admin-ports",
      { ports: [22, 65_536, "x", 1.5] },
      [
        "`ports[1]` is `65536`: expected a whole number from 0 to 65535",
        '`ports[2]` is `"x"`: expected a whole number from 0 to 65535',
        "`ports[3]` is `1.5`: expected a whole number from 0 to 65535",
      ],
    ],
    [
      "no-inbound-admin-ports",
      { port: [22], undecided: "blok" },
      [
        "`port` is no property of this policy; expected one of `ports`, `undecided`",
        '`undecided` is `"blok"`: expected one of `report`, `block`',
      ],
    ],
    [
      "side-doors-guarded",
      { tags: { Environment: "prod", Team: ["a", 1] } },
      [
        '`tags.Environment` is `"prod"`: expected a list whose members are each a text',
        "`tags.Team[1]` is `1`: expected a text",
      ],
    ],
    [
      "side-doors-guarded",
      { tags: [] },
      ["`tags` is `[]`: expected a map whose members are each a list whose members are each a text"],
    ],
    ["imdsv2-required", { undecided: null }, ["`undecided` is `null`: expected one of `report`, `block`"]],
    [
      "log-retention-set",
      { minimumDays: 0, allowForever: "yes" },
      [
        "`minimumDays` is `0`: expected a whole number from 1",
        '`allowForever` is `"yes"`: expected true or false',
      ],
    ],
    [
      "time-boxed-access-is-a-window",
      { longestWindow: 0 },
      ["`longestWindow` is `0`: expected a number above 0"],
    ],
    ["summary", { show: true }, ["`show` is `true`: expected one of `findings`, `always`"]],
  ] as const) {
    it(`is told with value, place and what is expected: ${policy}, ${JSON.stringify(config)}`, () => {
      assert.deepEqual(problemsOf(policy, config), problems);
    });
  }

  it("is nothing where every property is absent, is its default, or is as an example has it", () => {
    for (const { name, configSchema } of policies) {
      const defaults = Object.entries(configSchema?.properties ?? {}).flatMap(([property, schema]) =>
        schema.default === undefined ? [] : [[property, schema.default]],
      );
      assert.deepEqual(
        configProblems(Object.fromEntries(defaults), configSchema ?? { properties: {} }),
        [],
        name,
      );
    }
    for (const { id } of RULES) {
      for (const { title, config } of EXAMPLES.get(id) ?? []) {
        assert.deepEqual(problemsOf(id, config ?? {}), [], `${id}: ${title}`);
      }
    }
  });

  it("is looked for in all that the policies' schemas say", () => {
    const words = new Set<string>();
    const collect = (schema: object): void => {
      for (const [word, value] of Object.entries(schema)) {
        words.add(word);
        if (["items", "additionalProperties"].includes(word) && typeof value === "object" && value !== null) {
          collect(value);
        }
      }
    };
    for (const { configSchema } of policies) {
      assert.deepEqual(Object.keys(configSchema ?? { properties: {} }), ["properties"]);
      Object.values(configSchema?.properties ?? {}).forEach(collect);
    }
    assert.deepEqual(
      [...words].filter((word) => !SCHEMA_WORDS.includes(word)),
      [],
    );
  });
});

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const OPEN = { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] };
const ROOT: StackResource = {
  urn: urnOf("pulumi:pulumi:Stack", "project-test"),
  type: "pulumi:pulumi:Stack",
  name: "project-test",
  inputs: {},
  outputs: {},
  dependencies: {},
};

function run(options: PackRun, first: readonly StackResource[] = [ROOT]) {
  const groups = toStack(["a", "b"].map((name) => ({ type: GROUP, name, props: OPEN })));
  return runPack([noInboundAdminPorts], [...first, ...groups], options);
}

const WRONG = { configs: { "no-inbound-admin-ports": { ports: "22", port: 22 } } };

describe("a policy whose configuration is wrong", () => {
  it("says so once, before anything is created, at its level, and decides nothing", () => {
    const [told, summary, ...others] = run(WRONG);
    assert.deepEqual(told, {
      policy: "no-inbound-admin-ports",
      level: undefined,
      urn: ROOT.urn,
      message: [
        "the configuration of the policy `no-inbound-admin-ports` is wrong, and it decides nothing until that is mended:",
        '`ports` is `"22"`: expected a list whose members are each a whole number from 0 to 65535',
        "`port` is no property of this policy; expected one of `ports`, `undecided`",
      ].join("\n"),
    });
    assert.deepEqual(others, []);
    assert.equal(summary?.policy, "summary");
    assert.match(summary.message, /^1 question: 0 proved, 0 refuted, 1 undecided, 0 exempted\.\n/);
  });

  it("says so on the first resource that it is called for, where the stack's own was not shown", () => {
    const told = run(WRONG, []).filter(({ policy }) => policy === "no-inbound-admin-ports");
    assert.deepEqual(
      told.map(({ urn }) => urn),
      [urnOf(GROUP, "a")],
    );
  });

  it("is no finding that an exemption could cover", () => {
    const entries = [
      { rule: "no-inbound-admin-ports", urn: "*", reason: "we know what we do", expires: "2026-12-31" },
    ];
    const told = run({ configs: { ...WRONG.configs, exemptions: { entries } } });
    assert.ok(told.some(({ policy, level }) => policy === "no-inbound-admin-ports" && level === undefined));
  });

  it("is told of the exemptions and of the summary, too", () => {
    const told = run({ configs: { exemptions: { fil: "x", entries: 3 }, summary: { shows: "always" } } });
    assert.deepEqual(
      told
        .filter(({ policy, level }) => policy !== "no-inbound-admin-ports" && level === undefined)
        .map(({ message }) => message),
      [
        "nothing is exempt until this is mended:\n`fil` is no property of this policy; expected one of `file`, `entries`\nentries: `3` is no list of exemptions",
        "the configuration of the policy `summary` is wrong, and it decides nothing until that is mended:\n`shows` is no property of this policy; expected `show`",
      ],
    );
  });
});
