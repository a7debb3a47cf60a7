import assert from "node:assert/strict";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { RuleConfig } from "@bastionless/policies/rules/rule.ts";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { type Diagnostic, PackProcess } from "./support/pack-process.ts";
import { type StackResource, toStack } from "./support/stack.ts";

const UNKNOWN = { unknown: true };

describe("the pack, through Pulumi's protocol", () => {
  let pack: PackProcess;

  before(async () => {
    pack = await PackProcess.start();
  });

  after(() => {
    pack.stop();
  });

  it("shows every rule by its name, with level, configuration and remediation", async () => {
    const info = await pack.info();
    assert.equal(info.getName(), "bastionless");
    assert.deepEqual(
      info.getPoliciesList().map((policy) => policy.getName()),
      ["exemptions", ...RULES.map((rule) => rule.id), "unused-exemptions", "summary"],
    );
    for (const policy of info.getPoliciesList().slice(1, -2)) {
      assert.notEqual(policy.getRemediationSteps(), "");
      assert.ok(policy.getConfigschema()?.getProperties()?.toJavaScript()["undecided"] !== undefined);
    }
  });

  async function operation(resources: readonly StackResource[]): Promise<readonly Diagnostic[]> {
    const told: Diagnostic[] = [];
    for (const resource of resources) {
      // One after another, as the engine's step generator does.
      // oxlint-disable-next-line no-await-in-loop
      told.push(...(await pack.analyze(resource)));
    }
    const all = [...told, ...(await pack.analyzeStack(resources))];
    return all.flatMap(toldByRules);
  }

  /** What the summary tells of a resource, as each rule would that it names; not what it tells of the stack. */
  function toldByRules(told: Diagnostic): readonly Diagnostic[] {
    if (told.rule !== "summary") {
      return [told];
    }
    const rules = /none of these rules can decide what it is asked about it: (.*)\.$/.exec(told.message)?.[1];
    return rules?.split(", ").map((rule) => ({ ...told, rule })) ?? [];
  }

  it("reports a violation as mandatory beside a value that is not known, and that value as advisory", async () => {
    const told = await operation(
      toStack([
        {
          type: "aws:ec2/securityGroup:SecurityGroup",
          name: "mixed",
          props: {
            ingress: [
              { protocol: "tcp", fromPort: UNKNOWN, toPort: UNKNOWN, cidrBlocks: ["10.0.0.0/8"] },
              { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [UNKNOWN] },
            ],
          },
        },
      ]),
    );
    assert.deepEqual(
      told.map(({ rule, level }) => ({ rule, level })),
      [
        { rule: "no-inbound-admin-ports", level: "advisory" },
        { rule: "no-inbound-admin-ports", level: "mandatory" },
      ],
    );
  });

  for (const rule of RULES) {
    for (const example of EXAMPLES.get(rule.id) ?? []) {
      it(`says of ${rule.id}, in a first preview: ${example.title}`, async () => {
        await pack.configure({ [rule.id]: toConfig(example.config ?? {}) });
        const told = (await operation(toStack(example.resources))).filter((each) => each.rule === rule.id);
        const kinds: Record<string, string> = {};
        for (const { urn, level } of told) {
          const name = urn.split("::").at(-1) ?? "";
          kinds[name] = kinds[name] === "violation" || level === "mandatory" ? "violation" : "undecided";
        }
        assert.deepEqual(kinds, example.expect, JSON.stringify(told, undefined, 2));
        await pack.configure({});
      });
    }
  }

  it("lowers, disables, and lets undecided block by configuration", async () => {
    const stack = toStack([
      {
        type: "aws:iam/policy:Policy",
        name: "people",
        props: { policy: '{"Statement":{"Effect":"Allow","Action":"ssm:*","Resource":"*"}}' },
      },
      {
        type: "aws:ssm/document:Document",
        name: "shell",
        props: { documentType: "Session", content: UNKNOWN },
      },
    ]);
    const rules = new Set([
      "session-access-requires-mfa",
      "session-access-requires-tags",
      "session-logs-encrypted",
    ]);
    const levels = async () =>
      (await operation(stack))
        .filter(({ rule }) => rules.has(rule))
        .map(({ rule, level }) => `${rule} ${level}`)
        .toSorted();
    assert.deepEqual(await levels(), [
      "session-access-requires-mfa mandatory",
      "session-access-requires-tags mandatory",
      "session-logs-encrypted advisory",
    ]);
    await pack.configure(
      {
        "session-access-requires-mfa": {},
        "session-access-requires-tags": {},
        "session-logs-encrypted": { undecided: "block" },
      },
      { "session-access-requires-mfa": "disabled", "session-access-requires-tags": "advisory" },
    );
    assert.deepEqual(await levels(), [
      "session-access-requires-tags advisory",
      "session-logs-encrypted mandatory",
    ]);
    await pack.configure({});
  });

  it("reads nothing of a resource that no rule is about", async () => {
    // An asset that holds nothing: whoever reads it fails, as the pack would without lazy-properties.ts.
    const broken = {
      "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
    };
    const stack = toStack([{ type: "aws:lambda/function:Function", name: "f", props: { code: broken } }]);
    assert.deepEqual(await operation(stack), []);
  });

  it("holds the deployment where configuration is wrong, and says where", async () => {
    await pack.configure({ "no-inbound-admin-ports": { ports: "all" } });
    const [told, ...others] = await operation(
      toStack([{ type: "aws:ec2/securityGroup:SecurityGroup", name: "g", props: { ingress: [{}] } }]),
    );
    assert.equal(told?.level, "mandatory");
    assert.match(told.message, /`ports` is `"all"`: expected a list/);
    assert.deepEqual(others, []);
    await pack.configure({});
  });
});

function toConfig(config: RuleConfig): { readonly [property: string]: JavaScriptValue } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- examples hold plain JSON
  return config as { readonly [property: string]: JavaScriptValue };
}
