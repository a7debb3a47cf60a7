import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { ec2Id, ipv4Network, ipv6Network, length, oneOf } from "../../rules/formats.ts";
import { groupText, portRange, protocol } from "../../rules/ports.ts";
import { atLeastOne, exactlyOne, exclusive, format, together } from "../../rules/rule.ts";
import { asText } from "../../values.ts";

const SOURCES = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "self", "sourceSecurityGroupId"];

/** The older form of a rule, several sources at once. Source: EC2 API Reference, AuthorizeSecurityGroupIngress. */
export const securityGroupRule: Model = {
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
  id: (reading) => `sgrule-${Number.parseInt(reading.hex("rule", 8), 16)}`,
  defaults: { self: false },
  rules: [
    format("type", oneOf("egress", "ingress")),
    format("securityGroupId", ec2Id("sg")),
    format("sourceSecurityGroupId", matchingGroup()),
    format("protocol", protocol),
    format("cidrBlocks[]", ipv4Network()),
    format("ipv6CidrBlocks[]", ipv6Network()),
    format("prefixListIds[]", ec2Id("pl")),
    format("description", length(0, 255), groupText),
    portRange({ protocol: "protocol", allPorts: "zero" }),
    (subject) =>
      subject.inputs["self"] === true
        ? []
        : atLeastOne(SOURCES.filter((source) => source !== "self"))(subject),
    exclusive(["cidrBlocks", "sourceSecurityGroupId"]),
    exclusive(["ipv6CidrBlocks", "sourceSecurityGroupId"]),
    together(["self", "cidrBlocks", "ipv6CidrBlocks", "sourceSecurityGroupId"], ([self, ...others]) =>
      self === true && others.some((other) => other !== undefined)
        ? {
            property: "self",
            reason: "`self` excludes `cidrBlocks`, `ipv6CidrBlocks`, `sourceSecurityGroupId`: keep one",
          }
        : undefined,
    ),
  ],
  replaces: [
    "cidrBlocks",
    "fromPort",
    "ipv6CidrBlocks",
    "prefixListIds",
    "protocol",
    "securityGroupId",
    "self",
    "sourceSecurityGroupId",
    "toPort",
    "type",
  ],
  comparisons: { cidrBlocks: "set", ipv6CidrBlocks: "set", prefixListIds: "set" },
  computed: { securityGroupRuleId: (reading) => reading.ec2Id("sgr") },
};

/** A group of this account, or `account/group` of another one. */
function matchingGroup(): ReturnType<typeof ec2Id> {
  const own = ec2Id("sg");
  return (value, place) => own(asText(value).replace(/^\d{12}\//u, ""), place);
}

function singleRule(direction: "Egress" | "Ingress"): Model {
  return {
    type: `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
    id: (reading) => reading.ec2Id("sgr"),
    rules: [
      format("securityGroupId", ec2Id("sg")),
      format("referencedSecurityGroupId", matchingGroup()),
      format("ipProtocol", protocol),
      format("cidrIpv4", ipv4Network()),
      format("cidrIpv6", ipv6Network()),
      format("prefixListId", ec2Id("pl")),
      format("description", length(0, 255), groupText),
      portRange({ protocol: "ipProtocol", allPorts: "none" }),
      exactlyOne(["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"]),
    ],
    replaces: ["securityGroupId"],
    computed: {
      arn: (reading: Reading) => reading.arn("ec2", `security-group-rule/${reading.id}`),
      securityGroupRuleId: (reading: Reading) => reading.id,
    },
  };
}

/** The newer form of a rule, with one source: `aws.vpc.SecurityGroupIngressRule`. */
export const securityGroupIngressRule: Model = singleRule("Ingress");

/** The newer form of a rule, with one destination: `aws.vpc.SecurityGroupEgressRule`. */
export const securityGroupEgressRule: Model = singleRule("Egress");
