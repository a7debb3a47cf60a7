import assert from "node:assert/strict";
import {
  anySession,
  documentWarnings,
  type KeyConstraint,
  outside,
  type ParsedDocument,
  type Question,
  type RequestContext,
  sessionOutsideTags,
  sessionWithoutMfa,
  SIDE_DOORS,
  type SideDoor,
  sideDoorOpen,
  sideDoorOutsideTags,
  sideDoorWithoutMfa,
} from "@bastionless/iam";
import fc from "fast-check";
import {
  type AccessFacts,
  auditStatements,
  commandStatements,
  connectStatements,
  trustStatements,
} from "../../../components/access/statements.ts";
import type { PolicyStatement } from "../../../components/core/policy-document.ts";
import { answerOf, decisionOf, parsed } from "../support/policies.ts";

const FACTS: AccessFacts = {
  identity: { accountId: "111122223333", region: "eu-west-1", partition: "aws", dnsSuffix: "amazonaws.com" },
  regions: ["eu-west-1"],
  documentNames: ["shop-dev-shell"],
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
const INSTANCE = "arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f60718";
const DOCUMENT = "arn:aws:ssm:eu-west-1:111122223333:document/";
const MFA: RequestContext = { "aws:MultiFactorAuthPresent": true, "ssm:SessionDocumentAccessCheck": true };
const TAGGED: RequestContext = { ...MFA, "ssm:resourceTag/Environment": "dev" };
const EVERYTHING = parsed([{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }]);

const connect = (facts: Partial<AccessFacts> = {}): { identity: ParsedDocument[] } => ({
  identity: [parsed(connectStatements({ ...FACTS, ...facts }))],
});
const COMMANDS = { documentNames: [], commandDocumentNames: ["shop-dev-restart"] };
const command = (facts: Partial<AccessFacts> = {}): { identity: ParsedDocument[] } => ({
  identity: [parsed(commandStatements({ ...FACTS, ...COMMANDS, ...facts }))],
});

/** The question under further constraints on what its checks share. */
const where = (question: Question, ...keys: readonly KeyConstraint[]): Question => ({
  ...question,
  scenarios: question.scenarios.map((scenario) => ({
    ...scenario,
    keys: [...(scenario.keys ?? []), ...keys],
  })),
});

function doorOf(id: string): SideDoor {
  const door = SIDE_DOORS.find((candidate) => candidate.id === id);
  assert.ok(door !== undefined, id);
  return door;
}

describe("access for a window of dates", () => {
  const window = { notBefore: "2026-03-02T08:00:00Z", notAfter: "2026-03-09T08:00:00Z" };
  const at = (time: string): string =>
    decisionOf(
      {
        action: "ssm:StartSession",
        resource: INSTANCE,
        context: { ...TAGGED, "aws:CurrentTime": time },
      },
      connect({ window }),
    );

  it("begins and ends to the second", () => {
    assert.equal(at("2026-03-02T07:59:59Z"), "implicit-deny");
    assert.equal(at("2026-03-02T08:00:00Z"), "allowed");
    assert.equal(at("2026-03-09T07:59:59Z"), "allowed");
    assert.equal(at("2026-03-09T08:00:00Z"), "implicit-deny");
    assert.equal(at("2027-01-01T00:00:00Z"), "implicit-deny");
  });

  const before: KeyConstraint = {
    operator: "DateLessThan",
    key: "aws:CurrentTime",
    values: [window.notBefore],
  };
  const after: KeyConstraint = {
    operator: "DateGreaterThanEquals",
    key: "aws:CurrentTime",
    values: [window.notAfter],
  };

  it("allows no session before or after, whatever else is in the request", () => {
    assert.equal(answerOf(anySession(), connect({ window })), "witness");
    assert.equal(answerOf(where(anySession(), before), connect({ window })), "none");
    assert.equal(answerOf(where(anySession(), after), connect({ window })), "none");
    assert.equal(answerOf(where(anySession(), after), connect()), "witness");
  });

  it("allows no command before or after", () => {
    const send = sideDoorOpen(doorOf("ssm:SendCommand"));
    assert.equal(answerOf(send, command({ window })), "witness");
    assert.equal(answerOf(where(send, before), command({ window })), "none");
    assert.equal(answerOf(where(send, after), command({ window })), "none");
  });

  it("has both ends in every Allow of every profile, and in no Deny", () => {
    const facts = { ...FACTS, ...COMMANDS, window, denyOtherRegions: true };
    const all: readonly PolicyStatement[] = [connectStatements, commandStatements, auditStatements].flatMap(
      (statements) => statements({ ...facts, documentNames: ["shop-dev-shell"] }),
    );
    for (const { Sid, Effect, Condition } of all) {
      const times = [Condition?.["DateGreaterThanEquals"], Condition?.["DateLessThan"]];
      assert.deepEqual(
        times,
        Effect === "Allow"
          ? [{ "aws:CurrentTime": window.notBefore }, { "aws:CurrentTime": window.notAfter }]
          : [undefined, undefined],
        Sid,
      );
    }
  });
});

describe("access by a tag that people and machines share", () => {
  const facts = { instanceTags: {}, matchPrincipalTags: ["Team"] };
  const start = (context: RequestContext): string =>
    decisionOf(
      { action: "ssm:StartSession", resource: INSTANCE, context: { ...MFA, ...context } },
      connect(facts),
    );

  it("lets people in where both carry the same value", () => {
    assert.equal(start({ "aws:PrincipalTag/Team": "web", "ssm:resourceTag/Team": "web" }), "allowed");
    assert.equal(start({ "aws:PrincipalTag/Team": "web", "ssm:resourceTag/Team": "shop" }), "implicit-deny");
  });

  it("lets nobody in who lacks the tag, nor onto machines that do", () => {
    assert.equal(start({ "ssm:resourceTag/Team": "web" }), "implicit-deny");
    assert.equal(start({ "aws:PrincipalTag/Team": "web" }), "implicit-deny");
    assert.equal(start({ "ssm:resourceTag/Team": "${aws:PrincipalTag/Team}" }), "implicit-deny");
    for (const question of sessionOutsideTags({ Team: [] })) {
      assert.equal(answerOf(question, connect(facts)), "none");
    }
  });

  it("takes a wildcard in somebody's tag for a letter", () => {
    assert.equal(start({ "aws:PrincipalTag/Team": "*", "ssm:resourceTag/Team": "web" }), "implicit-deny");
  });

  it("lets exactly those in whose tag is the machine's, letter by letter", () => {
    const tag = fc.string({ unit: fc.constantFrom("a", "A", "*", "?", "$", "{", "}", " "), maxLength: 3 });
    fc.assert(
      fc.property(tag, tag, (theirs, machines) => {
        const context = { "aws:PrincipalTag/Team": theirs, "ssm:resourceTag/Team": machines };
        assert.equal(start(context), theirs === machines ? "allowed" : "implicit-deny");
      }),
    );
  });

  it("asks for fixed tags too where there are any", () => {
    const both = connect({ matchPrincipalTags: ["Team"] });
    const context = { ...MFA, "aws:PrincipalTag/Team": "web", "ssm:resourceTag/Team": "web" };
    const request = { action: "ssm:StartSession", resource: INSTANCE };
    assert.equal(decisionOf({ ...request, context }, both), "implicit-deny");
    assert.equal(
      decisionOf({ ...request, context: { ...context, "ssm:resourceTag/Environment": "dev" } }, both),
      "allowed",
    );
  });
});

describe("access to commands", () => {
  const send = (resource: string, context: RequestContext = MFA, facts: Partial<AccessFacts> = {}): string =>
    decisionOf({ action: "ssm:SendCommand", resource, context }, command(facts));

  it("runs the named documents on tagged machines", () => {
    assert.equal(send(INSTANCE, TAGGED), "allowed");
    assert.equal(send(`${DOCUMENT}shop-dev-restart`), "allowed");
    assert.equal(answerOf(sideDoorOpen(doorOf("ssm:SendCommand")), command()), "witness");
  });

  it("runs nothing without MFA, and nothing on machines without the tags", () => {
    const door = doorOf("ssm:SendCommand");
    assert.equal(answerOf(sideDoorWithoutMfa(door), command()), "none");
    for (const question of sideDoorOutsideTags(door, { Environment: ["dev"] })) {
      assert.equal(answerOf(question, command()), "none");
    }
  });

  it("runs no other document, of the account or of AWS", () => {
    assert.equal(send(`${DOCUMENT}shop-dev-shell`), "implicit-deny");
    assert.equal(send("arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaseline"), "implicit-deny");
    assert.equal(
      send("arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaseline", MFA, {
        awsCommandDocuments: ["AWS-RunPatchBaseline"],
      }),
      "allowed",
    );
  });

  it("denies documents that run whatever they are given, whatever other policies allow", () => {
    for (const name of ["AWS-RunShellScript", "AWS-RunPowerShellScript", "AWS-RunRemoteScript"]) {
      const decision = decisionOf(
        {
          action: "ssm:SendCommand",
          resource: `arn:aws:ssm:us-east-1::document/${name}`,
          context: MFA,
        },
        { identity: [EVERYTHING, ...command().identity] },
      );
      assert.equal(decision, "explicit-deny", name);
    }
  });

  it("opens no other door, and starts no session", () => {
    assert.equal(answerOf(anySession(), command()), "none");
    for (const door of SIDE_DOORS.filter(({ id }) => id !== "ssm:SendCommand")) {
      assert.equal(answerOf(sideDoorOpen(door), command()), "none", door.id);
    }
  });

  it("runs on nodes outside EC2 only where asked to", () => {
    const node = "arn:aws:ssm:eu-west-1:111122223333:managed-instance/mi-0a1b2c3d4e5f60718";
    assert.equal(send(node, TAGGED), "implicit-deny");
    assert.equal(send(node, TAGGED, { managedNodes: true }), "allowed");
    assert.equal(send(node, MFA, { managedNodes: true }), "implicit-deny");
  });
});

describe("access without other Regions", () => {
  const fenced = connect({ denyOtherRegions: true });

  it("denies sessions and side doors elsewhere, whatever other policies allow", () => {
    const elsewhere = outside("aws:RequestedRegion", "eu-west-1");
    const held = { identity: [EVERYTHING, ...fenced.identity] };
    for (const question of [anySession(), ...SIDE_DOORS.map((door) => sideDoorOpen(door))]) {
      assert.equal(
        answerOf(where(question, elsewhere), { identity: [EVERYTHING] }),
        "witness",
        question.name,
      );
      assert.equal(answerOf(where(question, elsewhere), held), "none", question.name);
    }
  });

  it("still starts sessions in its own, and lists machines there alone", () => {
    const list = (region: string): string =>
      decisionOf(
        {
          action: "ssm:DescribeInstanceInformation",
          resource: "*",
          context: { ...MFA, "aws:RequestedRegion": region },
        },
        fenced,
      );
    assert.equal(
      decisionOf(
        {
          action: "ssm:StartSession",
          resource: INSTANCE,
          context: { ...TAGGED, "aws:RequestedRegion": "eu-west-1" },
        },
        fenced,
      ),
      "allowed",
    );
    assert.equal(list("eu-west-1"), "allowed");
    assert.equal(list("us-east-1"), "implicit-deny");
  });
});

describe("access to any machine", () => {
  const wide = connect({ instanceTags: {}, managedNodes: true });

  it("starts sessions whatever the tags, with MFA and the documents alone", () => {
    assert.equal(
      decisionOf({ action: "ssm:StartSession", resource: INSTANCE, context: MFA }, wide),
      "allowed",
    );
    assert.equal(answerOf(sessionWithoutMfa(), wide), "none");
    assert.equal(
      decisionOf({ action: "ssm:StartSession", resource: `${DOCUMENT}other`, context: MFA }, wide),
      "implicit-deny",
    );
  });
});

describe("the trust of a role whose use is told of", () => {
  const trust = parsed(trustStatements(["111122223333"], "eu-west-1"), "trust");
  const assume = (region: string): string =>
    decisionOf(
      {
        action: "sts:AssumeRole",
        resource: "arn:aws:iam::111122223333:role/break-glass",
        principal: { kind: "user", id: "arn:aws:iam::111122223333:user/jane" },
        context: { "aws:MultiFactorAuthPresent": true, "aws:RequestedRegion": region },
      },
      { identity: [EVERYTHING], resource: [trust], combine: "both" },
    );

  it("is for the one Region whose events are heard", () => {
    assert.equal(assume("eu-west-1"), "allowed");
    assert.equal(assume("us-east-1"), "implicit-deny");
  });
});

describe("every document of an access", () => {
  const facts = {
    ...FACTS,
    ...COMMANDS,
    documentNames: ["shop-dev-shell"],
    matchPrincipalTags: ["Team"],
    managedNodes: true,
    denyOtherRegions: true,
    window: { notBefore: "2026-03-02T08:00:00Z", notAfter: "2026-03-09T08:00:00Z" },
  };
  for (const [name, statements] of Object.entries({
    auditStatements,
    commandStatements,
    connectStatements,
  })) {
    it(`names actions and keys that there are (${name})`, async () => {
      assert.deepEqual(await documentWarnings(parsed(statements(facts))), []);
    });

    for (const partition of ["aws-cn", "aws-us-gov"]) {
      it(`has ARNs of ${partition} there (${name})`, () => {
        const text = JSON.stringify(statements({ ...facts, identity: { ...facts.identity, partition } }));
        assert.deepEqual([...new Set(text.match(/arn:[a-z-]+/g))], [`arn:${partition}`]);
      });
    }
  }
});
