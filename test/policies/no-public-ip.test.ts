import assert from "node:assert/strict";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { noPublicIp } from "@bastionless/policies/rules/no-public-ip.ts";
import fc from "fast-check";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const UNKNOWN = { unknown: true };

type Switch = boolean | undefined;

/** A network, a template, and a launch in it, each saying yes, no or nothing. */
interface World {
  /** Whether each subnet gives addresses. */
  readonly subnets: readonly Switch[];
  /** Undefined: no template. `interfaces` empty: it says nothing of them. */
  readonly template: { readonly interfaces: readonly Switch[] } | undefined;
  /** What the launch says itself. */
  readonly own: Switch;
  /** Subnets that it may land in. */
  readonly lands: readonly number[];
}

const setting: fc.Arbitrary<Switch> = fc.constantFrom(true, false, undefined);

const world: fc.Arbitrary<World> = fc.record({
  subnets: fc.array(setting, { minLength: 3, maxLength: 3 }),
  template: fc.option(fc.record({ interfaces: fc.array(setting, { maxLength: 1 }) }), { nil: undefined }),
  own: setting,
  lands: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 1 }),
});

/** EC2's documentation read by hand: the launch's own word, then its template's, then that of the subnet it lands in. */
function isPublicByHand({ subnets, template, own, lands }: World): boolean {
  const word = own ?? template?.interfaces[0];
  return word ?? lands.some((index) => subnets[index] === true);
}

const SUBNET = "aws:ec2/subnet:Subnet";

function network({ subnets, template }: World, known: boolean): readonly ExampleResource[] {
  const made = subnets.map((gives, index) => ({
    type: SUBNET,
    name: `subnet-${index}`,
    props: { vpcId: UNKNOWN, ...(gives === undefined ? {} : { mapPublicIpOnLaunch: gives }) },
    outputs: known ? { id: `subnet-${index}` } : {},
  }));
  return template === undefined
    ? made
    : [
        ...made,
        {
          type: "aws:ec2/launchTemplate:LaunchTemplate",
          name: "template",
          props: {
            name: "web",
            networkInterfaces: template.interfaces.map((word) =>
              word === undefined ? { deviceIndex: 0 } : { associatePublicIpAddress: String(word) },
            ),
          },
        },
      ];
}

/** The launch as each form writes it. Only instances have a word of their own beside a template's. */
function launches(each: World, known: boolean): readonly ExampleResource[] {
  const { template, own, lands } = each;
  const ids = lands.map((index) => (known ? `subnet-${index}` : UNKNOWN));
  const names = lands.map((index) => `subnet-${index}`);
  const from = (property: string): Pick<ExampleResource, "from"> =>
    known ? {} : { from: { [property]: names } };
  const instance: ExampleResource = {
    type: "aws:ec2/instance:Instance",
    name: "launch",
    props: {
      ...(own === undefined ? {} : { associatePublicIpAddress: own }),
      ...(template === undefined ? {} : { launchTemplate: { name: "web", version: "$Latest" } }),
      subnetId: ids[0],
    },
    ...from("subnetId"),
  };
  if (own !== undefined || template === undefined) {
    return [instance, { ...instance, type: "aws:ec2/spotInstanceRequest:SpotInstanceRequest" }];
  }
  return [
    instance,
    {
      type: "aws:autoscaling/group:Group",
      name: "launch",
      props: { launchTemplate: { name: "web", version: "$Latest" }, vpcZoneIdentifiers: ids },
      ...from("vpcZoneIdentifiers"),
    },
    {
      type: "aws:eks/nodeGroup:NodeGroup",
      name: "launch",
      props: { launchTemplate: { name: "web", version: "$Latest" }, subnetIds: ids },
      ...from("subnetIds"),
    },
    {
      type: "aws:ec2/fleet:Fleet",
      name: "launch",
      props: {
        launchTemplateConfigs: [
          {
            launchTemplateSpecification: { launchTemplateName: "web", version: "$Latest" },
            overrides: ids.map((subnetId) => ({ subnetId })),
          },
        ],
      },
      ...from("launchTemplateConfigs"),
    },
  ];
}

function told(resources: readonly ExampleResource[]) {
  return runRules([noPublicIp], toStack(resources)).map(({ on, kind }) => `${kind} on ${on}`);
}

describe("no-public-ip", () => {
  it("agrees with EC2's documentation read by hand, in every form, by ids and by what they are computed from", () => {
    fc.assert(
      fc.property(world, fc.boolean(), (each, known) => {
        for (const launch of launches(each, known)) {
          const asksInTemplate = each.template?.interfaces[0] === true;
          const expected = [
            ...(isPublicByHand(each) && !(asksInTemplate && each.own === undefined)
              ? ["violation on launch"]
              : []),
            ...(asksInTemplate ? ["violation on template"] : []),
          ];
          assert.deepEqual(told([...network(each, known), launch]).toSorted(), expected, launch.type);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("decides for one of several subnets that is not known yet what holds for each of them", () => {
    fc.assert(
      fc.property(fc.array(setting, { minLength: 1, maxLength: 3 }), (subnets) => {
        const each: World = { subnets, template: undefined, own: undefined, lands: [0] };
        const gives = new Set(subnets.map((word) => word === true));
        const [launch] = launches(each, false);
        assert.ok(launch !== undefined);
        const computed = { ...launch, from: { subnetId: subnets.map((_, index) => `subnet-${index}`) } };
        const expected =
          gives.size === 2 ? ["undecided on launch"] : gives.has(true) ? ["violation on launch"] : [];
        assert.deepEqual(told([...network(each, false), computed]), expected);
      }),
      { numRuns: 200 },
    );
  });

  it("tells of each launch once, however many of its subnets and interfaces say so", () => {
    const resources: readonly ExampleResource[] = [
      {
        type: SUBNET,
        name: "public",
        props: { mapPublicIpOnLaunch: true, assignIpv6AddressOnCreation: true },
      },
      {
        type: "aws:ec2/instance:Instance",
        name: "launch",
        props: { associatePublicIpAddress: true, ipv6AddressCount: 1, subnetId: UNKNOWN },
        from: { subnetId: ["public"] },
      },
    ];
    assert.deepEqual(
      runRules([noPublicIp], toStack(resources)).map(({ by, message }) => [by, /IPv\d/.exec(message)?.[0]]),
      [
        ["resource", "IPv4"],
        ["resource", "IPv6"],
      ],
    );
  });

  it("does not take a template's silence for a no of another template's", () => {
    const template = (name: string, networkInterfaces: unknown): ExampleResource => ({
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      name,
      props: { name, networkInterfaces },
    });
    const group: ExampleResource = {
      type: "aws:autoscaling/group:Group",
      name: "group",
      props: {
        vpcZoneIdentifiers: [UNKNOWN],
        mixedInstancesPolicy: {
          launchTemplate: {
            launchTemplateSpecification: { launchTemplateName: "declining", version: "$Latest" },
            overrides: [
              { launchTemplateSpecification: { launchTemplateName: "silent", version: "$Latest" } },
            ],
          },
        },
      },
      from: { vpcZoneIdentifiers: ["public"] },
    };
    const publicSubnet = { type: SUBNET, name: "public", props: { mapPublicIpOnLaunch: true } };
    const declining = template("declining", [{ associatePublicIpAddress: "false" }]);
    assert.deepEqual(told([publicSubnet, declining, template("silent", []), group]), ["violation on group"]);
    assert.deepEqual(
      told([publicSubnet, declining, template("silent", [{ associatePublicIpAddress: "false" }]), group]),
      [],
    );
  });
});
