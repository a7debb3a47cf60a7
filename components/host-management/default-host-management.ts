import { ServiceSetting } from "@pulumi/aws/ssm/serviceSetting.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { awsIdentity } from "../core/identity.ts";
import { transformed } from "../core/transform.ts";
import { buildNodeRole } from "../hybrid/node-role.ts";
import type { DefaultHostManagementArgs } from "./args.ts";
import { planDefaultHostManagement } from "./plan.ts";

const PATH = "service-role/";

/**
 * Sessions to EC2 instances that have no instance profile: the account's setting of a role that Systems Manager hands to
 * every one of them. It costs nothing.
 *
 * One per account and Region: exactly one stack owns it. A second one overwrites the first's role, and the destruction of
 * either switches the setting off. An instance takes it within half an hour, if its metadata service answers version 2
 * and its agent is 3.2.582.0 or later; an instance profile that allows Systems Manager wins.
 *
 * What the role may, every instance of the Region without a profile may: it is given the five actions of Session Manager,
 * and what logging needs. Whoever applies this needs `iam:PassRole` on the role, and `ssm:UpdateServiceSetting`.
 *
 * Source: Systems Manager User Guide, "Managing EC2 instances automatically with Default Host Management Configuration".
 *
 * @example
 * new DefaultHostManagement("hosts", { logging });
 */
export class DefaultHostManagement extends pulumi.ComponentResource {
  readonly roleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** What the setting holds: the role with its path. */
  readonly settingValue: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every bad argument at once, before anything is registered. */
  constructor(name: string, args: DefaultHostManagementArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const plan = planDefaultHostManagement(name, args, currentDeployment());
    super("bastionless:index:DefaultHostManagement", name, {}, opts);
    const transform = args.transform ?? {};
    const { role, grants } = buildNodeRole({
      parent: this,
      name,
      physicalName: plan.physicalName,
      description: "Instances without a profile, reached through Session Manager",
      path: `/${PATH}`,
      tags: plan.tags,
      identity: awsIdentity(this),
      limitTrust: args.limitTrust ?? false,
      managedPolicy: (args.managedPolicy ?? false) ? "AmazonSSMManagedEC2InstanceDefaultPolicy" : undefined,
      policyArns: plan.policyArns,
      permissionsBoundaryArn: plan.permissionsBoundaryArn,
      logging: args.logging?.permissions.instances,
      transform,
    });
    const setting = new ServiceSetting(
      ...transformed(
        transform.serviceSetting,
        name,
        {
          settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
          settingValue: pulumi.interpolate`${PATH}${role.name}`,
        },
        { parent: this, dependsOn: [...grants] },
      ),
    );
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.settingValue = setting.settingValue;
    this.registerOutputs({
      roleName: this.roleName,
      roleArn: this.roleArn,
      settingValue: this.settingValue,
    });
  }
}
