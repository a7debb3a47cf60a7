import { Activation } from "@pulumi/aws/ssm/activation.js";
import { ServiceSetting } from "@pulumi/aws/ssm/serviceSetting.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { awsIdentity } from "../core/identity.ts";
import { transformed } from "../core/transform.ts";
import type { HybridActivationArgs } from "./args.ts";
import { linuxInstall, type Registration, windowsInstall } from "./install-commands.ts";
import { buildNodeRole } from "./node-role.ts";
import { planHybridActivation } from "./plan.ts";

/**
 * Machines on premises and in other clouds, Linux and Windows: a role for them, an activation with which they register,
 * and the tier that sessions to them need. They need a way out to Systems Manager over HTTPS and nothing that comes in.
 *
 * Registered machines (`mi-…`) are not part of the stack: `pulumi destroy` leaves them registered, and billed in the
 * advanced tier, until `aws ssm deregister-managed-instance`; without the role they reach nothing. What the role may,
 * whoever is root on one of the machines may.
 *
 * @example
 * const plant = new HybridActivation("plant", {
 *   tier: "advanced", registrationLimit: 20, expiresOn: "2026-12-01T00:00:00Z", logging,
 * });
 * export const { installLinux } = plant; // a secret: pulumi stack output installLinux --show-secrets
 */
export class HybridActivation extends pulumi.ComponentResource {
  readonly activationId: pulumi.Output<string>;
  /** A secret: whoever has it registers machines. */
  readonly activationCode: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** The tags that machines get, and that access is conditioned on, for a `SessionAccess` with `managedNodes`. */
  readonly accessTags: Readonly<Record<string, string>>;
  /** A secret: lines for a shell that install SSM Agent and register a Linux machine. */
  readonly installLinux: pulumi.Output<string>;
  /** A secret: lines for PowerShell that install SSM Agent and register a Windows machine. */
  readonly installWindows: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every bad argument at once, before anything is registered. */
  constructor(name: string, args: HybridActivationArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = planHybridActivation(name, args, currentDeployment(), new Date());
    super("bastionless:index:HybridActivation", name, {}, opts);
    const transform = args.transform ?? {};
    const identity = awsIdentity(this);
    if (plan.hasExpired) {
      void pulumi.log.warn(
        `\`expiresOn\` is \`${plan.expiresOn}\`, which has passed: no further machine registers; choose a later time`,
        this,
      );
    }
    const { role, grants } = buildNodeRole({
      parent: this,
      name,
      physicalName: plan.physicalName,
      description: `Machines outside EC2 of ${plan.physicalName}, reached through Session Manager`,
      tags: plan.tags,
      identity,
      limitTrust: true,
      managedPolicy: (args.managedPolicy ?? false) ? "AmazonSSMManagedInstanceCore" : undefined,
      policyArns: plan.policyArns,
      permissionsBoundaryArn: plan.permissionsBoundaryArn,
      logging: args.logging?.permissions.instances,
      transform,
    });
    const tier =
      plan.tier === "unmanaged"
        ? []
        : [
            new ServiceSetting(
              ...transformed(
                transform.tierSetting,
                `${name}-tier`,
                { settingId: "/ssm/managed-instance/activation-tier", settingValue: plan.tier },
                { parent: this },
              ),
            ),
          ];
    const activation = new Activation(
      ...transformed(
        transform.activation,
        name,
        {
          name: plan.machineName,
          description: `Registers machines of ${plan.physicalName}`,
          iamRole: role.name,
          registrationLimit: plan.registrationLimit,
          ...(plan.expiresOn === undefined ? {} : { expirationDate: plan.expiresOn }),
          tags: plan.tags,
        },
        { parent: this, dependsOn: [...grants, ...tier], additionalSecretOutputs: ["activationCode"] },
      ),
    );
    const registration = pulumi
      .all([activation.id, activation.activationCode, identity.region, identity.dnsSuffix])
      .apply(([activationId, activationCode, region, dnsSuffix]): Registration => ({
        activationId,
        activationCode,
        region,
        dnsSuffix,
      }));
    this.activationId = activation.id;
    this.activationCode = pulumi.secret(activation.activationCode);
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.accessTags = plan.accessTags;
    this.installLinux = pulumi.secret(registration.apply(linuxInstall));
    this.installWindows = pulumi.secret(registration.apply(windowsInstall));
    this.registerOutputs({
      activationId: this.activationId,
      activationCode: this.activationCode,
      roleName: this.roleName,
      roleArn: this.roleArn,
      accessTags: this.accessTags,
      installLinux: this.installLinux,
      installWindows: this.installWindows,
    });
  }
}
