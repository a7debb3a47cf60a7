import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../core/transform.ts";
import type { MachineTransform } from "./machine-args.ts";
import type { PosturePlan } from "./posture-plan.ts";

/** Builds the security group of an instance or a fleet: no ingress, and the egress of the plan. */
export function buildInstanceGroup(
  parent: pulumi.Resource,
  name: string,
  plan: PosturePlan,
  vpcId: pulumi.Input<string> | undefined,
  transform: MachineTransform,
): SecurityGroup {
  const group = new SecurityGroup(
    ...transformed(
      transform.securityGroup,
      name,
      {
        name: plan.physicalName,
        description: `Instance ${plan.physicalName}. Nothing comes in.`,
        ...(vpcId === undefined ? {} : { vpcId }),
        tags: { ...plan.tags, Name: plan.physicalName },
      },
      { parent },
    ),
  );
  for (const rule of plan.egress) {
    new SecurityGroupEgressRule(
      ...transformed(
        transform.egressRule,
        `${name}-${rule.name}`,
        {
          securityGroupId: group.id,
          ipProtocol: rule.protocol,
          fromPort: rule.fromPort,
          toPort: rule.toPort,
          ...rule.to,
          description: rule.description,
          tags: plan.tags,
        },
        { parent },
      ),
    );
  }
  return group;
}
