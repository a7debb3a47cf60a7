import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { LogResourcePolicy } from "@pulumi/aws/cloudwatch/logResourcePolicy.js";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import * as pulumi from "@pulumi/pulumi";
import { arn, type KnownIdentity } from "../core/identity.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import type { AuditContext } from "./audit-context.ts";
import { eventPattern, message, PATTERN_LENGTH } from "./event-patterns.ts";
import { alarmName, eventLogGroupName, ruleName, topicArn, topicName } from "./names.ts";
import { SESSION_EVENTS } from "./plan.ts";

/**
 * Who may publish to the topic.
 *
 * EventBridge without a condition: its guide says that conditions cannot be used in topic policies for it ("Amazon SNS
 * permissions"). The topic is encrypted, and the key is bound to it.
 */
export function topicPolicyStatements(
  identity: KnownIdentity,
  namePrefix: string,
): readonly PolicyStatement[] {
  const topic = topicArn(namePrefix, identity);
  return [
    {
      Sid: "Events",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topic,
    },
    {
      Sid: "Alarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topic,
      Condition: {
        StringEquals: { "aws:SourceAccount": identity.accountId },
        ArnLike: { "aws:SourceArn": arn(identity, "cloudwatch", `alarm:${alarmName(namePrefix, "*")}`) },
      },
    },
    {
      Sid: "DenyWithoutTls",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topic,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}

/** EventBridge writes to the one log group. Source: EventBridge User Guide, "CloudWatch Logs permissions". */
export function logGroupStatements(identity: KnownIdentity, namePrefix: string): readonly PolicyStatement[] {
  const group = arn(identity, "logs", `log-group:${eventLogGroupName(namePrefix)}`);
  const services = { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] };
  return [
    {
      Sid: "EventsMakeStreams",
      Effect: "Allow",
      Principal: services,
      Action: "logs:CreateLogStream",
      Resource: `${group}:*`,
    },
    {
      Sid: "EventsWrite",
      Effect: "Allow",
      Principal: services,
      Action: "logs:PutLogEvents",
      Resource: `${group}:*:*`,
      Condition: {
        ArnLike: { "aws:SourceArn": arn(identity, "events", `rule/${ruleName(namePrefix, "*")}`) },
      },
    },
  ];
}

export interface Notifications {
  readonly topic: Topic;
  readonly logGroup: LogGroup;
}

/** The topic and the log group, and one rule for each kind of event that leads to them. */
export function buildNotifications(context: AuditContext): Notifications {
  const { parent, name, plan, known, keyArn, transform } = context;
  const { namePrefix, tags } = plan;
  const topic = new Topic(
    ...transformed(
      transform.topic,
      `${name}-topic`,
      { name: topicName(namePrefix), kmsMasterKeyId: keyArn, tags },
      { parent },
    ),
  );
  const topicPolicy = new TopicPolicy(
    ...transformed(
      transform.topicPolicy,
      `${name}-topic-policy`,
      {
        arn: topic.arn,
        policy: known.apply((at) => policyJson(topicPolicyStatements(at, namePrefix))),
      },
      { parent },
    ),
  );
  for (const address of plan.emails) {
    new TopicSubscription(
      ...transformed(
        transform.subscription,
        `${name}-email-${address}`,
        { topic: topic.arn, protocol: "email", endpoint: address },
        { parent },
      ),
    );
  }
  const logGroup = new LogGroup(
    ...transformed(
      transform.logGroup,
      `${name}-event-log-group`,
      {
        name: eventLogGroupName(namePrefix),
        retentionInDays: plan.retentionDays,
        kmsKeyId: keyArn,
        tags,
      },
      { parent },
    ),
  );
  const logPolicy = new LogResourcePolicy(
    ...transformed(
      transform.logResourcePolicy,
      `${name}-event-log-policy`,
      {
        policyName: `${namePrefix}-session-events`,
        policyDocument: known.apply((at) => policyJson(logGroupStatements(at, namePrefix))),
      },
      { parent },
    ),
  );
  buildRules(context, topic, logGroup, [topicPolicy, logPolicy]);
  return { topic, logGroup };
}

function buildRules(
  context: AuditContext,
  topic: Topic,
  logGroup: LogGroup,
  dependsOn: pulumi.Resource[],
): void {
  const { parent, name, plan, transform } = context;
  const documents = pulumi
    .all([pulumi.all([...plan.tunnelDocuments]), pulumi.all([...plan.commandDocuments])])
    .apply(([tunnels, commands]) => ({ tunnels, commands }));
  for (const kind of SESSION_EVENTS) {
    const rule = new EventRule(
      ...transformed(
        transform.rule,
        `${name}-rule-${kind}`,
        {
          name: ruleName(plan.namePrefix, kind),
          description: `Sessions of Session Manager: ${kind}`,
          eventPattern: documents.apply((own) => patternText(JSON.stringify(eventPattern(kind, own)))),
          tags: plan.tags,
        },
        { parent },
      ),
    );
    new EventTarget(
      ...transformed(
        transform.target,
        `${name}-rule-${kind}-log`,
        { rule: rule.name, targetId: "log", arn: logGroup.arn },
        { parent, dependsOn },
      ),
    );
    if (plan.notifyOn.includes(kind)) {
      const { inputPaths, inputTemplate } = message(kind);
      new EventTarget(
        ...transformed(
          transform.target,
          `${name}-rule-${kind}-topic`,
          {
            rule: rule.name,
            targetId: "topic",
            arn: topic.arn,
            inputTransformer: { inputPaths: { ...inputPaths }, inputTemplate },
          },
          { parent, dependsOn },
        ),
      );
    }
  }
}

function patternText(text: string): string {
  if (text.length > PATTERN_LENGTH) {
    throw new Error(
      `the event pattern has \`${text.length}\` characters, expected at most ${PATTERN_LENGTH}; give fewer or shorter \`tunnelDocuments\` and \`commandDocuments\``,
    );
  }
  return text;
}
