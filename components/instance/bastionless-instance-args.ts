import type { DedicatedHostArgs } from "@pulumi/aws/ec2/dedicatedHost.js";
import type { InstanceArgs } from "@pulumi/aws/ec2/instance.js";
import type { Input } from "@pulumi/pulumi";
import type { Transform } from "../core/transform.ts";
import type { InstanceNetwork, MachineArgs, MachineTransform } from "./machine-args.ts";

/**
 * Arguments of {@link BastionlessInstance}.
 *
 * What decides which resources are built is plain; everything else may be an output. Prices are those of us-east-1,
 * in US dollars, without tax.
 */
export interface BastionlessInstanceArgs extends MachineArgs {
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
   * The instance type, of the same architecture as the image. A `t4g.small` costs about 12 a month, a `t3.medium` with
   * Windows about 44. macOS takes the `.metal` types of the families `mac…`, and nothing else does.
   *
   * @default "t4g.small", "t3.small" on x86_64, "t3.medium" for Windows, "mac2.metal" for macOS ("mac1.metal" on x86_64)
   */
  readonly instanceType?: string;
  /**
   * The id of a dedicated host of one's own that a Mac stands on. macOS needs this or `hostAvailabilityZone`, other
   * systems neither. One Mac fits on a host, which must be in the zone of the instance's subnet.
   *
   * @default none
   */
  readonly hostId?: Input<string>;
  /**
   * The availability zone, that of the instance's subnet, in which a dedicated host for the Mac is allocated, as
   * `eu-west-1a`. Excludes `hostId`.
   *
   * The host is what costs: a `mac2.metal` about 0.65 an hour, 470 a month, whether an instance runs on it or not. AWS
   * allocates Mac hosts for at least 24 hours: `pulumi destroy` before that fails at the host, and succeeds later. After
   * the instance is stopped or terminated AWS cleans the host, for up to two hours (three on Intel), and until then
   * nothing starts on it and it cannot be released. Accounts start with a quota of none.
   *
   * @default none
   */
  readonly hostAvailabilityZone?: Input<string>;
  /**
   * Whether EC2 refuses to terminate the instance. `pulumi destroy` then fails until this is `false` and applied.
   *
   * @default false
   */
  readonly terminationProtection?: boolean;
  /**
   * Whether a change of `userData` replaces the instance. `false` restarts it, and only a new instance runs the new one.
   *
   * @default false
   */
  readonly replaceOnUserDataChange?: boolean;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   *
   * @default none
   */
  readonly transform?: BastionlessInstanceTransform;
}

/** One entry per kind of child; `egressRule`, `rolePolicy` and `policyAttachment` apply to each of theirs. */
export interface BastionlessInstanceTransform extends MachineTransform {
  readonly dedicatedHost?: Transform<DedicatedHostArgs>;
  readonly instance?: Transform<InstanceArgs>;
}
