import type { Model } from "../../model.ts";
import type { Reading } from "../../reading.ts";
import { arn, json, length, matching, oneOf, wholeNumber } from "../../rules/formats.ts";
import { policyDocument } from "../../rules/policy-document.ts";
import { foreignAction, foreignResource } from "../../rules/policy-scope.ts";
import { exclusive, format, together } from "../../rules/rule.ts";
import { asText } from "../../values.ts";
import { always, owner, prefixed } from "../common.ts";

/** An SNS policy holds 30 KB. Source: SNS quotas. */
const topicPolicyText = policyDocument("resource", 30_720);

/** What SNS gives a topic without a policy: the account may do everything. */
function defaultPolicy(reading: Reading): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: reading.id,
        Condition: { StringEquals: { "AWS:SourceOwner": reading.place.account } },
      },
    ],
  });
}

/** Source: SNS API Reference, CreateTopic. */
export const topic: Model = {
  type: "aws:sns/topic:Topic",
  id: (reading) => reading.arn("sns", reading.text("name", prefixed("namePrefix")(reading))),
  autoName: { property: "name", unless: ["namePrefix"], maxLength: 256 },
  defaults: { contentBasedDeduplication: false, fifoTopic: false },
  rules: [
    format(
      "name",
      matching(/^[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/u, "1 to 256 letters, digits and - _"),
      length(1, 256),
    ),
    format("displayName", length(0, 100)),
    format("policy", topicPolicyText),
    format("deliveryPolicy", json),
    format("tracingConfig", oneOf("Active", "PassThrough")),
    format("signatureVersion", oneOf(1, 2)),
    exclusive(["name", "namePrefix"]),
    together(["fifoTopic", "name"], ([fifo, name]) =>
      name !== undefined && (fifo === true) !== asText(name).endsWith(".fifo")
        ? {
            property: "name",
            reason: "the names of FIFO topics, and no others, end with `.fifo`: correct it",
          }
        : undefined,
    ),
  ],
  unique: ["name"],
  replaces: ["fifoTopic", "name", "namePrefix"],
  comparisons: { policy: "policy", deliveryPolicy: "json" },
  computed: {
    arn: (reading) => reading.id,
    beginningArchiveTime: always(""),
    fifoThroughputScope: always(""),
    name: (reading) => reading.id.slice(reading.id.lastIndexOf(":") + 1),
    namePrefix: always(""),
    owner,
    policy: defaultPolicy,
    signatureVersion: always(0),
    tracingConfig: always(""),
  },
};

export const topicPolicy: Model = {
  type: "aws:sns/topicPolicy:TopicPolicy",
  id: (reading) => reading.text("arn"),
  rules: [
    format("arn", arn("sns")),
    format("policy", topicPolicyText, (value) => foreignAction(asText(value), "sns")),
    together(["arn", "policy"], ([topicArn, policy]) => {
      const reason = foreignResource(asText(policy ?? ""), (resource) => resource === topicArn);
      return reason === undefined ? undefined : { property: "policy", reason };
    }),
  ],
  replaces: ["arn"],
  comparisons: { policy: "policy" },
  computed: { owner },
};

/** Source: SNS API Reference, Subscribe. */
export const topicSubscription: Model = {
  type: "aws:sns/topicSubscription:TopicSubscription",
  id: (reading) => `${reading.text("topic")}:${reading.uuid("subscription")}`,
  defaults: { confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false },
  rules: [
    format("topic", arn("sns")),
    format(
      "protocol",
      oneOf("application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"),
    ),
    format("confirmationTimeoutInMinutes", wholeNumber(1, 2_147_483_647)),
    format("filterPolicy", json),
    format("filterPolicyScope", oneOf("MessageAttributes", "MessageBody")),
    format("subscriptionRoleArn", arn("iam")),
    together(["protocol", "endpoint"], ([protocol, endpoint]) => {
      const text = asText(endpoint ?? "");
      switch (protocol) {
        case "email":
        case "email-json":
          return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text)
            ? undefined
            : { property: "endpoint", reason: `\`${text}\` is no address for e-mail: correct it` };
        case "https":
        case "http":
          return text.startsWith(`${protocol}://`)
            ? undefined
            : {
                property: "endpoint",
                reason: `\`${text}\` does not start with \`${protocol}://\`: correct it`,
              };
        case "sms":
          return /^\+[1-9]\d{1,14}$/u.test(text)
            ? undefined
            : {
                property: "endpoint",
                reason: `\`${text}\` is no telephone number as +14155550123: correct it`,
              };
        case "application":
        case "firehose":
        case "lambda":
        case "sqs":
          return text.startsWith("arn:")
            ? undefined
            : {
                property: "endpoint",
                reason: `\`${text}\` is no ARN, which \`${protocol}\` asks for: correct it`,
              };
        default:
          return undefined;
      }
    }),
  ],
  replaces: ["endpoint", "protocol", "topic"],
  comparisons: { filterPolicy: "json" },
  computed: {
    arn: (reading) => reading.id,
    confirmationWasAuthenticated: always(false),
    filterPolicyScope: always("MessageAttributes"),
    ownerId: owner,
    // Somebody has to open the link in the message first.
    pendingConfirmation: (reading) => ["email", "email-json"].includes(reading.text("protocol")),
  },
};
