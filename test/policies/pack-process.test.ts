import assert from "node:assert/strict";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { PackProcess } from "./support/pack-process.ts";
import { toStack } from "./support/stack.ts";

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
      RULES.map((rule) => rule.id),
    );
    for (const policy of info.getPoliciesList()) {
      assert.notEqual(policy.getRemediationSteps(), "");
      assert.ok(policy.getConfigschema()?.getProperties()?.toJavaScript()["undecided"] !== undefined);
    }
  });

  it("reports a violation as mandatory beside a value that is not known, and that value as advisory", async () => {
    const stack = toStack([
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
    ]);
    const [group] = stack;
    assert.ok(group !== undefined);
    const diagnostics = await pack.analyze(group);
    assert.deepEqual(
      diagnostics
        .map(({ rule, level }) => ({ rule, level }))
        .toSorted((a, b) => (a.level < b.level ? -1 : 1)),
      [
        { rule: "no-inbound-admin-ports", level: "advisory" },
        { rule: "no-inbound-admin-ports", level: "mandatory" },
      ],
    );
    assert.deepEqual(await pack.analyzeStack(stack), []);
  });
});
