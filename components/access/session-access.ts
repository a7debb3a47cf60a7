import * as pulumi from "@pulumi/pulumi";
import { GroupPolicyAttachment } from "@pulumi/aws/iam/groupPolicyAttachment.js";
import { Policy } from "@pulumi/aws/iam/policy.js";
import type { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { UserPolicyAttachment } from "@pulumi/aws/iam/userPolicyAttachment.js";
import { currentDeployment } from "../core/common.ts";
import { awsIdentity, type KnownIdentity } from "../core/identity.ts";
import type { Grant } from "../core/permissions.ts";
import { type PolicyStatement, policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import { accessAlarm } from "./access-alarm.ts";
import { accessRole } from "./access-role.ts";
import type { SessionAccessArgs } from "./args.ts";
import { withLimits } from "./conditions.ts";
import { planSessionAccess, type SessionAccessPlan } from "./plan.ts";
import { type AccessFacts, auditStatements, commandStatements, connectStatements } from "./statements.ts";

/** What IAM takes as a managed policy, white space not counted. Source: IAM User Guide, quotas. */
const MANAGED_POLICY_CHARACTERS = 6144;

/**
 * What people may do: start sessions on machines that carry the environment's tags, or those that they carry themselves, with
 * the environment's documents, with MFA, and end only their own; for a window of dates; through a role whose use sets off
 * an alarm; run named commands instead; or, as an auditor, read. `docs/access.md` has the table of what each profile allows.
 *
 * The permission on the session key stands in a document of its own, as its ARN is unknown in a first preview.
 *
 * Cost: none, but for `alarm` (1 USD a month for the key of a topic that is made; e-mails about 2 USD for 100,000).
 * Limits: 6,144 characters in each managed policy, ten policies attached to a user or group by AWS's default quota.
 * Permissions needed to deploy: `iam:*Policy*`, `iam:*Role*` on the names of the prefix, `events:*Rule`, `events:*Targets`,
 * and for a topic that is made `kms:*Key*`, `kms:*Alias`, `sns:*Topic*`, `sns:Subscribe`.
 *
 * @example
 * new SessionAccess("operators", {
 *   profile: "operator", documents: [shell], instanceTags: { Environment: "prod" }, logging, groups: ["sre"],
 * });
 * @example
 * new SessionAccess("on-call", {
 *   profile: "on-call", documents: [shell], matchPrincipalTags: ["Team"], role: { trustedPrincipals },
 *   window: { notBefore: "2026-03-02T08:00:00Z", notAfter: "2026-03-09T08:00:00Z" },
 * });
 */
export class SessionAccess extends pulumi.ComponentResource {
  /** What may be done, as JSON: for a permission set, or any other way of granting it. Known in a first preview. */
  readonly policyDocument: pulumi.Output<string>;
  /** The grant on the session key, as JSON; undefined where none is needed. */
  readonly keyPolicyDocument: pulumi.Output<string> | undefined;
  /** The managed policy; undefined where there is none (`createPolicies: false`, `mfa: "federated"`, `break-glass`). */
  readonly policyArn: pulumi.Output<string> | undefined;
  /** The managed policy with the grant on the key; undefined where there is none or none is needed. */
  readonly keyPolicyArn: pulumi.Output<string> | undefined;
  /** Undefined without `role`. */
  readonly roleArn: pulumi.Output<string> | undefined;
  /** The EventBridge rule that hears of the role's use; undefined without `alarm`. */
  readonly alarmRuleArn: pulumi.Output<string> | undefined;
  /** The topic that is told of the role's use; undefined without `alarm`. */
  readonly alarmTopicArn: pulumi.Output<string> | undefined;

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: SessionAccessArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planSessionAccess(name, args, currentDeployment());
    super("bastionless:index:SessionAccess", name, {}, opts);
    const { known } = awsIdentity(this);
    const grant = grantOf(plan, args);

    const document = (statements: pulumi.Output<readonly PolicyStatement[]>): pulumi.Output<string> =>
      statements.apply((all) => withinQuota(name, policyJson(all)));
    this.policyDocument = document(
      pulumi
        .all([factsOf(plan, known), grant?.hasStatements ? grant.statements : []])
        .apply(([facts, granted]) => [...statementsOf(plan, facts), ...withLimits(granted, facts)]),
    );
    this.keyPolicyDocument = grant?.hasKeyStatements
      ? document(grant.keyStatements.apply((granted) => withLimits(granted, plan)))
      : undefined;

    const context = { name, plan, known, transform: args.transform, parent: this };
    const role = plan.role && accessRole(context, plan.role);
    const alarm = plan.role && plan.alarm && accessAlarm(context, plan.role, plan.alarm);
    this.alarmRuleArn = alarm?.ruleArn;
    this.alarmTopicArn = alarm?.topicArn;
    if (plan.policies === "inline" && role !== undefined) {
      this.#inlinePolicies(name, args, plan, role);
    }
    const policies = plan.policies === "managed" ? this.#managedPolicies(name, args, plan) : {};
    for (const [suffix, policy] of Object.entries(policies)) {
      this.#attach(name, args, plan, { suffix, policy, role });
    }
    this.policyArn = policies[""]?.arn;
    this.keyPolicyArn = policies["-key"]?.arn;
    this.roleArn = role?.arn;
    this.registerOutputs({
      policyArn: this.policyArn,
      keyPolicyArn: this.keyPolicyArn,
      roleArn: this.roleArn,
      alarmRuleArn: this.alarmRuleArn,
      alarmTopicArn: this.alarmTopicArn,
    });
  }

  /** The role's own policies, which cannot be attached to anybody else. */
  #inlinePolicies(name: string, args: SessionAccessArgs, plan: SessionAccessPlan, role: Role): void {
    const documents = [
      [plan.policyName, "policy", this.policyDocument],
      [plan.keyPolicyName, "key-policy", this.keyPolicyDocument],
    ] as const;
    for (const [policyName, suffix, policy] of documents) {
      if (policy !== undefined) {
        new RolePolicy(
          ...transformed(
            args.transform?.rolePolicy,
            `${name}-role-${suffix}`,
            { name: policyName, role: role.name, policy },
            { parent: this },
          ),
        );
      }
    }
  }

  #attach(
    name: string,
    args: SessionAccessArgs,
    plan: SessionAccessPlan,
    attached: { readonly suffix: string; readonly policy: Policy; readonly role: Role | undefined },
  ): void {
    const { suffix, policy, role } = attached;
    if (role !== undefined) {
      new RolePolicyAttachment(
        ...transformed(
          args.transform?.rolePolicyAttachment,
          `${name}-role${suffix}`,
          { role: role.name, policyArn: policy.arn },
          { parent: this },
        ),
      );
    }
    for (const [index, user] of plan.users.entries()) {
      new UserPolicyAttachment(
        ...transformed(
          args.transform?.userPolicyAttachment,
          `${name}-user-${typeof user === "string" ? user : index}${suffix}`,
          { user, policyArn: policy.arn },
          { parent: this },
        ),
      );
    }
    for (const [index, group] of plan.groups.entries()) {
      new GroupPolicyAttachment(
        ...transformed(
          args.transform?.groupPolicyAttachment,
          `${name}-group-${typeof group === "string" ? group : index}${suffix}`,
          { group, policyArn: policy.arn },
          { parent: this },
        ),
      );
    }
  }

  /** The managed policies, by the suffix of their children's names. */
  #managedPolicies(name: string, args: SessionAccessArgs, plan: SessionAccessPlan): Record<string, Policy> {
    const policy = new Policy(
      ...transformed(
        args.transform?.policy,
        `${name}-policy`,
        {
          name: plan.policyName,
          description: `Session Manager in ${plan.namePrefix}: ${plan.profile}`,
          policy: this.policyDocument,
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    if (this.keyPolicyDocument === undefined) {
      return { "": policy };
    }
    const keyPolicy = new Policy(
      ...transformed(
        args.transform?.keyPolicy,
        `${name}-key-policy`,
        {
          name: plan.keyPolicyName,
          description: `Session Manager in ${plan.namePrefix}: the key, for ${plan.profile}`,
          policy: this.keyPolicyDocument,
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    return { "": policy, "-key": keyPolicy };
  }
}

function statementsOf(plan: SessionAccessPlan, facts: AccessFacts): readonly PolicyStatement[] {
  switch (plan.profile) {
    case "auditor":
      return auditStatements(facts);
    case "command":
      return commandStatements(facts);
    default:
      return connectStatements(facts);
  }
}

/** What logging grants: to those who read logs, or whose sessions are encrypted; nothing to those who run commands. */
function grantOf(plan: SessionAccessPlan, { logging }: SessionAccessArgs): Grant | undefined {
  switch (plan.profile) {
    case "auditor":
      return logging?.permissions.auditors;
    case "command":
      return undefined;
    default:
      return logging?.permissions.people;
  }
}

function factsOf(plan: SessionAccessPlan, known: pulumi.Output<KnownIdentity>): pulumi.Output<AccessFacts> {
  const names = pulumi.all([...plan.documentNames]);
  const commands = pulumi.all([...plan.commandDocumentNames]);
  return pulumi
    .all([known, names, commands, plan.instanceTags])
    .apply(([identity, documentNames, commandDocumentNames, instanceTags]) => ({
      identity,
      regions: plan.regions ?? [identity.region],
      documentNames,
      awsDocuments: plan.awsDocuments,
      commandDocumentNames,
      awsCommandDocuments: plan.awsCommandDocuments,
      instanceTags,
      matchPrincipalTags: plan.matchPrincipalTags,
      managedNodes: plan.managedNodes,
      ownDataChannels: plan.ownDataChannels,
      mfa: plan.mfa,
      window: plan.window,
      denyGenericDocuments: plan.denyGenericDocuments,
      denyOtherRegions: plan.denyOtherRegions,
    }));
}

function withinQuota(name: string, document: string): string {
  if (document.length > MANAGED_POLICY_CHARACTERS) {
    throw new pulumi.InputPropertyError({
      propertyPath: "documents",
      reason:
        `SessionAccess \`${name}\`: a policy of ${document.length} characters, ` +
        `expected at most ${MANAGED_POLICY_CHARACTERS}; name fewer documents, Regions or tags, or make two components`,
    });
  }
  return document;
}
