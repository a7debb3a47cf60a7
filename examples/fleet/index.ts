import {
  BastionlessFleet,
  PrivateNetwork,
  SessionAccess,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";

const logging = new SessionLogging("logging");
const network = new PrivateNetwork("network", { logging });
const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });
const documents = { shell };

// Two in any case and the rest on spot, of whichever type is cheap and at hand; nobody works at night.
const timeZone = "Europe/Berlin";
const workers = new BastionlessFleet("workers", {
  network,
  logging,
  documents,
  accessTags: { Fleet: "workers" },
  instanceTypes: ["m7g.large", "m6g.large", "c7g.large"],
  maxSize: 8,
  size: 4,
  onDemandBase: 2,
  spotPercent: 100,
  schedules: {
    evening: { cron: "0 20 * * *", size: 0, timeZone },
    morning: { cron: "0 7 * * MON-FRI", size: 4, timeZone },
  },
  maxInstanceLifetimeDays: 30,
});

// Long to boot: some wait, stopped. A newer image replaces them in the next update, one at a time.
const builders = new BastionlessFleet("builders", {
  network,
  logging,
  documents,
  accessTags: { Fleet: "builders" },
  os: "ubuntu-24.04",
  followLatestImage: true,
  minSize: 1,
  maxSize: 3,
  warmPoolMinSize: 1,
  rootVolumeGib: 100,
  userData: "#!/bin/sh\nset -e\nfallocate -l 20G /var/cache/build\n",
});

const people = new SessionAccess("workers", {
  profile: "operator",
  instanceTags: workers.accessTags,
  documents: [shell],
  logging,
});

export const { instances, connect } = workers;
export const connectBuilders = builders.connect;
export const { policyArn } = people;
