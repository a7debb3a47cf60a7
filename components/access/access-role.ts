import * as pulumi from "@pulumi/pulumi";
import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { arn, type KnownIdentity } from "../core/identity.ts";
import { policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import { roleUsedPattern } from "./alarm.ts";
import type { SessionAccessTransforms } from "./args.ts";
import type { AccessAlarmPlan, SessionAccessPlan } from "./plan.ts";
import type { AccessRolePlan } from "./role-plan.ts";
import { trustStatements } from "./statements.ts";

interface AccessContext {
  /** Of the component. */
  readonly name: string;
  readonly plan: SessionAccessPlan;
  readonly known: pulumi.Output<KnownIdentity>;
  readonly transform: SessionAccessTransforms | undefined;
  readonly parent: pulumi.Resource;
}

/** The role that people assume, with MFA; where its use is told of, in the one Region whose events are heard. */
export function accessRole(
  { name, plan, known, transform, parent }: AccessContext,
  role: AccessRolePlan,
): Role {
  return new Role(
    ...transformed(
      transform?.role,
      `${name}-role`,
      {
        name: role.roleName,
        description: `Session Manager in ${plan.namePrefix}: ${plan.profile}`,
        assumeRolePolicy: pulumi
          .all([known, pulumi.all([...role.trustedPrincipals])])
          .apply(([{ region }, principals]) =>
            policyJson(trustStatements(principals, plan.alarm === undefined ? undefined : region)),
          ),
        maxSessionDuration: role.maxSessionMinutes * 60,
        ...(role.permissionsBoundaryArn !== undefined && {
          permissionsBoundary: role.permissionsBoundaryArn,
        }),
        tags: { ...plan.tags, ...role.tags },
      },
      { parent },
    ),
  );
}

/** Tells a topic of each use of the role. Gives the ARN of the rule that hears of it. */
export function accessAlarm(
  { name, plan, known, transform, parent }: AccessContext,
  role: AccessRolePlan,
  alarm: AccessAlarmPlan,
): pulumi.Output<string> {
  const rule = new EventRule(
    ...transformed(
      transform?.alarmRule,
      `${name}-used`,
      {
        name: alarm.ruleName,
        description: `Session Manager in ${plan.namePrefix}: ${plan.profile} was used`,
        eventPattern: known.apply((identity) =>
          roleUsedPattern(arn(identity, "iam", `role/${role.roleName}`, "account")),
        ),
        // AssumeRole counts as read-only, which rules may not hear of otherwise.
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        tags: plan.tags,
      },
      { parent },
    ),
  );
  new EventTarget(
    ...transformed(
      transform?.alarmTarget,
      `${name}-used-topic`,
      { rule: rule.name, targetId: "topic", arn: alarm.topicArn },
      { parent },
    ),
  );
  return rule.arn;
}
