import assert from "node:assert/strict";
import {
  assumeRoleWithoutMfa,
  anySession,
  sessionOutsideTags,
  sessionsOfOthers,
  sessionWithoutMfa,
  sessionWithOtherDocument,
  type RequestContext,
} from "@bastionless/iam";
import {
  type AccessFacts,
  auditStatements,
  connectStatements,
  trustStatements,
} from "../../../components/access/statements.ts";
import { withConditions } from "../../../components/access/conditions.ts";
import { GENERIC_DOCUMENTS } from "../../../components/access/side-doors.ts";
import { answerOf, decisionOf, parsed } from "../support/policies.ts";

const FACTS: AccessFacts = {
  identity: { accountId: "111122223333", region: "eu-west-1", partition: "aws", dnsSuffix: "amazonaws.com" },
  regions: ["eu-west-1"],
  documentNames: ["shop-dev-shell", "shop-dev-db"],
  awsDocuments: [],
  commandDocumentNames: [],
  awsCommandDocuments: [],
  instanceTags: { Environment: ["dev"] },
  matchPrincipalTags: [],
  managedNodes: false,
  ownDataChannels: true,
  mfa: true,
  window: undefined,
  denyGenericDocuments: true,
  denyOtherRegions: false,
};

const policies = (facts: Partial<AccessFacts> = {}): { identity: [ReturnType<typeof parsed>] } => ({
  identity: [parsed(connectStatements({ ...FACTS, ...facts }))],
});

const INSTANCE = "arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f60718";
const DOCUMENT = "arn:aws:ssm:eu-west-1:111122223333:document/";
const MFA: RequestContext = { "aws:MultiFactorAuthPresent": true, "ssm:SessionDocumentAccessCheck": true };
const TAGGED: RequestContext = { ...MFA, "ssm:resourceTag/Environment": "dev" };

function start(resource: string, context: RequestContext, facts: Partial<AccessFacts> = {}): string {
  return decisionOf({ action: "ssm:StartSession", resource, context }, policies(facts));
}

describe("the policy of people who connect", () => {
  it("lets them start sessions on tagged instances with the environment's documents", () => {
    assert.equal(start(INSTANCE, TAGGED), "allowed");
    assert.equal(start(`${DOCUMENT}shop-dev-shell`, MFA), "allowed");
    assert.equal(start(`${DOCUMENT}shop-dev-db`, MFA), "allowed");
    assert.equal(answerOf(anySession(), policies()), "witness");
  });

  it("lets nobody start one without MFA, with whatever credentials", () => {
    assert.equal(answerOf(sessionWithoutMfa(), policies()), "none");
    const { "aws:MultiFactorAuthPresent": _, ...longTerm } = TAGGED;
    assert.equal(start(INSTANCE, longTerm), "implicit-deny");
    assert.equal(start(INSTANCE, { ...TAGGED, "aws:MultiFactorAuthPresent": false }), "implicit-deny");
  });

  it("lets nobody start one on instances without the tags", () => {
    for (const question of sessionOutsideTags({ Environment: ["dev"] })) {
      assert.equal(answerOf(question, policies()), "none");
    }
    assert.equal(start(INSTANCE, { ...MFA, "ssm:resourceTag/Environment": "prod" }), "implicit-deny");
  });

  it("asks for all of several tags, each with any of its values", () => {
    const instanceTags = { Environment: ["dev", "test"], Team: ["web"] };
    const both = { ...TAGGED, "ssm:resourceTag/Team": "web" };
    assert.equal(start(INSTANCE, both, { instanceTags }), "allowed");
    assert.equal(
      start(INSTANCE, { ...both, "ssm:resourceTag/Environment": "test" }, { instanceTags }),
      "allowed",
    );
    assert.equal(start(INSTANCE, TAGGED, { instanceTags }), "implicit-deny");
  });

  it("lets nobody use another document, nor none, which means the account's default", () => {
    const allowed = FACTS.documentNames.map((name) => `arn:*:ssm:*:*:document/${name}`);
    assert.equal(answerOf(sessionWithOtherDocument(allowed), policies()), "none");
    assert.equal(start(INSTANCE, { ...TAGGED, "ssm:SessionDocumentAccessCheck": false }), "implicit-deny");
  });

  it("denies generic documents whatever other policies allow, by both forms of their ARN", () => {
    const everything = parsed([{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }]);
    const decision = (resource: string, facts: Partial<AccessFacts> = {}): string =>
      decisionOf(
        { action: "ssm:StartSession", resource, context: MFA },
        { identity: [everything, ...policies(facts).identity] },
      );
    for (const name of GENERIC_DOCUMENTS) {
      assert.equal(decision(`arn:aws:ssm:us-east-1::document/${name}`), "explicit-deny", name);
      assert.equal(decision(`arn:aws:ssm:us-east-1:111122223333:document/${name}`), "explicit-deny", name);
    }
    const ssh = "arn:aws:ssm:eu-west-1::document/AWS-StartSSHSession";
    assert.equal(decision(ssh, { awsDocuments: ["AWS-StartSSHSession"] }), "allowed");
    assert.equal(decision(ssh, { denyGenericDocuments: false }), "allowed");
    assert.equal(decision(`${DOCUMENT}of-another-team`), "allowed");
  });

  it("admits AWS's own documents that are named, and no others", () => {
    const facts = { awsDocuments: ["AWS-StartSSHSession"] };
    assert.equal(start("arn:aws:ssm:eu-west-1::document/AWS-StartSSHSession", MFA, facts), "allowed");
    assert.equal(
      start("arn:aws:ssm:eu-west-1::document/AWS-StartPortForwardingSession", MFA, facts),
      "explicit-deny",
    );
  });

  it("holds in the Regions that are named", () => {
    const elsewhere = INSTANCE.replace("eu-west-1", "us-east-1");
    assert.equal(start(elsewhere, TAGGED), "implicit-deny");
    assert.equal(start(elsewhere, TAGGED, { regions: ["us-east-1"] }), "allowed");
    assert.equal(start(INSTANCE, TAGGED, { regions: ["us-east-1"] }), "implicit-deny");
  });

  it("holds for one account", () => {
    assert.equal(start(INSTANCE.replace("111122223333", "444455556666"), TAGGED), "implicit-deny");
  });

  it("admits nodes outside EC2 only where asked to", () => {
    const node = "arn:aws:ssm:eu-west-1:111122223333:managed-instance/mi-0a1b2c3d4e5f60718";
    assert.equal(start(node, TAGGED), "implicit-deny");
    assert.equal(start(node, TAGGED, { managedNodes: true }), "allowed");
    assert.equal(start(node, MFA, { managedNodes: true }), "implicit-deny");
  });

  for (const action of ["ssm:ResumeSession", "ssm:TerminateSession"] as const) {
    it(`lets people ${action} their own sessions and nobody else's`, () => {
      assert.equal(answerOf(sessionsOfOthers(action), policies()), "none");
      const own = (userId: string, owner: string): string =>
        decisionOf(
          {
            action,
            resource: "arn:aws:ssm:eu-west-1:111122223333:session/jane-2-0a1b",
            context: {
              ...MFA,
              "aws:username": "jane",
              "aws:userid": userId,
              "ssm:resourceTag/aws:ssmmessages:session-id": owner,
            },
          },
          policies(),
        );
      assert.equal(own("AIDAJANE", "AIDAJANE"), "allowed");
      assert.equal(own("AROAEXAMPLE:jane", "AROAEXAMPLE:jane"), "allowed");
      assert.equal(own("AIDAJANE", "AIDAJANE2"), "implicit-deny");
    });
  }

  it("opens data channels of one's own sessions alone, or of none", () => {
    const open = (id: string, facts: Partial<AccessFacts> = {}): string =>
      decisionOf(
        {
          action: "ssmmessages:OpenDataChannel",
          resource: `arn:aws:ssm:eu-west-1:111122223333:session/${id}`,
          context: { ...MFA, "aws:username": "jane", "aws:userid": "AIDAEXAMPLE" },
        },
        policies(facts),
      );
    assert.equal(open("AIDAEXAMPLE-0a1b"), "allowed");
    assert.equal(open("AIDAOTHER-0a1b"), "implicit-deny");
    assert.equal(open("AIDAEXAMPLE-0a1b", { ownDataChannels: false }), "implicit-deny");
  });

  it("has MFA in every Allow, or in federated mode in none", () => {
    const conditions = (mfa: boolean): unknown[] =>
      connectStatements({ ...FACTS, mfa })
        .filter(({ Effect }) => Effect === "Allow")
        .map(({ Condition }) => Condition?.["Bool"]?.["aws:MultiFactorAuthPresent"]);
    assert.deepEqual([...new Set(conditions(true))], ["true"]);
    assert.deepEqual([...new Set(conditions(false))], [undefined]);
  });

  it("has the document check in every Allow of StartSession", () => {
    const statements = connectStatements({
      ...FACTS,
      managedNodes: true,
      awsDocuments: ["AWS-StartSSHSession"],
    });
    const starting = statements.filter(
      ({ Action, Effect }) => Effect === "Allow" && [Action].flat().includes("ssm:StartSession"),
    );
    assert.equal(starting.length, 2);
    for (const { Condition } of starting) {
      assert.deepEqual(Condition?.["BoolIfExists"], { "ssm:SessionDocumentAccessCheck": "true" });
    }
  });

  it("opens no other door to the instances", () => {
    const allowed = connectStatements(FACTS)
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => [Action].flat());
    assert.deepEqual([...new Set(allowed)].toSorted(), [
      "ec2:DescribeInstances",
      "ssm:DescribeDocument",
      "ssm:DescribeInstanceInformation",
      "ssm:DescribeInstanceProperties",
      "ssm:DescribeSessions",
      "ssm:GetConnectionStatus",
      "ssm:GetDocument",
      "ssm:ResumeSession",
      "ssm:StartSession",
      "ssm:TerminateSession",
      "ssmmessages:OpenDataChannel",
    ]);
  });

  it("has ARNs of its own partition", () => {
    const identity = { ...FACTS.identity, partition: "aws-us-gov" };
    const text = JSON.stringify(
      connectStatements({ ...FACTS, identity, awsDocuments: ["AWS-StartSSHSession"] }),
    );
    assert.deepEqual([...new Set(text.match(/arn:[a-z-]+/g))], ["arn:aws-us-gov"]);
  });
});

describe("the policy of auditors", () => {
  it("only reads, with MFA, and starts no session", () => {
    const statements = auditStatements(FACTS);
    const identity = [parsed(statements)];
    assert.equal(answerOf(anySession(), { identity }), "none");
    for (const { Action, Condition } of statements) {
      for (const action of [Action].flat()) {
        assert.match(action, /:(?:Describe|Get|List|Lookup)[A-Z]/);
      }
      assert.deepEqual(Condition?.["Bool"], { "aws:MultiFactorAuthPresent": "true" });
    }
  });

  it("reads the environment's documents where there are any", () => {
    const sids = (documentNames: readonly string[]): string[] =>
      auditStatements({ ...FACTS, documentNames }).map(({ Sid }) => Sid);
    assert.deepEqual(sids(["shop-dev-shell"]), ["ReadSessions", "ReadDocuments"]);
    assert.deepEqual(sids([]), ["ReadSessions"]);
  });
});

describe("the trust of a role", () => {
  it("lets the principals named assume it with MFA, and nobody without", () => {
    const trust = parsed(trustStatements(["arn:aws:iam::111122223333:user/jane"]), "trust");
    const assume = (id: string, context: RequestContext): string =>
      decisionOf(
        {
          action: "sts:AssumeRole",
          resource: "arn:aws:iam::111122223333:role/operators",
          principal: { kind: "user", id },
          context,
        },
        { resource: [trust] },
      );
    const jane = "arn:aws:iam::111122223333:user/jane";
    assert.equal(assume(jane, { "aws:MultiFactorAuthPresent": true }), "allowed");
    assert.equal(assume(jane, {}), "implicit-deny");
    assert.equal(
      assume("arn:aws:iam::111122223333:user/john", { "aws:MultiFactorAuthPresent": true }),
      "implicit-deny",
    );
    assert.equal(
      answerOf(assumeRoleWithoutMfa({ credentials: ["long-term", "temporary"] }), { resource: [trust] }),
      "none",
    );
  });
});

describe("conditions that are added", () => {
  it("join those of the same operator, and leave the statement as it was", () => {
    const statement = {
      Sid: "S",
      Effect: "Allow",
      Action: "a:b",
      Condition: { Bool: { x: "true" } },
    } as const;
    assert.deepEqual(withConditions(statement, { Bool: { y: "true" }, Null: { z: "false" } }).Condition, {
      Bool: { x: "true", y: "true" },
      Null: { z: "false" },
    });
    assert.deepEqual(statement.Condition, { Bool: { x: "true" } });
    assert.equal(withConditions({ Sid: "S", Effect: "Allow", Action: "a:b" }).Condition, undefined);
  });
});
