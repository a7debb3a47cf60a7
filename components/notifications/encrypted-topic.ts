import { Topic, type TopicArgs } from "@pulumi/aws/sns/topic.js";
import { TopicPolicy, type TopicPolicyArgs } from "@pulumi/aws/sns/topicPolicy.js";
import { TopicSubscription, type TopicSubscriptionArgs } from "@pulumi/aws/sns/topicSubscription.js";
import type * as pulumi from "@pulumi/pulumi";
import type { KnownIdentity } from "../core/identity.ts";
import { policyJson } from "../core/policy-document.ts";
import type { Tags } from "../core/tags.ts";
import { type Transform, transformed } from "../core/transform.ts";
import { topicPolicyStatements } from "./topic-statements.ts";

export interface EncryptedTopicContext {
  readonly parent: pulumi.Resource;
  /** What the children's names start with. */
  readonly name: string;
  readonly topicName: string;
  readonly known: pulumi.Output<KnownIdentity>;
  /** Its policy has what `topicKeyStatements` says. */
  readonly keyArn: pulumi.Input<string>;
  /** The names of alarms that publish there; undefined where none do. */
  readonly alarmNames: string | undefined;
  /** Each of them has to confirm first. */
  readonly emails: readonly string[];
  readonly tags: Tags;
  readonly transform: {
    readonly topic?: Transform<TopicArgs> | undefined;
    readonly topicPolicy?: Transform<TopicPolicyArgs> | undefined;
    readonly subscription?: Transform<TopicSubscriptionArgs> | undefined;
  };
}

export interface EncryptedTopic {
  readonly topic: Topic;
  /** What publishes there waits for it: before, messages are refused. */
  readonly topicPolicy: TopicPolicy;
}

/** An encrypted topic that events, and alarms, are published to, and the addresses that hear of them. */
export function encryptedTopic(context: EncryptedTopicContext): EncryptedTopic {
  const { parent, name, topicName, known, keyArn, alarmNames, emails, tags, transform } = context;
  const topic = new Topic(
    ...transformed(
      transform.topic,
      `${name}-topic`,
      { name: topicName, kmsMasterKeyId: keyArn, tags },
      { parent },
    ),
  );
  const topicPolicy = new TopicPolicy(
    ...transformed(
      transform.topicPolicy,
      `${name}-topic-policy`,
      {
        arn: topic.arn,
        policy: known.apply((identity) =>
          policyJson(topicPolicyStatements({ identity, topicName, alarmNames })),
        ),
      },
      { parent },
    ),
  );
  for (const address of emails) {
    new TopicSubscription(
      ...transformed(
        transform.subscription,
        `${name}-email-${address}`,
        { topic: topic.arn, protocol: "email", endpoint: address },
        { parent },
      ),
    );
  }
  return { topic, topicPolicy };
}
