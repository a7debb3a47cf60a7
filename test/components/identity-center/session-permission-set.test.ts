import assert from "node:assert/strict";
import { anySession, type PolicySet, sessionOutsideTags, SIDE_DOORS, sideDoorOpen } from "@bastionless/iam";
import {
  SessionAccess,
  SessionDocument,
  SessionLogging,
  SessionPermissionSet,
  type SessionPermissionSetArgs,
} from "@bastionless/components";
import { isoDuration } from "../../../components/identity-center/duration.ts";
import { planSessionPermissionSet } from "../../../components/identity-center/plan.ts";
import { problemPaths } from "../../support/problem-paths.ts";
import { type MockedProgram, runMocked } from "../support/mocked-program.ts";
import { answerOf, parsed } from "../support/policies.ts";
import { settled, text } from "../support/values.ts";

const SET = "aws:ssoadmin/permissionSet:PermissionSet";
const INLINE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const REFERENCE = "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment";
const ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment";

const INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const GROUP = "9067641234-12345678-1234-4123-8123-123456789012";
const USER = "12345678-1234-4123-8123-123456789012";
const ACCOUNT = "444455556666";
const ACCESS = { policyDocument: "{}" };

const paths = (args: object, name = "people"): readonly string[] =>
  problemPaths(() =>
    planSessionPermissionSet(
      name,
      { instanceArn: INSTANCE, access: ACCESS, ...args },
      { project: "shop", stack: "dev" },
    ),
  );

function set(args: Partial<SessionPermissionSetArgs> = {}): Promise<MockedProgram<SessionPermissionSet>> {
  return runMocked(() => {
    const logging = new SessionLogging("logging");
    const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });
    const access = new SessionAccess("people", {
      profile: "operator",
      documents: [shell],
      instanceTags: { Environment: "dev" },
      mfa: "federated",
      createPolicies: false,
      logging,
    });
    return new SessionPermissionSet("operators", { instanceArn: INSTANCE, access, ...args });
  });
}

describe("a permission set", () => {
  it("has the access as its inline policy, and the grant on the key as a policy by name", async () => {
    const program = await set();
    const policies: PolicySet = {
      identity: [parsed(text(program.inputs(INLINE, "operators-policy")["inlinePolicy"]))],
    };
    assert.equal(answerOf(anySession(), policies), "witness");
    for (const question of [
      ...sessionOutsideTags({ Environment: ["dev"] }),
      ...SIDE_DOORS.map((door) => sideDoorOpen(door)),
    ]) {
      assert.equal(answerOf(question, policies), "none", question.name);
    }
    assert.equal(
      program.inputs("aws:iam/policy:Policy", "operators-key-policy")["name"],
      "shop-dev-operators-key",
    );
    assert.deepEqual(program.inputs(REFERENCE, "operators-key")["customerManagedPolicyReference"], {
      name: "shop-dev-operators-key",
      path: "/",
    });
  });

  it("has a fixed name, tags, and an hour as ISO 8601 writes it", async () => {
    const { name, tags, sessionDuration, description } = (await set()).inputs(SET, "operators");
    assert.deepEqual(
      { name, tags, sessionDuration, description },
      {
        name: "shop-dev-operators",
        tags: { Project: "shop", Environment: "dev" },
        sessionDuration: "PT1H",
        description: "Session Manager in shop-dev: operators",
      },
    );
  });

  it("is assigned groups and users, each in an account", async () => {
    const program = await set({
      assignments: [
        { accountId: ACCOUNT, groupId: GROUP },
        { accountId: ACCOUNT, userId: USER },
      ],
    });
    const assigned = program.mocks.ofType(ASSIGNMENT).map(({ name, inputs }) => {
      const { principalId, principalType, targetId, targetType } = inputs;
      return { name, principalId, principalType, targetId, targetType };
    });
    const account = { targetId: ACCOUNT, targetType: "AWS_ACCOUNT" };
    assert.deepEqual(assigned, [
      { name: `operators-${ACCOUNT}-group-${GROUP}`, principalId: GROUP, principalType: "GROUP", ...account },
      { name: `operators-${ACCOUNT}-user-${USER}`, principalId: USER, principalType: "USER", ...account },
    ]);
  });

  it("refers to managed policies of the accounts' own, and makes none without a key", async () => {
    const program = await set({
      access: {
        policyDocument: '{"Version":"2012-10-17","Statement":[]}'.replace(
          "[]",
          JSON.stringify([{ Effect: "Allow", Action: "ssm:DescribeSessions", Resource: "*" }]),
        ),
      },
      managedPolicies: [{ name: "shell", path: "/people/" }, { name: "tunnel" }],
    });
    assert.deepEqual(
      program.mocks.ofType(REFERENCE).map(({ inputs }) => inputs["customerManagedPolicyReference"]),
      [
        { name: "shell", path: "/people/" },
        { name: "tunnel", path: "/" },
      ],
    );
    assert.deepEqual(program.mocks.ofType("aws:iam/policy:Policy"), []);
    assert.equal(program.result.keyPolicyArn, undefined);
  });

  it("lets each child be transformed, by its name", async () => {
    const seen: string[] = [];
    const see = (_args: unknown, _opts: unknown, name: string): void => {
      seen.push(name);
    };
    const program = await set({
      assignments: [{ accountId: ACCOUNT, groupId: GROUP }],
      transform: {
        permissionSet: see,
        inlinePolicy: see,
        keyPolicy: see,
        policyAttachment: see,
        assignment: see,
      },
    });
    const made = program.mocks.resources
      .filter(({ name, custom }) => custom && name.startsWith("operators"))
      .map(({ name }) => name);
    assert.deepEqual(seen.toSorted(), made.toSorted());
  });

  it("takes ids that are known only later, and refuses them then where they are none", async () => {
    const assignments = [{ accountId: ACCOUNT, groupId: Promise.resolve(GROUP) }];
    assert.equal((await set({ assignments })).inputs(ASSIGNMENT, "operators-0")["principalId"], GROUP);
    const { assignments: planned } = planSessionPermissionSet(
      "people",
      {
        instanceArn: INSTANCE,
        access: ACCESS,
        assignments: [{ accountId: ACCOUNT, groupId: Promise.resolve("sre") }],
      },
      { project: "shop", stack: "dev" },
    );
    await assert.rejects(
      async () => planned[0]?.principalId,
      /assignments\[0\]\.groupId: `sre`, expected the id of a group/,
    );
  });

  it("refuses a policy that a role would not hold", async () => {
    const document = async (length: number): Promise<unknown> => {
      const program = await set({ access: { policyDocument: `${"x".repeat(length)} \n` } });
      return settled(program.result.policyDocument);
    };
    assert.equal(text(await document(10_240)).length, 10_242);
    await assert.rejects(document(10_241), /10241 characters, expected at most 10240/);
  });
});

describe("the plan of a permission set", () => {
  const assigned = (...assignments: readonly object[]): object => ({ assignments });
  const cases: readonly (readonly [what: string, args: object, expected: readonly string[]])[] = [
    ["an instance", {}, []],
    ["an instance in China", { instanceArn: "arn:aws-cn:sso:::instance/ssoins-1234567890abcdef" }, []],
    ["an instance's id", { instanceArn: "ssoins-1234567890abcdef" }, ["instanceArn"]],
    ["an instance's id too short", { instanceArn: INSTANCE.slice(0, -1) }, ["instanceArn"]],
    ["an instance's id too long", { instanceArn: `${INSTANCE}0` }, ["instanceArn"]],
    ["an hour", { sessionMinutes: 60 }, []],
    ["twelve hours", { sessionMinutes: 720 }, []],
    ["less than an hour", { sessionMinutes: 59 }, ["sessionMinutes"]],
    ["more than twelve hours", { sessionMinutes: 721 }, ["sessionMinutes"]],
    ["half a minute", { sessionMinutes: 60.5 }, ["sessionMinutes"]],
    ["a name of 32 characters", { permissionSetName: "n".repeat(32) }, []],
    ["a name of 33 characters", { permissionSetName: "n".repeat(33) }, ["permissionSetName"]],
    ["a name with a space", { permissionSetName: "a b" }, ["permissionSetName"]],
    ["a description of 700 characters", { description: "d".repeat(700) }, []],
    ["a description of 701 characters", { description: "d".repeat(701) }, ["description"]],
    ["no characters as its description", { description: "" }, ["description"]],
    ["a description in Greek", { description: "πρόσβαση" }, ["description"]],
    ["ten policies", { managedPolicies: named(10) }, []],
    ["eleven policies", { managedPolicies: named(11) }, ["managedPolicies"]],
    [
      "ten policies and that of the key",
      { access: { ...ACCESS, keyPolicyDocument: "{}" }, managedPolicies: named(10) },
      ["managedPolicies"],
    ],
    ["a policy's ARN", { managedPolicies: [{ name: "arn:x:y" }] }, ["managedPolicies[0].name"]],
    ["a path without an end", { managedPolicies: [{ name: "a", path: "/x" }] }, ["managedPolicies[0].path"]],
    [
      "a policy twice",
      { managedPolicies: [{ name: "a" }, { name: "a", path: "/" }] },
      ["managedPolicies[1]"],
    ],
    ["a group", assigned({ accountId: ACCOUNT, groupId: GROUP }), []],
    ["nobody", assigned({ accountId: ACCOUNT }), ["assignments[0]"]],
    ["both", assigned({ accountId: ACCOUNT, groupId: GROUP, userId: USER }), ["assignments[0]"]],
    ["a group's name", assigned({ accountId: ACCOUNT, groupId: "sre" }), ["assignments[0].groupId"]],
    ["a user's name", assigned({ accountId: ACCOUNT, userId: "jane" }), ["assignments[0].userId"]],
    ["eleven digits", assigned({ accountId: "44445555666", userId: USER }), ["assignments[0].accountId"]],
    [
      "an assignment twice",
      assigned({ accountId: ACCOUNT, userId: USER }, { accountId: ACCOUNT, userId: USER }),
      ["assignments[1]"],
    ],
    ["a tag of AWS's own", { tags: { "aws:x": "y" } }, ['tags["aws:x"]']],
    [
      "all of it wrong",
      {
        namePrefix: "-",
        permissionSetName: "",
        description: "",
        sessionMinutes: 0,
        instanceArn: "x",
        managedPolicies: [{ name: "" }],
        assignments: [{ accountId: "x" }],
      },
      [
        "namePrefix",
        "permissionSetName",
        "description",
        "sessionMinutes",
        "instanceArn",
        "managedPolicies[0].name",
        "assignments[0].accountId",
        "assignments[0]",
      ],
    ],
  ];
  for (const [what, args, expected] of cases) {
    it(`${expected.length === 0 ? "takes" : "refuses"} ${what}`, () => {
      assert.deepEqual(paths(args), expected);
    });
  }

  it("asks for a name where the component's own is too long", () => {
    assert.deepEqual(paths({}, "n".repeat(23)), []);
    assert.deepEqual(paths({}, "n".repeat(24)), ["permissionSetName"]);
    assert.deepEqual(paths({ permissionSetName: "short" }, "n".repeat(24)), []);
  });

  it("registers nothing where an argument is wrong", async () => {
    await assert.rejects(set({ sessionMinutes: 1 }), /sessionMinutes/);
  });
});

describe("a duration", () => {
  for (const [minutes, expected] of [
    [1, "PT1M"],
    [60, "PT1H"],
    [90, "PT1H30M"],
    [720, "PT12H"],
  ] as const) {
    it(`of ${minutes} minutes is ${expected}`, () => {
      assert.equal(isoDuration(minutes), expected);
    });
  }
});

function named(count: number): readonly { readonly name: string }[] {
  return Array.from({ length: count }, (_, index) => ({ name: `policy-${index}` }));
}
