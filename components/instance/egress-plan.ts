import type { Input } from "@pulumi/pulumi";
import { every, matching, oneOf, port, text } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import { prefixListId, securityGroupId } from "../core/ec2-ids.ts";
import { ipv4Block } from "../core/ipv4-block.ts";
import type { EgressRule } from "./machine-args.ts";

export interface EgressRulePlan {
  readonly name: string;
  readonly protocol: "tcp" | "udp";
  readonly fromPort: number;
  readonly toPort: number;
  readonly description: string;
  readonly to:
    | { readonly cidrIpv4: string }
    | { readonly prefixListId: Input<string> }
    | { readonly referencedSecurityGroupId: Input<string> };
}

const ruleName = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
  "1 to 32 lower-case letters, digits and hyphens, no hyphen at either end",
  "rename the rule",
);
/** Source: EC2 API reference, IpRange. */
const ruleDescription = every(
  text(255),
  matching(/^[\w .:/()#,@[\]+=&;{}!$*-]+$/, "letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*`"),
);

const DEFAULT_EGRESS: Readonly<Record<string, EgressRule>> = {
  https: { port: 443, cidrIpv4: "0.0.0.0/0", description: "HTTPS to anywhere: to Systems Manager" },
};

/**
 * Checks and completes the connections that an instance may open of its own.
 *
 * @param joinsNetwork whether a network of this project's form gives the way to Systems Manager
 */
export function planEgress(
  problems: Problems,
  given: Readonly<Record<string, EgressRule>> | undefined,
  joinsNetwork: boolean,
): readonly EgressRulePlan[] {
  const rules = given ?? (joinsNetwork ? {} : DEFAULT_EGRESS);
  return Object.entries(rules).map(([name, rule]) => {
    const path = `egress.${name}`;
    problems.check(path, name, ruleName);
    problems.check(`${path}.port`, rule.port, port);
    const toPort = rule.toPort ?? rule.port;
    problems.check(`${path}.toPort`, rule.toPort, (value) =>
      Number.isInteger(value) && value >= rule.port && value <= 65535
        ? undefined
        : { expected: `a port from ${rule.port} to 65535`, remedy: "give the last port of the range" },
    );
    const protocol = rule.protocol ?? "tcp";
    problems.check(`${path}.protocol`, protocol, oneOf(["tcp", "udp"]));
    problems.check(`${path}.description`, rule.description, ruleDescription);
    return {
      name,
      protocol,
      fromPort: rule.port,
      toPort,
      description: rule.description ?? name,
      to: planDestination(problems, path, rule),
    };
  });
}

function planDestination(problems: Problems, path: string, rule: EgressRule): EgressRulePlan["to"] {
  const given = (["cidrIpv4", "prefixListId", "securityGroupId"] as const).filter(
    (key) => rule[key] !== undefined,
  );
  if (given.length !== 1 && !problems.isRefused(`${path}.cidrIpv4`)) {
    problems.add(path, given.length === 0 ? undefined : given.join(", "), {
      expected: "exactly one of `cidrIpv4`, `prefixListId` and `securityGroupId`",
      remedy: given.length === 0 ? "say where to" : "make a rule of each",
    });
  }
  problems.check(`${path}.cidrIpv4`, rule.cidrIpv4, ipv4Block);
  if (rule.prefixListId !== undefined) {
    return { prefixListId: problems.input(`${path}.prefixListId`, rule.prefixListId, prefixListId) };
  }
  return rule.securityGroupId === undefined
    ? { cidrIpv4: rule.cidrIpv4 ?? "" }
    : {
        referencedSecurityGroupId: problems.input(
          `${path}.securityGroupId`,
          rule.securityGroupId,
          securityGroupId,
        ),
      };
}
