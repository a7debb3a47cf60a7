import type { Model } from "../../model.ts";
import { ec2Id, matching, oneOf } from "../../rules/formats.ts";
import { exclusive, format } from "../../rules/rule.ts";
import { asText } from "../../values.ts";
import { always, ec2Arn, prefixed } from "../common.ts";
import { instanceType, metadataRules, volumeRules } from "./instance.ts";

/** Source: EC2 API Reference, CreateLaunchTemplate. */
export const launchTemplate: Model = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  id: (reading) => reading.ec2Id("lt"),
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 125 },
  rules: [
    format("name", matching(/^[a-zA-Z0-9().\-/_]{3,125}$/u, "3 to 125 letters, digits and ( ) . - / _")),
    format(
      "imageId",
      matching(/^(?:ami-[0-9a-f]{8,17}|resolve:ssm:.+)$/u, "an image id or resolve:ssm:parameter"),
    ),
    format("instanceType", instanceType),
    format("userData", matching(/^[A-Za-z0-9+/\s]*={0,2}\s*$/u, "base64: encode the user data")),
    format("vpcSecurityGroupIds[]", ec2Id("sg")),
    format("networkInterfaces[].securityGroups[]", ec2Id("sg")),
    format("userData", (value) =>
      Buffer.from(asText(value), "base64").length > 16_384
        ? "is longer than the 16384 bytes that EC2 takes as user data"
        : undefined,
    ),
    format(
      "tagSpecifications[].resourceType",
      oneOf("instance", "network-interface", "spot-instances-request", "volume"),
    ),
    format("networkInterfaces[].associatePublicIpAddress", oneOf("", "false", "true")),
    format(
      "blockDeviceMappings[].deviceName",
      matching(/^(?:\/dev\/)?[a-z0-9]+$/u, "a device such as /dev/xvda"),
    ),
    format("blockDeviceMappings[].ebs.encrypted", oneOf("", "false", "true")),
    ...metadataRules("metadataOptions"),
    ...volumeRules("blockDeviceMappings[].ebs"),
    exclusive(["name", "namePrefix"]),
    exclusive(["instanceRequirements", "instanceType"]),
    exclusive(["defaultVersion", "updateDefaultVersion"]),
    exclusive(["securityGroupNames", "vpcSecurityGroupIds"]),
    exclusive(["arn", "name"], "iamInstanceProfile"),
  ],
  unique: ["name"],
  replaces: ["name", "namePrefix"],
  comparisons: { vpcSecurityGroupIds: "set" },
  counted: {
    output: "latestVersion",
    unless: ["defaultVersion", "tags", "tagsAll", "updateDefaultVersion"],
  },
  computed: {
    arn: ec2Arn("launch-template"),
    defaultVersion: always(1),
    latestVersion: always(1),
    metadataOptions: always({
      httpEndpoint: "",
      httpProtocolIpv6: "",
      httpPutResponseHopLimit: 0,
      httpTokens: "",
      instanceMetadataTags: "",
    }),
    name: prefixed("namePrefix"),
  },
};
