import {
  SessionAccess,
  SessionDocument,
  SessionLogging,
  SessionPermissionSet,
  sideDoorsServiceControlPolicy,
} from "@bastionless/components";

const logging = new SessionLogging("logging");
const shell = new SessionDocument("shell", {
  shell: { logging: logging.preferences, runAs: true, runAsDefaultUser: "support" },
});
const database = new SessionDocument("database", { port: { port: 5432 } });

const trustedPrincipals = ["arn:aws:iam::111122223333:root"];
const instanceTags = { Environment: "dev" };

// Every team gets onto its own machines alone: the tag `Team` of a person and of a machine are the same.
new SessionAccess("teams", {
  profile: "operator",
  documents: [shell],
  matchPrincipalTags: ["Team"],
  instanceTags,
  logging,
  groups: ["developers"],
  denyOtherRegions: true,
});

// For one week, and as a user of their own on the machines.
new SessionAccess("on-call", {
  profile: "on-call",
  documents: [shell],
  instanceTags,
  logging,
  window: { notBefore: "2026-03-02T08:00:00Z", notAfter: "2026-03-09T08:00:00Z" },
  role: { trustedPrincipals, runAsUser: "oncall" },
});

// When nothing else helps: an hour at a time, and everybody hears of it.
const breakGlass = new SessionAccess("break-glass", {
  profile: "break-glass",
  documents: [shell, database],
  instanceTags,
  managedNodes: true,
  logging,
  role: { trustedPrincipals },
  alarm: { emails: ["security@example.org"] },
});

new SessionAccess("tunnels", {
  profile: "tunnel",
  documents: [database],
  instanceTags,
  groups: ["analysts"],
});

// No sessions: patches, and nothing else, on tagged machines.
new SessionAccess("patches", {
  profile: "command",
  awsCommandDocuments: ["AWS-RunPatchBaseline"],
  instanceTags,
  users: ["patcher"],
});

// Reads who did what, through IAM Identity Center.
const audit = new SessionAccess("auditors", {
  profile: "auditor",
  logging,
  documents: [shell, database],
  mfa: "federated",
  createPolicies: false,
});
new SessionPermissionSet("auditors", {
  instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
  access: audit,
  sessionMinutes: 8 * 60,
  assignments: [{ accountId: "111122223333", groupId: "9067641234-12345678-1234-4123-8123-123456789012" }],
});

// For the organisation: not even an administrator gets in but by a session.
export const sideDoorsClosed = JSON.stringify(
  sideDoorsServiceControlPolicy({
    exemptRoles: ["arn:aws:iam::*:role/access-dev-break-glass"],
    deploymentRoles: ["arn:aws:iam::*:role/deployment"],
  }),
);
export const breakGlassRoleArn = breakGlass.roleArn;
