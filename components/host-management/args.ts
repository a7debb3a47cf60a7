import type { ServiceSettingArgs } from "@pulumi/aws/ssm/serviceSetting.js";
import type { CommonArgs } from "../core/common.ts";
import type { Transform } from "../core/transform.ts";
import type { NodeRoleArgs } from "../hybrid/node-role-args.ts";
import type { NodeRoleTransform } from "../hybrid/node-role.ts";

/** Arguments of {@link DefaultHostManagement}. */
export interface DefaultHostManagementArgs extends CommonArgs, NodeRoleArgs {
  /**
   * Whether the role gets AWS's `AmazonSSMManagedEC2InstanceDefaultPolicy` in place of the five actions that Session
   * Manager needs. It adds State Manager, inventory and patch scans, for every instance of the Region.
   *
   * @default false
   */
  readonly managedPolicy?: boolean;
  /**
   * Whether the role's trust admits Systems Manager for this account and Region alone (`aws:SourceAccount` and
   * `aws:SourceArn`). AWS's page shows the trust without such a condition, and does not say whether the setting works with
   * one: try it before relying on it.
   *
   * @default false
   */
  readonly limitTrust?: boolean;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   *
   * @default none
   */
  readonly transform?: DefaultHostManagementTransform;
}

/** One entry per kind of child; `rolePolicy` and `policyAttachment` apply to each of theirs. */
export interface DefaultHostManagementTransform extends NodeRoleTransform {
  readonly serviceSetting?: Transform<ServiceSettingArgs>;
}
