import type { GroupPolicyAttachmentArgs } from "@pulumi/aws/iam/groupPolicyAttachment.js";
import type { PolicyArgs } from "@pulumi/aws/iam/policy.js";
import type { RoleArgs } from "@pulumi/aws/iam/role.js";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import type { RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { Input } from "@pulumi/pulumi";
import type { CommonArgs } from "../core/common.ts";
import type { SessionPermissions } from "../core/permissions.ts";
import type { Transform } from "../core/transform.ts";
import type { SessionType } from "../documents/content.ts";

/**
 * What somebody may do: `operator` starts sessions with any of the documents, `tunnel` with Port documents alone,
 * `auditor` reads who started which session and what was logged, and starts none.
 */
export type AccessProfile = "auditor" | "operator" | "tunnel";

/** A document of this account: a SessionDocument, or a name and a type. */
export interface DocumentReference {
  readonly documentName: Input<string>;
  readonly sessionType: SessionType;
}

/** AWS's own Session documents. They take any port and any command. */
export type AwsDocument =
  | "AWS-StartInteractiveCommand"
  | "AWS-StartNonInteractiveCommand"
  | "AWS-StartPortForwardingSession"
  | "AWS-StartPortForwardingSessionToRemoteHost"
  | "AWS-StartSSHSession";

export interface AccessRoleArgs {
  /**
   * ARNs of users, roles or accounts (`arn:aws:iam::111122223333:root`) that may assume the role, with MFA in the call.
   * At least one.
   */
  readonly trustedPrincipals: readonly Input<string>[];
  /** @default `<namePrefix>-<name of the component>` */
  readonly roleName?: string;
  /**
   * How long the role's credentials last, 60 to 720 minutes.
   * @default 60
   */
  readonly maxSessionMinutes?: number;
  /**
   * ARN of the permissions boundary of the role.
   * @default none
   */
  readonly permissionsBoundaryArn?: Input<string>;
}

export type InstanceTags = Readonly<Record<string, string | readonly string[]>>;

/** One entry for each kind of child. @default none of them is changed */
export interface SessionAccessTransforms {
  readonly policy?: Transform<PolicyArgs>;
  readonly keyPolicy?: Transform<PolicyArgs>;
  readonly role?: Transform<RoleArgs>;
  readonly rolePolicy?: Transform<RolePolicyArgs>;
  readonly rolePolicyAttachment?: Transform<RolePolicyAttachmentArgs>;
  readonly groupPolicyAttachment?: Transform<GroupPolicyAttachmentArgs>;
}

export interface SessionAccessArgs extends CommonArgs {
  readonly profile: AccessProfile;
  /**
   * The session documents of this environment that people are pinned to: at least one for an operator, Port documents for
   * `tunnel`. An auditor may read them.
   * @default none
   */
  readonly documents?: readonly DocumentReference[];
  /**
   * AWS's own documents that an operator may use besides. Each admits any port or any command.
   * @default none: they are denied
   */
  readonly awsDocuments?: readonly AwsDocument[];
  /**
   * Tags that an instance must carry, all of them, each with the value or one of the values given: at least one tag,
   * without wildcards. A BastionlessInstance says its own as `accessTags`. Required but for an auditor, who must not
   * have any.
   * @default none
   */
  readonly instanceTags?: Input<InstanceTags>;
  /**
   * Admit nodes outside EC2 (`mi-…`) that carry the tags, too.
   * @default false
   */
  readonly managedNodes?: boolean;
  /**
   * `required`: every permission needs MFA (`Bool aws:MultiFactorAuthPresent` in the Allow, which long-term keys fail).
   * AWS's pages disagree whether the credentials of a role carry the MFA with which it was assumed. Where a `role` made
   * here is denied everything, yours do not: then choose `federated`, which asks for MFA in the trust alone.
   *
   * `federated`: for credentials that do not carry MFA themselves. The policies ask for none. A role made here asks for
   * it in its trust, and the policies are its own, so that nobody else can be given them. For a permission set
   * (`createPolicies: false`) the identity provider must see to MFA: AWS does not. Excludes `groups`, whose users
   * have long-term keys.
   * @default "required"
   */
  readonly mfa?: "federated" | "required";
  /**
   * Also allow `ssmmessages:OpenDataChannel` on one's own sessions, as AWS's sample policies of 2026 do. The Service
   * Authorization Reference knows no resource for that action: then the statement grants nothing.
   * @default true
   */
  readonly ownDataChannels?: boolean;
  /**
   * The Regions in which sessions may be started, as `eu-west-1`. Documents of the same names must exist in each.
   * @default the provider's Region
   */
  readonly regions?: readonly string[];
  /** The SessionLogging component whose key people need and whose logs auditors read. @default none */
  readonly logging?: { readonly permissions: SessionPermissions };
  /**
   * Deny AWS's own documents and the account's default one explicitly, except `awsDocuments`, whatever other policies
   * allow: they lead to any port and any command, and past this environment's logs.
   * @default true but for an auditor
   */
  readonly denyGenericDocuments?: boolean;
  /**
   * Names of IAM groups to attach the policies to.
   * @default none
   */
  readonly groups?: readonly Input<string>[];
  /**
   * A role to create and attach the policies to.
   * @default none
   */
  readonly role?: AccessRoleArgs;
  /**
   * Make policies of the documents: managed ones, for `groups`, `role`, or to attach by hand. Switch off to take only the
   * documents, as for an SSO permission set.
   * @default true
   */
  readonly createPolicies?: boolean;
  /**
   * Changes to children that the arguments here do not offer.
   * @default none
   */
  readonly transform?: SessionAccessTransforms;
}
