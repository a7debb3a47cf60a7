import {
  BastionlessInstance,
  PrivateNetwork,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";
import { Config } from "@pulumi/pulumi";

const config = new Config();
const databaseHost = config.require("databaseHost");

const logging = new SessionLogging("logging");

// Endpoints in one zone only: half the price, at the risk of losing access together with that zone.
const network = new PrivateNetwork("network", {
  vpcId: config.require("vpcId"),
  subnetIds: config.requireObject<string[]>("subnetIds"),
  routeTableIds: config.requireObject<string[]>("routeTableIds"),
  endpointZones: 1,
  logging,
});

const shell = new SessionDocument("shell", {
  shell: { logging: logging.preferences, idleTimeoutMinutes: 15 },
});
const database = new SessionDocument("database", { remotePort: { host: databaseHost, port: 5432 } });

const jump = new BastionlessInstance("jump", {
  network,
  logging,
  os: "ubuntu-24.04",
  egress: { database: { port: 5432, securityGroupId: config.require("databaseSecurityGroupId") } },
  documents: { shell },
});

export const { connect, securityGroupId, sshConfig } = jump;
export const tunnel = jump.remoteForward(databaseHost, 5432, 15_432, database);
