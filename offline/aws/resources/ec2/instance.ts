import { createHash } from "node:crypto";

import { isWireMap } from "../../../protocol/wire.ts";
import type { Wire, WireMap } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import {
  ec2Id,
  ipv4Address,
  length,
  matching,
  notMatching,
  oneOf,
  wholeNumber,
} from "../../rules/formats.ts";
import { atLeastOne, exclusive, format, together } from "../../rules/rule.ts";
import type { Rule } from "../../rules/rule.ts";
import { zonesOf } from "../../zones.ts";
import { always, ec2Arn } from "../common.ts";
import { asText } from "../../values.ts";

/** Instance types are `family.size`. Source: EC2 User Guide, "instance type names". */
export const instanceType = matching(
  /^[a-z]+[0-9]*[a-z0-9-]*\.(?:[0-9]*x?large|nano|micro|small|medium|metal(?:-[0-9]+xl)?)$/u,
  "an instance type such as t4g.nano",
);

/** What an instance's metadata service takes. Source: EC2 API Reference, InstanceMetadataOptionsRequest. */
export function metadataRules(scope: string): readonly Rule[] {
  return [
    format(`${scope}.httpEndpoint`, oneOf("disabled", "enabled")),
    format(`${scope}.httpTokens`, oneOf("optional", "required")),
    format(`${scope}.httpPutResponseHopLimit`, wholeNumber(1, 64)),
    format(`${scope}.instanceMetadataTags`, oneOf("disabled", "enabled")),
    format(`${scope}.httpProtocolIpv6`, oneOf("disabled", "enabled")),
  ];
}

/** What an EBS volume takes. Source: EBS User Guide, "EBS volume types". */
export function volumeRules(scope: string): readonly Rule[] {
  return [
    format(`${scope}.volumeType`, oneOf("gp2", "gp3", "io1", "io2", "sc1", "st1", "standard")),
    format(`${scope}.volumeSize`, wholeNumber(1, 65_536)),
    format(`${scope}.iops`, wholeNumber(100, 256_000)),
    format(`${scope}.throughput`, wholeNumber(125, 2000)),
  ];
}

/** A KMS key as an instance's volume takes it: a full ARN, once it is known. */
const volumeKey = format("rootBlockDevice.kmsKeyId", matching(/\S/u, "the ARN of a KMS key"));

/** A Mac runs on a dedicated host only. Source: EC2 User Guide, "Amazon EC2 Mac instances". */
const macNeedsHost = together(["instanceType", "tenancy"], ([type, tenancy]) =>
  type !== undefined && asText(type).startsWith("mac") && tenancy !== "host"
    ? { property: "tenancy", reason: `of \`${asText(type)}\` is refused: a Mac needs the tenancy \`host\`` }
    : undefined,
);

const METADATA_DEFAULTS = {
  httpEndpoint: "enabled",
  httpProtocolIpv6: "disabled",
  httpPutResponseHopLimit: 1,
  httpTokens: "optional",
  instanceMetadataTags: "disabled",
};

const ROOT_DEFAULTS = {
  deleteOnTermination: true,
  deviceName: "/dev/xvda",
  encrypted: false,
  iops: 3000,
  kmsKeyId: "",
  throughput: 125,
  volumeSize: 8,
  volumeType: "gp3",
};

/** What was given, over what AWS takes where it was not. */
function completed(input: string, defaults: WireMap): (reading: Reading) => Wire {
  return (reading) => {
    const given = reading.read(input);
    return isWireMap(given) ? { ...defaults, ...given } : defaults;
  };
}

function ip(reading: Reading): string {
  return reading.text("privateIp", reading.privateIp("primary"));
}

function privateName(reading: Reading): string {
  const { region } = reading.place;
  const zone = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${ip(reading).replaceAll(".", "-")}.${zone}`;
}

function publicIp(reading: Reading): string {
  return reading.read("associatePublicIpAddress") === true ? reading.publicIp("primary") : "";
}

/** The parts of a volume that only another instance can change. */
function volumeIdentity(volume: Wire | undefined): Wire {
  return isWireMap(volume)
    ? { encrypted: volume["encrypted"] ?? null, kmsKeyId: volume["kmsKeyId"] ?? null }
    : null;
}

/** Volumes beside the root are the instance's for good, all but their tags. */
function withoutTags(volumes: Wire | undefined): Wire {
  return Array.isArray(volumes)
    ? volumes.map((volume: Wire) => (isWireMap(volume) ? { ...volume, tags: null } : volume))
    : null;
}

/** Source: EC2 API Reference, RunInstances. */
export const instance: Model = {
  type: "aws:ec2/instance:Instance",
  id: (reading) => reading.ec2Id("i"),
  defaults: { getPasswordData: false, sourceDestCheck: true, userDataReplaceOnChange: false },
  rules: [
    atLeastOne(["ami", "launchTemplate"]),
    atLeastOne(["instanceType", "launchTemplate"]),
    format("ami", ec2Id("ami")),
    format("instanceType", instanceType),
    format("subnetId", ec2Id("subnet")),
    format("vpcSecurityGroupIds[]", ec2Id("sg")),
    format("keyName", length(1, 255)),
    format("privateIp", ipv4Address),
    format("tenancy", oneOf("dedicated", "default", "host")),
    format("instanceInitiatedShutdownBehavior", oneOf("stop", "terminate")),
    format(
      "iamInstanceProfile",
      notMatching(/^arn:/u, "expected the name of an instance profile, not its ARN"),
      length(1, 128),
    ),
    format("userData", (value) =>
      Buffer.byteLength(asText(value)) > 16_384
        ? "is longer than the 16384 bytes that EC2 takes as user data"
        : undefined,
    ),
    format("userDataBase64", matching(/^[A-Za-z0-9+/]*={0,2}$/u, "base64")),
    volumeKey,
    ...metadataRules("metadataOptions"),
    ...volumeRules("rootBlockDevice"),
    ...volumeRules("ebsBlockDevices[]"),
    format("hostId", ec2Id("h")),
    macNeedsHost,
    exclusive(["userData", "userDataBase64"]),
    exclusive(["ipv6AddressCount", "ipv6Addresses"]),
    exclusive(["hostId", "hostResourceGroupArn"]),
    exclusive(["associatePublicIpAddress", "networkInterfaces"]),
    exclusive(["subnetId", "networkInterfaces"]),
    exclusive(["vpcSecurityGroupIds", "networkInterfaces"]),
    exclusive(["subnetId", "primaryNetworkInterface"]),
    exclusive(["vpcSecurityGroupIds", "primaryNetworkInterface"]),
  ],
  replaces: [
    "ami",
    "associatePublicIpAddress",
    "availabilityZone",
    "cpuOptions",
    "ebsOptimized",
    "enclaveOptions",
    "ephemeralBlockDevices",
    "hibernation",
    "hostId",
    "instanceMarketOptions",
    "keyName",
    "networkInterfaces",
    "placementGroup",
    "placementGroupId",
    "placementPartitionNumber",
    "primaryNetworkInterface",
    "privateDnsNameOptions",
    "privateIp",
    "secondaryNetworkInterfaces",
    "securityGroups",
    "subnetId",
    "tenancy",
  ],
  replacesPart: {
    ebsBlockDevices: (inputs) => withoutTags(inputs["ebsBlockDevices"]),
    launchTemplate: (inputs) => {
      const template = inputs["launchTemplate"];
      return isWireMap(template) ? { id: template["id"] ?? null, name: template["name"] ?? null } : null;
    },
    rootBlockDevice: (inputs) => volumeIdentity(inputs["rootBlockDevice"]),
    userData: (inputs) => (inputs["userDataReplaceOnChange"] === true ? (inputs["userData"] ?? null) : null),
    userDataBase64: (inputs) =>
      inputs["userDataReplaceOnChange"] === true ? (inputs["userDataBase64"] ?? null) : null,
  },
  comparisons: { vpcSecurityGroupIds: "set", securityGroups: "set" },
  completed: {
    metadataOptions: completed("metadataOptions", METADATA_DEFAULTS),
    rootBlockDevice: (reading) => {
      const volume = completed("rootBlockDevice", ROOT_DEFAULTS)(reading);
      return isWireMap(volume) ? { ...volume, volumeId: reading.ec2Id("vol") } : volume;
    },
  },
  computed: {
    ami: (reading) => reading.ec2Id("ami"),
    arn: ec2Arn("instance"),
    associatePublicIpAddress: always(false),
    availabilityZone: (reading) => zonesOf(reading.place.region)[0] ?? `${reading.place.region}a`,
    capacityReservationSpecification: always({ capacityReservationPreference: "open" }),
    cpuOptions: always({ coreCount: 1, threadsPerCore: 2 }),
    enclaveOptions: always({ enabled: false }),
    instanceInitiatedShutdownBehavior: always("stop"),
    instanceLifecycle: always(""),
    instanceState: always("running"),
    instanceType: always("t3.micro"),
    maintenanceOptions: always({ autoRecovery: "default" }),
    outpostArn: always(""),
    passwordData: always(""),
    primaryNetworkInterfaceId: (reading) => reading.ec2Id("eni"),
    privateDns: privateName,
    privateDnsNameOptions: always({
      enableResourceNameDnsARecord: false,
      enableResourceNameDnsAaaaRecord: false,
      hostnameType: "ip-name",
    }),
    privateIp: ip,
    publicDns: (reading) => {
      const address = publicIp(reading);
      const zone = reading.place.region === "us-east-1" ? "compute-1" : `${reading.place.region}.compute`;
      return address === "" ? "" : `ec2-${address.replaceAll(".", "-")}.${zone}.${reading.place.dnsSuffix}`;
    },
    publicIp,
    spotInstanceRequestId: always(""),
    subnetId: (reading) => reading.ec2Id("subnet"),
    tenancy: always("default"),
    userDataBase64: always(""),
    vpcSecurityGroupIds: (reading) => [reading.ec2Id("sg")],
  },
};

/** Source: EC2 API Reference, ImportKeyPair. */
export const keyPair: Model = {
  type: "aws:ec2/keyPair:KeyPair",
  id: (reading) => reading.text("keyName", `${reading.text("keyNamePrefix")}${reading.hex("name", 26)}`),
  autoName: { property: "keyName", unless: ["keyNamePrefix"], maxLength: 255 },
  rules: [
    exclusive(["keyName", "keyNamePrefix"]),
    format("keyName", length(1, 255)),
    format(
      "publicKey",
      matching(
        /^\s*(?:ssh-rsa|ssh-ed25519|-----BEGIN|---- BEGIN|[A-Za-z0-9+/=]{64})/u,
        "a public key in OpenSSH format",
      ),
    ),
  ],
  replaces: ["keyName", "keyNamePrefix", "publicKey"],
  computed: {
    arn: (reading) => reading.arn("ec2", `key-pair/${reading.id}`),
    fingerprint: (reading) => {
      const digest = createHash("md5").update(reading.text("publicKey").trim()).digest("hex");
      return (digest.match(/../gu) ?? []).join(":");
    },
    keyName: (reading) => reading.id,
    keyPairId: (reading) => reading.ec2Id("key"),
    keyType: (reading) => (reading.text("publicKey").trim().startsWith("ssh-ed25519") ? "ed25519" : "rsa"),
  },
  fromId: (id) => ({ keyName: id }),
};
