import type { Renderers } from "./message.ts";
import { list } from "./words.ts";

/** A question about machines that something outside the stack may settle. */
export type MachineQuestion = "imds" | "key-pair" | "public-address";

type Family = "IPv4" | "IPv6";

/** What declines a public IPv4 address for a machine, in the words of the type that launches it. */
export type Decline =
  /** A property of its own, which may not be set. */
  | { readonly by: "property"; readonly path: string }
  /** What it launches from; `isNew`: it has none yet. */
  | { readonly by: "launch-template"; readonly isNew: boolean }
  | { readonly by: "launch-configuration" }
  /** Nothing but the subnet. */
  | { readonly by: "subnet" };

/** Findings about what machines are launched with, and about the network they land in. */
export type MachineMessage =
  | { readonly id: "public-address-asked-for"; readonly path: string; readonly family: Family }
  | {
      readonly id: "public-address-by-subnet";
      readonly path: string;
      readonly family: Family;
      readonly subnet: string;
      readonly decline: Decline;
    }
  | { readonly id: "public-address-by-default-subnet"; readonly decline: Decline }
  | { readonly id: "public-address-elastic"; readonly path: string; readonly target: string | undefined }
  | { readonly id: "public-address-lightsail"; readonly family: Family }
  | { readonly id: "no-public-address" }
  | {
      readonly id: "subnet-ambiguous";
      readonly family: Family;
      readonly subnets: readonly string[];
      readonly decline: Decline;
    }
  | {
      readonly id: "subnet-outside";
      readonly family: Family;
      readonly subnet: string;
      readonly decline: Decline;
    }
  | { readonly id: "network-interface-outside"; readonly path: string; readonly interface: string }
  | {
      readonly id: "launch-source-outside";
      readonly question: MachineQuestion;
      readonly source: "launch-template" | "launch-configuration";
      readonly name: string;
    }
  | {
      readonly id: "launch-version-other";
      readonly question: MachineQuestion;
      readonly template: string;
      readonly version: string;
    }
  | { readonly id: "key-pair-used"; readonly path: string; readonly key: string | undefined }
  | { readonly id: "key-pair-made" }
  | { readonly id: "key-pair-lightsail" }
  | { readonly id: "no-key-pair" }
  | { readonly id: "imds-v1-answers"; readonly path: string; readonly found: string | undefined }
  | { readonly id: "imds-v1-by-form"; readonly path: string }
  | { readonly id: "imds-tokens-dropped"; readonly path: string }
  | { readonly id: "imds-v2-required"; readonly by: string }
  | { readonly id: "imds-by-eks" }
  | { readonly id: "imds-by-image"; readonly path: string; readonly image: string }
  | { readonly id: "imds-defaults-unordered"; readonly path: string; readonly defaults: string }
  | { readonly id: "imds-options-mixed"; readonly path: string; readonly template: string }
  | {
      readonly id: "default-group-open";
      readonly path: string;
      readonly direction: "in" | "out";
    }
  | { readonly id: "default-group-rule"; readonly vpc: string }
  | { readonly id: "default-group-left-open" }
  | { readonly id: "default-group-perhaps-closed"; readonly group: string }
  | { readonly id: "default-group-not-seen" }
  | { readonly id: "default-group-closed"; readonly group: string }
  | { readonly id: "group-outside"; readonly group: string }
  | { readonly id: "group-ambiguous"; readonly candidates: readonly string[] }
  | { readonly id: "connect-endpoint"; readonly name: string }
  | { readonly id: "connect-endpoint-allowed"; readonly name: string };

export const MACHINES: Renderers<MachineMessage> = {
  "public-address-asked-for": ({ path, family }) =>
    family === "IPv4"
      ? `\`${path}\` gives the machine a public IPv4 address, which the whole internet can send to. Set it to false: Session Manager needs no inbound connection.`
      : `\`${path}\` gives the machine an IPv6 address, and every IPv6 address of a VPC is a public one. Leave it out; or, where the subnet routes through an egress-only internet gateway, set \`ipv6\` to "none" in this policy's configuration.`,
  "public-address-by-subnet": ({ path, family, subnet, decline }) =>
    family === "IPv4"
      ? `the subnet \`${subnet}\` gives every machine that is launched in it a public IPv4 address, and ${says(path)} does not decline. ${either(decline, "choose a subnet without `mapPublicIpOnLaunch`")}.`
      : `the subnet \`${subnet}\` gives every machine that is launched in it an IPv6 address, and every IPv6 address of a VPC is a public one. Choose a subnet without \`assignIpv6AddressOnCreation\`; or, where it routes through an egress-only internet gateway, set \`ipv6\` to "none" in this policy's configuration.`,
  "public-address-by-default-subnet": ({ decline }) =>
    `it names no subnet, and AWS's default subnets give every machine a public IPv4 address. ${either(decline, "name a private subnet")}.`,
  "public-address-elastic": ({ path, target }) =>
    `\`${path}\` gives ${target === undefined ? "a machine" : `\`${target}\``} an Elastic IP, which the whole internet can send to. Delete it: outbound traffic takes a NAT gateway, and sessions need none.`,
  "public-address-lightsail": ({ family }) =>
    `a Lightsail instance always has a public ${family} address. Use an EC2 instance in a private subnet.`,
  "no-public-address": () => "no machine gets a public address here.",
  "subnet-ambiguous": ({ family, subnets, decline }) =>
    `whether the machine gets a public ${family} address depends on which of ${names(subnets)} it lands in, which is not known before the deployment.${family === "IPv4" ? ` ${either(decline, "name subnets that all give none")}.` : ""}`,
  "subnet-outside": ({ family, subnet, decline }) =>
    `whether the subnet \`${subnet}\` gives public ${family} addresses cannot be told: it is not in this stack. ${family === "IPv4" ? either(decline, "name the subnet") : "Name it"} in \`trustedSubnets\` once you have checked it.`,
  "network-interface-outside": (message) =>
    `whether the network interface \`${message.interface}\`, which \`${message.path}\` takes, has a public address cannot be told: it is not in this stack. Name it in \`trustedNetworkInterfaces\` once you have checked it.`,
  "launch-source-outside": ({ question, source, name }) =>
    `${QUESTIONS[question]} cannot be told: the ${SOURCES[source]} \`${name}\` is not in this stack. Name it in \`trustedLaunchTemplates\` once you have checked it.`,
  "launch-version-other": ({ question, template, version }) =>
    `${QUESTIONS[question]} cannot be told: version \`${version}\` of the launch template \`${template}\` is not the one that this program writes. Use \`$Latest\` or the template's \`latestVersion\`, or set \`updateDefaultVersion\` on it.`,
  "key-pair-used": ({ path, key }) =>
    `\`${path}\` puts the public key of ${key === undefined ? "a key pair" : `\`${key}\``} on the machine, and whoever has the private key can log in by SSH without a session, a log or MFA. Leave it out, and connect with \`aws ssm start-session\`.`,
  "key-pair-made": () =>
    "a key pair is there to be put on machines, and with Session Manager none needs one. Delete it; or, where other tools need it, set `allowKeyPairs` in this policy's configuration, which still refuses it on machines.",
  "key-pair-lightsail": () =>
    "Lightsail puts an SSH key on every instance: the one that is named, or else its default. Use an EC2 instance without a key.",
  "no-key-pair": () => "no machine gets an SSH key pair here.",
  "imds-v1-answers": ({ path, found }) =>
    `${found === undefined ? `\`${path}\` is not set, and EC2 then answers IMDSv1 too, unless the account's defaults or the image say otherwise` : `\`${path}\` is ${found}, so that IMDSv1 answers too`}: a program on the machine that fetches URLs for strangers gives away the role's credentials. Set it to "required".`,
  "imds-v1-by-form": ({ path }) =>
    `${says(path)} cannot ask for IMDSv2, and machines launched by it answer IMDSv1 too. Launch from a launch template with \`metadataOptions.httpTokens: "required"\`.`,
  "imds-tokens-dropped": ({ path }) =>
    `\`${path}.httpTokens\` has no effect: the provider sends it only with \`httpEndpoint: "enabled"\` beside it, and IMDSv1 answers too. Add that, or use a launch template.`,
  "imds-v2-required": ({ by }) => `IMDSv1 does not answer: ${by} sees to it.`,
  "imds-by-eks": () =>
    'without a launch template EKS decides whether IMDSv1 answers, by the kind of image. Give the node group a launch template with `metadataOptions.httpTokens: "required"`.',
  "imds-by-image": ({ path, image }) =>
    `the image \`${image}\` asks for IMDSv2, which the account's own defaults may undo; they are not in this stack. ${requireTokens(path)}.`,
  "imds-defaults-unordered": ({ path, defaults }) =>
    `\`${defaults}\` makes IMDSv2 the account's default, for machines that are launched after it; this one does not wait for it. ${requireTokens(path)}, or let it depend on \`${defaults}\`.`,
  "imds-options-mixed": ({ path, template }) =>
    `\`${path}\` does not say \`httpTokens\`, and whether that of the launch template \`${template}\` still counts beside it is not documented. Set it to "required" here too.`,
  "default-group-open": ({ path, direction }) =>
    `\`${path}\` lets traffic ${direction} through the default security group, which every machine and interface without a group of its own gets. Delete it, and give machines groups of their own.`,
  "default-group-rule": ({ vpc }) =>
    `the rule belongs to the default security group of \`${vpc}\`, which every machine and interface without a group of its own gets. Delete it, and give machines groups of their own.`,
  "default-group-left-open": () =>
    "the VPC's default security group lets everything out, and its members in to each other, until somebody takes its rules away. Add an `aws.ec2.DefaultSecurityGroup` with this `vpcId` and no rules.",
  "default-group-perhaps-closed": ({ group }) =>
    `whether \`${group}\` is this VPC's default security group cannot be told: its \`vpcId\` is not known before the deployment.`,
  "default-group-not-seen": () =>
    "whether the VPC's default security group has rules cannot be told: the VPC was only looked up, or not updated with the rest.",
  "default-group-closed": ({ group }) => `\`${group}\` leaves the default security group without rules.`,
  "group-outside": ({ group }) =>
    `whether the security group \`${group}\` is a VPC's default one, to which no rule may be added, cannot be told: it is not in this stack. Name it in \`trustedSecurityGroups\` once you have checked it.`,
  "group-ambiguous": ({ candidates }) =>
    `whether the rule belongs to a VPC's default security group cannot be told before the deployment: its group is computed from ${names(candidates)}.`,
  "connect-endpoint": ({ name }) =>
    `\`${name}\` tunnels SSH and RDP to machines past Session Manager: without its documents and its logs, and through an inbound rule that they must have for it. Delete it, and connect with \`aws ssm start-session\`.`,
  "connect-endpoint-allowed": ({ name }) => `configuration allows \`${name}\`.`,
};

const QUESTIONS: { readonly [question in MachineQuestion]: string } = {
  imds: "whether IMDSv1 answers",
  "key-pair": "whether the machine gets an SSH key pair",
  "public-address": "whether the machine gets a public address",
};

const SOURCES = {
  "launch-template": "launch template",
  "launch-configuration": "launch configuration",
} as const;

/** @param path of the setting; empty: the type has none, a launch template has. */
function requireTokens(path: string): string {
  return path === ""
    ? 'Launch from a launch template with `metadataOptions.httpTokens: "required"`'
    : `Set \`${path}\` to "required"`;
}

/** What declines the address, or else something that every type can do; begins a sentence. */
function either(decline: Decline, otherwise: string): string {
  const setting = declining(decline);
  return setting === undefined
    ? `${otherwise.charAt(0).toUpperCase()}${otherwise.slice(1)}`
    : `${setting}, or ${otherwise}`;
}

function declining(decline: Decline): string | undefined {
  switch (decline.by) {
    case "property":
      return `Set \`${decline.path}\` to false`;
    case "launch-template":
      return `${decline.isNew ? "Give it a launch template and in that set" : "In its launch template set"} \`networkInterfaces[0].associatePublicIpAddress\` to false`;
    case "launch-configuration":
      return "Set `associatePublicIpAddress` to false in its launch configuration";
    case "subnet":
      return undefined;
  }
}

function says(path: string): string {
  return path === "" ? "it" : `\`${path}\``;
}

function names(all: readonly string[]): string {
  return list(all.map((name) => `\`${name}\``));
}
