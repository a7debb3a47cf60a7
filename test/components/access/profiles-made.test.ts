import assert from "node:assert/strict";
import {
  SessionAccess,
  type SessionAccessArgs,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";
import { type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { text } from "../support/values.ts";

const ROLE = "aws:iam/role:Role";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms";
const PRINCIPALS = { trustedPrincipals: ["arn:aws:iam::111122223333:root"] };

function access(
  args: Partial<SessionAccessArgs> & Pick<SessionAccessArgs, "profile">,
): Promise<MockedProgram<SessionAccess>> {
  return runMocked(() => {
    const logging = new SessionLogging("logging");
    const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });
    return new SessionAccess("people", {
      ...(args.profile !== "command" && { documents: [shell] }),
      instanceTags: { Environment: "dev" },
      logging,
      ...args,
    });
  });
}

const own = (program: MockedProgram<unknown>): string[] =>
  program.mocks.resources
    .filter(({ name, custom }) => custom && name.startsWith("people"))
    .map(({ type, name }) => `${type} ${name}`)
    .toSorted();

describe("a break-glass access", () => {
  const made = access({ profile: "break-glass", role: PRINCIPALS, alarm: { topicArn: TOPIC } });

  it("is a role for an hour, policies that nobody else can be given, and a rule that tells a topic", async () => {
    assert.deepEqual(own(await made), [
      `${RULE} people-used`,
      `${TARGET} people-used-topic`,
      `${ROLE} people-role`,
      "aws:iam/rolePolicy:RolePolicy people-role-key-policy",
      "aws:iam/rolePolicy:RolePolicy people-role-policy",
    ]);
    const { maxSessionDuration } = (await made).inputs(ROLE, "people-role");
    assert.equal(maxSessionDuration, 3600);
  });

  it("is heard of when the role is assumed, and when it starts a session", async () => {
    const program = await made;
    const { eventPattern, state, name, tags } = program.inputs(RULE, "people-used");
    assert.deepEqual(
      { state, name, tags },
      {
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        name: "shop-dev-people-used",
        tags: { Project: "shop", Environment: "dev" },
      },
    );
    const role = ["arn:aws:iam::111122223333:role/shop-dev-people"];
    assert.deepEqual(JSON.parse(text(eventPattern)), {
      "detail-type": ["AWS API Call via CloudTrail"],
      $or: [
        {
          source: ["aws.sts"],
          detail: {
            eventSource: ["sts.amazonaws.com"],
            eventName: ["AssumeRole"],
            requestParameters: { roleArn: role },
          },
        },
        {
          source: ["aws.ssm"],
          detail: {
            eventSource: ["ssm.amazonaws.com"],
            eventName: ["StartSession"],
            userIdentity: { sessionContext: { sessionIssuer: { arn: role } } },
          },
        },
      ],
    });
    const target = program.inputs(TARGET, "people-used-topic");
    assert.equal(target["arn"], TOPIC);
    assert.equal(target["rule"], "shop-dev-people-used");
    const arn = program.result.alarmRuleArn;
    assert.ok(arn !== undefined);
    assert.equal(await valueOf(arn), "arn:aws:events:eu-west-1:111122223333:rule/shop-dev-people-used");
  });

  it("is assumed through STS in the Region whose events are heard", async () => {
    const [statement] = (await made).document(ROLE, "people-role", "assumeRolePolicy").Statement;
    assert.deepEqual(statement?.["Condition"], {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      StringEquals: { "aws:RequestedRegion": "eu-west-1" },
    });
  });

  it("has an alarm that can be transformed", async () => {
    const program = await access({
      profile: "break-glass",
      role: PRINCIPALS,
      alarm: { topicArn: TOPIC },
      transform: { alarmRule: { description: "x" }, alarmTarget: { targetId: "y" } },
    });
    assert.equal(program.inputs(RULE, "people-used")["description"], "x");
    assert.equal(program.inputs(TARGET, "people-used-topic")["targetId"], "y");
  });
});

describe("a break-glass access that tells addresses", () => {
  const KEY = "aws:kms/key:Key";
  const TOPIC_TYPE = "aws:sns/topic:Topic";
  const POLICY = "aws:sns/topicPolicy:TopicPolicy";
  const OWN = "arn:aws:sns:eu-west-1:111122223333:shop-dev-people-used";
  let program: MockedProgram<SessionAccess>;
  before(async () => {
    program = await access({
      profile: "break-glass",
      role: PRINCIPALS,
      alarm: { emails: ["sre@example.org", "security@example.org"] },
    });
  });

  it("has an encrypted topic of its own for them", async () => {
    assert.deepEqual(
      own(program).filter((resource) => /kms|sns|event/.test(resource)),
      [
        `${RULE} people-used`,
        `${TARGET} people-used-topic`,
        "aws:kms/alias:Alias people-alarm-alias",
        `${KEY} people-alarm-key`,
        `${TOPIC_TYPE} people-alarm-topic`,
        `${POLICY} people-alarm-topic-policy`,
        "aws:sns/topicSubscription:TopicSubscription people-alarm-email-security@example.org",
        "aws:sns/topicSubscription:TopicSubscription people-alarm-email-sre@example.org",
      ],
    );
    const { name, kmsMasterKeyId } = program.inputs(TOPIC_TYPE, "people-alarm-topic");
    assert.equal(name, "shop-dev-people-used");
    assert.match(text(kmsMasterKeyId), /^arn:aws:kms:eu-west-1:111122223333:key\//);
    assert.equal(program.inputs(KEY, "people-alarm-key")["enableKeyRotation"], true);
    assert.equal(program.inputs(TARGET, "people-used-topic")["arn"], OWN);
    const arn = program.result.alarmTopicArn;
    assert.ok(arn !== undefined);
    assert.equal(await valueOf(arn), OWN);
  });

  it("lets EventBridge publish there and use its key, without a condition that it does not meet", () => {
    const statements = program.document(POLICY, "people-alarm-topic-policy").Statement;
    const key = program.document(KEY, "people-alarm-key").Statement;
    assert.deepEqual(
      [...statements, ...key]
        .filter(({ Effect }) => Effect === "Allow")
        .map(({ Sid, Principal, Condition }) => [Sid, Principal, Condition]),
      [
        ["Events", { Service: "events.amazonaws.com" }, undefined],
        ["Administration", { AWS: "arn:aws:iam::111122223333:root" }, undefined],
        [
          "EventsToTopic",
          { Service: "events.amazonaws.com" },
          { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": OWN } },
        ],
      ],
    );
  });

  it("has parts that can be transformed", async () => {
    const changed = await access({
      profile: "break-glass",
      role: PRINCIPALS,
      alarm: { emails: ["sre@example.org"] },
      transform: {
        alarmKey: { deletionWindowInDays: 7 },
        alarmAlias: { name: "alias/other" },
        alarmTopic: { displayName: "Break glass" },
        alarmTopicPolicy: (_args, opts) => {
          opts.protect = true;
        },
        alarmSubscription: { protocol: "email-json" },
      },
    });
    assert.equal(changed.inputs(KEY, "people-alarm-key")["deletionWindowInDays"], 7);
    assert.equal(changed.inputs("aws:kms/alias:Alias", "people-alarm-alias")["name"], "alias/other");
    assert.equal(changed.inputs(TOPIC_TYPE, "people-alarm-topic")["displayName"], "Break glass");
    assert.equal(
      changed.inputs("aws:sns/topicSubscription:TopicSubscription", "people-alarm-email-sre@example.org")[
        "protocol"
      ],
      "email-json",
    );
  });
});

describe("an access on call", () => {
  it("has its dates in what logging grants, too", async () => {
    const window = { notBefore: "2026-03-02T08:00:00Z", notAfter: "2026-03-09T08:00:00Z" };
    const program = await access({ profile: "on-call", window });
    for (const name of ["people-policy", "people-key-policy"]) {
      for (const { Effect, Condition } of program.document("aws:iam/policy:Policy", name).Statement) {
        if (Effect === "Allow") {
          assert.partialDeepStrictEqual(Condition, {
            DateGreaterThanEquals: { "aws:CurrentTime": window.notBefore },
            DateLessThan: { "aws:CurrentTime": window.notAfter },
          });
        }
      }
    }
  });
});

describe("an access to commands", () => {
  it("is one policy about commands, without the key of sessions", async () => {
    const program = await access({
      profile: "command",
      commandDocuments: [{ documentName: "shop-dev-restart" }],
    });
    assert.deepEqual(own(program), ["aws:iam/policy:Policy people-policy"]);
    assert.deepEqual(
      program.document("aws:iam/policy:Policy", "people-policy").Statement.map(({ Sid }) => Sid),
      [
        "RunCommandsOnTaggedInstances",
        "RunCommandDocuments",
        "ReadDocuments",
        "FindInstances",
        "DenyGenericDocuments",
        "DenyGenericCommands",
      ],
    );
  });
});

describe("an access of users, and of a role with tags", () => {
  it("attaches both policies to each user", async () => {
    const seen: string[] = [];
    const program = await access({
      profile: "operator",
      users: ["jane"],
      transform: {
        userPolicyAttachment: (_args, _opts, name) => {
          seen.push(name);
        },
      },
    });
    assert.deepEqual(seen.toSorted(), ["people-user-jane", "people-user-jane-key"]);
    const attached = program.inputs("aws:iam/userPolicyAttachment:UserPolicyAttachment", "people-user-jane");
    assert.equal(attached["user"], "jane");
  });

  it("tags the role with whom sessions run as, and with what machines must share", async () => {
    const program = await access({
      profile: "operator",
      matchPrincipalTags: ["Team"],
      role: { ...PRINCIPALS, runAsUser: "deploy", principalTags: { Team: "web" } },
    });
    assert.deepEqual(program.inputs(ROLE, "people-role")["tags"], {
      Project: "shop",
      Environment: "dev",
      Team: "web",
      SSMSessionRunAs: "deploy",
    });
    assert.equal(program.result.alarmRuleArn, undefined);
  });
});
