import { getPrefixListOutput } from "@pulumi/aws/ec2/getPrefixList.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import type { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import {
  SecurityGroupEgressRule,
  type SecurityGroupEgressRuleArgs,
} from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../core/transform.ts";
import { HTTPS } from "./endpoints.ts";
import type { NetworkContext } from "./network-context.ts";

/** Builds the group that instances share: what the endpoints admit. It has no ingress. */
export function buildInstancesGroup(context: NetworkContext, vpcId: pulumi.Output<string>): SecurityGroup {
  const { name, parent, plan, transform } = context;
  return new SecurityGroup(
    ...transformed(
      transform.instancesSecurityGroup,
      `${name}-instances`,
      {
        name: plan.instancesGroupName,
        description: "Instances that Systems Manager reaches. Nothing comes in.",
        vpcId,
        tags: { ...plan.tags, Name: plan.instancesGroupName },
      },
      { parent },
    ),
  );
}

/**
 * Builds the egress of that group, all of it HTTPS: to the interface endpoints and to S3, or through NAT to anywhere. DNS
 * and time need no rule: Amazon's resolver and its clock are not subject to security groups.
 */
export function buildInstancesEgress(
  context: NetworkContext,
  groupId: pulumi.Output<string>,
  endpointsGroupId: pulumi.Output<string> | undefined,
  s3: VpcEndpoint | undefined,
): void {
  const { identity, name, parent, plan } = context;
  if (endpointsGroupId !== undefined) {
    allow(context, `${name}-instances-to-endpoints`, {
      securityGroupId: groupId,
      referencedSecurityGroupId: endpointsGroupId,
      description: "HTTPS to interface endpoints",
    });
  }
  if (plan.httpsEgress === "anywhere") {
    allow(context, `${name}-instances-to-https`, {
      securityGroupId: groupId,
      cidrIpv4: "0.0.0.0/0",
      description: "HTTPS to anywhere, through NAT",
    });
    return;
  }
  const s3Name = pulumi.interpolate`com.amazonaws.${identity.region}.s3`;
  allow(context, `${name}-instances-to-s3`, {
    securityGroupId: groupId,
    prefixListId: s3?.prefixListId ?? getPrefixListOutput({ name: s3Name }, { parent }).id,
    description: "HTTPS to S3, through its gateway endpoint",
  });
}

function allow(
  context: NetworkContext,
  name: string,
  to: Omit<SecurityGroupEgressRuleArgs, "ipProtocol">,
): void {
  const { parent, plan, transform } = context;
  new SecurityGroupEgressRule(
    ...transformed(transform.egressRule, name, { ...HTTPS, ...to, tags: plan.tags }, { parent }),
  );
}
