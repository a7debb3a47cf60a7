import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import * as pulumi from "@pulumi/pulumi";
import type { AwsIdentity } from "../core/identity.ts";
import { transformed } from "../core/transform.ts";
import { ignoresNewerImages, imageIdOf, userDataOf } from "../instance/machine-boot.ts";
import type { BastionlessFleetTransform } from "./bastionless-fleet-args.ts";
import type { BastionlessFleetPlan } from "./bastionless-fleet-plan.ts";

export interface LaunchTemplateInput {
  readonly parent: pulumi.Resource;
  readonly plan: BastionlessFleetPlan;
  readonly identity: AwsIdentity;
  readonly profileName: pulumi.Input<string>;
  readonly securityGroupIds: readonly pulumi.Input<string>[];
  readonly detailedMonitoring: boolean;
  readonly transform: BastionlessFleetTransform;
}

/**
 * Builds what instances of a fleet are launched with: no key pair, no public address whatever their subnet says, version 2
 * of the metadata service, an encrypted root volume, and the tags that access is conditioned on, on everything that is
 * launched.
 */
export function buildLaunchTemplate(input: LaunchTemplateInput): LaunchTemplate {
  const { parent, plan } = input;
  const userData = userDataOf(plan, input.identity);
  const tags = { ...plan.tags, Name: plan.physicalName };
  return new LaunchTemplate(
    ...transformed(
      input.transform.launchTemplate,
      plan.templateLogicalName,
      {
        name: plan.templateName,
        description: `Instances of ${plan.physicalName}, reached through Session Manager`,
        updateDefaultVersion: true,
        imageId: imageIdOf(parent, plan.image, input.identity),
        instanceType: plan.instanceTypes[0] ?? "",
        iamInstanceProfile: { name: input.profileName },
        monitoring: { enabled: input.detailedMonitoring },
        metadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          httpPutResponseHopLimit: plan.metadataHopLimit,
        },
        networkInterfaces: [
          {
            deviceIndex: 0,
            associatePublicIpAddress: "false",
            deleteOnTermination: "true",
            securityGroups: [...input.securityGroupIds],
          },
        ],
        blockDeviceMappings: [
          {
            deviceName: plan.rootDeviceName,
            ebs: {
              encrypted: "true",
              volumeType: "gp3",
              volumeSize: plan.rootVolumeGib,
              deleteOnTermination: "true",
              ...(plan.rootVolumeKmsKeyArn === undefined ? {} : { kmsKeyId: plan.rootVolumeKmsKeyArn }),
            },
          },
        ],
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
          resourceType,
          tags,
        })),
        ...(userData === undefined
          ? {}
          : { userData: pulumi.output(userData).apply((text) => Buffer.from(text).toString("base64")) }),
        tags,
      },
      { parent, ...(ignoresNewerImages(plan.image) ? { ignoreChanges: ["imageId"] } : {}) },
    ),
  );
}
