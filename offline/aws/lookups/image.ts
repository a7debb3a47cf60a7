import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { imageId, publishedImages } from "../images.ts";
import type { Image } from "../images.ts";
import { arnAt } from "../place.ts";
import type { Place } from "../place.ts";
import { asText } from "../values.ts";
import { failure, result, unanswered } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";

const CREATED = "2026-01-05T00:00:00.000Z";
const DEPRECATED = "2028-01-05T00:00:00.000Z";

function list(value: Wire | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((part: Wire) => asText(part)) : [];
}

/** A filter's pattern, with `*` and `?`. */
function glob(pattern: string): RegExp {
  const body = pattern
    .replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${body}$`, "u");
}

/** What a filter of DescribeImages compares; undefined for those that the simulation does not know. */
function attribute(image: Image, name: string, region: string): string | undefined {
  switch (name) {
    case "architecture":
      return image.architecture;
    case "description":
      return image.description;
    case "ena-support":
    case "is-public":
      return "true";
    case "hypervisor":
      return "xen";
    case "image-id":
      return imageId(image, region);
    case "image-type":
      return "machine";
    case "name":
      return image.name;
    case "owner-alias":
      return image.ownerAlias;
    case "owner-id":
      return image.owner;
    case "platform":
      return image.platform;
    case "platform-details":
      return image.platformDetails;
    case "root-device-name":
      return image.rootDeviceName;
    case "root-device-type":
      return "ebs";
    case "state":
      return "available";
    case "virtualization-type":
      return "hvm";
    case "block-device-mapping.volume-type":
      return image.name.includes("ssd/") ? "gp2" : "gp3";
    default:
      return undefined;
  }
}

/** True where the image passes, undefined where a filter is not known. */
function passes(image: Image, args: WireMap, region: string): boolean | undefined {
  const owners = list(args["owners"]);
  if (
    owners.length > 0 &&
    !owners.some((owner) => [image.owner, image.ownerAlias].includes(owner) && owner !== "")
  ) {
    return false;
  }
  const filters = Array.isArray(args["filters"]) ? args["filters"] : [];
  for (const filter of filters) {
    const value = isWireMap(filter) ? attribute(image, asText(filter["name"]), region) : undefined;
    if (value === undefined) {
      return undefined;
    }
    if (
      !list(isWireMap(filter) ? filter["values"] : undefined).some((pattern) => glob(pattern).test(value))
    ) {
      return false;
    }
  }
  const regex = args["nameRegex"];
  return regex === undefined || new RegExp(asText(regex), "u").test(image.name);
}

/** The size in GiB that an image's root volume has at least. */
function rootSize(image: Image): string {
  if (image.architecture.endsWith("_mac")) {
    return "100";
  }
  if (image.platform === "windows") {
    return "30";
  }
  return /^(?:RHEL|Rocky|AlmaLinux)/u.test(image.name) ? "10" : "8";
}

function describe(image: Image, place: Place): WireMap {
  const id = imageId(image, place.region);
  const snapshot = id.replace("ami-", "snap-");
  const windows = image.platform === "windows";
  return {
    architecture: image.architecture,
    arn: arnAt(place, "ec2", `image/${id}`, { account: true }),
    blockDeviceMappings: [
      {
        deviceName: image.rootDeviceName,
        ebs: {
          delete_on_termination: "true",
          encrypted: "false",
          iops: "0",
          snapshot_id: snapshot,
          throughput: "0",
          volume_size: rootSize(image),
          volume_type: "gp3",
        },
        noDevice: "",
        virtualName: "",
      },
    ],
    bootMode: windows ? "" : "uefi-preferred",
    creationDate: CREATED,
    deprecationTime: DEPRECATED,
    description: image.description,
    enaSupport: true,
    hypervisor: "xen",
    id,
    imageId: id,
    imageLocation: `${image.ownerAlias === "" ? image.owner : image.ownerAlias}/${image.name}`,
    imageOwnerAlias: image.ownerAlias,
    imageType: "machine",
    imdsSupport: image.name.startsWith("al2023") ? "v2.0" : "",
    kernelId: "",
    lastLaunchedTime: "",
    name: image.name,
    ownerId: image.owner,
    platform: image.platform,
    platformDetails: image.platformDetails,
    productCodes: [],
    public: true,
    ramdiskId: "",
    region: place.region,
    rootDeviceName: image.rootDeviceName,
    rootDeviceType: "ebs",
    rootSnapshotId: snapshot,
    sriovNetSupport: "simple",
    state: "available",
    stateReason: { code: "UNSET", message: "UNSET" },
    tags: {},
    tpmSupport: "",
    usageOperation: windows ? "RunInstances:0002" : "RunInstances",
    virtualizationType: "hvm",
  };
}

/** `aws.ec2.getAmi` of the images that AWS and Canonical publish. */
export const image: LookupFunction = ({ token, args, setting: { place } }) => {
  const judged = publishedImages().map((one) => ({ image: one, passes: passes(one, args, place.region) }));
  const found = judged.filter((one) => one.passes === true).map((one) => one.image);
  const [first] = found;
  if (first === undefined || judged.some((one) => one.passes === undefined)) {
    return unanswered(token, args, {
      architecture: "…",
      id: "ami-…",
      name: "…",
      ownerId: "…",
      rootDeviceName: "…",
    });
  }
  if (found.length > 1 && args["mostRecent"] !== true) {
    return failure(
      "mostRecent",
      `${found.length} images fit, ${found.map((one) => `\`${one.name}\``).join(", ")}: set \`mostRecent\`, or narrow the filters`,
    );
  }
  return result({ ...args, ...describe(first, place) });
};
