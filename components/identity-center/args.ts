import type { PolicyArgs } from "@pulumi/aws/iam/policy.js";
import type { AccountAssignmentArgs } from "@pulumi/aws/ssoadmin/accountAssignment.js";
import type { CustomerManagedPolicyAttachmentArgs } from "@pulumi/aws/ssoadmin/customerManagedPolicyAttachment.js";
import type { PermissionSetArgs } from "@pulumi/aws/ssoadmin/permissionSet.js";
import type { PermissionSetInlinePolicyArgs } from "@pulumi/aws/ssoadmin/permissionSetInlinePolicy.js";
import type { Input } from "@pulumi/pulumi";
import type { CommonArgs } from "../core/common.ts";
import type { Transform } from "../core/transform.ts";

/** What a permission set takes of SessionAccess: the component itself, or its documents alone. */
export interface AccessSource {
  /** Permissions as JSON: the permission set's inline policy, at most 10,240 characters besides white space. */
  readonly policyDocument: Input<string>;
  /** The grant on the session key, as JSON: a managed policy that the permission set refers to by its name. */
  readonly keyPolicyDocument?: Input<string> | undefined;
}

/** A managed policy that is there under the same name and path in every account of the assignments. */
export interface ManagedPolicyReference {
  /** Its name, no ARN. */
  readonly name: string;
  /**
   * Its path, with a slash at either end, as `/people/`.
   * @default "/"
   */
  readonly path?: string;
}

/** Who gets the permission set in which account: one of `groupId` and `userId`. */
export interface AssignmentArgs {
  /** The twelve digits of the account. */
  readonly accountId: Input<string>;
  /** The id of a group in the identity store, as `9067641234-12345678-1234-4123-8123-123456789012`. */
  readonly groupId?: Input<string>;
  /** The id of a user in the identity store. A group is easier to look through. */
  readonly userId?: Input<string>;
}

/** One entry for each kind of child, in TypeScript alone. @default none of them is changed */
export interface SessionPermissionSetTransforms {
  readonly permissionSet?: Transform<PermissionSetArgs>;
  readonly inlinePolicy?: Transform<PermissionSetInlinePolicyArgs>;
  readonly keyPolicy?: Transform<PolicyArgs>;
  readonly policyAttachment?: Transform<CustomerManagedPolicyAttachmentArgs>;
  readonly assignment?: Transform<AccountAssignmentArgs>;
}

export interface SessionPermissionSetArgs extends CommonArgs {
  /**
   * ARN of the instance of IAM Identity Center, as `arn:aws:sso:::instance/ssoins-1234567890abcdef`. The provider must be
   * of the management account, or of the one that administers Identity Center, in the instance's Region.
   */
  readonly instanceArn: Input<string>;
  /**
   * What holders may do: a SessionAccess with `createPolicies: false`. Its `mfa` should be `"federated"`, and Identity
   * Center set to ask for MFA at every sign-in: its credentials carry no MFA, so that policies that ask for it let nobody in.
   */
  readonly access: AccessSource;
  /**
   * The name people see, 1 to 32 letters, digits and `_+=,.@-`.
   * @default `<namePrefix>-<name of the component>`
   */
  readonly permissionSetName?: string;
  /**
   * One sentence, 1 to 700 characters of Latin-1.
   * @default what it is of
   */
  readonly description?: string;
  /**
   * How long a sign-in lasts, 60 to 720 minutes.
   * @default 60
   */
  readonly sessionMinutes?: number;
  /**
   * Managed policies of the accounts' own that holders get besides, at most 10 with that of the session key, by AWS's
   * default quota.
   * @default none
   */
  readonly managedPolicies?: readonly ManagedPolicyReference[];
  /**
   * Who gets it where. Without any it is there, and nobody's.
   * @default none
   */
  readonly assignments?: readonly AssignmentArgs[];
  /**
   * Changes to children that the arguments here do not offer, in TypeScript alone.
   * @default none
   */
  readonly transform?: SessionPermissionSetTransforms;
}
