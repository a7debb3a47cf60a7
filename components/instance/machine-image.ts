import type { Architecture } from "./instance-type.ts";

/** An operating system whose newest image AWS or Canonical names in a public SSM parameter. */
export type OperatingSystem =
  | "amazon-linux-2023"
  | "ubuntu-22.04"
  | "ubuntu-24.04"
  | "windows-2019"
  | "windows-2022"
  | "windows-2025";

export interface OperatingSystemFacts {
  readonly platform: "linux" | "windows";
  readonly architectures: readonly Architecture[];
  /** The smallest root volume that its image fits on, in GiB. */
  readonly minimumRootVolumeGib: number;
  readonly defaultInstanceType: Readonly<Partial<Record<Architecture, string>>>;
  /** Who logs in over SSH. */
  readonly sshUser: string;
  /**
   * The public parameter that holds the id of the newest image.
   *
   * Sources: Amazon EC2 User Guide, "Reference the latest AMIs using Systems Manager public parameters"; Ubuntu on AWS,
   * "Find images with the SSM parameter store". Canonical moved to gp3 with 24.04.
   */
  readonly parameter: (architecture: Architecture) => string;
}

const BOTH: readonly Architecture[] = ["arm64", "x86_64"];
const LINUX_TYPES = { arm64: "t4g.small", x86_64: "t3.small" } as const;

export const OPERATING_SYSTEMS: Readonly<Record<OperatingSystem, OperatingSystemFacts>> = {
  "amazon-linux-2023": {
    platform: "linux",
    architectures: BOTH,
    minimumRootVolumeGib: 8,
    defaultInstanceType: LINUX_TYPES,
    sshUser: "ec2-user",
    parameter: (architecture) =>
      `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
  },
  "ubuntu-22.04": ubuntu("22.04", "ebs-gp2"),
  "ubuntu-24.04": ubuntu("24.04", "ebs-gp3"),
  "windows-2019": windows("2019"),
  "windows-2022": windows("2022"),
  "windows-2025": windows("2025"),
};

function ubuntu(release: string, volume: string): OperatingSystemFacts {
  return {
    platform: "linux",
    architectures: BOTH,
    minimumRootVolumeGib: 8,
    defaultInstanceType: LINUX_TYPES,
    sshUser: "ubuntu",
    parameter: (architecture) =>
      `/aws/service/canonical/ubuntu/server/${release}/stable/current/${architecture === "arm64" ? "arm64" : "amd64"}/hvm/${volume}/ami-id`,
  };
}

function windows(year: string): OperatingSystemFacts {
  return {
    platform: "windows",
    architectures: ["x86_64"],
    minimumRootVolumeGib: 30,
    // Less memory than 4 GiB makes Windows Server swap from the start.
    defaultInstanceType: { x86_64: "t3.medium" },
    sshUser: "Administrator",
    parameter: () => `/aws/service/ami-windows-latest/Windows_Server-${year}-English-Full-Base`,
  };
}
