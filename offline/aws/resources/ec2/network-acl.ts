import type { Model } from "../../model.ts";
import { ec2Id, ipv4Network, ipv6Network, oneOf, wholeNumber } from "../../rules/formats.ts";
import { protocol } from "../../rules/ports.ts";
import { exactlyOne, format } from "../../rules/rule.ts";
import type { Rule } from "../../rules/rule.ts";
import { ec2Arn, owner } from "../common.ts";

const inlineRules: readonly Rule[] = ["ingress", "egress"].flatMap((list) => [
  format(`${list}[].action`, oneOf("allow", "deny")),
  format(`${list}[].protocol`, protocol),
  format(`${list}[].ruleNo`, wholeNumber(1, 32_766)),
  format(`${list}[].cidrBlock`, ipv4Network()),
  format(`${list}[].ipv6CidrBlock`, ipv6Network()),
]);

/** Source: EC2 API Reference, CreateNetworkAcl. */
export const networkAcl: Model = {
  type: "aws:ec2/networkAcl:NetworkAcl",
  id: (reading) => reading.ec2Id("acl"),
  rules: [format("vpcId", ec2Id("vpc")), format("subnetIds[]", ec2Id("subnet")), ...inlineRules],
  replaces: ["vpcId"],
  comparisons: { egress: "set", ingress: "set", subnetIds: "set" },
  computed: { arn: ec2Arn("network-acl"), ownerId: owner },
};

/** The list that every VPC has: adopted, and stripped of the rules that the program does not name. */
export const defaultNetworkAcl: Model = {
  type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  id: (reading) => reading.text("defaultNetworkAclId"),
  rules: [
    format("defaultNetworkAclId", ec2Id("acl")),
    format("subnetIds[]", ec2Id("subnet")),
    ...inlineRules,
  ],
  replaces: ["defaultNetworkAclId"],
  comparisons: { egress: "set", ingress: "set", subnetIds: "set" },
  computed: { arn: ec2Arn("network-acl"), ownerId: owner, vpcId: (reading) => reading.ec2Id("vpc") },
};

/** Source: EC2 API Reference, CreateNetworkAclEntry. */
export const networkAclRule: Model = {
  type: "aws:ec2/networkAclRule:NetworkAclRule",
  id: (reading) => `nacl-${Number.parseInt(reading.hex("rule", 8), 16)}`,
  defaults: { egress: false },
  rules: [
    format("networkAclId", ec2Id("acl")),
    format("protocol", protocol),
    format("ruleAction", oneOf("allow", "deny")),
    format("ruleNumber", wholeNumber(1, 32_766)),
    format("cidrBlock", ipv4Network()),
    format("ipv6CidrBlock", ipv6Network()),
    exactlyOne(["cidrBlock", "ipv6CidrBlock"]),
  ],
  replaces: [
    "cidrBlock",
    "egress",
    "fromPort",
    "icmpCode",
    "icmpType",
    "ipv6CidrBlock",
    "networkAclId",
    "protocol",
    "ruleAction",
    "ruleNumber",
    "toPort",
  ],
};
