import { planSessionAccess, SessionAccess } from "@bastionless/components";
import { type BadInput, row, type Row, told, within } from "../bad-input.ts";
import { COMMON, DOCUMENT_NAME, POLICY_ARN } from "./common.ts";

const DOCUMENTS = { documents: [{ documentName: "shop-shell", sessionType: "Standard_Stream" }] };
const PORTS = { documents: [{ documentName: "shop-port", sessionType: "Port" }] };
const TRUST = { trustedPrincipals: ["arn:aws:iam::111122223333:root"] };
const ROLE = { role: TRUST };
const TAGS = { instanceTags: { Team: "web" } };
const WINDOW = { window: { notBefore: "2026-03-02T08:00:00Z", notAfter: "2026-03-09T08:00:00Z" } };
const keys = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const emails = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `a${index}@example.com`);
const WRONG_KEYS = ["k".repeat(129), "", "aws:x", "AWS:x", "a*", "a\nb"];
const WRONG_VALUES = ["v".repeat(257), "a*", "a?", "a\nb"];
const INSTANTS = [
  "",
  "2026-03-02",
  "2026-03-02T08:00:00",
  "2026-03-02T08:00:00+01:00",
  "2026-02-30T08:00:00Z",
  "2026-03-02T25:00:00Z",
  "now",
];

/** A role that people assume, of an argument called `role`. */
export const ROLE_ROWS: Readonly<Record<string, Row>> = {
  trustedPrincipals: row([TRUST.trustedPrincipals], [[]], ROLE),
  "trustedPrincipals[]": row(
    [
      "arn:aws:iam::111122223333:root",
      "arn:aws-cn:iam::111122223333:user/path/u",
      "arn:aws:iam::111122223333:role/r",
      "111122223333",
    ],
    [
      "",
      "*",
      "arn:aws:iam::*:root",
      "arn:aws:iam::111122223333:role/*",
      "arn:aws:iam::111122223333:group/g",
      "u",
    ],
    ROLE,
  ),
  roleName: row(["r", "r".repeat(64), "a_b+=,.@-1"], ["", "r".repeat(65), "a b", "a/b", "ä"], ROLE),
  maxSessionMinutes: row([60, 720], [0, 59, 721, 60.5], ROLE),
  permissionsBoundaryArn: { ...POLICY_ARN, beside: ROLE },
  runAsUser: row(["u", "_u", "u".repeat(32)], ["", "root", "1u", "u u", "u".repeat(33), "u;"], ROLE),
  principalTags: row(
    [{}, keys(10), { ["k".repeat(128)]: "v" }],
    [
      told(keys(11), "principalTags"),
      ...WRONG_KEYS.map((key) => told({ [key]: "v" }, `principalTags[${JSON.stringify(key)}]`)),
      told({ project: "v" }, 'principalTags["project"]'),
      told({ SSMSessionRunAs: "u" }, 'principalTags["SSMSessionRunAs"]'),
      told({ a: "v", A: "v" }, 'principalTags["a"]', 'principalTags["A"]'),
    ],
    ROLE,
  ),
  "principalTags.*": row(["", "v".repeat(256)], WRONG_VALUES, ROLE),
};

const holders = (most: number): Row =>
  row(
    ["g", "g".repeat(most), "a_b+=,.@-1"],
    ["", "g".repeat(most + 1), "a b", "a/b", "arn:aws:iam::111122223333:group/g"],
  );

const DOCUMENT_REFERENCE = row(DOCUMENT_NAME.takes, [
  "",
  "ab",
  "d".repeat(129),
  "a b",
  "a/b",
  "a*c",
  "AWS-StartSSHSession",
  "arn:aws:ssm:eu-west-1:111122223333:document/x",
]);

const SHARED: Readonly<Record<string, Row>> = {
  ...COMMON,
  ...within("role", ROLE_ROWS),
  "documents[].documentName": DOCUMENT_REFERENCE,
  "awsDocuments[]": row(
    [
      "AWS-StartInteractiveCommand",
      "AWS-StartNonInteractiveCommand",
      "AWS-StartPortForwardingSession",
      "AWS-StartPortForwardingSessionToRemoteHost",
      "AWS-StartSSHSession",
    ],
    ["", "AWS-RunShellScript", "SSM-SessionManagerRunShell", "AWS-Start*"],
  ),
  instanceTags: row(
    [{ Team: "web" }, { Team: ["a", "b"] }, { ["k".repeat(128)]: "v" }],
    [{}, { Team: [] }, { Team: "a", team: "b" }, ...WRONG_KEYS.map((key) => ({ [key]: "v" }))],
  ),
  "instanceTags.*": row(
    ["", "v".repeat(256), "a b"],
    WRONG_VALUES.map((value) => told(value, "instanceTags")),
  ),
  "instanceTags.*[]": row(
    ["v".repeat(256)],
    WRONG_VALUES.map((value) => told(value, "instanceTags")),
  ),
  "matchPrincipalTags[]": row(
    ["Site", "k".repeat(128), "a_.:/=+-@"],
    ["", "k".repeat(129), "a b", "aws:x", "AWS:x", "a*"],
  ),
  matchPrincipalTags: row(
    [[], ["Team2", "Site"]],
    [told(["Site", "site"], "matchPrincipalTags[1]"), told(["Team"], "instanceTags")],
  ),
  "window.notBefore": row(["2026-03-02T08:00:00Z", "2024-02-29T00:00:00Z"], INSTANTS, WINDOW),
  "window.notAfter": row(
    ["2026-03-02T08:00:01Z", "2026-03-09T08:00:00Z"],
    [...INSTANTS, "2026-03-02T08:00:00Z", "2026-03-01T08:00:00Z"],
    WINDOW,
  ),
  mfa: row(["required"], ["", "none", "Required"]),
  regions: row([["eu-west-1"], ["eu-west-1", "us-gov-west-1"]], [[]]),
  "regions[]": row(
    ["eu-west-1", "us-gov-west-1", "eusc-de-east-1"],
    ["", "eu-west", "eu-west-1a", "*", "EU-WEST-1"],
  ),
  groups: row([[], ["a", "b"]], [told(["a", "a"], "groups[1]")]),
  "groups[]": holders(128),
  users: row([[], ["a", "b"]], [told(["a", "a"], "users[1]")]),
  "users[]": holders(64),
};

const UNLIMITED = {
  awsDocuments: "none at all and one twice are what they seem",
};

const FOR_COMMAND = [
  "commandDocuments",
  "commandDocuments[].documentName",
  "awsCommandDocuments",
  "awsCommandDocuments[]",
];
const FOR_BREAK_GLASS = ["alarm.emails", "alarm.emails[]", "alarm.topicArn"];

function otherProfile(patterns: readonly string[], profile: string): Record<string, string> {
  return Object.fromEntries(
    patterns.map((pattern) => [pattern, `only for \`${profile}\`, whose table has it`]),
  );
}

const only = (rows: Readonly<Record<string, Row>>, without: readonly string[]): Record<string, Row> =>
  Object.fromEntries(Object.entries(rows).filter(([pattern]) => !without.includes(pattern)));

/** What no profile takes together. */
const CONFLICTS: BadInput["conflicts"] = [
  ["federated without a role", { mfa: "federated" }, ["mfa"]],
  ["federated and groups", { ...ROLE, mfa: "federated", groups: ["g"] }, ["groups"]],
  ["federated and users", { ...ROLE, mfa: "federated", users: ["u"] }, ["users"]],
  ["groups without policies", { createPolicies: false, groups: ["g"] }, ["createPolicies"]],
  ["users without policies", { createPolicies: false, users: ["u"] }, ["createPolicies"]],
  ["a role without policies", { createPolicies: false, ...ROLE }, ["createPolicies"]],
  ["an alarm", { alarm: { emails: ["a@example.com"] } }, ["alarm"]],
  ["anyInstance", { anyInstance: true }, ["anyInstance"]],
];

const common = { component: "SessionAccess", plan: planSessionAccess, construct: SessionAccess };
const names = { takes: ["n", "n".repeat(55)], refuses: ["", "n".repeat(130), "a b", "a/b", "ä"] };

const OPERATOR: BadInput = {
  ...common,
  names,
  profile: "operator",
  right: { profile: "operator", ...DOCUMENTS, ...TAGS },
  rows: {
    ...SHARED,
    profile: { ...row(["operator"], ["", "admin", "toString"]), decides: true },
    documents: row([DOCUMENTS.documents], [[]]),
    "documents[].sessionType": row(
      ["Standard_Stream", "Port", "InteractiveCommands", "NonInteractiveCommands"],
      ["", "port", "Shell"],
      DOCUMENTS,
    ),
  },
  unlimited: {
    ...UNLIMITED,
    ...otherProfile(FOR_COMMAND, "command"),
    ...otherProfile(FOR_BREAK_GLASS, "break-glass"),
  },
  conflicts: [
    ...CONFLICTS,
    ["no documents", { documents: undefined }, ["documents"]],
    ["no machines", { instanceTags: undefined }, ["instanceTags"]],
    ["commandDocuments", { commandDocuments: [{ documentName: "shop-run" }] }, ["commandDocuments"]],
    ["awsCommandDocuments", { awsCommandDocuments: ["AWS-RunPatchBaseline"] }, ["awsCommandDocuments"]],
  ],
};

const ON_CALL: BadInput = {
  ...OPERATOR,
  profile: "on-call",
  right: { ...OPERATOR.right, profile: "on-call", ...WINDOW },
  rows: {
    ...OPERATOR.rows,
    profile: { ...row(["on-call"], ["", "oncall"]), decides: true },
    "window.notBefore": row(["2026-03-02T08:00:00Z", "2026-02-06T08:00:00Z"], INSTANTS, WINDOW),
    "window.notAfter": row(
      ["2026-03-02T08:00:01Z", "2026-04-02T08:00:00Z"],
      [...INSTANTS, "2026-04-02T08:00:01Z"],
      WINDOW,
    ),
  },
  conflicts: [...OPERATOR.conflicts, ["no window", { window: undefined }, ["window"]]],
};

const TUNNEL: BadInput = {
  ...OPERATOR,
  profile: "tunnel",
  right: { profile: "tunnel", ...PORTS, ...TAGS },
  rows: {
    ...only(OPERATOR.rows, ["awsDocuments[]"]),
    profile: { ...row(["tunnel"], ["", "port"]), decides: true },
    documents: row([PORTS.documents], [[]]),
    "documents[].sessionType": row(["Port"], ["", "Standard_Stream", "InteractiveCommands"]),
    awsDocuments: row([[]], [["AWS-StartSSHSession"]]),
  },
  unlimited: {
    ...otherProfile(FOR_COMMAND, "command"),
    ...otherProfile(FOR_BREAK_GLASS, "break-glass"),
    ...otherProfile(["awsDocuments[]"], "operator"),
  },
};

const COMMAND: BadInput = {
  ...OPERATOR,
  profile: "command",
  contexts: { documents: DOCUMENTS },
  right: { profile: "command", commandDocuments: [{ documentName: "shop-run" }], ...TAGS },
  rows: {
    ...only(SHARED, ["documents[].documentName", "awsDocuments[]"]),
    profile: { ...row(["command"], ["", "run"]), decides: true },
    documents: row([[]], [DOCUMENTS.documents]),
    awsDocuments: row([[]], [["AWS-StartSSHSession"]]),
    commandDocuments: row([[{ documentName: "shop-run" }]], [[]]),
    "commandDocuments[].documentName": DOCUMENT_NAME,
    "awsCommandDocuments[]": row(
      [
        "AWS-GatherSoftwareInventory",
        "AWS-InstallWindowsUpdates",
        "AWS-RunPatchBaseline",
        "AWS-UpdateSSMAgent",
        "AmazonCloudWatch-ManageAgent",
      ],
      ["", "AWS-RunShellScript", "AWS-RunPowerShellScript", "AWS-*"],
    ),
  },
  unlimited: {
    awsCommandDocuments: "none at all and one twice are what they seem",
    ...otherProfile(FOR_BREAK_GLASS, "break-glass"),
    ...otherProfile(["documents[].documentName", "documents[].sessionType", "awsDocuments[]"], "operator"),
  },
  conflicts: [
    ...CONFLICTS,
    ["no documents", { commandDocuments: undefined }, ["commandDocuments"]],
    ["no machines", { instanceTags: undefined }, ["instanceTags"]],
  ],
};

const BREAK_GLASS: BadInput = {
  ...OPERATOR,
  profile: "break-glass",
  names: { takes: ["n", "n".repeat(50)], refuses: ["", "n".repeat(130), "a b", "a/b", "ä"] },
  right: { ...OPERATOR.right, profile: "break-glass", ...ROLE, alarm: { emails: ["a@example.com"] } },
  rows: {
    ...only(OPERATOR.rows, ["groups", "groups[]", "users", "users[]", "role.maxSessionMinutes"]),
    profile: { ...row(["break-glass"], ["", "breakglass"]), decides: true },
    mfa: row(["required", "federated"], ["", "none"]),
    "role.maxSessionMinutes": row([60], [0, 59, 61]),
    "alarm.emails": row([emails(1), emails(10)], [[], emails(11), ["a@example.com", "a@example.com"]], {
      alarm: {},
    }),
    "alarm.emails[]": row(
      ["a@example.com", "a.b+c@mail.example.co"],
      ["", "a", "a@b", "@example.com", "a b@example.com"],
      {
        alarm: {},
      },
    ),
    "alarm.topicArn": row(
      ["arn:aws:sns:eu-west-1:111122223333:alarms"],
      ["", "alarms", "arn:aws:sqs:eu-west-1:111122223333:alarms"],
      { alarm: {} },
    ),
    groups: row([[]], [["g"]]),
    users: row([[]], [["u"]]),
  },
  unlimited: {
    ...UNLIMITED,
    ...otherProfile(FOR_COMMAND, "command"),
    ...otherProfile(["groups[]", "users[]"], "operator"),
  },
  conflicts: [
    ["no alarm", { alarm: undefined }, ["alarm"]],
    ["no role", { role: undefined }, ["role"]],
    ["nobody to tell", { alarm: {} }, ["alarm.emails"]],
    [
      "emails and topicArn",
      { alarm: { emails: ["a@example.com"], topicArn: "arn:aws:sns:eu-west-1:111122223333:alarms" } },
      ["alarm.emails"],
    ],
    ["anyInstance and instanceTags", { anyInstance: true }, ["anyInstance"]],
    [
      "anyInstance and matchPrincipalTags",
      { anyInstance: true, instanceTags: undefined, matchPrincipalTags: ["Team"] },
      ["anyInstance"],
    ],
    ["a role without policies", { createPolicies: false }, ["createPolicies"]],
  ],
};

const AUDITOR: BadInput = {
  ...OPERATOR,
  profile: "auditor",
  right: { profile: "auditor" },
  rows: {
    ...only(OPERATOR.rows, [
      "documents",
      "instanceTags",
      "instanceTags.*",
      "instanceTags.*[]",
      "matchPrincipalTags",
      "matchPrincipalTags[]",
    ]),
    profile: { ...row(["auditor"], ["", "reader"]), decides: true },
    instanceTags: row([undefined], [{ Team: "web" }]),
    matchPrincipalTags: row([undefined], [["Team"]]),
    "documents[].documentName": { ...DOCUMENT_REFERENCE, beside: DOCUMENTS },
  },
  unlimited: {
    ...UNLIMITED,
    documents: "an auditor may read any number of them, and none",
    ...otherProfile(FOR_COMMAND, "command"),
    ...otherProfile(FOR_BREAK_GLASS, "break-glass"),
    ...otherProfile(["instanceTags.*", "instanceTags.*[]", "matchPrincipalTags[]"], "operator"),
  },
  conflicts: [
    ...CONFLICTS,
    ["managedNodes", { managedNodes: true }, ["managedNodes"]],
    ["ownDataChannels", { ownDataChannels: true }, ["ownDataChannels"]],
  ],
};

export const SESSION_ACCESS: readonly BadInput[] = [AUDITOR, BREAK_GLASS, COMMAND, ON_CALL, OPERATOR, TUNNEL];
