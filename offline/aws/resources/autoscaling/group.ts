import { isWireMap } from "../../../protocol/wire.ts";
import type { Wire, WireMap } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { arn, ec2Id, length, matching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { atLeastOne, exactlyOne, exclusive, format, known, together } from "../../rules/rule.ts";
import type { Rule } from "../../rules/rule.ts";
import { asText } from "../../values.ts";
import { zonesOf } from "../../zones.ts";
import { always } from "../common.ts";
import { instanceType } from "../ec2/instance.ts";

const INTEGER = 2_147_483_647;
const DAY = 86_400;

/** A name of an Auto Scaling group: printable ASCII without a colon. Source: API reference, CreateAutoScalingGroup. */
export const groupName = matching(
  /^(?!.*:)[!-~](?:[ -~]{0,253}[!-~])?$/u,
  "1 to 255 ASCII characters without a colon",
);

function number(value: Wire | undefined): number | undefined {
  return value === undefined || value === null ? undefined : Number(asText(value));
}

/** Sizes as CreateAutoScalingGroup takes them. */
const sizes: readonly Rule[] = [
  format("minSize", wholeNumber(0, INTEGER)),
  format("maxSize", wholeNumber(0, INTEGER)),
  format("desiredCapacity", wholeNumber(0, INTEGER)),
  together(["minSize", "maxSize"], ([min, max]) =>
    (number(min) ?? 0) > (number(max) ?? INTEGER)
      ? {
          property: "minSize",
          reason: `\`${asText(min)}\` is above \`maxSize\`, \`${asText(max)}\`: lower it`,
        }
      : undefined,
  ),
  together(["desiredCapacity", "minSize", "maxSize"], ([desired, min, max]) => {
    const size = number(desired);
    return size !== undefined && (size < (number(min) ?? 0) || size > (number(max) ?? INTEGER))
      ? {
          property: "desiredCapacity",
          reason: `\`${size}\` is outside of \`minSize\` and \`maxSize\`, \`${asText(min)}\` to \`${asText(max)}\``,
        }
      : undefined;
  }),
];

/** Source: API reference, InstanceRefresh's RefreshPreferences. */
const refresh: readonly Rule[] = [
  format("instanceRefresh.strategy", oneOf("Rolling", "ReplaceRootVolume")),
  format("instanceRefresh.preferences.minHealthyPercentage", wholeNumber(0, 100)),
  format("instanceRefresh.preferences.maxHealthyPercentage", wholeNumber(100, 200)),
  format("instanceRefresh.preferences.instanceWarmup", wholeNumber(0, INTEGER)),
  format("instanceRefresh.preferences.scaleInProtectedInstances", oneOf("Ignore", "Refresh", "Wait")),
  format("instanceRefresh.preferences.standbyInstances", oneOf("Ignore", "Terminate", "Wait")),
  format("instanceRefresh.triggers[]", (value) =>
    ["launch_configuration", "launch_template", "mixed_instances_policy"].includes(asText(value))
      ? "is refused: it always starts a refresh"
      : undefined,
  ),
  together(
    ["minHealthyPercentage", "maxHealthyPercentage"],
    ([min, max]) =>
      min !== undefined && max !== undefined && Number(asText(max)) - Number(asText(min)) > 100
        ? { property: "maxHealthyPercentage", reason: "is more than 100 above `minHealthyPercentage`" }
        : undefined,
    "instanceRefresh.preferences",
  ),
];

const POLICY = "mixedInstancesPolicy";
const DISTRIBUTION = `${POLICY}.instancesDistribution`;
const TEMPLATE = `${POLICY}.launchTemplate`;

/** Source: API reference, InstancesDistribution and LaunchTemplateOverrides. */
const mixed: readonly Rule[] = [
  format(`${DISTRIBUTION}.onDemandAllocationStrategy`, oneOf("lowest-price", "prioritized")),
  format(`${DISTRIBUTION}.onDemandBaseCapacity`, wholeNumber(0, INTEGER)),
  format(`${DISTRIBUTION}.onDemandPercentageAboveBaseCapacity`, wholeNumber(0, 100)),
  format(
    `${DISTRIBUTION}.spotAllocationStrategy`,
    oneOf("capacity-optimized", "capacity-optimized-prioritized", "lowest-price", "price-capacity-optimized"),
  ),
  format(`${DISTRIBUTION}.spotInstancePools`, wholeNumber(1, 20)),
  together(
    ["spotInstancePools", "spotAllocationStrategy"],
    ([pools, strategy]) =>
      pools !== undefined && strategy !== undefined && strategy !== "lowest-price"
        ? {
            property: "spotInstancePools",
            reason: "goes with the strategy lowest-price only: leave it out",
          }
        : undefined,
    DISTRIBUTION,
  ),
  exactlyOne(["launchTemplateId", "launchTemplateName"], `${TEMPLATE}.launchTemplateSpecification`),
  format(`${TEMPLATE}.launchTemplateSpecification.launchTemplateId`, ec2Id("lt")),
  format(`${TEMPLATE}.overrides[].instanceType`, instanceType),
  format(`${TEMPLATE}.overrides[].weightedCapacity`, matching(/^[1-9]\d{0,2}$/u, "a weight from 1 to 999")),
  exclusive(["instanceRequirements", "instanceType"], `${TEMPLATE}.overrides[]`),
  format(`${TEMPLATE}.overrides`, (value) =>
    Array.isArray(value) && value.length > 40 ? "is refused: expected at most 40 instance types" : undefined,
  ),
  ({ inputs }) => {
    const seen = new Set<string>();
    return known(inputs, `${TEMPLATE}.overrides[].instanceType`).flatMap(({ path, value }) => {
      const again = seen.has(asText(value));
      seen.add(asText(value));
      return again ? [{ property: path, reason: `\`${asText(value)}\` is there already: name it once` }] : [];
    });
  },
];

/** Source: Auto Scaling User Guide, "Warm pools", its limitations; API reference, PutWarmPool. */
const warmPool: readonly Rule[] = [
  format("warmPool.poolState", oneOf("Hibernated", "Running", "Stopped")),
  format("warmPool.minSize", wholeNumber(0, INTEGER)),
  format("warmPool.maxGroupPreparedCapacity", wholeNumber(-1, INTEGER)),
  exclusive(["warmPool", POLICY]),
];

/** A tag of a group is no tag of the provider's kind: it has a key and says whether instances get it. */
const tags: readonly Rule[] = [
  format("tags[].key", length(1, 128), matching(/^(?!aws:)/iu, "a key that does not start with aws:")),
  format("tags[].value", length(0, 256)),
  ({ inputs }) => {
    const seen = new Set<string>();
    return known(inputs, "tags[].key").flatMap(({ path, value }) => {
      const again = seen.has(asText(value));
      seen.add(asText(value));
      return again ? [{ property: path, reason: `the tag \`${asText(value)}\` is there twice` }] : [];
    });
  },
];

function given(value: Wire | undefined): WireMap {
  return isWireMap(value) ? value : {};
}

/** Source: Auto Scaling API reference, CreateAutoScalingGroup; the provider's aws_autoscaling_group. */
export const group: Model = {
  type: "aws:autoscaling/group:Group",
  id: (reading) => reading.text("name", `${reading.text("namePrefix")}${reading.hex("name", 26)}`),
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 255 },
  defaults: {
    forceDelete: false,
    forceDeleteWarmPool: false,
    healthCheckGracePeriod: 300,
    ignoreFailedScalingActivities: false,
    metricsGranularity: "1Minute",
    protectFromScaleIn: false,
    waitForCapacityTimeout: "10m",
  },
  rules: [
    format("name", groupName),
    exclusive(["name", "namePrefix"]),
    exactlyOne(["launchConfiguration", "launchTemplate", POLICY]),
    exactlyOne(["id", "name"], "launchTemplate"),
    format("launchTemplate.id", ec2Id("lt")),
    atLeastOne(["availabilityZones", "vpcZoneIdentifiers"]),
    exclusive(["availabilityZones", "vpcZoneIdentifiers"]),
    format("vpcZoneIdentifiers[]", ec2Id("subnet")),
    ...sizes,
    format("desiredCapacityType", oneOf("memory-mib", "units", "vcpu")),
    format(
      "healthCheckType",
      matching(
        /^(?:EBS|EC2|ELB|VPC_LATTICE)(?:,(?:EBS|EC2|ELB|VPC_LATTICE))*$/u,
        "EC2, EBS, ELB or VPC_LATTICE",
      ),
    ),
    format("healthCheckGracePeriod", wholeNumber(0, INTEGER)),
    format("defaultCooldown", wholeNumber(0, INTEGER)),
    format("defaultInstanceWarmup", wholeNumber(-1, INTEGER)),
    format("maxInstanceLifetime", (value, place) =>
      Number(asText(value)) === 0 ? undefined : wholeNumber(DAY, 365 * DAY)(value, place),
    ),
    format("metricsGranularity", oneOf("1Minute")),
    format("serviceLinkedRoleArn", arn("iam")),
    format("waitForCapacityTimeout", matching(/^(?:0|(?:\d+(?:h|m|s))+)$/u, "a duration such as 10m")),
    ...refresh,
    ...mixed,
    ...warmPool,
    ...tags,
  ],
  unique: ["name"],
  replaces: ["name", "namePrefix"],
  comparisons: { vpcZoneIdentifiers: "set", tags: "set" },
  computed: {
    arn: (reading) =>
      reading.arn(
        "autoscaling",
        `autoScalingGroup:${reading.uuid("group")}:autoScalingGroupName/${reading.id}`,
      ),
    availabilityZoneDistribution: always({ capacityDistributionStrategy: "balanced-best-effort" }),
    availabilityZones: (reading) =>
      zonesOf(reading.place.region).slice(0, Math.max(1, reading.list("vpcZoneIdentifiers").length)),
    capacityReservationSpecification: always({ capacityReservationPreference: "default" }),
    defaultCooldown: always(300),
    desiredCapacity: (reading) => Number(reading.text("minSize", "0")),
    healthCheckType: always("EC2"),
    instanceLifecyclePolicy: always({ retentionTriggers: { terminateHookAbandon: "terminate" } }),
    launchTemplate: always({ id: "", name: "", version: "" }),
    mixedInstancesPolicy: always({
      instancesDistribution: {},
      launchTemplate: { launchTemplateSpecification: {}, overrides: [] },
    }),
    name: (reading) => reading.id,
    namePrefix: always(""),
    predictedCapacity: always(0),
    serviceLinkedRoleArn: (reading) =>
      reading.arn("iam", "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling", {
        region: true,
      }),
    warmPoolSize: (reading) => Number(asText(given(reading.read("warmPool"))["minSize"] ?? 0)),
  },
  fromId: (id) => ({ name: id }),
};
