import { createHash } from "node:crypto";

/** An image as AWS, or the maker of its operating system, publishes it. */
export interface Image {
  /** Such as `al2023-ami-2023.9.20260105.0-kernel-6.1-x86_64`. */
  readonly name: string;
  readonly architecture: "arm64" | "arm64_mac" | "x86_64" | "x86_64_mac";
  readonly owner: string;
  readonly ownerAlias: string;
  /** `windows`, or empty as EC2 leaves it for Linux. */
  readonly platform: string;
  readonly platformDetails: string;
  readonly rootDeviceName: string;
  readonly description: string;
}

/** The accounts that publish images. Source: EC2 User Guide, "find an AMI"; Ubuntu on AWS, "find images". */
const AMAZON = "137112412989";
const MICROSOFT = "801119661308";
const CANONICAL = "099720109477";
const DEBIAN = "136693071363";
const MACOS = "100343932686";
const RED_HAT = "309956199498";
const ROCKY = "792107900819";
const ALMA = "764336703387";

/** The day of every simulated image. */
const DAY = "20260105";
const DASHED_DAY = "2026.01.05";

function linux(name: string, architecture: Image["architecture"], description: string): Image {
  return {
    name,
    architecture,
    owner: AMAZON,
    ownerAlias: "amazon",
    platform: "",
    platformDetails: "Linux/UNIX",
    rootDeviceName: "/dev/xvda",
    description,
  };
}

function architectureOf(name: string | undefined): "arm64" | "x86_64" {
  return name === "arm64" || name === "aarch64" ? "arm64" : "x86_64";
}

const UBUNTU_RELEASES: { readonly [release: string]: string } = {
  "20.04": "focal",
  "22.04": "jammy",
  "24.04": "noble",
  "26.04": "resolute",
};

/** A release by its number or its name. */
function ubuntuRelease(given: string): readonly [string, string] | undefined {
  return Object.entries(UBUNTU_RELEASES).find(([number, name]) => given === number || given === name);
}

function ubuntu(given: string, architecture: string, volume: string): Image | undefined {
  const release = ubuntuRelease(given);
  if (release === undefined) {
    return undefined;
  }
  const [number, name] = release;
  const media = volume === "ebs-gp3" ? "hvm-ssd-gp3" : "hvm-ssd";
  return {
    name: `ubuntu/images/${media}/ubuntu-${name}-${number}-${architecture}-server-${DAY}`,
    architecture: architectureOf(architecture),
    owner: CANONICAL,
    ownerAlias: "",
    platform: "",
    platformDetails: "Linux/UNIX",
    rootDeviceName: "/dev/sda1",
    description: `Canonical, Ubuntu, ${number}, ${architecture} ${name} image`,
  };
}

function windows(edition: string): Image {
  return {
    name: `${edition}-${DASHED_DAY}`,
    architecture: "x86_64",
    owner: MICROSOFT,
    ownerAlias: "amazon",
    platform: "windows",
    platformDetails: "Windows",
    rootDeviceName: "/dev/sda1",
    description: `Microsoft Windows Server, ${edition}`,
  };
}

const DEBIAN_RELEASES: { readonly [release: string]: string } = {
  "11": "bullseye",
  "12": "bookworm",
  "13": "trixie",
};

/** A release by its number or its name, in the images that Debian's cloud team publishes. */
function debian(given: string, architecture: string): Image | undefined {
  const release = Object.entries(DEBIAN_RELEASES).find(
    ([number, name]) => given === number || given === name,
  );
  return release === undefined
    ? undefined
    : {
        name: `debian-${release[0]}-${architecture}-${DAY}-2345`,
        architecture: architectureOf(architecture),
        owner: DEBIAN,
        ownerAlias: "amazon",
        platform: "",
        platformDetails: "Linux/UNIX",
        rootDeviceName: "/dev/xvda",
        description: `Debian ${release[0]} (${DAY}-2345)`,
      };
}

const MACOS_RELEASES: { readonly [name: string]: string } = {
  ventura: "13.7.8",
  sonoma: "14.8.3",
  sequoia: "15.7.3",
  tahoe: "26.2",
};

function macos(release: string, architecture: "arm64_mac" | "x86_64_mac"): Image | undefined {
  const version = MACOS_RELEASES[release];
  return version === undefined
    ? undefined
    : {
        name: `amzn-ec2-macos-${version}-${DAY}-${DAY}${architecture === "arm64_mac" ? "-arm64" : ""}`,
        architecture,
        owner: MACOS,
        ownerAlias: "amazon",
        platform: "",
        platformDetails: "Linux/UNIX",
        rootDeviceName: "/dev/sda1",
        description: `Amazon EC2 macOS ${release} AMI`,
      };
}

/** Red Hat Enterprise Linux and its rebuilds, which no public parameter names. */
function enterpriseLinux(): readonly Image[] {
  const image = (
    owner: string,
    name: string,
    architecture: Image["architecture"],
    details: string,
  ): Image => ({
    name,
    architecture,
    owner,
    ownerAlias: "",
    platform: "",
    platformDetails: details,
    rootDeviceName: "/dev/sda1",
    description: name,
  });
  return (["x86_64", "arm64"] as const).flatMap((architecture) => {
    const rebuilt = architecture === "arm64" ? "aarch64" : architecture;
    return [
      ...["8.10.0", "9.7.0", "10.1.0"].map((version) =>
        image(
          RED_HAT,
          `RHEL-${version}_HVM-${DAY}-${architecture}-0-Hourly2-GP3`,
          architecture,
          "Red Hat Enterprise Linux",
        ),
      ),
      ...["8.10", "9.7", "10.1"].map((version) =>
        image(
          ROCKY,
          `Rocky-${version.split(".")[0] ?? ""}-EC2-Base-${version}-${DAY}.0.${rebuilt}`,
          architecture,
          "Linux/UNIX",
        ),
      ),
      ...["8.10", "9.7", "10.1"].map((version) =>
        image(ALMA, `AlmaLinux OS ${version}.${DAY} ${rebuilt}`, architecture, "Linux/UNIX"),
      ),
    ];
  });
}

const DEBIAN_PARAMETER =
  /^\/aws\/service\/debian\/release\/(?<release>[a-z0-9]+)\/latest\/(?<architecture>amd64|arm64)$/u;
const MACOS_PARAMETER =
  /^\/aws\/service\/ec2-macos\/(?<release>[a-z]+)\/(?<architecture>arm64_mac|x86_64_mac)\/latest\/image_id$/u;
/** Source: AWS Deep Learning AMIs Developer Guide, release notes of the Base GPU AMI (Amazon Linux 2023). */
const GPU_BASE =
  /^\/aws\/service\/deeplearning\/ami\/x86_64\/base-oss-nvidia-driver-gpu-amazon-linux-2023\/latest\/ami-id$/u;

const AL2023 =
  /^(?<edition>al2023-ami(?:-minimal)?)-kernel-(?<kernel>default|\d+\.\d+)-(?<architecture>x86_64|arm64)$/u;
const AL2 =
  /^amzn2-ami-(?<middle>(?:minimal-)?(?:kernel-\d+\.\d+-)?hvm)-(?<architecture>x86_64|arm64)-(?<volume>ebs|gp2)$/u;
const WINDOWS =
  /^(?:EC2LaunchV2-|TPM-)?Windows_Server-20(?:16|19|22|25)-[A-Z][A-Za-z_]+-(?:Core|Full)-[A-Za-z0-9_.-]+$/u;
const UBUNTU =
  /^\/aws\/service\/canonical\/ubuntu\/server(?:-minimal)?\/(?<release>[a-z0-9.]+)\/stable\/(?:current|\d{8}(?:\.\d+)?)\/(?<architecture>amd64|arm64)\/hvm\/(?<volume>ebs-gp[23])\/ami-id$/u;

/** The image that a public SSM parameter names; undefined for parameters that the simulation does not know. */
export function imageOfParameter(parameter: string): Image | undefined {
  const [, amazon] = /^\/aws\/service\/ami-amazon-linux-latest\/([^/]+)$/u.exec(parameter) ?? [];
  if (amazon !== undefined) {
    const al2023 = AL2023.exec(amazon)?.groups;
    if (al2023 !== undefined) {
      const kernel = al2023["kernel"] === "default" ? "6.1" : (al2023["kernel"] ?? "");
      const name = `${al2023["edition"] ?? ""}-2023.9.${DAY}.0-kernel-${kernel}-${al2023["architecture"] ?? ""}`;
      return linux(name, architectureOf(al2023["architecture"]), "Amazon Linux 2023 AMI");
    }
    const al2 = AL2.exec(amazon)?.groups;
    return al2 === undefined
      ? undefined
      : linux(
          `amzn2-ami-${al2["middle"] ?? ""}-2.0.${DAY}.0-${al2["architecture"] ?? ""}-${al2["volume"] ?? ""}`,
          architectureOf(al2["architecture"]),
          "Amazon Linux 2 AMI",
        );
  }
  if (GPU_BASE.test(parameter)) {
    return linux(
      `Deep Learning Base OSS Nvidia Driver GPU AMI (Amazon Linux 2023) ${DAY}`,
      "x86_64",
      "AWS's image with NVIDIA's driver",
    );
  }
  const [, edition] = /^\/aws\/service\/ami-windows-latest\/([^/]+)$/u.exec(parameter) ?? [];
  if (edition !== undefined) {
    return WINDOWS.test(edition) ? windows(edition) : undefined;
  }
  const debianParts = DEBIAN_PARAMETER.exec(parameter)?.groups;
  if (debianParts !== undefined) {
    return debian(debianParts["release"] ?? "", debianParts["architecture"] ?? "");
  }
  const mac = MACOS_PARAMETER.exec(parameter)?.groups;
  if (mac !== undefined) {
    return macos(mac["release"] ?? "", mac["architecture"] === "arm64_mac" ? "arm64_mac" : "x86_64_mac");
  }
  const canonical = UBUNTU.exec(parameter)?.groups;
  return canonical === undefined
    ? undefined
    : ubuntu(canonical["release"] ?? "", canonical["architecture"] ?? "", canonical["volume"] ?? "");
}

/** Every image that a lookup by name can find. */
export function publishedImages(): readonly Image[] {
  const both = ["x86_64", "arm64"];
  const parameters = [
    ...["al2023-ami-kernel-default", "al2023-ami-kernel-6.12", "al2023-ami-minimal-kernel-default"].flatMap(
      (name) => both.map((architecture) => `ami-amazon-linux-latest/${name}-${architecture}`),
    ),
    ...["amzn2-ami-hvm", "amzn2-ami-kernel-5.10-hvm"].flatMap((name) =>
      both.map((architecture) => `ami-amazon-linux-latest/${name}-${architecture}-gp2`),
    ),
    ...Object.keys(UBUNTU_RELEASES).flatMap((release) =>
      ["amd64", "arm64"].flatMap((architecture) =>
        ["ebs-gp2", "ebs-gp3"].map(
          (volume) =>
            `canonical/ubuntu/server/${release}/stable/current/${architecture}/hvm/${volume}/ami-id`,
        ),
      ),
    ),
    ...Object.keys(DEBIAN_RELEASES).flatMap((release) =>
      ["amd64", "arm64"].map((architecture) => `debian/release/${release}/latest/${architecture}`),
    ),
    ...Object.keys(MACOS_RELEASES).flatMap((release) =>
      ["arm64_mac", "x86_64_mac"].map(
        (architecture) => `ec2-macos/${release}/${architecture}/latest/image_id`,
      ),
    ),
    ...["2016", "2019", "2022", "2025"].flatMap((year) =>
      ["Full", "Core"].map((size) => `ami-windows-latest/Windows_Server-${year}-English-${size}-Base`),
    ),
  ];
  const named = parameters.flatMap((parameter) => {
    const image = imageOfParameter(`/aws/service/${parameter}`);
    return image === undefined ? [] : [image];
  });
  return [...named, ...enterpriseLinux()];
}

/** The id of an image in a region: the same however it is looked up. */
export function imageId(image: Image, region: string): string {
  return `ami-0${createHash("sha256").update(`${region}\0${image.name}`).digest("hex").slice(0, 16)}`;
}
