import {
  BastionlessInstance,
  PrivateNetwork,
  SessionAudit,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";

const logging = new SessionLogging("logging");
const network = new PrivateNetwork("network", { logging });
const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });
const app = new BastionlessInstance("app", { network, logging, documents: { shell } });

// A session with any document but this one raises an alarm, as do root's and repeated refusals.
const audit = new SessionAudit("audit", {
  loggedDocuments: [shell.documentName],
  emails: ["security@example.org"],
  notifyOn: ["tunnel", "command", "denied"],
  dashboard: true,
});

export const { connect } = app;
export const { topicArn, workgroupName, queryIds } = audit;
