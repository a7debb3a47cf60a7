import type { Model } from "../../model.ts";
import { ec2Id, length, matching, notMatching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { atLeastOne, format, together } from "../../rules/rule.ts";
import type { Format } from "../../rules/rule.ts";
import { asText } from "../../values.ts";
import { always, CREATED, ec2Arn } from "../common.ts";

/** What each type of volume takes, in GiB and in IO operations a second. Source: EBS User Guide, "EBS volume types". */
const TYPES: {
  readonly [type: string]: {
    readonly gib: readonly [number, number];
    readonly iops?: readonly [number, number];
  };
} = {
  gp2: { gib: [1, 16_384] },
  gp3: { gib: [1, 65_536], iops: [3000, 80_000] },
  io1: { gib: [4, 16_384], iops: [100, 64_000] },
  io2: { gib: [4, 65_536], iops: [100, 256_000] },
  sc1: { gib: [125, 16_384] },
  st1: { gib: [125, 16_384] },
  standard: { gib: [1, 1024] },
};

const zone: Format = (value, place) =>
  matching(
    new RegExp(`^${place.region}(?:[a-z]|-[a-z]{3}-\\d+[a-z])$`, "u"),
    `an availability zone of ${place.region}`,
  )(value, place);

const sizeOfType = together(["type", "size"], ([type, size]) => {
  const name = type === undefined ? "gp2" : asText(type);
  const [least, most] = TYPES[name]?.gib ?? [1, 65_536];
  return size !== undefined && !(Number(asText(size)) >= least && Number(asText(size)) <= most)
    ? {
        property: "size",
        reason: `of \`${asText(size)}\` is refused: \`${name}\` takes ${least} to ${most} GiB`,
      }
    : undefined;
});

const iopsOfType = together(["type", "iops"], ([type, iops]) => {
  const name = type === undefined ? "gp2" : asText(type);
  const range = TYPES[name]?.iops;
  if (iops === undefined) {
    return name === "io1" || name === "io2"
      ? { property: "iops", reason: `is required of \`${name}\`: set it` }
      : undefined;
  }
  const value = Number(asText(iops));
  return range !== undefined && value >= range[0] && value <= range[1]
    ? undefined
    : {
        property: "iops",
        reason: `of \`${asText(iops)}\` is refused by \`${name}\`: leave it out or change it`,
      };
});

/** Source: EC2 API Reference, CreateVolume. */
export const volume: Model = {
  type: "aws:ebs/volume:Volume",
  id: (reading) => reading.ec2Id("vol"),
  rules: [
    atLeastOne(["size", "snapshotId"]),
    format("availabilityZone", zone),
    format("type", oneOf(...Object.keys(TYPES))),
    format("size", wholeNumber(1, 65_536)),
    sizeOfType,
    iopsOfType,
    together(["type", "throughput"], ([type, throughput]) => {
      const value = throughput === undefined ? 125 : Number(asText(throughput));
      const taken = throughput === undefined || (type !== undefined && asText(type) === "gp3");
      return taken && value >= 125 && value <= 2000
        ? undefined
        : { property: "throughput", reason: "is refused: only gp3 takes one, of 125 to 2000 MiB a second" };
    }),
    together(["kmsKeyId", "encrypted"], ([key, encrypted]) =>
      key !== undefined && encrypted !== undefined && asText(encrypted) === "false"
        ? { property: "kmsKeyId", reason: "is refused: the volume is not encrypted" }
        : undefined,
    ),
    together(["multiAttachEnabled", "type"], ([multi, type]) =>
      multi !== undefined &&
      asText(multi) === "true" &&
      (type === undefined || !/^io[12]$/u.test(asText(type)))
        ? { property: "multiAttachEnabled", reason: "is refused: only io1 and io2 take it" }
        : undefined,
    ),
    format("snapshotId", ec2Id("snap")),
    format("kmsKeyId", matching(/^arn:/u, "the ARN of a KMS key")),
  ],
  replaces: [
    "availabilityZone",
    "encrypted",
    "kmsKeyId",
    "multiAttachEnabled",
    "outpostArn",
    "snapshotId",
    "volumeInitializationRate",
  ],
  computed: {
    arn: ec2Arn("volume"),
    createTime: always(CREATED),
    encrypted: always(false),
    iops: (reading) => (reading.text("type") === "gp3" ? 3000 : 100),
    kmsKeyId: (reading) =>
      reading.read("encrypted") === true ? reading.arn("kms", `key/${reading.uuid("aws/ebs")}`) : "",
    size: always(8),
    snapshotId: always(""),
    throughput: (reading) => (reading.text("type") === "gp3" ? 125 : 0),
    type: always("gp2"),
  },
};

/** Source: EC2 API Reference, AttachVolume; EC2 User Guide, "Device names for volumes". */
export const volumeAttachment: Model = {
  type: "aws:ec2/volumeAttachment:VolumeAttachment",
  id: (reading) => `vai-${reading.hex("attachment", 10).replaceAll(/[a-f]/gu, "7")}`,
  rules: [
    format("volumeId", ec2Id("vol")),
    format("instanceId", ec2Id("i")),
    format(
      "deviceName",
      length(1, 32),
      matching(/^(?:\/dev\/(?:sd|xvd)[a-z]{1,2}[0-9]{0,2}|xvd[a-z]{1,2})$/u, "a device such as /dev/sdf"),
      notMatching(/^\/dev\/(?:sda1?|xvda)$/u, "that is the root volume's"),
    ),
  ],
  replaces: ["deviceName", "instanceId", "volumeId"],
};
