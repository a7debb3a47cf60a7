import {
  DefaultHostManagement,
  HybridActivation,
  SessionAccess,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";

const logging = new SessionLogging("logging");
const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });

// Twenty machines of a plant register within a day. Sessions need the advanced tier: about 100 dollars a month for them.
const plant = new HybridActivation("plant", {
  tier: "advanced",
  registrationLimit: 20,
  machineName: "plant",
  accessTags: { Site: "plant" },
  logging,
});

// Every EC2 instance of the Region that has no instance profile: one owner per account and Region.
const hosts = new DefaultHostManagement("hosts", { logging });

const technicians = new SessionAccess("technicians", {
  profile: "operator",
  instanceTags: plant.accessTags,
  managedNodes: true,
  documents: [shell],
  logging,
});

/** Secrets: `pulumi stack output installLinux --show-secrets`, and run it on each machine. */
export const { installLinux, installWindows } = plant;
export const { settingValue } = hosts;
export const { policyArn } = technicians;
