import assert from "node:assert/strict";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { findingsOf } from "../support/findings.ts";
import { describeOnRealEngine } from "../support/lifecycle.ts";
import { ownStack } from "../support/stack.ts";
import { analyzeState } from "./analyze-state.ts";
import { makeCountingPack } from "./counting-pack.ts";
import { fixture, REPORTING } from "./project-pack.ts";
import { stateOf, type StateProvider, type StateResource } from "./state.ts";

const OPEN = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };

const SESSIONS = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "ssm:ResumeSession", Resource: "*" },
});

/** What the rules are about, bad and good. */
const RELATED: readonly StateResource[] = [
  { type: "aws:ec2/securityGroup:SecurityGroup", name: "open", inputs: { ingress: [OPEN] } },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "closed",
    inputs: { ingress: [{ ...OPEN, fromPort: 443, toPort: 443 }] },
  },
  { type: "aws:iam/policy:Policy", name: "sessions", inputs: { policy: SESSIONS } },
];

const FOUND = {
  refuted: [
    "no-inbound-admin-ports aws:ec2/securityGroup:SecurityGroup::open",
    "own-sessions-only aws:iam/policy:Policy::sessions",
  ],
  undecided: [],
};

/** What other providers' resources, and AWS's that no rule reads, may hold that looks like what the rules are about. */
const LOOKS_BAD: WireMap = {
  ingress: [OPEN],
  policy: SESSIONS,
  keyName: "jo",
  associatePublicIpAddress: true,
  nested: { deep: [{ er: "x".repeat(200) }] },
};

const PROVIDERS: readonly StateProvider[] = [
  { name: "random", package: "random", inputs: { version: "4.18.0" } },
  { name: "kubernetes", package: "kubernetes", inputs: { version: "4.23.0" } },
  { name: "made-up", package: "made-up", inputs: {} },
];

const UNRELATED: readonly (readonly [type: string, provider: string | undefined])[] = [
  ["random:index/randomPassword:RandomPassword", "random"],
  ["kubernetes:core/v1:Secret", "kubernetes"],
  ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes"],
  ["kubernetes:rbac.authorization.k8s.io/v1:Role", "kubernetes"],
  ["made-up:ec2/securityGroup:SecurityGroup", "made-up"],
  ["made-up:index:Policy", "made-up"],
  ["aws:sns/topic:Topic", undefined],
  ["aws:dynamodb/table:Table", undefined],
  ["aws:route53/record:Record", undefined],
  ["aws:ecr/repository:Repository", undefined],
];

function stackWith(unrelated: number): WireMap {
  const others = Array.from({ length: unrelated }, (_, at): StateResource => {
    const [type, provider] = UNRELATED[at % UNRELATED.length] ?? ["made-up:index:Thing", "made-up"];
    return { type, name: `other-${at}`, inputs: LOOKS_BAD, ...(provider === undefined ? {} : { provider }) };
  });
  // Those that the rules are about come last, as if the engine had sent them after all others.
  return stateOf([...others, ...RELATED], PROVIDERS);
}

describeOnRealEngine("a stack of hundreds of resources that no rule is about", () => {
  // Only for a folder and a backend: nothing is deployed.
  const engine = ownStack(fixture("every-rule-broken"), "dev");

  it("has the findings of what the rules are about, and nothing of the others is read for them", async () => {
    const pack = await makeCountingPack(engine());
    const packs = REPORTING.map(({ config }) => ({
      dir: pack.dir,
      ...(config === undefined ? {} : { config }),
    }));
    const few = { run: await analyzeState(engine(), stackWith(20), packs), counts: await pack.counts() };
    const many = { run: await analyzeState(engine(), stackWith(600), packs), counts: await pack.counts() };
    assert.deepEqual(findingsOf(few.run.events), FOUND);
    assert.deepEqual(findingsOf(many.run.events), FOUND);
    assert.equal(many.counts.forRules, few.counts.forRules);
    assert.equal(many.counts.forRemediations - few.counts.forRemediations, 580);
  });
});
