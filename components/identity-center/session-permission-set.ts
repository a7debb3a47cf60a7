import * as pulumi from "@pulumi/pulumi";
import { Policy } from "@pulumi/aws/iam/policy.js";
import { AccountAssignment } from "@pulumi/aws/ssoadmin/accountAssignment.js";
import { CustomerManagedPolicyAttachment } from "@pulumi/aws/ssoadmin/customerManagedPolicyAttachment.js";
import { PermissionSet } from "@pulumi/aws/ssoadmin/permissionSet.js";
import { PermissionSetInlinePolicy } from "@pulumi/aws/ssoadmin/permissionSetInlinePolicy.js";
import { currentDeployment } from "../core/common.ts";
import { transformed } from "../core/transform.ts";
import type { SessionPermissionSetArgs } from "./args.ts";
import { planSessionPermissionSet, type SessionPermissionSetPlan } from "./plan.ts";

/**
 * What a role may hold in inline policies, besides white space: Identity Center makes a role of the set in every account,
 * and its own limit of 32,768 characters is wider. Source: IAM User Guide, quotas.
 */
const INLINE_CHARACTERS = 10_240;

/**
 * A permission set of IAM Identity Center: what a SessionAccess allows, for groups and users, in accounts.
 *
 * The documents of the access are the set's inline policy. The grant on the session key is a managed policy of its own, as
 * the key's ARN is unknown in a first preview; the set refers to it by name. It is made in the provider's account: where
 * people are assigned another account, give it that account's provider,
 * `transform: { keyPolicy: (args, opts) => { opts.provider = workload; } }`, before anybody is assigned.
 *
 * MFA is Identity Center's to ask for: set it to every sign-in. AWS tells policies nothing of it, so that the pack takes
 * your word in its configuration: `identityCenterRequiresMfa`.
 *
 * Cost: none. Limits: one inline policy of 10,240 characters, ten managed policies, names of 32 characters.
 * Permissions needed to deploy: `sso:*PermissionSet*`, `sso:*AccountAssignment*`, `iam:*Policy`.
 *
 * @example
 * const access = new SessionAccess("operators", {
 *   profile: "operator", documents: [shell], instanceTags: { Environment: "prod" }, mfa: "federated", createPolicies: false,
 * });
 * new SessionPermissionSet("operators", { instanceArn, access, assignments: [{ accountId, groupId }] });
 */
export class SessionPermissionSet extends pulumi.ComponentResource {
  readonly permissionSetArn: pulumi.Output<string>;
  /** The inline policy, as JSON, within the size that a role holds. */
  readonly policyDocument: pulumi.Output<string>;
  /** The managed policy with the grant on the key; undefined where none is needed. */
  readonly keyPolicyArn: pulumi.Output<string> | undefined;

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: SessionPermissionSetArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planSessionPermissionSet(name, args, currentDeployment());
    super("bastionless:index:SessionPermissionSet", name, {}, opts);
    const { instanceArn } = plan;
    this.policyDocument = pulumi
      .output(args.access.policyDocument)
      .apply((document) => withinQuota(name, document));
    const set = new PermissionSet(
      ...transformed(
        args.transform?.permissionSet,
        name,
        {
          name: plan.permissionSetName,
          description: plan.description,
          instanceArn,
          sessionDuration: plan.sessionDuration,
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    const inline = new PermissionSetInlinePolicy(
      ...transformed(
        args.transform?.inlinePolicy,
        `${name}-policy`,
        {
          instanceArn,
          permissionSetArn: set.arn,
          inlinePolicy: this.policyDocument,
        },
        { parent: this },
      ),
    );
    const keyPolicy = this.#keyPolicy(name, args, plan);
    const attachments = this.#policies(name, args, plan, { set, keyPolicy });
    for (const { suffix, accountId, principalId, principalType } of plan.assignments) {
      new AccountAssignment(
        ...transformed(
          args.transform?.assignment,
          `${name}-${suffix}`,
          {
            instanceArn,
            permissionSetArn: set.arn,
            principalId,
            principalType,
            targetId: accountId,
            targetType: "AWS_ACCOUNT",
          },
          // What is assigned before it has its policies is provisioned without them.
          { parent: this, dependsOn: [inline, ...attachments] },
        ),
      );
    }
    this.permissionSetArn = set.arn;
    this.keyPolicyArn = keyPolicy?.arn;
    this.registerOutputs({ permissionSetArn: this.permissionSetArn, keyPolicyArn: this.keyPolicyArn });
  }

  #keyPolicy(
    name: string,
    args: SessionPermissionSetArgs,
    plan: SessionPermissionSetPlan,
  ): Policy | undefined {
    const { keyPolicyDocument } = args.access;
    return keyPolicyDocument === undefined
      ? undefined
      : new Policy(
          ...transformed(
            args.transform?.keyPolicy,
            `${name}-key-policy`,
            {
              name: plan.keyPolicyName,
              description: `Session Manager in ${plan.namePrefix}: the key, for ${name}`,
              policy: keyPolicyDocument,
              tags: plan.tags,
            },
            { parent: this },
          ),
        );
  }

  #policies(
    name: string,
    args: SessionPermissionSetArgs,
    plan: SessionPermissionSetPlan,
    { set, keyPolicy }: { readonly set: PermissionSet; readonly keyPolicy: Policy | undefined },
  ): readonly CustomerManagedPolicyAttachment[] {
    const attach = (
      suffix: string,
      reference: { readonly name: pulumi.Input<string>; readonly path: string },
    ): CustomerManagedPolicyAttachment =>
      new CustomerManagedPolicyAttachment(
        ...transformed(
          args.transform?.policyAttachment,
          `${name}-${suffix}`,
          {
            instanceArn: plan.instanceArn,
            permissionSetArn: set.arn,
            customerManagedPolicyReference: reference,
          },
          { parent: this },
        ),
      );
    return [
      ...(keyPolicy === undefined ? [] : [attach("key", { name: keyPolicy.name, path: "/" })]),
      ...plan.managedPolicies.map((reference) =>
        attach(`managed${reference.path}${reference.name}`, reference),
      ),
    ];
  }
}

function withinQuota(name: string, document: string): string {
  const characters = document.replaceAll(/\s/g, "").length;
  if (characters > INLINE_CHARACTERS) {
    throw new pulumi.InputPropertyError({
      propertyPath: "access.policyDocument",
      reason:
        `SessionPermissionSet \`${name}\`: a policy of ${characters} characters, ` +
        `expected at most ${INLINE_CHARACTERS}; name fewer documents, Regions or tags, or make two sets`,
    });
  }
  return document;
}
