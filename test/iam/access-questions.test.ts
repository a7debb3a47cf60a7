import assert from "node:assert/strict";
import {
  type ConditionBlock,
  type Question,
  sessionsOfOthers,
  sessionWithDocument,
  sessionWithOtherOwnDocument,
  SIDE_DOORS,
  sideDoorOpen,
  sideDoorOutsideTags,
  type SideDoor,
  type Statement,
} from "@bastionless/iam";
import { allow, answer, deny } from "./support/documents.ts";

const INSTANCES = "arn:aws:ec2:*:*:instance/*";
const CHECK: ConditionBlock = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };

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

function door(id: string): SideDoor {
  const found = SIDE_DOORS.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
}

describe("a session with one of some documents", () => {
  kinds(sessionWithDocument({ own: ["acme-tunnel"], aws: ["AWS-StartSSHSession"] }), [
    ["starts where everything is allowed", "witness", allow()],
    ["starts without a check of the document, too", "witness", allow(undefined, { Resource: "arn:*" })],
    [
      "starts with AWS's document by its name",
      "witness",
      allow(CHECK, { Resource: [INSTANCES, "arn:aws:ssm:*::document/AWS-StartSSHSession"] }),
    ],
    [
      "starts with the account's document behind a pattern",
      "witness",
      allow(CHECK, { Resource: [INSTANCES, "arn:aws:ssm:*:*:document/acme-*"] }),
    ],
    [
      "does not start with another document",
      "none",
      allow(CHECK, { Resource: [INSTANCES, "arn:aws:ssm:*:*:document/acme-shell"] }),
    ],
    ["does not start without a machine", "none", allow(CHECK, { Resource: "arn:aws:ssm:*:*:document/*" })],
    [
      "does not start with what a Deny takes out, with an account in the ARN and without",
      "none",
      allow(),
      deny(undefined, {
        Resource: [
          "arn:aws:ssm:*:*:document/AWS-*",
          "arn:aws:ssm:*::document/AWS-*",
          "arn:aws:ssm:*:*:document/acme-tunnel",
          "arn:*:ssm:*:*:document/*",
        ],
      }),
    ],
  ]);
});

describe("a session with another document of the account", () => {
  kinds(sessionWithOtherOwnDocument(["arn:*:ssm:*:*:document/acme-*"]), [
    ["starts with a document of another name", "witness", allow(CHECK)],
    [
      "does not start with those that are left out",
      "none",
      allow(CHECK, { Resource: [INSTANCES, "arn:aws:ssm:*:*:document/acme-*"] }),
    ],
    [
      "does not start with AWS's documents",
      "none",
      allow(CHECK, { Resource: [INSTANCES, "arn:aws:ssm:*::document/AWS-*"] }),
    ],
    ["does not start where no document is named", "none", allow(undefined, { Resource: INSTANCES })],
  ]);
});

describe("sessions of others, by their names", () => {
  const named = (resource: string): Statement =>
    allow(undefined, { Action: "ssm:TerminateSession", Resource: resource });
  kinds(sessionsOfOthers("ssm:TerminateSession"), [
    ["are not one's own by user id", "none", named("arn:aws:ssm:*:*:session/${aws:userid}-*")],
    ["are, with an id that merely begins so", "witness", named("arn:aws:ssm:*:*:session/${aws:userid}*")],
    ["are, by somebody's id", "witness", named("arn:aws:ssm:*:*:session/AIDAEXAMPLE-*")],
  ]);
});

describe("side doors by tag", () => {
  const [ssh] = sideDoorOutsideTags(door("ec2-instance-connect:SendSSHPublicKey"), { Environment: ["prod"] });
  assert.ok(ssh);
  const send = (condition: ConditionBlock): Statement =>
    allow(condition, { Action: "ec2-instance-connect:SendSSHPublicKey", Resource: INSTANCES });
  kinds(ssh, [
    [
      "know EC2's own name of a tag where the machine is EC2's",
      "none",
      send({ StringEquals: { "ec2:ResourceTag/Environment": "prod" } }),
    ],
    [
      "are open with another value under that name",
      "witness",
      send({ StringEquals: { "ec2:ResourceTag/Environment": "dev" } }),
    ],
    [
      "are open with a key of EC2 that is about something else",
      "witness",
      send({ StringEquals: { "ec2:osuser": "ec2-user" } }),
    ],
    [
      "know nothing of Systems Manager's name",
      "none",
      send({ StringEquals: { "ssm:resourceTag/Environment": "dev" } }),
    ],
  ]);

  for (const id of ["ssm:CreateAssociationBatch", "ssm:CreateAssociation", "ssm:SendCommand"]) {
    it(`\`${id}\` takes a machine and a document`, () => {
      const open = sideDoorOpen(door(id));
      const on = (Resource: string): Statement => allow(undefined, { Action: id, Resource });
      assert.equal(answer(open, [on("arn:aws:ssm:*:*:document/*")]).kind, "none");
      assert.equal(answer(open, [on(INSTANCES)]).kind, "none");
      assert.equal(answer(open, [on(INSTANCES), on("arn:aws:ssm:*::document/AWS-*")]).kind, "witness");
    });
  }

  it("`ssm:UpdateAssociation` takes a machine alone", () => {
    const open = sideDoorOpen(door("ssm:UpdateAssociation"));
    const action = { Action: "ssm:UpdateAssociation" };
    assert.equal(answer(open, [allow(undefined, { ...action, Resource: INSTANCES })]).kind, "witness");
  });
});
