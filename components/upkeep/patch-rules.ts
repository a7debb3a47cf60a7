/** An operating system that Patch Manager patches. */
export type PatchSystem =
  | "almalinux"
  | "amazon-linux-2023"
  | "debian"
  | "rhel"
  | "rocky"
  | "ubuntu"
  | "windows";

export interface PatchSystemFacts {
  /** What Patch Manager calls it. */
  readonly operatingSystem: string;
  readonly filters: readonly { readonly key: string; readonly values: readonly string[] }[];
  /** Whether its packages tell when they were released. */
  readonly tellsRelease: boolean;
}

const LINUX = [
  { key: "CLASSIFICATION", values: ["Security", "Bugfix"] },
  { key: "SEVERITY", values: ["*"] },
];
const DEBIAN = [{ key: "PRIORITY", values: ["Required", "Important", "Standard", "Optional", "Extra"] }];

/**
 * What is approved of each: security and bug fixes; of Debian's kind, which does not tell, everything of its security
 * repositories.
 *
 * Source: Systems Manager User Guide, "How patches are selected" and "About predefined and custom patch baselines".
 */
export const PATCH_SYSTEMS: Readonly<Record<PatchSystem, PatchSystemFacts>> = {
  almalinux: { operatingSystem: "ALMA_LINUX", filters: LINUX, tellsRelease: true },
  "amazon-linux-2023": { operatingSystem: "AMAZON_LINUX_2023", filters: LINUX, tellsRelease: true },
  debian: { operatingSystem: "DEBIAN", filters: DEBIAN, tellsRelease: false },
  rhel: { operatingSystem: "REDHAT_ENTERPRISE_LINUX", filters: LINUX, tellsRelease: true },
  rocky: { operatingSystem: "ROCKY_LINUX", filters: LINUX, tellsRelease: true },
  ubuntu: { operatingSystem: "UBUNTU", filters: DEBIAN, tellsRelease: false },
  windows: {
    operatingSystem: "WINDOWS",
    filters: [
      { key: "CLASSIFICATION", values: ["CriticalUpdates", "SecurityUpdates"] },
      { key: "MSRC_SEVERITY", values: ["*"] },
    ],
    tellsRelease: true,
  },
};
