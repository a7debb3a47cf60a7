import assert from "node:assert/strict";
import {
  type ParsedDocument,
  type Principal,
  type PolicySet,
  type Question,
  SIDE_DOORS,
  documentWarnings,
  sessionWithDocument,
  sideDoorOpen,
} from "@bastionless/iam";
import { sideDoorsServiceControlPolicy, type SideDoorsPolicyArgs } from "@bastionless/components";
import { SIDE_DOOR_ACTIONS } from "../../../components/access/side-doors.ts";
import { problemPaths } from "../../support/problem-paths.ts";
import { answerOf, decisionOf, parsed } from "../support/policies.ts";

const ADMINISTRATOR: ParsedDocument = parsed([
  { Sid: "AdministratorAccess", Effect: "Allow", Action: "*", Resource: "*" },
]);

const role = (name: string, partition = "aws"): Principal => ({
  kind: "role-session",
  id: `arn:${partition}:sts::111122223333:assumed-role/${name}/someone`,
  roleArn: `arn:${partition}:iam::111122223333:role/${name}`,
});
const USER: Principal = { kind: "user", id: "arn:aws:iam::111122223333:user/admin" };

const ROLES = {
  exemptRoles: ["arn:aws:iam::*:role/break-glass"],
  commandRoles: ["arn:aws:iam::*:role/automation"],
  deploymentRoles: ["arn:aws:iam::*:role/deployment"],
} satisfies SideDoorsPolicyArgs;

/** An administrator under the policy, beside the FullAWSAccess that AWS attaches. */
function under(args: SideDoorsPolicyArgs): PolicySet {
  return {
    identity: [ADMINISTRATOR],
    scps: [[ADMINISTRATOR], [ADMINISTRATOR, parsed(JSON.stringify(sideDoorsServiceControlPolicy(args)))]],
  };
}

const asked = (question: Question, principal: Principal): Question => ({ ...question, principal });

function decided(
  action: string,
  resource: string,
  principal: Principal,
  args: SideDoorsPolicyArgs = ROLES,
): string {
  const context = { "aws:PrincipalArn": principal.roleArn ?? principal.id };
  return decisionOf({ action, resource, principal, context }, under(args));
}

const own = (name: string): Question => sessionWithDocument({ own: [name] });
const ofAws = (name: string): Question => sessionWithDocument({ aws: [name] });

describe("an administrator under the service control policy", () => {
  for (const door of SIDE_DOORS) {
    it(`finds \`${door.id}\` open without it, and closed with it`, () => {
      for (const principal of [USER, role("Administrator")]) {
        assert.equal(
          answerOf(asked(sideDoorOpen(door), principal), { identity: [ADMINISTRATOR] }),
          "witness",
        );
        assert.equal(answerOf(asked(sideDoorOpen(door), principal), under({})), "none");
        assert.equal(answerOf(asked(sideDoorOpen(door), principal), under(ROLES)), "none");
      }
    });
  }

  for (const name of [
    "AWS-StartInteractiveCommand",
    "AWS-StartNonInteractiveCommand",
    "AWS-StartPortForwardingSession",
    "AWS-StartPortForwardingSessionToRemoteHost",
    "AWS-StartPortForwardingSessionToSocket",
    "AWS-StartSSHSession",
  ]) {
    it(`starts no session with ${name}`, () => {
      assert.equal(answerOf(asked(ofAws(name), role("Administrator")), under(ROLES)), "none");
    });
  }

  it("still starts sessions with documents of the account", () => {
    assert.equal(answerOf(asked(own("shop-prod-shell"), role("Administrator")), under(ROLES)), "witness");
  });

  it("launches no machine with a key pair, unless they are allowed, and any without", () => {
    const pair = "arn:aws:ec2:eu-west-1:111122223333:key-pair/mine";
    const machine = "arn:aws:ec2:eu-west-1:111122223333:instance/*";
    assert.equal(decided("ec2:RunInstances", pair, USER), "explicit-deny");
    assert.equal(decided("ec2:RunInstances", pair, USER, { ...ROLES, keyPairs: "allowed" }), "allowed");
    assert.equal(decided("ec2:RunInstances", machine, USER), "allowed");
  });

  const preferences = "arn:aws:ssm:eu-west-1:111122223333:document/SSM-SessionManagerRunShell";
  for (const [action, resource] of [
    ["ssm:CreateDocument", preferences],
    ["ssm:UpdateDocument", preferences],
    ["ssm:UpdateDocumentDefaultVersion", preferences],
    ["ssm:DeleteDocument", preferences],
    ["ssm:ModifyDocumentPermission", preferences],
    ["cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-west-1:111122223333:trail/all"],
    ["cloudtrail:DeleteTrail", "arn:aws:cloudtrail:eu-west-1:111122223333:trail/all"],
    ["ec2:EnableSerialConsoleAccess", "*"],
    ["ec2:CreateInstanceConnectEndpoint", "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1"],
    [
      "ssm:UpdateServiceSetting",
      "arn:aws:ssm:eu-west-1:111122223333:servicesetting/ssm/documents/console/public-sharing-permission",
    ],
    ...["break-glass", "automation", "deployment"].flatMap((name) =>
      ["iam:CreateRole", "iam:UpdateAssumeRolePolicy", "iam:PassRole", "iam:PutRolePolicy"].map(
        (change) => [change, `arn:aws:iam::111122223333:role/${name}`] as const,
      ),
    ),
  ] as const) {
    it(`does not get to ${action} on ${resource.slice(resource.lastIndexOf(":") + 1)}, which the deployment does`, () => {
      assert.equal(decided(action, resource, role("Administrator")), "explicit-deny");
      assert.equal(decided(action, resource, role("automation")), "explicit-deny");
      assert.equal(decided(action, resource, role("deployment")), "allowed");
    });
  }

  it("changes other documents and roles", () => {
    assert.equal(decided("ssm:UpdateDocument", preferences.replace("SSM-", "shop-"), USER), "allowed");
    assert.equal(decided("iam:CreateRole", "arn:aws:iam::111122223333:role/application", USER), "allowed");
  });
});

describe("roles that the service control policy names", () => {
  const door = (id: string): Question => {
    const found = SIDE_DOORS.find((candidate) => candidate.id === id);
    assert.ok(found !== undefined, id);
    return sideDoorOpen(found);
  };

  it("run commands as command roles, and find every other door closed", () => {
    const automation = role("automation");
    for (const { id } of SIDE_DOORS) {
      const command =
        id !== "ecs:ExecuteCommand" &&
        /Command|Association|Automation|MaintenanceWindow|ChangeRequest/.test(id);
      assert.equal(answerOf(asked(door(id), automation), under(ROLES)), command ? "witness" : "none", id);
    }
    assert.equal(answerOf(asked(ofAws("AWS-StartSSHSession"), automation), under(ROLES)), "none");
  });

  it("use every door as exempt roles", () => {
    for (const { id } of SIDE_DOORS) {
      assert.equal(answerOf(asked(door(id), role("break-glass")), under(ROLES)), "witness", id);
    }
    assert.equal(answerOf(asked(ofAws("AWS-StartSSHSession"), role("break-glass")), under(ROLES)), "witness");
  });

  it("are told from others whose names begin alike", () => {
    assert.equal(answerOf(asked(door("ssm:SendCommand"), role("automation-2")), under(ROLES)), "none");
  });

  it("may be those of Identity Center, of any account", () => {
    const commandRoles = ["arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_fleet_*"];
    const fleet: Principal = {
      kind: "role-session",
      id: "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_fleet_0a1b/jane",
      roleArn:
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_fleet_0a1b",
    };
    assert.equal(answerOf(asked(door("ssm:SendCommand"), fleet), under({ commandRoles })), "witness");
    assert.equal(answerOf(asked(door("ssm:SendCommand"), USER), under({ commandRoles })), "none");
  });
});

describe("the service control policy", () => {
  it("knows every side door that is asked about", () => {
    const known = new Set(SIDE_DOOR_ACTIONS);
    assert.deepEqual(
      SIDE_DOORS.map(({ id }) => id).filter((id) => !known.has(id)),
      [],
    );
  });

  it("names actions and keys that there are", async () => {
    assert.deepEqual(
      await documentWarnings(parsed(JSON.stringify(sideDoorsServiceControlPolicy(ROLES)))),
      [],
    );
  });

  it("is for one partition", () => {
    const exemptRoles = ["arn:aws-us-gov:iam::*:role/break-glass"];
    const text = JSON.stringify(sideDoorsServiceControlPolicy({ partition: "aws-us-gov", exemptRoles }));
    assert.deepEqual([...new Set(text.match(/arn:[a-z-]+/g))], ["arn:aws-us-gov"]);
  });

  it("has room in 5120 characters for twenty roles, and refuses to be longer", () => {
    const roles = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => `arn:aws:iam::*:role/automation-${index + 10}`);
    const { length } = JSON.stringify(sideDoorsServiceControlPolicy({ commandRoles: roles(20) }));
    assert.ok(length <= 5120, `${length}`);
    assert.throws(() => sideDoorsServiceControlPolicy({ commandRoles: roles(100) }), /at most 5120/);
  });

  const refused: readonly [path: string, role: string][] = [
    ["exemptRoles[0]", "*"],
    ["exemptRoles[0]", "arn:aws:iam::*:role/*"],
    ["commandRoles[0]", "arn:aws:iam::*:role/ab*"],
    ["commandRoles[0]", "arn:aws:iam::*:user/jane"],
    ["commandRoles[0]", "arn:aws-cn:iam::*:role/automation"],
    ["deploymentRoles[0]", "arn:aws:iam::1234:role/deployment"],
    ["deploymentRoles[0]", "arn:aws:sts::111122223333:assumed-role/deployment/x"],
    ["deploymentRoles[0]", "arn:aws:iam::*:role/a b c d"],
  ];
  for (const [path, value] of refused) {
    it(`does not take \`${value}\` as ${path}`, () => {
      const list = path.replace("[0]", "");
      assert.deepEqual(
        problemPaths(() => sideDoorsServiceControlPolicy({ [list]: [value] })),
        [path],
      );
    });
  }

  it("reports everything that is wrong at once", () => {
    const wrong: object = { partition: "azure", keyPairs: "no", exemptRoles: ["x"], commandRoles: ["y"] };
    assert.deepEqual(
      problemPaths(() => sideDoorsServiceControlPolicy(wrong)),
      ["partition", "keyPairs", "exemptRoles[0]", "commandRoles[0]"],
    );
  });
});
