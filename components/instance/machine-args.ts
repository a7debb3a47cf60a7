import type { SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup.js";
import type { InstanceProfileArgs } from "@pulumi/aws/iam/instanceProfile.js";
import type { RoleArgs } from "@pulumi/aws/iam/role.js";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import type { RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { SecurityGroupEgressRuleArgs } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import type { Input } from "@pulumi/pulumi";
import type { CommonArgs } from "../core/common.ts";
import type { LoggingSource } from "../core/permissions.ts";
import type { Transform } from "../core/transform.ts";
import type { Architecture } from "./instance-type.ts";
import type { OperatingSystem } from "./machine-image.ts";

/** A network that instances join: a `PrivateNetwork`, or anything of the same form. */
export interface InstanceNetwork {
  readonly vpcId: Input<string>;
  /** One subnet a zone: at least one. */
  readonly subnetIds: Input<readonly string[]>;
  /** How many zones there are: 1 to 16. */
  readonly zones: number;
  /** The group that the network's endpoints admit. */
  readonly instancesSecurityGroupId: Input<string>;
}

/** Connections that an instance may open, beside those to Systems Manager. Exactly one destination. */
export interface EgressRule {
  /** First port, 1 to 65535. */
  readonly port: number;
  /**
   * Last port, not below `port`.
   *
   * @default `port`
   */
  readonly toPort?: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
  /** An IPv4 block, as `10.1.0.0/16`. */
  readonly cidrIpv4?: string;
  /** The id of a prefix list. */
  readonly prefixListId?: Input<string>;
  /** The id of a security group, such as a database's. */
  readonly securityGroupId?: Input<string>;
  /**
   * What it is for: up to 255 characters.
   *
   * @default the rule's name
   */
  readonly description?: string;
}

/** A session document that tunnels: a `SessionDocument` for a port or a remote port, or anything of its form. */
export interface TunnelDocument {
  readonly documentName: Input<string>;
  /**
   * Parameters that whoever starts a session may name: `host`, `portNumber`, `localPortNumber`. What the document fixes
   * itself is none.
   */
  readonly parameters: readonly string[];
}

/** The environment's own session documents, for the commands that are given out. */
export interface InstanceDocuments {
  /**
   * The `Standard_Stream` document that shells are started with: a `SessionDocument`, or anything of its form.
   *
   * @default none: the account's preferences
   */
  readonly shell?: { readonly documentName: Input<string> };
  /**
   * The document of `forward`, where a call names none.
   *
   * @default AWS-StartPortForwardingSession
   */
  readonly forward?: TunnelDocument;
  /**
   * The document of `remoteForward`, where a call names none.
   *
   * @default AWS-StartPortForwardingSessionToRemoteHost
   */
  readonly remoteForward?: TunnelDocument;
  /**
   * The document of `sshConfig`.
   *
   * @default AWS-StartSSHSession
   */
  readonly ssh?: TunnelDocument;
}

/**
 * What one instance and a fleet of them have in common: system, disk, role, group, tags.
 *
 * What decides which resources are built is plain; everything else may be an output. Prices are those of us-east-1,
 * in US dollars, without tax.
 */
export interface MachineArgs extends CommonArgs {
  /**
   * Further security groups, up to 3. Their rules count too: an ingress in one of them opens the instance.
   *
   * @default none
   */
  readonly securityGroupIds?: readonly Input<string>[];
  /**
   * Connections that the instance may open, by name of the rule, as
   * `{ database: { port: 5432, securityGroupId } }`. The way to Systems Manager is the network's business and needs
   * none. Package mirrors of Ubuntu and Debian are on port 80, those of RHEL's kind on 443.
   *
   * @default none with `network`; else HTTPS to anywhere, by the name `https`
   */
  readonly egress?: Readonly<Record<string, EgressRule>>;
  /**
   * The operating system, of which the newest image is taken.
   *
   * Those of Amazon Linux, Ubuntu, Windows and macOS have SSM Agent on board. On Debian, RHEL, Rocky and AlmaLinux it is
   * installed at the first boot (`installAgent`). RHEL costs about 0.0144 per vCPU and hour on top of the instance, for
   * its subscription. Rocky and AlmaLinux are found in AWS's commercial Regions only: elsewhere give `amiId`.
   *
   * @default "amazon-linux-2023"
   */
  readonly os?: OperatingSystem;
  /**
   * @default that of the instance type; without one `arm64`, and `x86_64` for Windows
   */
  readonly architecture?: Architecture;
  /**
   * An image of one's own instead of the newest of `os`, which then only says who logs in over SSH, how small a root
   * volume may be and how SSM Agent is installed. It must have SSM Agent, or get it from `installAgent` or `userData`.
   * Needs an instance type or an `architecture`.
   *
   * @default the newest of `os`
   */
  readonly amiId?: Input<string>;
  /**
   * Whether a newer image of `os` replaces what was built from an older one in the next update. `false` keeps the image
   * until this is `true` for one update.
   *
   * Excludes `amiId`, a change of which always takes effect.
   *
   * @default false
   */
  readonly followLatestImage?: boolean;
  /**
   * Size of the root volume in GiB: from what the image of `os` needs (8; RHEL's kind 10, Windows 30, macOS 100) to
   * 16384. A gp3 volume costs 0.08 a GiB and month.
   *
   * @default the least that the image of `os` needs
   */
  readonly rootVolumeGib?: number;
  /**
   * ARN of the KMS key that encrypts the root volume. In a fleet, the key's policy must let the service-linked role of
   * Auto Scaling use it.
   *
   * @default the account's key for EBS, `aws/ebs`
   */
  readonly rootVolumeKmsKeyArn?: Input<string>;
  /**
   * How many network hops the instance metadata service's answers may travel: 1 to 64. Containers on the instance that
   * need its role need 2. The service answers version 2 requests only.
   *
   * @default 1
   */
  readonly metadataHopLimit?: number;
  /**
   * Metrics every minute instead of every five, at about 2.10 an instance and month.
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * What runs at the first boot: a shell script, cloud-config, or `<powershell>` on Windows; up to 16384 bytes. Beside
   * `installAgent`, which takes about 4 KiB of them, a script that starts with `#!` or `#cloud-config`; it runs after the
   * agent is installed. Anyone on the instance can read it: no secrets.
   *
   * @default none
   */
  readonly userData?: Input<string>;
  /**
   * Whether user data installs SSM Agent at the first boot, from the Region's bucket of AWS, if the signature on the
   * package is AWS's. The check fails closed: without a good signature nothing is installed, and the instance is not
   * reachable. It needs `gpgv` on the image, or a way to the distribution's mirrors. Linux only.
   *
   * @default whether the image of `os` lacks the agent
   */
  readonly installAgent?: boolean;
  /**
   * The public key, armoured, that the agent's package must be signed with: AWS publishes a new one before the old one
   * expires, in “Verifying the signature of SSM Agent” of the Systems Manager User Guide. Only where the agent is
   * installed.
   *
   * @default AWS's key of 2026-06-04, 1C5B 395C BE5E 74E2 F1CA 2159 2784 DBF3 88D1 9D46, which expires on 2027-11-25
   */
  readonly agentSigningKey?: string;
  /**
   * The environment's `SessionLogging`: the role gets what logging needs of instances.
   *
   * @default no logging
   */
  readonly logging?: LoggingSource;
  /**
   * Whether the role gets AWS's `AmazonSSMManagedInstanceCore` in place of the five actions that Session Manager needs.
   * It adds Run Command, inventory and patching, and reading every parameter of the account that is no SecureString of
   * another key.
   *
   * @default false
   */
  readonly managedPolicy?: boolean;
  /**
   * ARNs of further managed policies for the role, up to 9.
   *
   * @default none
   */
  readonly policyArns?: readonly Input<string>[];
  /**
   * ARN of the permissions boundary of the role.
   *
   * @default none
   */
  readonly permissionsBoundaryArn?: Input<string>;
  /**
   * Tags that access is conditioned on, as `{ SessionAccess: "database-admins" }`, beside all other tags. Give the same,
   * the component's `accessTags`, to `SessionAccess`.
   *
   * @default `Project` and `Environment`
   */
  readonly accessTags?: Readonly<Record<string, string>>;
  /**
   * The environment's own session documents, which the commands then name.
   *
   * @default AWS's
   */
  readonly documents?: InstanceDocuments;
}

/** One entry per kind of child; `egressRule`, `rolePolicy` and `policyAttachment` apply to each of theirs. */
export interface MachineTransform {
  readonly securityGroup?: Transform<SecurityGroupArgs>;
  readonly egressRule?: Transform<SecurityGroupEgressRuleArgs>;
  readonly role?: Transform<RoleArgs>;
  readonly rolePolicy?: Transform<RolePolicyArgs>;
  readonly policyAttachment?: Transform<RolePolicyAttachmentArgs>;
  readonly instanceProfile?: Transform<InstanceProfileArgs>;
}
