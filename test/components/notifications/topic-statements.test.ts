import assert from "node:assert/strict";
import type { Principal, RequestContext } from "@bastionless/iam";
import {
  type TopicFacts,
  topicKeyStatements,
  topicPolicyStatements,
} from "../../../components/notifications/topic-statements.ts";
import { decisionOf, parsed } from "../support/policies.ts";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:shop-dev-events";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const FACTS: TopicFacts = {
  identity: {
    accountId: "111122223333",
    region: "eu-west-1",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
  },
  topicName: "shop-dev-events",
  alarmNames: "shop-dev-sessions-*",
};
const WITHOUT_ALARMS: TopicFacts = { ...FACTS, alarmNames: undefined };

const service = (id: string): Principal => ({ kind: "service", id });
const EVENTS = service("events.amazonaws.com");
const ALARMS = service("cloudwatch.amazonaws.com");
const PERSON: Principal = {
  kind: "role-session",
  id: "arn:aws:sts::111122223333:assumed-role/auditor/jane",
  roleArn: "arn:aws:iam::111122223333:role/auditor",
};

function publish(principal: Principal, context: RequestContext, facts: TopicFacts = FACTS): string {
  return decisionOf(
    { action: "sns:Publish", resource: TOPIC, principal, context },
    {
      ...(principal.kind === "service"
        ? {}
        : { identity: [parsed([{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }])] }),
      resource: [parsed(topicPolicyStatements(facts), "resource")],
    },
  );
}

function useKey(principal: Principal, context: RequestContext, action = "kms:GenerateDataKey"): string {
  return decisionOf(
    { action, resource: KEY, principal, context },
    { resource: [parsed(topicKeyStatements(FACTS), "resource")] },
  );
}

const alarm = (name: string, account = "111122223333"): RequestContext => ({
  "aws:SecureTransport": true,
  "aws:SourceAccount": account,
  "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${account}:alarm:${name}`,
});

describe("the policy of an encrypted topic", () => {
  it("lets EventBridge publish, whatever it says of its source, which may be nothing", () => {
    for (const facts of [FACTS, WITHOUT_ALARMS]) {
      assert.equal(publish(EVENTS, {}, facts), "allowed");
      assert.equal(publish(EVENTS, { "aws:SecureTransport": true }, facts), "allowed");
    }
  });

  it("lets the alarms of the names publish, and no others", () => {
    assert.equal(publish(ALARMS, alarm("shop-dev-sessions-root")), "allowed");
    assert.equal(publish(ALARMS, alarm("shop-prod-sessions-root")), "implicit-deny");
    assert.equal(publish(ALARMS, alarm("shop-dev-sessions-root", "444455556666")), "implicit-deny");
    assert.equal(publish(ALARMS, alarm("shop-dev-sessions-root"), WITHOUT_ALARMS), "implicit-deny");
  });

  it("lets no other service publish", () => {
    assert.equal(publish(service("s3.amazonaws.com"), { "aws:SecureTransport": true }), "implicit-deny");
  });

  it("refuses what comes without TLS", () => {
    assert.equal(publish(PERSON, { "aws:SecureTransport": false }), "explicit-deny");
    assert.equal(publish(EVENTS, { "aws:SecureTransport": false }), "explicit-deny");
  });
});

describe("the statements for the key of an encrypted topic", () => {
  const topic = { "kms:EncryptionContext:aws:sns:topicArn": TOPIC };

  it("let EventBridge use it for the topic, whatever it says of its source, and for nothing else", () => {
    for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
      assert.equal(useKey(EVENTS, topic, action), "allowed", action);
      assert.equal(useKey(EVENTS, {}, action), "implicit-deny", action);
      assert.equal(
        useKey(EVENTS, { "kms:EncryptionContext:aws:sns:topicArn": `${TOPIC}-2` }, action),
        "implicit-deny",
        action,
      );
    }
    assert.equal(useKey(EVENTS, topic, "kms:PutKeyPolicy"), "implicit-deny");
  });

  it("let alarms of the account use it for the topic", () => {
    assert.equal(useKey(ALARMS, { ...topic, "aws:SourceAccount": "111122223333" }), "allowed");
    assert.equal(useKey(ALARMS, { ...topic, "aws:SourceAccount": "444455556666" }), "implicit-deny");
    assert.equal(useKey(ALARMS, topic), "implicit-deny");
    assert.ok(!topicKeyStatements(WITHOUT_ALARMS).some(({ Sid }) => Sid === "AlarmsToTopic"));
  });
});
