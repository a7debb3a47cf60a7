import assert from "node:assert/strict";
import {
  CHANGE_DOORS,
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
  const found = [...SIDE_DOORS, ...CHANGE_DOORS].find((each) => each.id === id);
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

describe("side doors through maintenance windows and change requests", () => {
  const on = (Action: string, Resource: string): Statement => allow(undefined, { Action, Resource });

  it("are opened by a window's tasks, and not by its targets", () => {
    const register = sideDoorOpen(door("ssm:RegisterTaskWithMaintenanceWindow"));
    const windows = "arn:aws:ssm:*:*:maintenancewindow/*";
    assert.equal(answer(register, [on("ssm:RegisterTask*", windows)]).kind, "witness");
    assert.equal(answer(register, [on("ssm:RegisterTarget*", windows)]).kind, "none");
    assert.equal(answer(register, [on("ssm:RegisterTask*", INSTANCES)]).kind, "none");
  });

  it("take the window and the task where a task is changed", () => {
    const update = sideDoorOpen(door("ssm:UpdateMaintenanceWindowTask"));
    const action = "ssm:UpdateMaintenanceWindowTask";
    const [window, task] = ["arn:aws:ssm:*:*:maintenancewindow/*", "arn:aws:ssm:*:*:windowtask/*"];
    assert.equal(answer(update, [on(action, window)]).kind, "none");
    assert.equal(answer(update, [on(action, task)]).kind, "none");
    assert.equal(answer(update, [on(action, window), on(action, task)]).kind, "witness");
  });

  it("take a runbook and a change template", () => {
    const change = sideDoorOpen(door("ssm:StartChangeRequestExecution"));
    const action = "ssm:StartChangeRequestExecution";
    const [runbook, template] = ["arn:aws:ssm:*:*:automation-definition/*", "arn:aws:ssm:*:*:document/*"];
    assert.equal(answer(change, [on(action, runbook)]).kind, "none");
    assert.equal(answer(change, [on(action, runbook), on(action, template)]).kind, "witness");
  });
});

describe("a shell in a container", () => {
  const [outside] = sideDoorOutsideTags(door("ecs:ExecuteCommand"), { Environment: ["prod"] });
  assert.ok(outside);
  const execute = (condition: ConditionBlock | undefined, Resource: string): Statement =>
    allow(condition, { Action: "ecs:ExecuteCommand", Resource });
  const prod = { StringEquals: { "aws:ResourceTag/Environment": "prod" } };
  kinds(outside, [
    ["is open where the task's tag is not asked for", "witness", execute(undefined, "*")],
    ["is closed where it is", "none", execute(prod, "*")],
    [
      "is open where the cluster's alone is",
      "witness",
      execute(prod, "arn:aws:ecs:*:*:cluster/*"),
      execute(undefined, "arn:aws:ecs:*:*:task/*"),
    ],
    ["takes a cluster, too", "none", execute(undefined, "arn:aws:ecs:*:*:task/*")],
  ]);
});

describe("user data", () => {
  const modify = (condition?: ConditionBlock): Statement =>
    allow(condition, { Action: "ec2:ModifyInstanceAttribute" });
  const restart = (condition?: ConditionBlock): Statement =>
    allow(condition, { Action: ["ec2:StartInstances", "ec2:StopInstances"] });
  const tag = (value: string): ConditionBlock => ({ StringEquals: { "ec2:ResourceTag/Environment": value } });
  kinds(sideDoorOpen(door("ec2:ModifyInstanceAttribute")), [
    ["is a way in with stop and start", "witness", modify(), restart()],
    ["is none without", "none", modify(), allow(undefined, { Action: "ec2:StartInstances" })],
    [
      "is none where it is not what may be changed",
      "none",
      modify({ StringEquals: { "ec2:Attribute": "InstanceType" } }),
      restart(),
    ],
    [
      "is one by its name, in any letters",
      "witness",
      modify({ StringEquals: { "ec2:Attribute": "userData" } }),
      restart(),
    ],
    ["has to be the same machine's", "none", modify(tag("dev")), restart(tag("prod"))],
    ["is one of the same machine", "witness", modify(tag("dev")), restart(tag("dev"))],
    [
      "has to be the same machine's by its ARN, too",
      "none",
      allow(undefined, { Action: "ec2:ModifyInstanceAttribute", Resource: "arn:aws:ec2:*:*:instance/i-1*" }),
      allow(undefined, {
        Action: ["ec2:StartInstances", "ec2:StopInstances"],
        Resource: "arn:aws:ec2:*:*:instance/i-2*",
      }),
    ],
  ]);

  it("is told with one machine in every check of the witness", () => {
    const found = answer(sideDoorOpen(door("ec2:ModifyInstanceAttribute")), [modify(tag("dev")), restart()]);
    assert.ok(found.kind === "witness");
    assert.deepEqual(
      found.checks.map(({ name }) => name),
      ["machine", "stop", "start"],
    );
    assert.equal(new Set(found.checks.map(({ request }) => request.resource)).size, 1);
  });
});

describe("a check on another's resource", () => {
  it("that is not before it makes the question one that cannot be read", () => {
    const checks = [{ name: "a", actions: ["ec2:StopInstances"], resources: ["{any}"], sameResourceAs: "b" }];
    const found = answer({ name: "q", scenarios: [{ name: "s", checks }] }, [allow()]);
    assert.deepEqual(found.kind === "undecided" && found.reasons.map(({ code }) => code), [
      "invalid-question",
    ]);
  });
});

describe("another version of a document", () => {
  const documents = (condition?: ConditionBlock, Resource = "*"): Statement =>
    allow(condition, { Action: ["ssm:UpdateDocument", "ssm:UpdateDocumentDefaultVersion"], Resource });
  const session = { StringEquals: { "ssm:DocumentType": "Session" } };
  kinds(sideDoorOpen(door("ssm:UpdateDocument")), [
    ["is what others run, once it is the default", "witness", documents()],
    ["is not, before", "none", allow(undefined, { Action: "ssm:UpdateDocument" })],
    ["is none of a session document", "none", documents(session)],
    [
      "is none of the account's preferences",
      "none",
      documents(undefined, "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"),
    ],
    ["is none of AWS's documents", "none", documents(undefined, "arn:aws:ssm:*::document/AWS-*")],
  ]);
});
