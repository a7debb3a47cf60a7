import type { EventRuleArgs } from "@pulumi/aws/cloudwatch/eventRule.js";
import type { EventTargetArgs } from "@pulumi/aws/cloudwatch/eventTarget.js";
import type { GroupPolicyAttachmentArgs } from "@pulumi/aws/iam/groupPolicyAttachment.js";
import type { PolicyArgs } from "@pulumi/aws/iam/policy.js";
import type { RoleArgs } from "@pulumi/aws/iam/role.js";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import type { RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { UserPolicyAttachmentArgs } from "@pulumi/aws/iam/userPolicyAttachment.js";
import type { AliasArgs } from "@pulumi/aws/kms/alias.js";
import type { KeyArgs } from "@pulumi/aws/kms/key.js";
import type { TopicArgs } from "@pulumi/aws/sns/topic.js";
import type { TopicPolicyArgs } from "@pulumi/aws/sns/topicPolicy.js";
import type { TopicSubscriptionArgs } from "@pulumi/aws/sns/topicSubscription.js";
import type { Input } from "@pulumi/pulumi";
import type { CommonArgs } from "../core/common.ts";
import type { SessionPermissions } from "../core/permissions.ts";
import type { Transform } from "../core/transform.ts";
import type { SessionType } from "../documents/content.ts";

/**
 * What somebody may do:
 *
 * - `operator` starts sessions with any of the documents;
 * - `tunnel` with Port documents alone;
 * - `on-call` as an operator does, in the dates of `window` and no longer;
 * - `break-glass` as an operator does, and on request on every machine (`anyInstance`), through a `role` whose use sets
 *   off `alarm`, with credentials that last an hour;
 * - `command` starts no session, and runs the `commandDocuments` on the machines;
 * - `auditor` reads who started which session, which commands ran and what was logged, and starts nothing.
 */
export type AccessProfile = "auditor" | "break-glass" | "command" | "on-call" | "operator" | "tunnel";

/** A Command document of this account: a CommandDocument, or a name. */
export interface CommandReference {
  readonly documentName: Input<string>;
}

/** From a date to a date. IAM knows nothing else of time: no hours of the day, no days of the week. */
export interface AccessWindow {
  /** The first second, in UTC, as `2026-03-02T08:00:00Z`. */
  readonly notBefore: string;
  /**
   * The second that it ends with, in UTC, after `notBefore`. A session that runs then goes on, as AWS asks for permission
   * when one starts or resumes: give the documents a `maxDurationMinutes`.
   */
  readonly notAfter: string;
}

/** Who hears of it when a break-glass role is used: either `emails`, or a topic that is there. */
export interface AccessAlarmArgs {
  /**
   * Addresses for e-mail, 1 to 10; each has to confirm first. An encrypted topic is made for them, with a key of its own
   * that costs 1 USD a month.
   * @default none
   */
  readonly emails?: readonly string[];
  /**
   * ARN of the SNS topic that is told: of the same account and Region, as a `SessionAudit`'s `topicArn`. Its policy must let
   * `events.amazonaws.com` publish, without any condition, which EventBridge never meets; its key, where it has one, must
   * let the same service `kms:Decrypt` and `kms:GenerateDataKey*`, without a condition on the source. Messages to any other
   * topic are lost without an error.
   * @default a topic for `emails`
   */
  readonly topicArn?: Input<string>;
}

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

/** AWS's own Command documents that do one thing, whatever parameters they are given. */
export type AwsCommandDocument =
  | "AWS-GatherSoftwareInventory"
  | "AWS-InstallWindowsUpdates"
  | "AWS-RunPatchBaseline"
  | "AWS-UpdateSSMAgent"
  | "AmazonCloudWatch-ManageAgent";

export interface AccessRoleArgs {
  /**
   * ARNs of users, roles or accounts (`arn:aws:iam::111122223333:root`) that may assume the role, with MFA in the call.
   * At least one.
   */
  readonly trustedPrincipals: readonly Input<string>[];
  /** @default `<namePrefix>-<name of the component>` */
  readonly roleName?: string;
  /**
   * How long the role's credentials last, 60 to 720 minutes; for `break-glass` 60, the least that AWS takes.
   * @default 60
   */
  readonly maxSessionMinutes?: number;
  /**
   * ARN of the permissions boundary of the role.
   * @default none
   */
  readonly permissionsBoundaryArn?: Input<string>;
  /**
   * The user of the operating system that sessions of this role run as, where the document has run-as enabled: the tag
   * `SSMSessionRunAs` of the role. The user must exist on the machine; `root` is not possible. For one user a person, give
   * each person a role, or tag the IAM users.
   * @default none: the document's default user
   */
  readonly runAsUser?: string;
  /**
   * Tags of the role that `matchPrincipalTags` compares with those of machines, as `{ Team: "web" }`.
   * @default none
   */
  readonly principalTags?: Readonly<Record<string, string>>;
}

export type InstanceTags = Readonly<Record<string, string | readonly string[]>>;

/** One entry for each kind of child, in TypeScript alone. @default none of them is changed */
export interface SessionAccessTransforms {
  readonly policy?: Transform<PolicyArgs>;
  readonly keyPolicy?: Transform<PolicyArgs>;
  readonly role?: Transform<RoleArgs>;
  readonly rolePolicy?: Transform<RolePolicyArgs>;
  readonly rolePolicyAttachment?: Transform<RolePolicyAttachmentArgs>;
  readonly groupPolicyAttachment?: Transform<GroupPolicyAttachmentArgs>;
  readonly userPolicyAttachment?: Transform<UserPolicyAttachmentArgs>;
  readonly alarmRule?: Transform<EventRuleArgs>;
  readonly alarmTarget?: Transform<EventTargetArgs>;
  readonly alarmKey?: Transform<KeyArgs>;
  readonly alarmAlias?: Transform<AliasArgs>;
  readonly alarmTopic?: Transform<TopicArgs>;
  readonly alarmTopicPolicy?: Transform<TopicPolicyArgs>;
  readonly alarmSubscription?: Transform<TopicSubscriptionArgs>;
}

export interface SessionAccessArgs extends CommonArgs {
  /** What somebody may do; `docs/access.md` has the table. */
  readonly profile: AccessProfile;
  /**
   * The session documents of this environment that people are pinned to: at least one, Port documents for `tunnel`, none
   * for `command`. An auditor may read them.
   * @default none
   */
  readonly documents?: readonly DocumentReference[];
  /**
   * AWS's own documents that an operator may use besides. Each admits any port or any command.
   * @default none: they are denied
   */
  readonly awsDocuments?: readonly AwsDocument[];
  /**
   * The Command documents that `command` may run: at least one, or one of `awsCommandDocuments`. AWS cannot limit how fast
   * commands follow one another by IAM: whoever sends them sets `--max-concurrency` and `--max-errors`.
   * @default none
   */
  readonly commandDocuments?: readonly CommandReference[];
  /**
   * AWS's own Command documents that `command` may run besides. Those that run whatever they are given, as
   * `AWS-RunShellScript`, are refused: each is a shell as root, past the session logs.
   * @default none
   */
  readonly awsCommandDocuments?: readonly AwsCommandDocument[];
  /**
   * Tags that an instance must carry, all of them, each with the value or one of the values given: at least one tag,
   * without wildcards. A BastionlessInstance says its own as `accessTags`. Required, unless `matchPrincipalTags` or
   * `anyInstance` stands for it; an auditor must not have any.
   * @default none
   */
  readonly instanceTags?: Input<InstanceTags>;
  /**
   * Keys of tags that a machine must share with whoever connects, as `["Team"]`: `ssm:resourceTag/Team` equals
   * `${aws:PrincipalTag/Team}`, the tag of the IAM user or role, or an attribute that IAM Identity Center passes on. Somebody
   * without the tag gets in nowhere. Whoever may change tags of people or machines may change who gets in.
   * @default none
   */
  readonly matchPrincipalTags?: readonly string[];
  /**
   * For `break-glass` alone: every machine of the account in the `regions`, whatever tags it carries. The policy
   * `session-access-requires-tags` reports it: write it into the exemptions of your pack.
   * @default false
   */
  readonly anyInstance?: boolean;
  /**
   * When the access counts, for any profile: every permission holds from `notBefore` to `notAfter` and no longer.
   * Required for `on-call`, at most 31 days there.
   * @default none: always
   */
  readonly window?: AccessWindow;
  /**
   * Who is told when somebody assumes the role of `break-glass`, or starts a session with it: required there, and for it
   * alone. The role's trust then asks for calls to STS in the component's own Region, as only there the rule hears of them;
   * the account needs a CloudTrail trail of management events.
   * Cost: none for the rule; a notification of SNS by e-mail about 0.00002 USD; 1 USD a month for the key of a topic that
   * is made for `emails`.
   * @default none
   */
  readonly alarm?: AccessAlarmArgs;
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
   * (`createPolicies: false`) the identity provider must see to MFA: AWS does not. Excludes `groups` and `users`, who
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
  /**
   * Deny sessions and commands in other Regions than `regions` (`aws:RequestedRegion`), and the other ways onto machines,
   * whatever other policies allow; and list machines in these Regions alone.
   * @default false: nothing is allowed there, and nothing denied
   */
  readonly denyOtherRegions?: boolean;
  /** The SessionLogging component whose key people need and whose logs auditors read. @default none */
  readonly logging?: { readonly permissions: SessionPermissions };
  /**
   * Deny AWS's own documents and the account's default one explicitly, except `awsDocuments`, whatever other policies
   * allow: they lead to any port and any command, and past this environment's logs.
   * For `command` likewise AWS's Command documents that run whatever they are given.
   * @default true but for an auditor
   */
  readonly denyGenericDocuments?: boolean;
  /**
   * Names of IAM groups to attach the policies to.
   * @default none
   */
  readonly groups?: readonly Input<string>[];
  /**
   * Names of IAM users to attach the policies to. A group is easier to look through.
   * @default none
   */
  readonly users?: readonly Input<string>[];
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
