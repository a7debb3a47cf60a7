import assert from "node:assert/strict";
import { readFacts } from "@bastionless/policies/estate/facts.ts";
import { type DataMap, readProps } from "@bastionless/policies/reader/data.ts";
import { noInboundAdminPorts } from "@bastionless/policies/rules/no-inbound-admin-ports.ts";
import type { Verdict } from "@bastionless/policies/rules/verdict.ts";
import fc from "fast-check";
import { UNKNOWN } from "./support/stack.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

function verdictsOf(type: string, props: object, config: object = {}): readonly Verdict[] {
  const inputs: DataMap = readProps(props);
  const facts = readFacts({
    urn: "urn",
    type,
    name: "name",
    inputs,
    outputs: undefined,
    dependencies: {},
    parent: undefined,
    provider: undefined,
  });
  return noInboundAdminPorts.decideResource(facts, { ...config });
}

function kindOf(type: string, props: object, config: object = {}): string {
  const kinds = new Set(verdictsOf(type, props, config).map(({ kind }) => kind));
  return kinds.has("violation") ? "violation" : kinds.has("undecided") ? "undecided" : "satisfied";
}

interface Rule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrs: readonly string[];
  readonly ipv6: readonly string[];
  readonly groups: readonly string[];
  readonly self: boolean;
}

const port = fc.oneof(
  fc.constantFrom(0, 21, 22, 23, 3388, 3389, 3390, 5985, 5986, 65_535),
  fc.integer({ min: 0, max: 65_535 }),
);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    protocol: fc.constantFrom("tcp", "TCP", "6", "udp", "17", "icmp", "1", "-1", "all", "47", "gre", "58"),
    ends: fc.tuple(port, port),
    cidrs: fc.array(fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "192.0.2.1/32"), { maxLength: 2 }),
    ipv6: fc.array(fc.constantFrom("::/0", "fd00::/8"), { maxLength: 1 }),
    groups: fc.array(fc.constant("sg-1"), { maxLength: 1 }),
    self: fc.boolean(),
  })
  .map(({ ends, ...rest }) => ({ ...rest, fromPort: Math.min(...ends), toPort: Math.max(...ends) }));

/** By hand, from EC2's documentation: every port of the range in turn, on a protocol that carries TCP. */
function opensByHand({ protocol, fromPort, toPort, cidrs, ipv6, groups, self }: Rule): boolean {
  if (cidrs.length + ipv6.length + groups.length + (self ? 1 : 0) === 0) {
    return false;
  }
  if (protocol === "-1" || protocol === "all") {
    return true;
  }
  if (!["tcp", "TCP", "6"].includes(protocol)) {
    return false;
  }
  for (let open = fromPort; open <= toPort; open++) {
    if (open === 22 || open === 3389 || open === 5985 || open === 5986) {
      return true;
    }
  }
  return false;
}

function block({ protocol, fromPort, toPort, cidrs, ipv6, groups, self }: Rule): DataMap {
  return {
    protocol,
    fromPort,
    toPort,
    cidrBlocks: cidrs,
    ipv6CidrBlocks: ipv6,
    securityGroups: groups,
    self,
  };
}

/** One rule resource for each source, as the newer form has it. */
function ingressRules({ protocol, fromPort, toPort, cidrs, ipv6, groups, self }: Rule): readonly object[] {
  const common = { ipProtocol: protocol, fromPort, toPort, securityGroupId: "sg-0" };
  return [
    ...cidrs.map((cidrIpv4) => ({ ...common, cidrIpv4 })),
    ...ipv6.map((cidrIpv6) => ({ ...common, cidrIpv6 })),
    ...groups.map((referencedSecurityGroupId) => ({ ...common, referencedSecurityGroupId })),
    ...(self ? [{ ...common, referencedSecurityGroupId: "sg-0" }] : []),
  ];
}

describe("no-inbound-admin-ports", () => {
  it("agrees with the documentation read by hand, in every form", () => {
    fc.assert(
      fc.property(rule, (each) => {
        const expected = opensByHand(each) ? "violation" : "satisfied";
        assert.equal(kindOf(GROUP, { ingress: [block(each)] }), expected, "inline");
        assert.equal(kindOf(DEFAULT_GROUP, { ingress: [block(each)] }), expected, "default group");
        const { securityGroups, ...standalone } = block(each);
        assert.equal(
          kindOf(RULE, { ...standalone, type: "ingress", sourceSecurityGroupId: each.groups[0] ?? null }),
          expected,
          `standalone, ${JSON.stringify(securityGroups)}`,
        );
        const newer = ingressRules(each).map((props) => kindOf(INGRESS, props));
        assert.equal(newer.includes("violation") ? "violation" : "satisfied", expected, "newer");
      }),
      { numRuns: 1000 },
    );
  });

  it("decides with an unknown only what holds for every value it may turn out to have", () => {
    const hidden = fc.subarray(
      ["protocol", "fromPort", "toPort", "cidrBlocks", "ipv6CidrBlocks", "securityGroups", "self"] as const,
      { minLength: 1 },
    );
    fc.assert(
      fc.property(rule, rule, hidden, (each, other, keys) => {
        const full = block(each);
        const partial = { ...full, ...Object.fromEntries(keys.map((key) => [key, UNKNOWN])) };
        const verdict = kindOf(GROUP, { ingress: [partial] });
        if (verdict !== "undecided") {
          const values = block(other);
          const filled = { ...full, ...Object.fromEntries(keys.map((key) => [key, values[key] ?? null])) };
          assert.equal(kindOf(GROUP, { ingress: [full] }), verdict);
          assert.equal(kindOf(GROUP, { ingress: [filled] }), verdict);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("says the same whatever the order of rules and sources", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), (rules) => {
        const forward = rules.map(block);
        assert.equal(kindOf(GROUP, { ingress: forward }), kindOf(GROUP, { ingress: forward.toReversed() }));
      }),
    );
  });

  it("shows in the witness what is open, and to whom", () => {
    const [verdict] = verdictsOf(RULE, {
      type: "ingress",
      protocol: "tcp",
      fromPort: 20,
      toPort: 6000,
      cidrBlocks: ["128.0.0.0/1", "0.0.0.0/1"],
      ipv6CidrBlocks: [UNKNOWN],
    });
    assert.deepEqual(verdict, {
      kind: "violation",
      message: {
        id: "inbound-port-open",
        path: "",
        ports: [22, 3389, 5985, 5986],
        range: { from: 20, to: 6000 },
        allProtocols: false,
        sources: [
          { kind: "cidr", value: { kind: "known", value: "128.0.0.0/1" } },
          { kind: "cidr", value: { kind: "known", value: "0.0.0.0/1" } },
          { kind: "cidr", value: { kind: "unknown", path: "ipv6CidrBlocks[0]" } },
        ],
        everyone: ["IPv4"],
      },
    });
  });

  it("reads ports that are written as texts, and does not guess at texts that are no ports", () => {
    const open = { protocol: "tcp", cidrBlocks: ["10.0.0.0/8"] };
    assert.equal(kindOf(GROUP, { ingress: [{ ...open, fromPort: "22", toPort: "22" }] }), "violation");
    for (const strange of ["٢٢", "２２", "22 ", "0x16", "ssh", 22.5, [], {}, true]) {
      const kind = kindOf(GROUP, { ingress: [{ ...open, fromPort: strange, toPort: strange }] });
      assert.equal(kind, "undecided", JSON.stringify(strange));
    }
  });

  it("does not guess at protocols and directions that it does not know", () => {
    const ports = { fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] };
    for (const strange of ["ssh", "tcp ", "256", "ТСР", "", null, {}, UNKNOWN]) {
      assert.equal(
        kindOf(GROUP, { ingress: [{ ...ports, protocol: strange }] }),
        "undecided",
        JSON.stringify(strange),
      );
    }
    for (const type of ["Ingress", null, UNKNOWN, 1]) {
      assert.equal(kindOf(RULE, { ...ports, protocol: "tcp", type }), "undecided", String(type));
    }
    assert.equal(kindOf(RULE, { ...ports, protocol: "tcp", type: "egress" }), "satisfied");
  });

  it("takes a TCP rule without ports, or with -1, for every port", () => {
    assert.equal(kindOf(INGRESS, { ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8" }), "violation");
    assert.equal(
      kindOf(INGRESS, { ipProtocol: "tcp", fromPort: -1, toPort: -1, cidrIpv4: "10.0.0.0/8" }),
      "violation",
    );
    assert.equal(
      kindOf(GROUP, { ingress: [{ protocol: "tcp", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/8"] }] }),
      "satisfied",
    );
  });

  it("leaves open whether there are rules where the list of them is not known", () => {
    assert.equal(kindOf(GROUP, { ingress: UNKNOWN }), "undecided");
    // Also where what stands there could be a protocol.
    for (const strange of ["0.0.0.0/0", "", "udp", 0, 17, true]) {
      assert.equal(kindOf(GROUP, { ingress: strange }), "undecided", String(strange));
      assert.equal(kindOf(GROUP, { ingress: [strange] }), "undecided", `[${String(strange)}]`);
    }
    assert.equal(kindOf(GROUP, { ingress: [] }), "satisfied");
    assert.equal(kindOf(GROUP, {}), "satisfied");
  });

  it("keeps 22 closed whatever the configuration, and takes the other ports from it", () => {
    const on = (from: number) => ({
      ingress: [{ protocol: "tcp", fromPort: from, toPort: from, cidrBlocks: ["10.0.0.0/8"] }],
    });
    assert.equal(kindOf(GROUP, on(22), { ports: [] }), "violation");
    assert.equal(kindOf(GROUP, on(3389), { ports: [] }), "satisfied");
    assert.equal(kindOf(GROUP, on(5900), { ports: [5900] }), "violation");
    assert.throws(() => kindOf(GROUP, on(5900), { ports: "5900" }), /`ports` is "5900"/);
  });

  it("knows what EKS, GameLift and Lightsail open by themselves", () => {
    const nodes = "aws:eks/nodeGroup:NodeGroup";
    assert.equal(kindOf(nodes, {}), "satisfied");
    assert.equal(kindOf(nodes, { remoteAccess: { ec2SshKey: UNKNOWN } }), "undecided");
    assert.equal(
      kindOf(nodes, { remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: [UNKNOWN] } }),
      "violation",
    );
    const windows = { amiType: "WINDOWS_CORE_2022_x86_64", remoteAccess: { ec2SshKey: "k" } };
    assert.equal(kindOf(nodes, windows), "violation");
    assert.equal(kindOf(nodes, windows, { ports: [] }), "satisfied");
    const fleet = { fromPort: 20, toPort: 30, ipRange: "10.0.0.0/8", protocol: "TCP" };
    assert.equal(kindOf("aws:gamelift/fleet:Fleet", { ec2InboundPermissions: [fleet] }), "violation");
    assert.equal(
      kindOf("aws:lightsail/instancePublicPorts:InstancePublicPorts", {
        portInfos: [{ protocol: "tcp", fromPort: 22, toPort: 22 }],
      }),
      "violation",
    );
  });
});
