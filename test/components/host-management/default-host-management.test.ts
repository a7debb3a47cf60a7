import assert from "node:assert/strict";
import {
  DefaultHostManagement,
  type DefaultHostManagementArgs,
  planDefaultHostManagement,
  SessionLogging,
} from "@bastionless/components";
import { problemPaths } from "../../support/problem-paths.ts";
import { ACCOUNT, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { text } from "../support/values.ts";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const SETTING = "aws:ssm/serviceSetting:ServiceSetting";
const ARN = "arn:aws:iam::111122223333:policy/p";

function hosts(
  args: DefaultHostManagementArgs = {},
  region = "eu-west-1",
): Promise<MockedProgram<DefaultHostManagement>> {
  return runMocked(() => new DefaultHostManagement("hosts", args), { region });
}

describe("default host management", () => {
  it("hands a role that opens sessions, and no more, to every instance without a profile", async () => {
    const made = await hosts();
    assert.partialDeepStrictEqual(made.inputs(SETTING, "hosts"), {
      settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
      settingValue: "service-role/shop-dev-hosts",
    });
    assert.partialDeepStrictEqual(made.inputs(ROLE, "hosts"), {
      name: "shop-dev-hosts",
      path: "/service-role/",
      tags: { Project: "shop", Environment: "dev" },
    });
    assert.deepEqual(made.document(ROLE, "hosts", "assumeRolePolicy").Statement, [
      {
        Sid: "SystemsManagerTakesRole",
        Effect: "Allow",
        Principal: { Service: "ssm.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
    assert.deepEqual(
      made.mocks.ofType(ROLE_POLICY).map(({ name }) => name),
      ["hosts-session-manager"],
    );
    assert.equal(await valueOf(made.result.settingValue), "service-role/shop-dev-hosts");
  });

  it("limits the trust to this account and Region on demand", async () => {
    const made = await hosts({ limitTrust: true }, "us-gov-west-1");
    assert.deepEqual(made.document(ROLE, "hosts", "assumeRolePolicy").Statement[0]?.["Condition"], {
      StringEquals: { "aws:SourceAccount": ACCOUNT },
      ArnLike: { "aws:SourceArn": `arn:aws-us-gov:ssm:us-gov-west-1:${ACCOUNT}:*` },
    });
  });

  it("grants logging, AWS's policy and further ones on demand", async () => {
    const made = await runMocked(() => {
      const logging = new SessionLogging("logging");
      return new DefaultHostManagement("hosts", { logging, managedPolicy: true, policyArns: [ARN] });
    });
    assert.deepEqual(
      made.mocks.ofType(ROLE_POLICY).map(({ name }) => name),
      ["hosts-session-logging", "hosts-session-key"],
    );
    assert.deepEqual(
      made.mocks
        .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .map(({ inputs }) => text(inputs["policyArn"]))
        .toSorted(),
      [ARN, "arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy"].toSorted(),
    );
  });

  it("can be changed by transforms", async () => {
    const made = await hosts({
      transform: {
        role: { description: "r" },
        rolePolicy: { name: "p" },
        serviceSetting: { settingValue: "x" },
      },
    });
    assert.equal(made.inputs(ROLE, "hosts")["description"], "r");
    assert.equal(made.inputs(ROLE_POLICY, "hosts-session-manager")["name"], "p");
    assert.equal(made.inputs(SETTING, "hosts")["settingValue"], "x");
  });

  const LIMITS: readonly [
    argument: string,
    valid: DefaultHostManagementArgs,
    invalid: DefaultHostManagementArgs,
  ][] = [
    [
      "policyArns",
      { policyArns: Array.from({ length: 9 }, () => ARN) },
      { policyArns: Array.from({ length: 10 }, () => ARN) },
    ],
    ["policyArns[0]", { policyArns: [ARN] }, { policyArns: ["arn:aws:s3:::b"] }],
    ["permissionsBoundaryArn", { permissionsBoundaryArn: ARN }, { permissionsBoundaryArn: "" }],
    ["namePrefix", { namePrefix: "a".repeat(30) }, { namePrefix: "a".repeat(31) }],
    ['tags["x"]', { tags: { x: "v".repeat(256) } }, { tags: { x: "v".repeat(257) } }],
  ];
  const paths = (args: DefaultHostManagementArgs, name = "hosts"): readonly string[] =>
    problemPaths(() => planDefaultHostManagement(name, args, { project: "shop", stack: "dev" }));
  for (const [argument, valid, invalid] of LIMITS) {
    it(`takes ${argument} within its limits, and not beyond`, () => {
      assert.deepEqual(paths(valid), []);
      assert.deepEqual(paths(invalid), [argument]);
    });
  }

  it("says all that is wrong at once, before anything is registered", async () => {
    assert.deepEqual(paths({ policyArns: ["p"], permissionsBoundaryArn: "p" }, "a b"), [
      "policyArns[0]",
      "permissionsBoundaryArn",
      "name",
    ]);
    await assert.rejects(hosts({ permissionsBoundaryArn: "p" }), /permissionsBoundaryArn: `p`/);
  });
});
