import type { ActivationArgs } from "@pulumi/aws/ssm/activation.js";
import type { ServiceSettingArgs } from "@pulumi/aws/ssm/serviceSetting.js";
import type { CommonArgs } from "../core/common.ts";
import type { Transform } from "../core/transform.ts";
import type { NodeRoleArgs } from "./node-role-args.ts";
import type { NodeRoleTransform } from "./node-role.ts";

/**
 * The tier of machines outside EC2, a setting of the account and Region: `advanced`, `standard`, or `unmanaged` where
 * somebody else sets it.
 */
export type ActivationTier = "advanced" | "standard" | "unmanaged";

/** Arguments of {@link HybridActivation}. Prices are in US dollars, without tax. */
export interface HybridActivationArgs extends CommonArgs, NodeRoleArgs {
  /**
   * The tier of all machines outside EC2, in this account and Region. Sessions to them need `advanced`, which costs
   * 0.00695 a machine and hour: about 5.07 a month for each that is registered, also those registered before. `standard`
   * costs nothing, takes up to 1000 machines and opens no sessions to them. One stack per account and Region sets it;
   * `pulumi destroy` puts back `standard`, which AWS refuses with more than 1000 machines. The others say `unmanaged`.
   */
  readonly tier: ActivationTier;
  /**
   * Whether people are to open sessions to the machines. `true` is refused with the tier `standard`; with `unmanaged` it
   * is up to the tier's owner.
   *
   * @default true
   */
  readonly sessions?: boolean;
  /**
   * How many machines may register: 1 to 1000. A change makes a new activation with a new code; machines that are
   * registered stay.
   *
   * @default 1
   */
  readonly registrationLimit?: number;
  /**
   * Until when machines may register, as `2026-12-01T00:00:00Z`: at most 30 days from now. Machines that are registered
   * stay. A change makes a new activation.
   *
   * @default 24 hours after the activation is made
   */
  readonly expiresOn?: string;
  /**
   * What machines are called in Systems Manager: 1 to 256 characters, the same for all. A change makes a new activation.
   *
   * @default `<namePrefix>-<name of the component>`
   */
  readonly machineName?: string;
  /**
   * Whether the role gets AWS's `AmazonSSMManagedInstanceCore` in place of the five actions that Session Manager needs. It
   * adds Run Command, inventory and patching, and reading every parameter of the account that is no SecureString of
   * another key.
   *
   * @default false
   */
  readonly managedPolicy?: boolean;
  /**
   * Tags that access is conditioned on, beside all other tags. Machines get the activation's tags when they register. Give
   * the component's `accessTags` to a `SessionAccess` with `managedNodes`.
   *
   * @default `Project` and `Environment`
   */
  readonly accessTags?: Readonly<Record<string, string>>;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   *
   * @default none
   */
  readonly transform?: HybridActivationTransform;
}

/** One entry per kind of child; `rolePolicy` and `policyAttachment` apply to each of theirs. */
export interface HybridActivationTransform extends NodeRoleTransform {
  readonly activation?: Transform<ActivationArgs>;
  readonly tierSetting?: Transform<ServiceSettingArgs>;
}
