import type { VolumeArgs } from "@pulumi/aws/ebs/volume.js";
import type { VolumeAttachmentArgs } from "@pulumi/aws/ec2/volumeAttachment.js";
import type { PolicyArgs } from "@pulumi/aws/iam/policy.js";
import type { DocumentArgs } from "@pulumi/aws/ssm/document.js";
import type { ParameterArgs } from "@pulumi/aws/ssm/parameter.js";
import type { Input } from "@pulumi/pulumi";
import type { CommonArgs } from "../core/common.ts";
import type { LoggingSource } from "../core/permissions.ts";
import type { Transform } from "../core/transform.ts";
import type { BastionlessInstanceTransform } from "../instance/bastionless-instance-args.ts";
import type { EgressRule, InstanceNetwork } from "../instance/machine-args.ts";
import type { NotebookEnvironment } from "./environments.ts";

/** A network that says how far its instances reach: a `PrivateNetwork`, or anything of the same form. */
export interface WorkstationNetwork extends InstanceNetwork {
  /**
   * `s3`: beside its endpoints the network leads to S3 alone, and packages come from an index within it.
   *
   * @default "anywhere"
   */
  readonly httpsEgress?: "anywhere" | "s3";
}

/** What becomes of the volume when the component is destroyed. */
export type VolumeEnd = "delete" | "retain" | "snapshot";

/**
 * Arguments of {@link Workstation}. Prices are those of us-east-1, in US dollars, without tax.
 */
export interface WorkstationArgs extends CommonArgs {
  /**
   * The network to join. Either this, or `vpcId` and `subnetId`.
   *
   * @default none
   */
  readonly network?: WorkstationNetwork;
  /**
   * Which of the network's zones to stand in: 1 up to the number of its zones. The volume stays in the zone in which it
   * was made: to move, destroy with a snapshot, and start from that in the other zone.
   *
   * @default 1
   */
  readonly zone?: number;
  /** The VPC of `subnetId`. Needs `subnetId`, excludes `network`. */
  readonly vpcId?: Input<string>;
  /** A subnet of any VPC, from which HTTPS leads to Systems Manager and the package index. Needs `vpcId`. */
  readonly subnetId?: Input<string>;
  /**
   * Further security groups, up to 3. Their rules count too: an ingress in one of them opens the instance.
   *
   * @default none
   */
  readonly securityGroupIds?: readonly Input<string>[];
  /**
   * Connections that notebooks may open, by name of the rule, as `{ database: { port: 5432, securityGroupId } }`.
   *
   * @default none with `network`; else HTTPS to anywhere, by the name `https`
   */
  readonly egress?: Readonly<Record<string, EgressRule>>;
  /**
   * What is installed, on Amazon Linux 2023 with Python 3.12: `python` JupyterLab alone; `data-science` also NumPy, pandas,
   * Polars, SciPy, scikit-learn and Matplotlib; `pytorch` all of it and PyTorch, on AWS's image with NVIDIA's driver.
   * Versions are pinned to a major one.
   *
   * @default "python"
   */
  readonly environment?: NotebookEnvironment;
  /**
   * The instance type. For `pytorch` one with an NVIDIA GPU of Turing or later on x86_64 (`g4dn`, `g5`, `g6`, `g6e`, `g7e`,
   * `gr6`, `p4d`, `p4de`, `p5`, `p5e`, `p5en`, `p6-b200`, `p6-b300`), for which new accounts have a quota of none. While it runs, a month of a `t4g.medium` costs about 25, of
   * a `t4g.xlarge` 98, of a `g4dn.xlarge` 384; while it is stopped, only its volumes cost.
   *
   * @default "t4g.medium", for data-science "t4g.xlarge", for pytorch "g4dn.xlarge"
   */
  readonly instanceType?: string;
  /**
   * Further requirements of pip, up to 100, as `seaborn==0.13.*`. A change makes a new machine; the volume stays.
   *
   * @default none
   */
  readonly packages?: readonly string[];
  /**
   * The index that pip installs from, as `https://pip.internal/simple`, without credentials: anyone on the machine can read
   * it. Needed where `network` leads to S3 and endpoints alone and no rule of `egress` opens port 443: then a mirror of
   * PyPI within the network, and a rule of `egress` that leads to it. Amazon Linux' own packages come through S3.
   *
   * @default PyPI
   */
  readonly pipIndexUrl?: string;
  /**
   * Size of the volume that notebooks are kept on, in GiB: 1 to 16384. It can grow, and the filesystem grows with it at the
   * next start; EBS does not shrink volumes. A gp3 volume costs 0.08 a GiB and month, also while the machine is stopped.
   *
   * @default 50
   */
  readonly dataVolumeGib?: number;
  /**
   * ARN of the KMS key that encrypts that volume. Another one makes a new, empty volume; what becomes of the old one
   * `dataVolumeEnd` says.
   *
   * @default the account's key for EBS, `aws/ebs`
   */
  readonly dataVolumeKmsKeyArn?: Input<string>;
  /**
   * A snapshot of a workstation's volume to start from, as the one that `dataVolumeEnd` left. Another one replaces the
   * volume.
   *
   * @default none: an empty volume
   */
  readonly dataVolumeSnapshotId?: Input<string>;
  /**
   * What `pulumi destroy` does with the volume: `snapshot` keeps a snapshot, at 0.05 a GiB and month; `retain` leaves the
   * volume; `delete` deletes it and what is on it.
   *
   * @default "snapshot"
   */
  readonly dataVolumeEnd?: VolumeEnd;
  /**
   * Size of the root volume, with the packages, in GiB, up to 16384: at least 8, for data-science 16, for pytorch 100.
   * It goes with the machine.
   *
   * @default the least
   */
  readonly rootVolumeGib?: number;
  /**
   * After how many minutes without work the machine stops: 15 to 1440, or 0 for never. Work is a kernel that is busy or
   * did something, or a terminal with input or output; an open browser is none, a kernel that never ends is. Once
   * stopped, the machine costs its volumes only; `start` starts it.
   *
   * @default 60
   */
  readonly idleStopMinutes?: number;
  /**
   * The port on one's own machine that the tunnel opens: 1024 to 65535.
   *
   * @default 8888
   */
  readonly localPort?: number;
  /**
   * Whether notebooks reach the instance metadata service, and so hold the instance's role: needed where they use
   * `policyArns`, as to read a bucket. Whoever opens a notebook then has what the role has.
   *
   * @default false
   */
  readonly instanceCredentials?: boolean;
  /**
   * ARNs of further managed policies for the role, up to 8.
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
   * The environment's `SessionLogging`, for shells. A tunnel is never logged, and so nothing done in a notebook is.
   *
   * @default no logging
   */
  readonly logging?: LoggingSource;
  /**
   * The document that shells on the machine are started with: a `SessionDocument`, or anything of its form.
   *
   * @default none: the account's preferences
   */
  readonly shell?: { readonly documentName: Input<string> };
  /**
   * Tags that access is conditioned on, beside all other tags. Give the component's `accessTags` to `SessionAccess`.
   *
   * @default `Project` and `Environment`
   */
  readonly accessTags?: Readonly<Record<string, string>>;
  /**
   * Whether the policy for people (`usePolicyArn`) asks for MFA. `false` for credentials that do not carry it, as those of
   * IAM Identity Center, whose identity provider asks for it.
   *
   * @default true
   */
  readonly requireMfa?: boolean;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   *
   * @default none
   */
  readonly transform?: WorkstationTransform;
}

/** One entry per kind of child; `policy` applies to both policies. */
export interface WorkstationTransform extends BastionlessInstanceTransform {
  readonly dataVolume?: Transform<VolumeArgs>;
  readonly volumeAttachment?: Transform<VolumeAttachmentArgs>;
  readonly document?: Transform<DocumentArgs>;
  readonly policy?: Transform<PolicyArgs>;
  readonly tokenParameter?: Transform<ParameterArgs>;
}
