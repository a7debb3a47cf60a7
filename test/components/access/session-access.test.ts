import assert from "node:assert/strict";
import {
  type InstanceTags,
  SessionAccess,
  type SessionAccessArgs,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";
import { type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { settled, text } from "../support/values.ts";

const POLICY = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const TAGS = { Environment: "dev" };
const PRINCIPALS = { trustedPrincipals: ["arn:aws:iam::111122223333:root"] };

/** Access to a shell and a tunnel of an environment with logging. */
function access(
  args: Partial<SessionAccessArgs> = {},
  withLogging = true,
): Promise<MockedProgram<SessionAccess>> {
  return runMocked(() => {
    const logging = new SessionLogging("logging");
    const shell = new SessionDocument("shell", { shell: { logging: logging.preferences } });
    return new SessionAccess("people", {
      profile: "operator",
      documents: [shell],
      instanceTags: TAGS,
      ...(withLogging && { logging }),
      ...args,
    });
  });
}

const names = (program: MockedProgram<unknown>, type: string): string[] =>
  program.mocks
    .ofType(type)
    .map(({ name }) => name)
    .toSorted();

const sids = (program: MockedProgram<unknown>, type: string, name: string): unknown[] =>
  program.document(type, name).Statement.map(({ Sid }) => Sid);

describe("session access", () => {
  it("keeps the grant on the key in a policy of its own", async () => {
    const made = await access();
    assert.deepEqual(names(made, POLICY), ["people-key-policy", "people-policy"]);
    assert.deepEqual(sids(made, POLICY, "people-key-policy"), ["EncryptSessions"]);
    assert.deepEqual(sids(made, POLICY, "people-policy"), [
      "StartSessionOnTaggedInstances",
      "StartSessionWithDocuments",
      "ReadDocuments",
      "OwnSessions",
      "OwnDataChannels",
      "FindInstances",
      "DenyGenericDocuments",
    ]);
    const keyArn = made.mocks.named("aws:kms/key:Key", "logging-key").outputs["arn"];
    assert.equal(made.document(POLICY, "people-key-policy").Statement[0]?.["Resource"], keyArn);
    assert.ok(!text(made.inputs(POLICY, "people-policy")["policy"]).includes(text(keyArn)));
  });

  it("has fixed names and the environment's tags", async () => {
    const made = await access();
    const { name, tags } = made.inputs(POLICY, "people-policy");
    assert.deepEqual(
      { name, tags },
      { name: "shop-dev-people", tags: { Project: "shop", Environment: "dev" } },
    );
    assert.equal(made.inputs(POLICY, "people-key-policy")["name"], "shop-dev-people-key");
  });

  it("has no key policy without logging", async () => {
    const made = await access({}, false);
    assert.deepEqual(names(made, POLICY), ["people-policy"]);
    assert.equal(made.result.keyPolicyDocument, undefined);
    assert.equal(made.result.keyPolicyArn, undefined);
  });

  it("attaches both policies to each group and to the role", async () => {
    const made = await access({ groups: ["sre", "web"], role: PRINCIPALS });
    assert.deepEqual(names(made, "aws:iam/groupPolicyAttachment:GroupPolicyAttachment"), [
      "people-group-sre",
      "people-group-sre-key",
      "people-group-web",
      "people-group-web-key",
    ]);
    assert.deepEqual(names(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), [
      "people-role",
      "people-role-key",
    ]);
    const { name, maxSessionDuration } = made.inputs(ROLE, "people-role");
    assert.deepEqual({ name, maxSessionDuration }, { name: "shop-dev-people", maxSessionDuration: 3600 });
    assert.deepEqual(made.document(ROLE, "people-role", "assumeRolePolicy").Statement, [
      {
        Sid: "AssumeWithMfa",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::111122223333:root"] },
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
    ]);
  });

  it("in federated mode has no MFA in the policies, and the policies in nothing but the role", async () => {
    const made = await access({ mfa: "federated", role: PRINCIPALS });
    assert.deepEqual(names(made, POLICY), []);
    assert.deepEqual(names(made, ROLE_POLICY), ["people-role-key-policy", "people-role-policy"]);
    for (const name of names(made, ROLE_POLICY)) {
      assert.ok(!text(made.inputs(ROLE_POLICY, name)["policy"]).includes("MultiFactorAuth"));
    }
    assert.ok(text(made.inputs(ROLE, "people-role")["assumeRolePolicy"]).includes("MultiFactorAuthPresent"));
    assert.equal(made.result.policyArn, undefined);
  });

  it("takes tags that are known only later, and refuses them then where they admit everything", async () => {
    const later = (tags: InstanceTags): Promise<MockedProgram<SessionAccess>> =>
      access({ instanceTags: Promise.resolve(tags), createPolicies: false });
    const { result } = await later({ Environment: "dev", Team: ["web", "shop"] });
    assert.partialDeepStrictEqual(JSON.parse(await valueOf(result.policyDocument)), {
      Statement: [
        {
          Condition: {
            StringEquals: { "ssm:resourceTag/Environment": "dev", "ssm:resourceTag/Team": ["web", "shop"] },
          },
        },
      ],
    });
    await assert.rejects(
      settled((await later({})).result.policyDocument),
      /instanceTags: `\{\}`, expected at least one tag/,
    );
    await assert.rejects(settled((await later({ a: "*" })).result.policyDocument), /no wildcard/);
  });

  it("gives documents to a permission set and makes nothing", async () => {
    const made = await access({ createPolicies: false, mfa: "federated" });
    assert.deepEqual([...names(made, POLICY), ...names(made, ROLE_POLICY), ...names(made, ROLE)], []);
    assert.match(await valueOf(made.result.policyDocument), /"Sid":"StartSessionOnTaggedInstances"/);
    assert.ok(made.result.keyPolicyDocument !== undefined);
    assert.match(await valueOf(made.result.keyPolicyDocument), /kms:GenerateDataKey/);
  });

  it("lets auditors read what is logged, with MFA in what logging grants too", async () => {
    const made = await runMocked(
      () => new SessionAccess("people", { profile: "auditor", logging: new SessionLogging("logging") }),
    );
    assert.deepEqual(sids(made, POLICY, "people-policy"), [
      "ReadSessions",
      "ReadLogsInS3",
      "ListLogsInS3",
      "ReadLogsInCloudWatch",
      "ReadLogQueries",
    ]);
    assert.deepEqual(sids(made, POLICY, "people-key-policy"), ["DecryptLogsInS3"]);
    for (const name of ["people-policy", "people-key-policy"]) {
      for (const statement of made.document(POLICY, name).Statement) {
        assert.partialDeepStrictEqual(statement["Condition"], {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
        });
      }
    }
  });

  it("names policies and the role where they are", async () => {
    const { result } = await access({ role: PRINCIPALS });
    const arns = [result.policyArn, result.keyPolicyArn, result.roleArn].map(
      async (arn) => arn && valueOf(arn),
    );
    assert.deepEqual(await Promise.all(arns), [
      "arn:aws:iam::111122223333:policy/shop-dev-people",
      "arn:aws:iam::111122223333:policy/shop-dev-people-key",
      "arn:aws:iam::111122223333:role/shop-dev-people",
    ]);
  });

  it("lets each child be transformed, by its name", async () => {
    const seen: string[] = [];
    const see = (_args: unknown, _opts: unknown, name: string): void => {
      seen.push(name);
    };
    const transform = {
      policy: see,
      keyPolicy: see,
      role: see,
      rolePolicy: see,
      rolePolicyAttachment: see,
      groupPolicyAttachment: see,
    };
    const attached = await access({ groups: ["sre"], role: PRINCIPALS, transform });
    const inline = await access({ mfa: "federated", role: PRINCIPALS, transform });
    const children = [attached, inline].flatMap(({ mocks }) =>
      mocks.resources
        .filter(({ name, custom }) => custom && name.startsWith("people"))
        .map(({ name }) => name),
    );
    assert.deepEqual(seen.toSorted(), children.toSorted());
  });

  it("refuses a policy that IAM would not take for its size", async () => {
    const documents = Array.from({ length: 60 }, (_, index) => ({
      documentName: `a-document-with-quite-a-long-name-${index}`,
      sessionType: "Port" as const,
    }));
    const { result } = await access({ profile: "tunnel", documents, createPolicies: false });
    await assert.rejects(settled(result.policyDocument), /expected at most 6144; name fewer documents/);
  });

  it("registers nothing where an argument is wrong", async () => {
    await assert.rejects(access({ instanceTags: {} }), /instanceTags: `\{\}`/);
  });
});
