import * as pulumi from "@pulumi/pulumi";
import { currentDeployment, problemsOf } from "../core/common.ts";
import { instanceId } from "../core/ec2-ids.ts";
import { awsIdentity } from "../core/identity.ts";
import { buildInstanceGroup } from "../instance/instance-group.ts";
import { buildInstanceRole } from "../instance/instance-role.ts";
import { buildAutoScalingGroup } from "./auto-scaling-group.ts";
import type { BastionlessFleetArgs } from "./bastionless-fleet-args.ts";
import { planBastionlessFleet } from "./bastionless-fleet-plan.ts";
import { connectToAnyCommand, connectToCommand, type FleetTarget, listCommand } from "./fleet-commands.ts";
import { buildLaunchTemplate } from "./launch-template.ts";

/**
 * A fleet of private EC2 instances that people reach through Session Manager, in an Auto Scaling group: instance types
 * and spot mixed, replaced a few at a time when what they are launched with changes, at a size by time of day, down to
 * none. Each of them is as closed as a `BastionlessInstance`: no public address, no key pair, nothing that listens to the
 * network, a role that can no more than open sessions and write their logs.
 *
 * @example
 * const workers = new BastionlessFleet("workers", { network, logging, maxSize: 6, spotPercent: 80,
 *   instanceTypes: ["m7g.large", "m6g.large", "c7g.large"],
 *   schedules: { night: { cron: "0 20 * * *", size: 0 }, day: { cron: "0 7 * * MON-FRI", size: 3 } } });
 * export const connect = workers.connect;
 */
export class BastionlessFleet extends pulumi.ComponentResource {
  /** The Auto Scaling group. */
  readonly groupName: pulumi.Output<string>;
  readonly groupArn: pulumi.Output<string>;
  readonly launchTemplateId: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** The instances' own group: no ingress. A database that the instances may reach admits this one. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The tags that access is conditioned on, which every instance carries, for `SessionAccess`. */
  readonly accessTags: Readonly<Record<string, string>>;
  /** A command that lists the ids of the running instances. */
  readonly instances: pulumi.Output<string>;
  /** A command that opens a shell on any of them, in a POSIX shell or PowerShell. */
  readonly connect: pulumi.Output<string>;

  readonly #name: string;
  readonly #target: pulumi.Output<FleetTarget>;
  readonly #shell: pulumi.Input<string> | undefined;

  /** @throws pulumi.InputPropertiesError with every bad argument at once, before anything is registered. */
  constructor(name: string, args: BastionlessFleetArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = planBastionlessFleet(name, args, currentDeployment());
    super("bastionless:index:BastionlessFleet", name, {}, opts);
    const transform = args.transform ?? {};
    const identity = awsIdentity(this);
    const { network } = args;
    const { placement } = plan;

    const { role, profile, grants } = buildInstanceRole({
      parent: this,
      name,
      plan,
      identity,
      managedPolicy: args.managedPolicy ?? false,
      logging: args.logging?.permissions.instances,
      transform,
    });
    const vpcId = placement.kind === "subnets" ? placement.vpcId : placement.network.vpcId;
    const securityGroup = buildInstanceGroup(this, name, plan, vpcId, transform);
    const template = buildLaunchTemplate({
      parent: this,
      plan,
      identity,
      profileName: profile.name,
      securityGroupIds: [
        securityGroup.id,
        ...(placement.kind === "subnets" ? [] : [placement.network.instancesSecurityGroupId]),
        ...plan.securityGroupIds,
      ],
      detailedMonitoring: args.detailedMonitoring ?? false,
      transform,
    });
    const group = buildAutoScalingGroup({
      parent: this,
      name,
      plan,
      template,
      subnetIds:
        placement.kind === "subnets"
          ? [...placement.subnetIds]
          : pulumi.output(placement.network.subnetIds).apply((ids) => [...ids]),
      // At its first boot the agent must find its way out and its permissions: it tries again only much later.
      dependsOn: [...grants, ...(pulumi.Resource.isInstance(network) ? [network] : [])],
      transform,
    });

    this.#name = name;
    this.#target = pulumi.output({ groupName: group.name, region: identity.region });
    this.#shell = plan.documents.shell;
    this.groupName = group.name;
    this.groupArn = group.arn;
    this.launchTemplateId = template.id;
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.securityGroupId = securityGroup.id;
    this.accessTags = plan.accessTags;
    this.instances = this.#target.apply(listCommand);
    this.connect = pulumi
      .all([this.#target, this.#shell])
      .apply(([target, document]) => connectToAnyCommand(target, document));
    this.registerOutputs({
      groupName: this.groupName,
      groupArn: this.groupArn,
      launchTemplateId: this.launchTemplateId,
      roleName: this.roleName,
      roleArn: this.roleArn,
      securityGroupId: this.securityGroupId,
      accessTags: this.accessTags,
      instances: this.instances,
      connect: this.connect,
    });
  }

  /**
   * A command that opens a shell on one instance of the fleet.
   *
   * @param id one of those that the command `instances` lists
   * @throws pulumi.InputPropertiesError where the id is none
   */
  connectTo(id: pulumi.Input<string>): pulumi.Output<string> {
    const problems = problemsOf("BastionlessFleet.connectTo of", this.#name);
    const checked = problems.input("id", id, instanceId);
    problems.throwIfAny();
    return pulumi
      .all([this.#target, this.#shell, checked])
      .apply(([target, document, known]) => connectToCommand(target, known, document));
  }
}
