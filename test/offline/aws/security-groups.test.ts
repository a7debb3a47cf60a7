import assert from "node:assert/strict";

import { asText } from "../../../offline/aws/values.ts";
import { UNKNOWN } from "../../../offline/protocol/wire.ts";
import { changes, check, created, refused } from "./support/simulation.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const ID = "0123456789abcdef0";

describe("a simulated security group", () => {
  it("is described and named where the program says neither", () => {
    const { inputs } = check(GROUP, { vpcId: `vpc-${ID}` }, "web");
    assert.equal(inputs["description"], "Managed by Pulumi");
    assert.match(asText(inputs["name"]), /^web-[0-9a-f]{7}$/u);
    assert.deepEqual(check(GROUP, { vpcId: `vpc-${ID}` }, "web").inputs, inputs);
  });

  it("makes no name beside a prefix", () => {
    const { inputs } = check(GROUP, { namePrefix: "web-" });
    assert.equal(inputs["name"], undefined);
    assert.match(asText(created(GROUP, { namePrefix: "web-" }).outputs["name"]), /^web-[0-9a-f]{26}$/u);
    assert.equal(created(GROUP, { namePrefix: "web-" }, { preview: true }).outputs["name"], UNKNOWN);
  });

  it("refuses names and descriptions that EC2 refuses", () => {
    assert.deepEqual(refused(GROUP, { name: "sg-web" }), ["name"]);
    assert.deepEqual(refused(GROUP, { name: "default" }), ["name"]);
    assert.deepEqual(refused(GROUP, { name: "web", description: "für alle" }), ["description"]);
    assert.deepEqual(refused(GROUP, { name: "web", description: "" }), ["description"]);
  });

  for (const [rule, path] of [
    [{ protocol: "tcp", fromPort: 22, toPort: 21, cidrBlocks: ["10.0.0.0/8"] }, "ingress[0].fromPort"],
    [{ protocol: "tcp", fromPort: -1, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }, "ingress[0].fromPort"],
    [{ protocol: "tcp", fromPort: 0, toPort: 65_536, cidrBlocks: ["10.0.0.0/8"] }, "ingress[0].fromPort"],
    [{ protocol: "-1", fromPort: 0, toPort: 65_535, cidrBlocks: ["10.0.0.0/8"] }, "ingress[0].fromPort"],
    [{ protocol: "tpc", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }, "ingress[0].protocol"],
    [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.1/8"] }, "ingress[0].cidrBlocks[0]"],
    [
      { protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlocks: ["10.0.0.0/8"] },
      "ingress[0].ipv6CidrBlocks[0]",
    ],
  ] as const) {
    it(`refuses the inline rule ${JSON.stringify(rule)}`, () => {
      assert.deepEqual(refused(GROUP, { ingress: [rule] }), [path]);
    });
  }

  it("takes all protocols with ports 0 to 0, ICMP with -1, and numbers of protocols", () => {
    for (const rule of [
      { protocol: "-1", fromPort: 0, toPort: 0, self: true },
      { protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: ["10.0.0.0/8"] },
      { protocol: "6", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] },
      { protocol: "47", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/8"] },
      { protocol: "TCP", fromPort: 0, toPort: 65_535, cidrBlocks: ["10.0.0.0/8"] },
    ]) {
      assert.deepEqual(refused(GROUP, { ingress: [rule] }), [], JSON.stringify(rule));
    }
  });

  it("decides the known rules beside an unknown one, and no part that is unknown", () => {
    const bad = { protocol: "tcp", fromPort: 22, toPort: 21, cidrBlocks: ["10.0.0.0/8"] };
    assert.deepEqual(refused(GROUP, { ingress: [UNKNOWN, bad] }), ["ingress[1].fromPort"]);
    assert.deepEqual(refused(GROUP, { ingress: [{ ...bad, toPort: UNKNOWN }] }), []);
    assert.deepEqual(refused(GROUP, { ingress: [{ ...bad, toPort: UNKNOWN, cidrBlocks: ["x"] }] }), [
      "ingress[0].cidrBlocks[0]",
    ]);
    assert.deepEqual(refused(GROUP, { ingress: UNKNOWN }), []);
  });

  it("refuses rules without what they need, and with what nobody knows", () => {
    assert.deepEqual(
      refused(GROUP, { ingress: [{ protocol: "tcp", fromPort: 1, cidr: "10.0.0.0/8" }] }).toSorted(),
      ["ingress[0].cidr", "ingress[0].fromPort", "ingress[0].toPort"],
    );
  });

  it("compares its rules as sets", () => {
    const [a, b] = [
      { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["10.0.0.0/8"] },
      { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] },
    ];
    assert.deepEqual(changes(GROUP, { ingress: [a, b] }, { ingress: [b, a] }).diffs, []);
    assert.deepEqual(changes(GROUP, { ingress: [a, b] }, { ingress: [a] }), {
      diffs: ["ingress"],
      replaces: [],
    });
  });

  it("is replaced with its name, description and VPC", () => {
    for (const name of ["name", "description", "vpcId"]) {
      const values = name === "vpcId" ? [`vpc-${ID}`, "vpc-0fedcba9876543210"] : ["one", "two"];
      const [before, after] = values;
      assert.deepEqual(changes(GROUP, { [name]: before ?? "" }, { [name]: after ?? "" }).replaces, [name]);
    }
  });
});

describe("a simulated rule of the older form", () => {
  const least = { type: "ingress", protocol: "tcp", fromPort: 22, toPort: 22, securityGroupId: `sg-${ID}` };

  it("needs a source, and takes itself or others alone", () => {
    assert.equal(refused(RULE, least).length, 1);
    assert.deepEqual(refused(RULE, { ...least, self: true }), []);
    assert.deepEqual(refused(RULE, { ...least, self: true, cidrBlocks: ["10.0.0.0/8"] }), ["self"]);
    assert.deepEqual(refused(RULE, { ...least, sourceSecurityGroupId: `123456789012/sg-${ID}` }), []);
    assert.deepEqual(
      refused(RULE, { ...least, sourceSecurityGroupId: `sg-${ID}`, cidrBlocks: ["10.0.0.0/8"] }),
      ["cidrBlocks"],
    );
    assert.deepEqual(refused(RULE, { ...least, cidrBlocks: UNKNOWN }), []);
    assert.deepEqual(refused(RULE, { ...least, type: "inbound", cidrBlocks: ["10.0.0.0/8"] }), ["type"]);
  });
});

describe("a simulated rule of the newer form", () => {
  const least = { ipProtocol: "tcp", fromPort: 22, toPort: 22, securityGroupId: `sg-${ID}` };

  it("needs one source", () => {
    assert.equal(refused(INGRESS, least).length, 1);
    assert.deepEqual(refused(INGRESS, { ...least, cidrIpv4: "10.0.0.0/8" }), []);
    assert.deepEqual(refused(INGRESS, { ...least, cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" }), ["cidrIpv4"]);
    assert.deepEqual(refused(INGRESS, { ...least, referencedSecurityGroupId: UNKNOWN }), []);
  });

  it("takes no ports with all protocols, and needs them with TCP", () => {
    assert.deepEqual(
      refused(INGRESS, { ipProtocol: "-1", securityGroupId: `sg-${ID}`, cidrIpv4: "10.0.0.0/8" }),
      [],
    );
    assert.deepEqual(refused(INGRESS, { ...least, ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" }), ["fromPort"]);
    assert.deepEqual(
      refused(INGRESS, { ipProtocol: "tcp", securityGroupId: `sg-${ID}`, cidrIpv4: "10.0.0.0/8" }),
      ["fromPort"],
    );
  });

  it("is identified by the id that EC2 gives it", () => {
    const { id, outputs } = created(INGRESS, { ...least, cidrIpv4: "10.0.0.0/8" });
    assert.match(id, /^sgr-0[0-9a-f]{16}$/u);
    assert.equal(outputs["securityGroupRuleId"], id);
    assert.equal(outputs["arn"], `arn:aws:ec2:us-east-1:123456789012:security-group-rule/${id}`);
  });
});
