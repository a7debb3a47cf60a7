import type { InstanceArgs } from "@pulumi/aws/ec2/instance.js";
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
  /** One subnet a zone. */
  readonly subnetIds: Input<readonly string[]>;
  /** How many zones there are. */
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

/** The environment's own session documents, for the commands that the instance gives out. */
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
 * Arguments of {@link BastionlessInstance}.
 *
 * What decides which resources are built is plain; everything else may be an output. Prices are those of us-east-1,
 * in US dollars, without tax.
 */
export interface BastionlessInstanceArgs extends CommonArgs {
  /**
   * The network to join. Either this, or `vpcId` and `subnetId`.
   *
   * @default none
   */
  readonly network?: InstanceNetwork;
  /**
   * Which of the network's zones to stand in: 1 up to the number of its zones.
   *
   * Only with `network`.
   *
   * @default 1
   */
  readonly zone?: number;
  /** The VPC of `subnetId`. Needs `subnetId`, excludes `network`. */
  readonly vpcId?: Input<string>;
  /**
   * A subnet of any VPC. Without a `network` it is up to its owner that the instance reaches Systems Manager from there:
   * through a NAT gateway or interface endpoints that admit `securityGroupId`. Needs `vpcId`, excludes `network`.
   */
  readonly subnetId?: Input<string>;
  /**
   * Further security groups, up to 3. Their rules count too: an ingress in one of them opens the instance.
   *
   * @default none
   */
  readonly securityGroupIds?: readonly Input<string>[];
  /**
   * Connections that the instance may open, by name of the rule, as
   * `{ database: { port: 5432, securityGroupId } }`. The way to Systems Manager is the network's business and needs
   * none. Package mirrors of Ubuntu are on port 80.
   *
   * @default none with `network`; else HTTPS to anywhere, by the name `https`
   */
  readonly egress?: Readonly<Record<string, EgressRule>>;
  /**
   * The operating system, whose newest image AWS's or Canonical's public SSM parameter names. All have SSM Agent on
   * board.
   *
   * @default "amazon-linux-2023"
   */
  readonly os?: OperatingSystem;
  /**
   * @default that of `instanceType`; without one `arm64`, and `x86_64` for Windows
   */
  readonly architecture?: Architecture;
  /**
   * An image of one's own instead of the newest of `os`, which then only says who logs in over SSH and how small a root
   * volume may be. It must have SSM Agent, or install it from `userData`. Needs `instanceType` or `architecture`.
   *
   * @default the newest of `os`
   */
  readonly amiId?: Input<string>;
  /**
   * Whether a newer image of `os` replaces the instance in the next update. `false` keeps the image that the instance was
   * built from, until the instance is replaced on purpose: with this set to `true` for one update.
   *
   * Excludes `amiId`, a change of which always replaces the instance.
   *
   * @default false
   */
  readonly followLatestImage?: boolean;
  /**
   * The instance type, of the same architecture as the image. A `t4g.small` costs about 12 a month, a `t3.medium` with
   * Windows about 44.
   *
   * @default "t4g.small", "t3.small" on x86_64, "t3.medium" for Windows
   */
  readonly instanceType?: string;
  /**
   * Size of the root volume in GiB: from 8 (Windows: 30) to 16384. A gp3 volume costs 0.08 a GiB and month.
   *
   * @default 8; 30 for Windows
   */
  readonly rootVolumeGib?: number;
  /**
   * ARN of the KMS key that encrypts the root volume.
   *
   * @default the account's key for EBS, `aws/ebs`
   */
  readonly rootVolumeKmsKeyArn?: Input<string>;
  /**
   * How many network hops the instance metadata service's answers may travel: 1 to 64. Containers on the instance that
   * need its role need 2.
   *
   * @default 1
   */
  readonly metadataHopLimit?: number;
  /**
   * Whether EC2 refuses to terminate the instance. `pulumi destroy` then fails until this is `false` and applied.
   *
   * @default false
   */
  readonly terminationProtection?: boolean;
  /**
   * Metrics every minute instead of every five, at about 2.10 a month.
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * What runs at the first boot: a shell script, cloud-config, or `<powershell>` on Windows; up to 16384 bytes. Anyone on
   * the instance can read it: no secrets.
   *
   * @default none
   */
  readonly userData?: Input<string>;
  /**
   * Whether a change of `userData` replaces the instance. `false` restarts it, and only a new instance runs the new one.
   *
   * @default false
   */
  readonly replaceOnUserDataChange?: boolean;
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
   * the instance's `accessTags`, to `SessionAccess`.
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
  /**
   * Changes to children that the arguments here do not offer.
   *
   * @default none
   */
  readonly transform?: BastionlessInstanceTransform;
}

/** One entry per kind of child; `egressRule`, `rolePolicy` and `policyAttachment` apply to each of theirs. */
export interface BastionlessInstanceTransform {
  readonly securityGroup?: Transform<SecurityGroupArgs>;
  readonly egressRule?: Transform<SecurityGroupEgressRuleArgs>;
  readonly role?: Transform<RoleArgs>;
  readonly rolePolicy?: Transform<RolePolicyArgs>;
  readonly policyAttachment?: Transform<RolePolicyAttachmentArgs>;
  readonly instanceProfile?: Transform<InstanceProfileArgs>;
  readonly instance?: Transform<InstanceArgs>;
}
