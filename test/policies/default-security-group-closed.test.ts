import assert from "node:assert/strict";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { defaultSecurityGroupClosed } from "@bastionless/policies/rules/default-security-group-closed.ts";
import fc from "fast-check";
import { runRules, startRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const UNKNOWN = { unknown: true };

const VPC = "aws:ec2/vpc:Vpc";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

interface Block {
  readonly cidrs: number;
  readonly groups: number;
  readonly self: boolean;
}

const block: fc.Arbitrary<Block> = fc.record({
  cidrs: fc.nat(1),
  groups: fc.nat(1),
  self: fc.boolean(),
});

/** A stack: which VPC each default group is of, what rules it leaves, and which groups rules are added to. */
const world = fc.record({
  vpcs: fc.integer({ min: 1, max: 3 }),
  groups: fc.uniqueArray(
    fc.record({
      vpc: fc.nat(2),
      ingress: fc.array(block, { maxLength: 2 }),
      egress: fc.array(block, { maxLength: 2 }),
    }),
    { maxLength: 3, selector: ({ vpc }) => vpc },
  ),
  /** To a VPC's default group, named by the VPC; or to a group of its own. */
  rules: fc.array(fc.record({ vpc: fc.option(fc.nat(2), { nil: undefined }) }), { maxLength: 2 }),
  known: fc.boolean(),
});

type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

function lets({ cidrs, groups, self }: Block): boolean {
  return cidrs + groups > 0 || self;
}

function props({ cidrs, groups, self }: Block): object {
  return {
    protocol: "-1",
    fromPort: 0,
    toPort: 0,
    cidrBlocks: Array.from({ length: cidrs }, () => "10.0.0.0/8"),
    securityGroups: Array.from({ length: groups }, () => "sg-web"),
    self,
  };
}

function resources({ vpcs, groups, rules, known }: World): readonly ExampleResource[] {
  const reference = (property: string, id: string, name: string) =>
    known
      ? { props: { [property]: id }, from: {} }
      : { props: { [property]: UNKNOWN }, from: { [property]: [name] } };
  return [
    ...Array.from({ length: vpcs }, (_, index) => ({
      type: VPC,
      name: `vpc-${index}`,
      props: { cidrBlock: `10.${index}.0.0/16` },
      outputs: known ? { id: `vpc-${index}`, defaultSecurityGroupId: `sg-default-${index}` } : {},
    })),
    ...groups.flatMap(({ vpc, ingress, egress }) => {
      const { props: named, from } = reference("vpcId", `vpc-${vpc}`, `vpc-${vpc}`);
      return vpc < vpcs
        ? [
            {
              type: DEFAULT_GROUP,
              name: `default-${vpc}`,
              props: { ...named, ingress: ingress.map(props), egress: egress.map(props) },
              from,
            },
          ]
        : [];
    }),
    { type: GROUP, name: "web", props: {}, outputs: known ? { id: "sg-web" } : {} },
    ...rules.map(({ vpc }, index) => {
      const target =
        vpc === undefined || vpc >= vpcs
          ? reference("securityGroupId", "sg-web", "web")
          : reference("securityGroupId", `sg-default-${vpc}`, `vpc-${vpc}`);
      return {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: `rule-${index}`,
        props: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8", ...target.props },
        from: target.from,
      };
    }),
  ];
}

/** By hand: each VPC without a default group, each block of one that lets somebody through, each rule that is added. */
function byHand({ vpcs, groups, rules }: World): readonly string[] {
  const managed = groups.filter(({ vpc }) => vpc < vpcs);
  return [
    ...Array.from({ length: vpcs }, (_, index) => index)
      .filter((index) => !managed.some(({ vpc }) => vpc === index))
      .map((index) => `vpc-${index}`),
    ...managed.flatMap(({ vpc, ingress, egress }) =>
      [...ingress, ...egress].filter(lets).map(() => `default-${vpc}`),
    ),
    ...rules.flatMap(({ vpc }, index) => (vpc === undefined || vpc >= vpcs ? [] : [`rule-${index}`])),
  ];
}

function told(made: readonly ExampleResource[]) {
  return runRules([defaultSecurityGroupClosed], toStack(made)).map(({ on, kind }) => ({ on, kind }));
}

describe("default-security-group-closed", () => {
  it("agrees with a stack read by hand, by ids and by what they are computed from", () => {
    fc.assert(
      fc.property(world, (each) => {
        const found = told(resources(each));
        assert.deepEqual(found.map(({ on }) => on).toSorted(), byHand(each).toSorted());
        assert.ok(found.every(({ kind }) => kind === "violation"));
      }),
      { numRuns: 1000 },
    );
  });

  it("leaves open what becomes of a VPC that was only looked up", () => {
    const stack = toStack([{ type: VPC, name: "shared", props: {}, outputs: { id: "vpc-1" } }]);
    assert.deepEqual(
      startRules([defaultSecurityGroupClosed])
        .join(stack)
        .map(({ on, kind }) => ({ on, kind })),
      [{ on: "shared", kind: "undecided" }],
    );
  });

  it("leaves open what a default group holds that is no list of rules", () => {
    for (const ingress of [
      UNKNOWN,
      "all",
      [{ cidrBlocks: UNKNOWN }],
      [{ cidrBlocks: "10.0.0.0/8" }],
      [UNKNOWN],
    ]) {
      const made = [
        { type: VPC, name: "vpc", props: {} },
        {
          type: DEFAULT_GROUP,
          name: "default",
          props: { vpcId: UNKNOWN, ingress },
          from: { vpcId: ["vpc"] },
        },
      ];
      assert.deepEqual(told(made), [{ on: "default", kind: "undecided" }], JSON.stringify(ingress));
    }
  });

  it("follows a default group's VPC into the component that makes it", () => {
    const stack = toStack([
      { type: "awsx:ec2:Vpc", name: "network", props: {} },
      { type: VPC, name: "vpc", props: {} },
      { type: DEFAULT_GROUP, name: "default", props: { vpcId: UNKNOWN }, from: { vpcId: ["network"] } },
    ]);
    const [network, ...others] = stack;
    assert.ok(network !== undefined);
    const within = others.map((each) => (each.type === VPC ? { ...each, parent: network.urn } : each));
    assert.deepEqual(runRules([defaultSecurityGroupClosed], [network, ...within]), []);
  });
});
