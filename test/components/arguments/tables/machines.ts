import { AGENT_SIGNING_KEY } from "../../../../components/instance/agent-signing-key.ts";
import { type BadInput, row, type Row } from "../bad-input.ts";
import {
  ACCESS_TAGS,
  COMMON,
  EGRESS_RULES,
  idRow,
  KEY_ARN,
  NETWORK_OF_MACHINES,
  NETWORK_UNLIMITED,
  POLICY_ARN,
  policyArns,
} from "./common.ts";

const groups = (count: number): string[] => Array.from({ length: count }, (_, index) => `sg-0000000${index}`);

/** Names or ARNs of documents, as commands name them. */
const documentRow = row(
  ["abc", "d".repeat(128), "arn:aws:ssm:eu-west-1:111122223333:document/x"],
  ["", "ab", "d".repeat(129), "a b", "$(id)", "a'b"],
);

function tunnelDocument(kind: "forward" | "remoteForward" | "ssh"): Record<string, Row> {
  const beside = { documents: { [kind]: { documentName: "shop-x", parameters: [] } } };
  return {
    [`documents.${kind}.documentName`]: { ...documentRow, beside },
    [`documents.${kind}.parameters`]: row(
      [[], ["portNumber"], ["portNumber", "localPortNumber", "host"]],
      [["port"], ["portNumber", "x"], [""]],
      beside,
    ),
  };
}

/** What a machine is, alone or in a fleet. */
export const MACHINE: Readonly<Record<string, Row>> = {
  ...COMMON,
  ...ACCESS_TAGS,
  ...EGRESS_RULES,
  ...NETWORK_OF_MACHINES,
  ...policyArns(9),
  securityGroupIds: row([[], groups(3)], [groups(4)]),
  "securityGroupIds[]": idRow("sg"),
  os: row(
    ["amazon-linux-2023", "debian-13", "ubuntu-24.04", "windows-2025"],
    ["", "toString", "amazon-linux-2", "Windows"],
  ),
  architecture: row(["arm64", "x86_64"], ["", "amd64", "i386"]),
  amiId: { ...idRow("ami"), beside: { architecture: "arm64" } },
  rootVolumeGib: row([8, 16_384], [7, 16_385, 8.5, -1]),
  rootVolumeKmsKeyArn: KEY_ARN,
  metadataHopLimit: row([1, 64], [0, -0, 65, 1.5]),
  userData: row(["#!/bin/sh\n", "u".repeat(16_384)], ["u".repeat(16_385), "ä".repeat(8193)]),
  agentSigningKey: row(
    [AGENT_SIGNING_KEY],
    ["", "key", AGENT_SIGNING_KEY.replace("BEGIN", "BEGIN PRIVATE"), AGENT_SIGNING_KEY.slice(0, 400)],
    { installAgent: true },
  ),
  permissionsBoundaryArn: POLICY_ARN,
  "documents.shell.documentName": {
    ...documentRow,
    beside: { documents: { shell: { documentName: "shop-x" } } },
  },
  ...tunnelDocument("forward"),
  ...tunnelDocument("remoteForward"),
  ...tunnelDocument("ssh"),
};

export const MACHINE_UNLIMITED: Readonly<Record<string, string>> = {
  ...NETWORK_UNLIMITED,
  "documents.forward.parameters[]": "checked as a list: `documents.forward.parameters`",
  "documents.remoteForward.parameters[]": "checked as a list: `documents.remoteForward.parameters`",
  "documents.ssh.parameters[]": "checked as a list: `documents.ssh.parameters`",
};

export const NETWORK = {
  vpcId: "vpc-0a1b2c3d",
  subnetIds: ["subnet-0a1b2c3d", "subnet-1a1b2c3d"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d",
};

/** What of a machine does not go together. */
export const MACHINE_CONFLICTS: BadInput["conflicts"] = [
  [
    "followLatestImage and amiId",
    { amiId: "ami-0a1b2c3d", architecture: "arm64", followLatestImage: true },
    ["followLatestImage"],
  ],
  ["amiId without a type or an architecture", { amiId: "ami-0a1b2c3d" }, ["instanceType"]],
  ["agentSigningKey without an installation", { agentSigningKey: AGENT_SIGNING_KEY }, ["agentSigningKey"]],
  ["installAgent on Windows", { os: "windows-2025", installAgent: true }, ["installAgent"]],
  ["arm64 and Windows", { os: "windows-2025", architecture: "arm64" }, ["architecture"]],
  ["a volume too small for RHEL", { os: "rhel-9", rootVolumeGib: 9 }, ["rootVolumeGib"]],
  ["a volume too small for Windows", { os: "windows-2025", rootVolumeGib: 29 }, ["rootVolumeGib"]],
  [
    "a tag in tags and accessTags",
    { tags: { Team: "a" }, accessTags: { Team: "a" } },
    ['accessTags["Team"]'],
  ],
  ["an egress rule to nowhere", { egress: { x: { port: 443 } } }, ["egress.x"]],
  [
    "an egress rule to two places",
    { egress: { x: { port: 443, cidrIpv4: "10.0.0.0/8", securityGroupId: "sg-0a1b2c3d" } } },
    ["egress.x"],
  ],
  [
    "an egress rule to a block and a list",
    { egress: { x: { port: 443, cidrIpv4: "10.0.0.0/8", prefixListId: "pl-0a1b2c3d" } } },
    ["egress.x"],
  ],
  ["user data beside the agent's that is no script", { os: "debian-13", userData: "echo" }, ["userData"]],
];
