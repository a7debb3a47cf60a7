import { AgentUpkeep, BastionlessFleet, PrivateNetwork } from "@bastionless/components";

const network = new PrivateNetwork("network");
const accessTags = { Fleet: "workers" };

const upkeep = new AgentUpkeep("upkeep", {
  instanceTags: accessTags,
  features: ["remote-host-forwarding", "no-ec2messages"],
  schedule: "rate(7 days)",
  patch: { operatingSystem: "amazon-linux-2023", approveAfterDays: 3 },
  maintenanceWindow: { schedule: "cron(0 3 ? * SUN *)", timeZone: "Europe/Berlin", durationHours: 4 },
});

const workers = new BastionlessFleet("workers", {
  network,
  accessTags,
  maxSize: 4,
  policyArns: [upkeep.instancePolicyArn],
  tags: upkeep.patchTags,
});

export const { connect } = workers;
export const { minimumAgentVersion } = upkeep;
