import assert from "node:assert/strict";
import {
  type Answer,
  anySession,
  assumeRoleWithoutMfa,
  type ConditionBlock,
  decide,
  SIDE_DOORS,
  sessionOutsideTags,
  sessionsOfOthers,
  sessionWithDocument,
  sessionWithoutMfa,
  sessionWithOtherDocument,
  sideDoorOutsideTags,
  sideDoorWithoutMfa,
  type Question,
  type Statement,
} from "@bastionless/iam";
import { AGE, allow, answer, deny, document, MFA, named } from "./support/documents.ts";

const INSTANCES = "arn:aws:ec2:*:*:instance/*";
const DOCUMENTS = "arn:aws:ssm:*:*:document/acme-*";

function kinds(
  question: Question,
  cases: readonly (readonly [name: string, kind: string, ...statements: Statement[]])[],
): void {
  for (const [name, kind, ...statements] of cases) {
    it(name, () => {
      assert.equal(answer(question, statements).kind, kind);
    });
  }
}

describe("starting a session without MFA", () => {
  kinds(sessionWithoutMfa(), [
    ["is possible where nothing asks for it", "witness", allow()],
    ["is ruled out by an Allow with Bool true", "none", allow({ Bool: { [MFA]: "true" } })],
    ["is ruled out by an unquoted true", "none", allow({ Bool: { [MFA]: true } })],
    [
      "is ruled out by a Deny with BoolIfExists false",
      "none",
      allow(),
      deny({ BoolIfExists: { [MFA]: "false" } }),
    ],
    [
      "is ruled out by an Allow with a bound on the age",
      "none",
      allow({ NumericLessThan: { [AGE]: "3600" } }),
    ],
    [
      "is ruled out by a Deny above an age, or without one",
      "none",
      allow(),
      deny({ NumericGreaterThanIfExists: { [AGE]: 3600 } }),
    ],
    ["is ruled out by a Deny unless true", "none", allow(), deny({ StringNotEquals: { [MFA]: "true" } })],
    ["is possible with BoolIfExists true in an Allow", "witness", allow({ BoolIfExists: { [MFA]: "true" } })],
    [
      "is possible with a Deny of Bool false: a long-term key has no such key",
      "witness",
      allow(),
      deny({ Bool: { [MFA]: "false" } }),
    ],
    [
      "is possible with Null false: temporary credentials have the key",
      "witness",
      allow({ Null: { [MFA]: "false" } }),
    ],
    [
      "is possible with NumericLessThanIfExists",
      "witness",
      allow({ NumericLessThanIfExists: { [AGE]: "3600" } }),
    ],
    ["is possible with ForAllValues:Bool true", "witness", allow({ "ForAllValues:Bool": { [MFA]: "true" } })],
    ["is ruled out by ForAnyValue:Bool true", "none", allow({ "ForAnyValue:Bool": { [MFA]: "true" } })],
    ["is possible through NotAction", "witness", { Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    [
      "is ruled out where NotAction leaves it out",
      "none",
      { Effect: "Allow", NotAction: "ssm:*", Resource: "*" },
    ],
    [
      "is possible with wildcards anywhere in the action",
      "witness",
      allow(undefined, { Action: "s*:*Session" }),
    ],
    [
      "is possible whatever the case of the action",
      "witness",
      allow(undefined, { Action: "SSM:startsession" }),
    ],
    [
      "is not granted by a policy for instances",
      "none",
      allow(undefined, { Action: ["ssm:UpdateInstanceInformation", "ssmmessages:*"] }),
    ],
    [
      "is ruled out where a Deny says true is required, in any case of the key",
      "none",
      allow({ Bool: { "AWS:multifactorauthPRESENT": "true" } }),
    ],
    [
      "needs the document too where every statement checks it",
      "none",
      allow({ BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } }, { Resource: INSTANCES }),
    ],
  ]);

  for (const [target, Resource] of [
    ["instance", INSTANCES],
    ["managed-instance", "arn:aws:ssm:*:*:managed-instance/*"],
    ["ecs-task", "arn:aws:ecs:*:*:task/*"],
  ] as const) {
    it(`is asked of each kind of machine: ${target}`, () => {
      const statements = [allow(undefined, { Resource })];
      assert.equal(answer(sessionWithoutMfa(), statements).kind, "witness");
      assert.equal(answer(sessionWithoutMfa({ targets: [target] }), statements).kind, "witness");
      const others = (["instance", "managed-instance", "ecs-task"] as const).filter(
        (each) => each !== target,
      );
      assert.equal(answer(sessionWithoutMfa({ targets: others }), statements).kind, "none");
    });
  }

  it("takes the id of an access request for a key that a request may carry", () => {
    const key = "ssm:AccessRequestId";
    const found = answer(sessionWithoutMfa(), [allow({ StringLike: { [key]: "oi-*" } })]);
    assert.match(String(found.kind === "witness" && found.checks[0]?.request.context[key]), /^oi-/);
  });

  it("is possible through a VPC endpoint, where there is no public address", () => {
    const outside = deny({ IpAddress: { "aws:SourceIp": ["0.0.0.0/0", "::/0"] } });
    const found = answer(sessionWithoutMfa(), [allow(), outside]);
    assert.equal(found.kind === "witness" && found.checks[0]?.request.context["aws:SourceIp"], undefined);
    assert.equal(found.kind, "witness");
    const inside = deny({ NotIpAddress: { "aws:SourceIp": ["0.0.0.0/0", "::/0"] } });
    assert.equal(answer(sessionWithoutMfa(), [allow(), outside, inside]).kind, "none");
  });

  it("is possible through NotResource, and not where it leaves every machine out", () => {
    const but = (NotResource: readonly string[]): Statement => ({
      Effect: "Allow",
      Action: "ssm:StartSession",
      NotResource,
    });
    assert.equal(answer(sessionWithoutMfa(), [but(["arn:aws:s3:::*"])]).kind, "witness");
    assert.equal(answer(sessionWithoutMfa(), [but(["*"])]).kind, "none");
    const instances = sessionWithoutMfa({ targets: ["instance"] });
    assert.equal(answer(instances, [but(["arn:aws:ec2:*:*:instance/i-0*"])]).kind, "witness");
    assert.equal(answer(instances, [but(["arn:*:ec2:*:*:instance/*"])]).kind, "none");
  });

  it("names the credentials, the statement and the missing key in its witness", () => {
    const found = answer(sessionWithoutMfa(), [allow({ BoolIfExists: { [MFA]: "true" } })]);
    assert.equal(found.kind, "witness");
    assert.deepEqual(
      found.kind === "witness" && [
        found.credentials,
        found.checks[0]?.allowedBy[0]?.path,
        found.checks[0]?.request.context[MFA],
      ],
      ["long-term", "$.Statement[0]", undefined],
    );
  });

  it("has a value of false in the witness against Null false", () => {
    const found = answer(sessionWithoutMfa(), [allow({ Null: { [MFA]: "false" } })]);
    assert.equal(found.kind === "witness" && found.checks[0]?.request.context[MFA], "false");
  });

  it("says which statements exclude it", () => {
    const found = answer(sessionWithoutMfa(), [allow({ Bool: { [MFA]: "true" } })]);
    assert.deepEqual(
      found.kind === "none" && found.excludedBy.map(({ statement, why }) => [statement.index, why?.path]),
      [[0, `$.Statement[0].Condition.Bool["${MFA}"]`]],
    );
  });

  it("asks only for the credentials that a caller names", () => {
    const policies = [allow({ Null: { [MFA]: "false" } })];
    assert.equal(answer(sessionWithoutMfa({ credentials: ["long-term"] }), policies).kind, "none");
    assert.equal(answer(sessionWithoutMfa({ credentials: ["role"] }), policies).kind, "witness");
  });

  it("takes no key of MFA for present where its age is absent, and the reverse", () => {
    const impossible = [
      allow({ Bool: { [MFA]: "true" }, Null: { [AGE]: "true" } }),
      allow({ Bool: { [MFA]: "false" }, NumericLessThan: { [AGE]: 10 } }),
    ];
    assert.equal(answer(anySession(), impossible).kind, "none");
  });
});

describe("tags of the machine", () => {
  const [question] = sessionOutsideTags({ Environment: ["prod"] });
  assert.ok(question);
  const tag = (operator: string, key: string, value: string): ConditionBlock => ({
    [operator]: { [key]: value },
  });
  const documentHalf = allow(undefined, { Resource: "arn:aws:ssm:*:*:document/*" });
  kinds(question, [
    [
      "hold in an Allow with ssm:resourceTag",
      "none",
      allow(tag("StringEquals", "ssm:resourceTag/Environment", "prod"), { Resource: INSTANCES }),
      documentHalf,
    ],
    [
      "hold in an Allow with aws:ResourceTag",
      "none",
      allow(tag("StringEquals", "aws:ResourceTag/Environment", "prod"), { Resource: INSTANCES }),
      documentHalf,
    ],
    [
      "hold whatever the case of the tag's key",
      "none",
      allow(tag("StringEquals", "aws:resourcetag/ENVIRONMENT", "prod")),
    ],
    [
      "are open with another value",
      "witness",
      allow(tag("StringEquals", "aws:ResourceTag/Environment", "dev")),
    ],
    [
      "are open with a pattern that takes more",
      "witness",
      allow(tag("StringLike", "aws:ResourceTag/Environment", "prod*")),
    ],
    [
      "take a star literally under StringEquals",
      "witness",
      allow(tag("StringEquals", "aws:ResourceTag/Environment", "*")),
    ],
    [
      "are open with IfExists: an untagged machine passes",
      "witness",
      allow(tag("StringEqualsIfExists", "ssm:resourceTag/Environment", "prod")),
    ],
    [
      "are open with ForAllValues: an untagged machine passes",
      "witness",
      allow(tag("ForAllValues:StringEquals", "ssm:resourceTag/Environment", "prod")),
    ],
    [
      "are open where only the value's case is free",
      "witness",
      allow(tag("StringEqualsIgnoreCase", "aws:ResourceTag/Environment", "prod")),
    ],
    [
      "hold by a Deny that covers absent tags",
      "none",
      allow(undefined, { Resource: INSTANCES }),
      documentHalf,
      deny(tag("StringNotEquals", "aws:ResourceTag/Environment", "prod"), { Resource: INSTANCES }),
    ],
    [
      "are open by a Deny that does not",
      "witness",
      allow(),
      deny({
        StringNotEquals: { "aws:ResourceTag/Environment": "prod" },
        Null: { "aws:ResourceTag/Environment": "false" },
      }),
    ],
    [
      "cannot disagree under their two names",
      "none",
      allow({
        StringEquals: { "aws:ResourceTag/Environment": "dev", "ssm:resourceTag/Environment": "prod" },
      }),
    ],
    ["are not EC2's own key", "none", allow(tag("StringEquals", "ec2:ResourceTag/Environment", "dev"))],
    [
      "are open to a principal's tag that is free",
      "witness",
      allow(tag("StringEquals", "aws:ResourceTag/Environment", "${aws:PrincipalTag/Environment}")),
    ],
  ]);
});

describe("session documents", () => {
  const check: ConditionBlock = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };
  kinds(sessionWithOtherDocument(["arn:*:ssm:*:*:document/acme-*"]), [
    [
      "are pinned where every statement checks access to them",
      "none",
      allow(check, { Resource: [INSTANCES, DOCUMENTS] }),
    ],
    [
      "are pinned by two statements that both check",
      "none",
      allow(check, { Resource: INSTANCES }),
      allow(check, { Resource: DOCUMENTS }),
    ],
    [
      "are not, where the machine's statement does not check: the default document opens",
      "witness",
      allow(undefined, { Resource: INSTANCES }),
      allow(check, { Resource: DOCUMENTS }),
    ],
    [
      "are not, where another one is listed",
      "witness",
      allow(check, { Resource: [INSTANCES, "arn:aws:ssm:*:*:document/*"] }),
    ],
    [
      "are not, where AWS's are listed",
      "witness",
      allow(check, { Resource: [INSTANCES, "arn:aws:ssm:*::document/AWS-StartSSHSession"] }),
    ],
  ]);
});

describe("AWS's own documents", () => {
  const tagged: ConditionBlock = { StringEquals: { "aws:ResourceTag/Team": "a" } };
  const machines = allow(undefined, { Resource: INSTANCES });
  const documents = (Resource: string, condition?: ConditionBlock): Statement =>
    allow(condition, { Resource });
  kinds(sessionWithDocument({ aws: ["AWS-StartSSHSession"] }), [
    ["are allowed by name", "witness", machines, documents("arn:aws:ssm:*::document/AWS-StartSSHSession")],
    ["carry no tags", "none", machines, documents("arn:aws:ssm:*::document/*", tagged)],
    ["belong to no account", "none", machines, documents("arn:aws:ssm:*:111122223333:document/*")],
  ]);
  kinds(sessionWithDocument({ own: ["acme-shell"] }), [
    ["are not one's own, which do", "witness", machines, documents("arn:aws:ssm:*:*:document/*", tagged)],
  ]);
});

describe("sessions of others", () => {
  const terminate = (Resource: string, Condition?: ConditionBlock): Statement =>
    allow(Condition, { Action: "ssm:TerminateSession", Resource });
  const owner = "ssm:resourceTag/aws:ssmmessages:session-id";
  kinds(sessionsOfOthers("ssm:TerminateSession"), [
    ["can be ended with a star", "witness", terminate("*")],
    [
      "cannot with one's own name in the resource",
      "none",
      terminate("arn:aws:ssm:*:*:session/${aws:username}-*"),
    ],
    [
      "cannot with one's own id as owner",
      "none",
      terminate("*", { StringLike: { [owner]: "${aws:userid}" } }),
    ],
    ["can with any owner", "witness", terminate("*", { StringLike: { [owner]: "*" } })],
    ["can with somebody's name in the resource", "witness", terminate("arn:aws:ssm:*:*:session/bob-*")],
    [
      "cannot with a tag of the machine, which sessions do not have",
      "none",
      terminate("*", { StringEquals: { "ssm:resourceTag/Environment": "prod" } }),
    ],
    [
      "cannot where a Deny covers all but one's own",
      "none",
      terminate("*"),
      deny(undefined, { Action: "ssm:*", Resource: "*" }),
    ],
  ]);
});

describe("keys of running sessions", () => {
  for (const action of ["ssm:TerminateSession", "ssm:ResumeSession"] as const) {
    it(`\`${action}\` knows the session's id and target, and no other tag`, () => {
      const on = (key: string): Answer["kind"] =>
        answer(sessionsOfOthers(action), [allow({ StringLike: { [key]: "*" } }, { Action: action })]).kind;
      assert.equal(on("ssm:resourceTag/aws:ssmmessages:session-id"), "witness");
      assert.equal(on("ssm:resourceTag/aws:ssmmessages:target-id"), "witness");
      assert.equal(on("aws:ResourceTag/aws:ssmmessages:target-id"), "witness");
      assert.equal(on("ssm:resourceTag/Owner"), "none");
      assert.equal(on("aws:ResourceTag/Owner"), "none");
    });
  }

  it("are none of a machine's", () => {
    const started = allow({ StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": "*" } });
    assert.equal(answer(anySession(), [started]).kind, "none");
  });
});

describe("side doors", () => {
  it("are at least these", () => {
    const doors = new Set(SIDE_DOORS.map(({ id }) => id));
    assert.deepEqual(
      [
        "ec2-instance-connect:OpenTunnel",
        "ec2-instance-connect:SendSSHPublicKey",
        "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
        "ssm-guiconnect:StartConnection",
        "ssm:CreateAssociation",
        "ssm:GetAccessToken",
        "ssm:SendCommand",
        "ssm:StartAutomationExecution",
      ].filter((id) => !doors.has(id)),
      [],
    );
  });

  for (const door of SIDE_DOORS) {
    it(`\`${door.id}\` opens without MFA to an administrator, and not where MFA is asked for`, () => {
      const all = { Action: "*" };
      assert.equal(answer(sideDoorWithoutMfa(door), [allow(undefined, all)]).kind, "witness");
      assert.equal(answer(sideDoorWithoutMfa(door), [allow({ Bool: { [MFA]: "true" } }, all)]).kind, "none");
    });
  }

  it("take a statement for documents without tags for no door of its own", () => {
    const door = SIDE_DOORS.find(({ id }) => id === "ssm:SendCommand");
    assert.ok(door);
    const [question] = sideDoorOutsideTags(door, { Environment: ["prod"] });
    assert.ok(question);
    const send = { Action: "ssm:SendCommand" };
    const documents = allow(undefined, { ...send, Resource: "arn:aws:ssm:*:*:document/*" });
    const tagged = allow(
      { StringEquals: { "ssm:resourceTag/Environment": "prod" } },
      { ...send, Resource: INSTANCES },
    );
    assert.equal(answer(question, [documents, tagged]).kind, "none");
    assert.equal(
      answer(question, [documents, allow(undefined, { ...send, Resource: INSTANCES })]).kind,
      "witness",
    );
  });
});

describe("assuming a role without MFA", () => {
  const trust = (principal: Statement["Principal"], Condition?: ConditionBlock): Statement => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    ...(principal === undefined ? {} : { Principal: principal }),
    ...(Condition === undefined ? {} : { Condition }),
  });
  const cases: readonly (readonly [string, string, Statement])[] = [
    ["is possible through an account", "witness", trust({ AWS: "123456789012" })],
    ["is possible through an account's root", "witness", trust({ AWS: "arn:aws:iam::123456789012:root" })],
    ["is possible for a named user", "witness", trust({ AWS: "arn:aws:iam::123456789012:user/alice" })],
    ["is possible for a named role", "witness", trust({ AWS: "arn:aws:iam::123456789012:role/other" })],
    [
      "is possible for a named session",
      "witness",
      trust({ AWS: "arn:aws:sts::123456789012:assumed-role/other/bob" }),
    ],
    ["is possible for anyone", "witness", trust("*")],
    [
      "is ruled out for a named role by Bool true",
      "none",
      trust({ AWS: "arn:aws:iam::123456789012:role/other" }, { Bool: { [MFA]: "true" } }),
    ],
    ["is ruled out by Bool true", "none", trust({ AWS: "123456789012" }, { Bool: { [MFA]: "true" } })],
    ["is no question where a service assumes the role", "none", trust({ Service: "ec2.amazonaws.com" })],
    [
      "is possible by BoolIfExists",
      "witness",
      trust({ AWS: "123456789012" }, { BoolIfExists: { [MFA]: "true" } }),
    ],
  ];
  for (const [name, kind, statement] of cases) {
    it(name, () => {
      assert.equal(decide(assumeRoleWithoutMfa(), { resource: [document(statement)] }).kind, kind);
    });
  }
});

describe("documents that are not known", () => {
  const unknown = { kind: "unknown", name: "later", reason: "its text depends on `Key`" } as const;
  const question = sessionWithoutMfa();

  it("leave a witness undecided where they may deny, and name themselves", () => {
    const found = decide(question, { identity: [document(allow()), unknown] });
    assert.deepEqual(
      found.kind === "undecided" && found.reasons.map(({ code, subject }) => [code, subject]),
      [["unknown-document", "later"]],
    );
  });

  it("take nothing from a witness where they cannot deny", () => {
    const found = decide(question, { identity: [document(allow()), { ...unknown, mayDeny: false }] });
    assert.equal(found.kind, "witness");
  });

  it("leave a proof undecided where they may allow, and stand where they cannot", () => {
    const strict = document(allow({ Bool: { [MFA]: "true" } }));
    assert.equal(decide(question, { identity: [strict, unknown] }).kind, "undecided");
    assert.equal(decide(question, { identity: [strict, { ...unknown, mayAllow: false }] }).kind, "none");
  });

  it("change nothing where a known Deny covers everything", () => {
    assert.equal(decide(question, { identity: [document(deny()), unknown] }).kind, "none");
  });

  it("change nothing where a known boundary allows nothing of it", () => {
    const boundary = [named("boundary", allow(undefined, { Action: "s3:*" }))];
    assert.equal(decide(question, { identity: [unknown], boundary }).kind, "none");
    assert.equal(decide(question, { identity: [document(allow())], boundary: [unknown] }).kind, "undecided");
  });
});
