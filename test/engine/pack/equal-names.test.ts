import assert from "node:assert/strict";
import { findingsOf } from "../support/findings.ts";
import { describeOnRealEngine } from "../support/lifecycle.ts";
import { once } from "../support/once.ts";
import { ownStack } from "../support/stack.ts";
import { fixture, REPORTING } from "./project-pack.ts";

/** What is badly kept in another Region and in another account; what has the same names and is kept well is not here. */
const BADLY_KEPT = [
  "log-retention-set aws:cloudwatch/logGroup:LogGroup::dev-logs",
  "log-retention-set aws:cloudwatch/logGroup:LogGroup::prod-us-logs",
  "session-logs-encrypted aws:cloudwatch/logGroup:LogGroup::dev-logs",
  "session-logs-encrypted aws:cloudwatch/logGroup:LogGroup::prod-us-logs",
  "session-roles-trusted-with-mfa aws:iam/role:Role::dev-operator",
];

function open(name: string): string {
  return `no-inbound-admin-ports aws:ec2/securityGroup:SecurityGroup::${name}`;
}

const FOUND = { refuted: [...BADLY_KEPT, open("moved"), open("old-name")].toSorted(), undecided: [] };

describeOnRealEngine("the same names in two accounts and two Regions", () => {
  const engine = ownStack(fixture("equal-names"), "dev");
  const previewed = once(() => engine().preview({ packs: REPORTING }));
  const applied = once(async () => {
    await Promise.allSettled([previewed()]);
    return engine().up({ packs: REPORTING });
  });

  it("are told apart by their providers before anything is there", async () => {
    const { events } = await previewed();
    assert.deepEqual(findingsOf(events), FOUND);
  });

  it("are told apart once everything is there", async () => {
    const { events } = await applied();
    assert.deepEqual(findingsOf(events), FOUND);
  });

  it("are told apart when resources are called otherwise, which are named once, by their new names", async () => {
    await applied();
    await engine().setConfig("moved", "true");
    const { events } = await engine().preview({ packs: REPORTING });
    assert.deepEqual(Object.keys(events.changes), ["same"], "the aliases do not hold");
    assert.deepEqual(findingsOf(events), {
      refuted: [...BADLY_KEPT, open("moved"), open("new-name")].toSorted(),
      undecided: [],
    });
    assert.deepEqual(
      events.violations.filter(({ urn }) => urn.endsWith("::moved")).map(({ urn }) => urn),
      ["urn:pulumi:dev::equal-names::example:index:Team$aws:ec2/securityGroup:SecurityGroup::moved"],
    );
  });
});
