import { arn, type KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";

/** One topic, and who tells it something. */
export interface TopicFacts {
  readonly identity: KnownIdentity;
  readonly topicName: string;
  /**
   * The names of CloudWatch's alarms that publish there, with `*` for what is left open; undefined where none do.
   */
  readonly alarmNames: string | undefined;
}

export function topicArn(identity: KnownIdentity, topicName: string): string {
  return arn(identity, "sns", topicName);
}

/**
 * Who may publish to a topic that rules of EventBridge, and alarms, lead to.
 *
 * EventBridge without a condition: its guide says that `Condition` cannot be used in topic policies for it, and where one
 * stands, messages are lost without an error. The topic is encrypted, and the key is bound to it. Alarms say their account
 * and their ARN.
 * Sources: EventBridge User Guide, "Amazon SNS permissions"; CloudWatch User Guide, "Notifying users on alarm changes".
 */
export function topicPolicyStatements({
  identity,
  topicName,
  alarmNames,
}: TopicFacts): readonly PolicyStatement[] {
  const topic = topicArn(identity, topicName);
  const publish = { Action: "sns:Publish", Resource: topic } as const;
  return [
    { Sid: "Events", Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, ...publish },
    ...(alarmNames === undefined
      ? []
      : [
          {
            Sid: "Alarms",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            ...publish,
            Condition: {
              StringEquals: { "aws:SourceAccount": identity.accountId },
              ArnLike: { "aws:SourceArn": arn(identity, "cloudwatch", `alarm:${alarmNames}`) },
            },
          } as const,
        ]),
    {
      Sid: "DenyWithoutTls",
      Effect: "Deny",
      Principal: "*",
      ...publish,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}

/**
 * What those who publish need of the topic's key.
 *
 * EventBridge's statement has no condition about its source: SNS' guide says that none is supported for EventBridge and
 * encrypted topics, and messages would be lost without an error. It is bound to the topic by the context of SNS instead.
 * Source: SNS Developer Guide, "Key management".
 */
export function topicKeyStatements({
  identity,
  topicName,
  alarmNames,
}: TopicFacts): readonly PolicyStatement[] {
  const context = { "kms:EncryptionContext:aws:sns:topicArn": topicArn(identity, topicName) };
  const use = { Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*" } as const;
  return [
    {
      Sid: "EventsToTopic",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      ...use,
      Condition: { StringEquals: context },
    },
    ...(alarmNames === undefined
      ? []
      : [
          {
            Sid: "AlarmsToTopic",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            ...use,
            Condition: { StringEquals: { ...context, "aws:SourceAccount": identity.accountId } },
          } as const,
        ]),
  ];
}
