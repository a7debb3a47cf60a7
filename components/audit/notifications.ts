import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { LogResourcePolicy } from "@pulumi/aws/cloudwatch/logResourcePolicy.js";
import type { Topic } from "@pulumi/aws/sns/topic.js";
import * as pulumi from "@pulumi/pulumi";
import { arn, type KnownIdentity } from "../core/identity.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { transformed } from "../core/transform.ts";
import { encryptedTopic } from "../notifications/encrypted-topic.ts";
import type { AuditContext } from "./audit-context.ts";
import { eventPattern, message, PATTERN_LENGTH } from "./event-patterns.ts";
import { alarmName, eventLogGroupName, ruleName, topicName } from "./names.ts";
import { SESSION_EVENTS } from "./plan.ts";

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
  const { topic, topicPolicy } = encryptedTopic({
    parent,
    name,
    topicName: topicName(namePrefix),
    known,
    keyArn,
    alarmNames: alarmName(namePrefix, "*"),
    emails: plan.emails,
    tags,
    transform,
  });
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
