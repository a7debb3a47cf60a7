import {
  BastionlessInstance,
  PrivateNetwork,
  SessionDocument,
  SessionLogArchive,
  SessionLogging,
} from "@bastionless/components";
import { Provider } from "@pulumi/aws/provider.js";
import { Config } from "@pulumi/pulumi";

const config = new Config();
const workloadAccount = config.require("workloadAccount");

/** The account, through a role in it. */
function providerOf(name: string, account: string): Provider {
  const region = new Config("aws").require("region");
  return new Provider(name, {
    region,
    assumeRoles: [{ roleArn: `arn:aws:iam::${account}:role/deploy` }],
  });
}

const archive = new SessionLogArchive(
  "archive",
  { accountIds: [workloadAccount], objectLockDays: 90 },
  { provider: providerOf("log-archive", config.require("archiveAccount")) },
);

// The account's folder in the archive is named after it; the log group and the sessions' key stay with the machines.
const workload = { provider: providerOf("workload", workloadAccount) };
const logging = new SessionLogging(
  "logging",
  { destination: archive.destination, s3KeyPrefix: workloadAccount },
  workload,
);
const network = new PrivateNetwork("network", { logging }, { providers: [workload.provider] });
const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } }, workload);
const app = new BastionlessInstance("app", { network, logging, documents: { shell } }, workload);

export const { connect } = app;
export const { bucketName } = archive;
