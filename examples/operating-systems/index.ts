import {
  BastionlessFleet,
  BastionlessInstance,
  PrivateNetwork,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";

const logging = new SessionLogging("logging");
// Debian 13 gets what checks the agent's signature from its mirrors, so there is a way out to them.
const network = new PrivateNetwork("network", { egress: "nat", logging });

const shell = new SessionDocument("shell", {
  shell: {
    logging: logging.preferences,
    linuxProfile: "exec bash --login",
    windowsProfile: "$ProgressPreference = 'SilentlyContinue'; Set-Location $HOME",
  },
});
const common = { network, logging, documents: { shell } };

// SSM Agent is on board.
const amazonLinux = new BastionlessInstance("amazon-linux", common);
const ubuntu = new BastionlessInstance("ubuntu", { ...common, os: "ubuntu-24.04" });
const windows = new BastionlessInstance("windows", {
  ...common,
  os: "windows-2022",
  userData: "<powershell>Set-TimeZone -Id 'W. Europe Standard Time'</powershell>",
});

// SSM Agent is installed at the first boot, if the signature on it is AWS's.
const mirrors = { mirrors: { port: 80, cidrIpv4: "0.0.0.0/0" } };
const debian = new BastionlessInstance("debian", {
  ...common,
  os: "debian-13",
  egress: mirrors,
  userData: "#cloud-config\npackages: [tmux]\n",
});
const rhel = new BastionlessInstance("rhel", { ...common, os: "rhel-9", architecture: "x86_64" });
const rocky = new BastionlessInstance("rocky", { ...common, os: "rocky-9" });
const almaLinux = new BastionlessFleet("almalinux", { ...common, os: "almalinux-9", maxSize: 2 });

// A Mac stands on a host of its own, which AWS bills for 24 hours at least; its zone is that of the network's first subnet.
const mac = new BastionlessInstance("mac", {
  ...common,
  os: "macos-sequoia",
  hostAvailabilityZone: "eu-west-1a",
});

export const connect = {
  amazonLinux: amazonLinux.connect,
  ubuntu: ubuntu.connect,
  windows: windows.connect,
  debian: debian.connect,
  rhel: rhel.connect,
  rocky: rocky.connect,
  almaLinux: almaLinux.connect,
  mac: mac.connect,
};
/** Windows' desktop on `localhost:13389`. */
export const desktop = windows.forward(3389, 13_389);
