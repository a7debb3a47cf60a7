import type { Model } from "../../model.ts";
import { ec2Id, ipv4Network, ipv6Network, length, notMatching } from "../../rules/formats.ts";
import { groupText, inlineRules } from "../../rules/ports.ts";
import { exclusive, format } from "../../rules/rule.ts";
import { ec2Arn, owner, prefixed } from "../common.ts";

const addresses = { v4: ipv4Network(), v6: ipv6Network() };

/** Source: EC2 API Reference, CreateSecurityGroup. */
export const securityGroup: Model = {
  type: "aws:ec2/securityGroup:SecurityGroup",
  id: (reading) => reading.ec2Id("sg"),
  defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  rules: [
    format("vpcId", ec2Id("vpc")),
    format(
      "name",
      length(1, 255),
      groupText,
      notMatching(/^sg-/u, "names that start with `sg-` are ids of groups"),
    ),
    format("name", notMatching(/^default$/u, "`default` is the name of the VPC's own group")),
    format("description", length(1, 255), groupText),
    exclusive(["name", "namePrefix"]),
    ...inlineRules("ingress", addresses),
    ...inlineRules("egress", addresses),
  ],
  replaces: ["description", "name", "namePrefix", "vpcId"],
  comparisons: { ingress: "set", egress: "set" },
  computed: {
    arn: ec2Arn("security-group"),
    ownerId: owner,
    name: prefixed("namePrefix"),
    vpcId: (reading) => reading.ec2Id("vpc"),
  },
};

/** The group that every VPC has: adopted, and stripped of the rules that the program does not name. */
export const defaultSecurityGroup: Model = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  id: (reading) => reading.ec2Id("sg"),
  defaults: { revokeRulesOnDelete: false },
  rules: [
    format("vpcId", ec2Id("vpc")),
    ...inlineRules("ingress", addresses),
    ...inlineRules("egress", addresses),
  ],
  replaces: ["vpcId"],
  comparisons: { ingress: "set", egress: "set" },
  computed: {
    arn: ec2Arn("security-group"),
    description: () => "default VPC security group",
    name: () => "default",
    namePrefix: () => "",
    ownerId: owner,
    vpcId: (reading) => reading.ec2Id("vpc"),
  },
};
