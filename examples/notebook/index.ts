import {
  PrivateNetwork,
  SessionAccess,
  SessionDocument,
  SessionLogging,
  Workstation,
} from "@bastionless/components";

const logging = new SessionLogging("logging");
// Through NAT, because packages come from PyPI.
const network = new PrivateNetwork("network", { egress: "nat", logging });
const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });

const lab = new Workstation("lab", {
  network,
  logging,
  shell,
  environment: "data-science",
  packages: ["seaborn==0.13.*"],
  dataVolumeGib: 100,
  idleStopMinutes: 30,
  accessTags: { Workstation: "lab" },
});

// A GPU costs what a car does: it stops after a quarter of an hour without work.
const gpu = new Workstation("gpu", {
  network,
  logging,
  shell,
  environment: "pytorch",
  instanceType: "g6.xlarge",
  idleStopMinutes: 15,
  localPort: 8889,
  accessTags: { Workstation: "gpu" },
});

// Who may open tunnels to the notebooks, and shells; `usePolicyArn` lets the same people read the token.
const scientists = new SessionAccess("scientists", {
  profile: "operator",
  instanceTags: { Workstation: ["lab", "gpu"] },
  documents: [shell, lab.document, gpu.document],
  logging,
});

export const { steps } = lab;
export const gpuSteps = gpu.steps;
export const policyArns = [scientists.policyArn, lab.usePolicyArn, gpu.usePolicyArn];
