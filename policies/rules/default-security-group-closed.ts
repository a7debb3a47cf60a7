import {
  defaultGroupOf,
  type DefaultGroupRule,
  defaultGroupRules,
  groupOfRule,
  isGroupRule,
} from "../estate/default-group.ts";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { kindOf } from "../estate/kind.ts";
import { matchesAny, textList } from "./config.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

/**
 * The default security group of every VPC has no rules.
 *
 * What is launched without a group gets the default one, which AWS makes with every VPC: open to its own members, and
 * outwards to everything. Nobody chooses it on purpose. A VPC that the stack makes is held to this here, as whoever makes
 * a VPC knows that its group is there; a VPC that is only looked up is not the stack's.
 */
export const defaultSecurityGroupClosed: Rule = {
  id: "default-security-group-closed",
  displayName: "Default security group closed",
  description: "The default security group of every VPC has no inbound and no outbound rules.",
  severity: "medium",
  framework: {
    name: "CIS AWS Foundations Benchmark",
    version: "3.0.0",
    reference: "5.4",
    specification: "The default security group of every VPC restricts all traffic.",
  },
  otherFrameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "EC2.2",
      specification: "VPC default security groups allow no inbound or outbound traffic.",
    },
  ],
  tags: ["network"],
  remediation:
    "Add an `aws.ec2.DefaultSecurityGroup` with the VPC's id and no `ingress` and `egress`, and give machines groups of their own.",
  configSchema: {
    properties: {
      trustedSecurityGroups: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Ids of security groups of other stacks that rules are added to, and that are no default ones. `*` stands for anything.",
      },
    },
  },
  decideResource: (facts) => [...decideGroup(facts), ...readUnmodelled(facts, "default-security-groups")],
  decideStack: (estate, config) =>
    [...estate.facts.values()].flatMap((facts) => {
      const { urn } = facts.record;
      return decideJoined(estate, facts, config).map((verdict): Finding => ({ urn, verdict }));
    }),
};

/** What a `DefaultSecurityGroup` says itself. */
function decideGroup({ record }: ResourceFacts): readonly Verdict[] {
  const rules = defaultGroupRules(record);
  if (rules === undefined) {
    return [];
  }
  return rules.length === 0
    ? [satisfied({ id: "default-group-closed", group: record.name })]
    : rules.map(decideRule);
}

function decideRule({ path, direction, cause }: DefaultGroupRule): Verdict {
  return cause === undefined
    ? violation({ id: "default-group-open", path, direction })
    : undecided({
        id: "unreadable-value",
        what: "whether the default security group lets traffic through",
        cause,
      });
}

function decideJoined(estate: Estate, { record }: ResourceFacts, config: RuleConfig): readonly Verdict[] {
  if (kindOf(record.type) === "vpc") {
    const state = defaultGroupOf(estate, record);
    switch (state.kind) {
      case "managed":
        return [satisfied({ id: "default-group-closed", group: state.group })];
      case "perhaps-managed":
        return [undecided({ id: "default-group-perhaps-closed", group: state.group })];
      case "left-open":
        return [
          record.inputs === undefined
            ? undecided({ id: "default-group-not-seen" })
            : violation({ id: "default-group-left-open" }),
        ];
    }
  }
  if (!isGroupRule(record.type)) {
    return [];
  }
  const group = groupOfRule(estate, record);
  switch (group.kind) {
    case "other":
      return [];
    case "default-group":
      return [violation({ id: "default-group-rule", vpc: group.owner })];
    case "ambiguous":
      return [undecided({ id: "group-ambiguous", candidates: group.candidates })];
    case "outside":
      return matchesAny(group.id, textList(config, "trustedSecurityGroups"))
        ? []
        : [undecided({ id: "group-outside", group: group.id })];
    case "unreadable":
      return [
        undecided({
          id: "unreadable-value",
          what: "whether the rule belongs to a VPC's default security group",
          cause: group.cause,
        }),
      ];
  }
}
