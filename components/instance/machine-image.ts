import type { AgentPackage } from "./agent-install.ts";
import type { Architecture } from "./instance-type.ts";

/** An operating system whose newest image is found by itself. */
export type OperatingSystem =
  | "almalinux-9"
  | "amazon-linux-2023"
  | "debian-12"
  | "debian-13"
  | "macos-sequoia"
  | "macos-sonoma"
  | "macos-tahoe"
  | "rhel-9"
  | "rocky-9"
  | "ubuntu-22.04"
  | "ubuntu-24.04"
  | "windows-2019"
  | "windows-2022"
  | "windows-2025";

/** How the newest image of an operating system is found. */
export type ImageSource =
  | {
      readonly kind: "parameter";
      /** The public parameter that holds its id. */
      readonly name: string;
    }
  | {
      readonly kind: "search";
      /** The account that publishes it, by partition. */
      readonly owners: Readonly<Record<string, string>>;
      /** What its name is like. */
      readonly name: string;
    };

export interface OperatingSystemFacts {
  readonly platform: "linux" | "macos" | "windows";
  readonly architectures: readonly Architecture[];
  /** The smallest root volume that its image fits on, in GiB. */
  readonly minimumRootVolumeGib: number;
  /** What its image calls the root volume. */
  readonly rootDeviceName: string;
  readonly defaultInstanceType: Readonly<Partial<Record<Architecture, string>>>;
  /** Who logs in over SSH. */
  readonly sshUser: string;
  /** The package of SSM Agent, on Linux. */
  readonly agentPackage?: AgentPackage;
  /** Whether its image has SSM Agent on board. Source: Systems Manager User Guide, "Find AMIs with the SSM Agent". */
  readonly hasAgent: boolean;
  /**
   * Where its newest image is.
   *
   * Sources: Amazon EC2 User Guide, "Reference the latest AMIs using Systems Manager public parameters" and "Amazon EC2
   * Mac instances"; Ubuntu on AWS, "Find images with the SSM parameter store" (Canonical moved to gp3 with 24.04);
   * Debian wiki, "Cloud/AmazonEC2Image"; the accounts of Red Hat (access.redhat.com/solutions/15356), the Rocky Enterprise
   * Software Foundation (rockylinux.org) and the AlmaLinux OS Foundation (wiki.almalinux.org/cloud/AWS.html).
   */
  readonly image: (architecture: Architecture) => ImageSource;
}

const BOTH: readonly Architecture[] = ["arm64", "x86_64"];
const LINUX_TYPES = { arm64: "t4g.small", x86_64: "t3.small" } as const;

export const OPERATING_SYSTEMS: Readonly<Record<OperatingSystem, OperatingSystemFacts>> = {
  "almalinux-9": enterpriseLinux(
    "ec2-user",
    { aws: "764336703387" },
    (architecture) => `AlmaLinux OS 9.* ${architecture === "arm64" ? "aarch64" : architecture}`,
  ),
  "amazon-linux-2023": {
    platform: "linux",
    architectures: BOTH,
    minimumRootVolumeGib: 8,
    rootDeviceName: "/dev/xvda",
    defaultInstanceType: LINUX_TYPES,
    sshUser: "ec2-user",
    agentPackage: "rpm",
    hasAgent: true,
    image: (architecture) =>
      parameter(`/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`),
  },
  "debian-12": debian("12"),
  "debian-13": debian("13"),
  "macos-sequoia": macos("sequoia"),
  "macos-sonoma": macos("sonoma"),
  "macos-tahoe": macos("tahoe"),
  "rhel-9": enterpriseLinux(
    "ec2-user",
    { aws: "309956199498", "aws-cn": "841258680906", "aws-us-gov": "219670896067" },
    (architecture) => `RHEL-9.*_HVM-*-${architecture}-*-Hourly2-GP3`,
  ),
  "rocky-9": enterpriseLinux(
    "rocky",
    { aws: "792107900819" },
    (architecture) => `Rocky-9-EC2-Base-9.*.${architecture === "arm64" ? "aarch64" : architecture}`,
  ),
  "ubuntu-22.04": ubuntu("22.04", "ebs-gp2"),
  "ubuntu-24.04": ubuntu("24.04", "ebs-gp3"),
  "windows-2019": windows("2019"),
  "windows-2022": windows("2022"),
  "windows-2025": windows("2025"),
};

function parameter(name: string): ImageSource {
  return { kind: "parameter", name };
}

function ubuntu(release: string, volume: string): OperatingSystemFacts {
  return {
    platform: "linux",
    architectures: BOTH,
    minimumRootVolumeGib: 8,
    rootDeviceName: "/dev/sda1",
    defaultInstanceType: LINUX_TYPES,
    sshUser: "ubuntu",
    agentPackage: "deb",
    hasAgent: true,
    image: (architecture) =>
      parameter(
        `/aws/service/canonical/ubuntu/server/${release}/stable/current/${debianName(architecture)}/hvm/${volume}/ami-id`,
      ),
  };
}

function debian(release: string): OperatingSystemFacts {
  return {
    platform: "linux",
    architectures: BOTH,
    minimumRootVolumeGib: 8,
    rootDeviceName: "/dev/xvda",
    defaultInstanceType: LINUX_TYPES,
    sshUser: "admin",
    agentPackage: "deb",
    hasAgent: false,
    image: (architecture) =>
      parameter(`/aws/service/debian/release/${release}/latest/${debianName(architecture)}`),
  };
}

function debianName(architecture: Architecture): string {
  return architecture === "arm64" ? "arm64" : "amd64";
}

function enterpriseLinux(
  sshUser: string,
  owners: Readonly<Record<string, string>>,
  name: (architecture: Architecture) => string,
): OperatingSystemFacts {
  return {
    platform: "linux",
    architectures: BOTH,
    minimumRootVolumeGib: 10,
    rootDeviceName: "/dev/sda1",
    defaultInstanceType: LINUX_TYPES,
    sshUser,
    agentPackage: "rpm",
    hasAgent: false,
    image: (architecture) => ({ kind: "search", owners, name: name(architecture) }),
  };
}

function windows(year: string): OperatingSystemFacts {
  return {
    platform: "windows",
    architectures: ["x86_64"],
    minimumRootVolumeGib: 30,
    rootDeviceName: "/dev/sda1",
    // Less memory than 4 GiB makes Windows Server swap from the start.
    defaultInstanceType: { x86_64: "t3.medium" },
    sshUser: "Administrator",
    hasAgent: true,
    image: () => parameter(`/aws/service/ami-windows-latest/Windows_Server-${year}-English-Full-Base`),
  };
}

function macos(release: string): OperatingSystemFacts {
  return {
    platform: "macos",
    architectures: BOTH,
    // Xcode alone takes half of it.
    minimumRootVolumeGib: 100,
    rootDeviceName: "/dev/sda1",
    defaultInstanceType: { arm64: "mac2.metal", x86_64: "mac1.metal" },
    sshUser: "ec2-user",
    hasAgent: true,
    image: (architecture) =>
      parameter(`/aws/service/ec2-macos/${release}/${architecture}_mac/latest/image_id`),
  };
}
