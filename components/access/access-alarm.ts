import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget.js";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import * as pulumi from "@pulumi/pulumi";
import { arn, type KnownIdentity } from "../core/identity.ts";
import { type PolicyStatement, policyJson } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import { KEY_ADMINISTRATION } from "../logging/key-policy.ts";
import { encryptedTopic } from "../notifications/encrypted-topic.ts";
import { topicArn, topicKeyStatements } from "../notifications/topic-statements.ts";
import type { AccessContext } from "./access-role.ts";
import { roleUsedPattern } from "./alarm.ts";
import type { AccessAlarmPlan, AlarmTopicPlan } from "./alarm-plan.ts";
import type { AccessRolePlan } from "./role-plan.ts";

export interface AccessAlarm {
  /** Of the rule that hears of the role's use. */
  readonly ruleArn: pulumi.Output<string>;
  /** Of the topic that it tells. */
  readonly topicArn: pulumi.Output<string>;
}

/** The topic as the rule's target needs it. */
interface AlarmTopic {
  readonly arn: pulumi.Output<string>;
  /** Before it is there, what the rule says is refused. */
  readonly ready: pulumi.Resource[];
}

/** Tells a topic of each use of the role. */
export function accessAlarm(
  context: AccessContext,
  role: AccessRolePlan,
  alarm: AccessAlarmPlan,
): AccessAlarm {
  const { name, plan, known, transform, parent } = context;
  const topic = alarmTopic(context, alarm.topic);
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
      { rule: rule.name, targetId: "topic", arn: topic.arn },
      { parent, dependsOn: topic.ready },
    ),
  );
  return { ruleArn: rule.arn, topicArn: topic.arn };
}

function alarmTopic(context: AccessContext, topic: AlarmTopicPlan): AlarmTopic {
  if (topic.kind === "given") {
    return { arn: pulumi.output(topic.arn), ready: [] };
  }
  const { name, plan, known, parent, transform } = context;
  const key = new Key(
    ...transformed(
      transform?.alarmKey,
      `${name}-alarm-key`,
      {
        description: `What is told of the use of ${plan.profile} in ${plan.namePrefix}`,
        enableKeyRotation: true,
        rotationPeriodInDays: 365,
        deletionWindowInDays: 30,
        policy: known.apply((identity) => policyJson(alarmKeyPolicy(identity, topic.name))),
        tags: plan.tags,
      },
      { parent },
    ),
  );
  new Alias(
    ...transformed(
      transform?.alarmAlias,
      `${name}-alarm-alias`,
      { name: topic.aliasName, targetKeyId: key.keyId },
      { parent },
    ),
  );
  const made = encryptedTopic({
    parent,
    name: `${name}-alarm`,
    topicName: topic.name,
    known,
    keyArn: key.arn,
    alarmNames: undefined,
    emails: topic.emails,
    tags: plan.tags,
    transform: {
      topic: transform?.alarmTopic,
      topicPolicy: transform?.alarmTopicPolicy,
      subscription: transform?.alarmSubscription,
    },
  });
  return {
    // Known in a first preview. Through the topic's name, so that what is told waits for the topic.
    arn: pulumi.all([known, made.topic.name]).apply(([identity, topicName]) => topicArn(identity, topicName)),
    ready: [made.topicPolicy],
  };
}

/** The account's administrators manage the key and cannot use it; EventBridge may, for the one topic. */
export function alarmKeyPolicy(identity: KnownIdentity, topicName: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "Administration",
      Effect: "Allow",
      Principal: { AWS: arn(identity, "iam", "root", "account") },
      Action: KEY_ADMINISTRATION,
      Resource: "*",
    },
    ...topicKeyStatements({ identity, topicName, alarmNames: undefined }),
  ];
}
