import { DedicatedHost } from "@pulumi/aws/ec2/dedicatedHost.js";
import { Instance } from "@pulumi/aws/ec2/instance.js";
import * as pulumi from "@pulumi/pulumi";
import { port } from "../core/checks.ts";
import { currentDeployment, problemsOf } from "../core/common.ts";
import { awsIdentity } from "../core/identity.ts";
import type { Problems } from "../core/problems.ts";
import { transformed } from "../core/transform.ts";
import type { BastionlessInstanceArgs, BastionlessInstanceTransform } from "./bastionless-instance-args.ts";
import { type BastionlessInstancePlan, planBastionlessInstance } from "./bastionless-instance-plan.ts";
import { type DocumentsPlan, planTunnelDocument } from "./documents-plan.ts";
import { buildInstanceGroup } from "./instance-group.ts";
import type { JoinedNetwork } from "./network-plan.ts";
import { buildInstanceRole } from "./instance-role.ts";
import type { TunnelDocument } from "./machine-args.ts";
import { ignoresNewerImages, imageIdOf, userDataOf } from "./machine-boot.ts";
import {
  connectCommand,
  forwardCommand,
  remoteForwardCommand,
  sessionHost,
  type SessionTarget,
  sshConfigBlock,
} from "./session-commands.ts";

/**
 * A private EC2 instance that people reach through Session Manager: no public address, no key pair, nothing that listens
 * to the network, a role that can no more than open sessions and write their logs.
 *
 * @example
 * const app = new BastionlessInstance("app", { network, logging, documents: { shell } });
 * export const connect = app.connect;
 * export const web = app.forward(8080);
 * export const database = app.remoteForward("db.internal", 5432, 15432, databaseDocument);
 */
export class BastionlessInstance extends pulumi.ComponentResource {
  readonly instanceId: pulumi.Output<string>;
  readonly privateIp: pulumi.Output<string>;
  /** The zone that it stands in, where a volume of its own must be. */
  readonly availabilityZone: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** The instance's own group: no ingress. A database that the instance may reach admits this one. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The tags that access is conditioned on, for `SessionAccess`. */
  readonly accessTags: Readonly<Record<string, string>>;
  /** A command that opens a shell. */
  readonly connect: pulumi.Output<string>;
  /**
   * A block for `~/.ssh/config`: after it, `ssh NAME` (also scp, rsync, editors) goes through Session Manager. The name is
   * `<namePrefix>-<name>`. It needs a public key on the instance; sessions of this kind are not logged.
   */
  readonly sshConfig: pulumi.Output<string>;

  readonly #name: string;
  readonly #target: pulumi.Output<SessionTarget>;
  readonly #documents: DocumentsPlan;

  /** @throws pulumi.InputPropertiesError with every bad argument at once, before anything is registered. */
  constructor(name: string, args: BastionlessInstanceArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = planBastionlessInstance(name, args, currentDeployment());
    super("bastionless:index:BastionlessInstance", name, {}, opts);
    const transform = args.transform ?? {};
    const identity = awsIdentity(this);

    const { role, profile, grants } = buildInstanceRole({
      parent: this,
      name,
      plan,
      identity,
      managedPolicy: args.managedPolicy ?? false,
      logging: args.logging?.permissions.instances,
      transform,
    });
    const { placement } = plan;
    const vpcId = placement.kind === "subnet" ? placement.vpcId : placement.network.vpcId;
    const group = buildInstanceGroup(this, name, plan, vpcId, transform);
    const hostId = hostOf(this, name, plan, transform);
    const userData = userDataOf(plan, identity);
    const instance = new Instance(
      ...transformed(
        transform.instance,
        plan.instanceLogicalName,
        {
          ami: imageIdOf(this, plan.image, identity),
          instanceType: plan.instanceType,
          subnetId:
            placement.kind === "subnet"
              ? placement.subnetId
              : subnetOf(placement.network, placement.subnetIndex),
          vpcSecurityGroupIds: [
            group.id,
            ...(placement.kind === "subnet" ? [] : [placement.network.instancesSecurityGroupId]),
            ...plan.securityGroupIds,
          ],
          associatePublicIpAddress: false,
          iamInstanceProfile: profile.name,
          disableApiTermination: args.terminationProtection ?? false,
          monitoring: args.detailedMonitoring ?? false,
          metadataOptions: {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: plan.metadataHopLimit,
          },
          rootBlockDevice: {
            encrypted: true,
            volumeType: "gp3",
            volumeSize: plan.rootVolumeGib,
            deleteOnTermination: true,
            ...(plan.rootVolumeKmsKeyArn === undefined ? {} : { kmsKeyId: plan.rootVolumeKmsKeyArn }),
            tags: { ...plan.tags, Name: plan.physicalName },
          },
          ...(hostId === undefined ? {} : { tenancy: "host", hostId }),
          ...(userData === undefined
            ? {}
            : { userData, userDataReplaceOnChange: args.replaceOnUserDataChange ?? false }),
          tags: { ...plan.tags, Name: plan.physicalName },
        },
        {
          parent: this,
          // At its first boot the agent must find its way out and its permissions: it tries again only much later.
          dependsOn: [...grants, ...(pulumi.Resource.isInstance(args.network) ? [args.network] : [])],
          ...(ignoresNewerImages(plan.image) ? { ignoreChanges: ["ami"] } : {}),
        },
      ),
    );

    this.#name = name;
    this.#target = pulumi.output({ instanceId: instance.id, region: identity.region });
    this.#documents = plan.documents;
    this.instanceId = instance.id;
    this.privateIp = instance.privateIp;
    this.availabilityZone = instance.availabilityZone;
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.securityGroupId = group.id;
    this.accessTags = plan.accessTags;
    this.connect = pulumi
      .all([this.#target, plan.documents.shell])
      .apply(([target, document]) => connectCommand(target, document));
    this.sshConfig = pulumi
      .all([this.#target, plan.documents.ssh])
      .apply(([target, document]) => sshConfigBlock(target, document, plan.physicalName, plan.sshUser));
    this.registerOutputs({
      instanceId: this.instanceId,
      privateIp: this.privateIp,
      availabilityZone: this.availabilityZone,
      roleName: this.roleName,
      roleArn: this.roleArn,
      securityGroupId: this.securityGroupId,
      accessTags: this.accessTags,
      connect: this.connect,
      sshConfig: this.sshConfig,
    });
  }

  /**
   * A command that brings a port of the instance to one's own machine.
   *
   * @param remotePort 1 to 65535
   * @param localPort 1 to 65535; the same as `remotePort` where it is left out
   * @param document where it is left out, that of the argument `documents`, or AWS's
   * @throws pulumi.InputPropertiesError with every bad argument at once
   */
  forward(remotePort: number, localPort = remotePort, document?: TunnelDocument): pulumi.Output<string> {
    const problems = this.#portProblems("forward", remotePort, localPort);
    const planned = planTunnelDocument(problems, "document", document, this.#documents.forward);
    problems.throwIfAny();
    return pulumi
      .all([this.#target, planned])
      .apply(([target, known]) => forwardCommand(target, known, remotePort, localPort));
  }

  /**
   * A command that brings a port of a host that the instance reaches, such as a database, to one's own machine.
   *
   * @param host name or address as the instance sees it
   * @param remotePort 1 to 65535
   * @param localPort 1 to 65535; the same as `remotePort` where it is left out
   * @param document where it is left out, that of the argument `documents`, or AWS's
   * @throws pulumi.InputPropertiesError with every bad argument at once
   */
  remoteForward(
    host: pulumi.Input<string>,
    remotePort: number,
    localPort = remotePort,
    document?: TunnelDocument,
  ): pulumi.Output<string> {
    const problems = this.#portProblems("remoteForward", remotePort, localPort);
    const planned = planTunnelDocument(problems, "document", document, this.#documents.remoteForward);
    const checkedHost = problems.input("host", host, sessionHost);
    problems.throwIfAny();
    return pulumi
      .all([this.#target, planned, checkedHost])
      .apply(([target, known, knownHost]) =>
        remoteForwardCommand(target, known, knownHost, remotePort, localPort),
      );
  }

  #portProblems(method: string, remotePort: number, localPort: number): Problems {
    const problems = problemsOf(`BastionlessInstance.${method} of`, this.#name);
    problems.check("remotePort", remotePort, port);
    problems.check("localPort", localPort, port);
    return problems;
  }
}

/** The host that a Mac stands on: the given one, or one that is allocated for it. Nobody else is placed there. */
function hostOf(
  parent: pulumi.Resource,
  name: string,
  plan: BastionlessInstancePlan,
  transform: BastionlessInstanceTransform,
): pulumi.Input<string> | undefined {
  if (plan.host === undefined || plan.host.kind === "given") {
    return plan.host?.hostId;
  }
  return new DedicatedHost(
    ...transformed(
      transform.dedicatedHost,
      `${name}-host`,
      {
        instanceType: plan.instanceType,
        availabilityZone: plan.host.availabilityZone,
        autoPlacement: "off",
        tags: { ...plan.tags, Name: plan.physicalName },
      },
      { parent },
    ),
  ).id;
}

function subnetOf({ subnetIds }: JoinedNetwork, index: number): pulumi.Output<string> {
  return pulumi.output(subnetIds).apply((ids) => {
    const id = ids[index];
    if (id === undefined) {
      throw new Error(
        `zone \`${index + 1}\` of the network has no subnet, expected one of ${ids.length}; choose another zone`,
      );
    }
    return id;
  });
}
