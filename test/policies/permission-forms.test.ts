import assert from "node:assert/strict";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { instancesCannotStartSessions } from "@bastionless/policies/rules/instances-cannot-start-sessions.ts";
import { noInstancePolicyOnPeople } from "@bastionless/policies/rules/no-instance-policy-on-people.ts";
import type { Rule, RuleConfig } from "@bastionless/policies/rules/rule.ts";
import { sessionAccessRequiresMfa } from "@bastionless/policies/rules/session-access-requires-mfa.ts";
import { sessionRolesTrustedWithMfa } from "@bastionless/policies/rules/session-roles-trusted-with-mfa.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const UNKNOWN = { unknown: true };
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

function told(rule: Rule, resources: readonly ExampleResource[], config: RuleConfig = {}): readonly string[] {
  const all = runRules([rule], toStack(resources), { [rule.id]: config });
  return all.map(({ on, kind }) => `${on} ${kind}`).toSorted();
}

/** As `aws.iam.getPolicyDocument` writes it: an empty Sid, single values for lists of one. */
function policyDocument(action: string, more: object = {}): string {
  return JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [{ Sid: "", Effect: "Allow", Action: action, Resource: "*", ...more }],
    },
    undefined,
    2,
  );
}

function trust(principal: unknown, more: object = {}): object {
  return { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more };
}

function role(name: string, statement: object, props: object = {}): ExampleResource {
  return {
    type: "aws:iam/role:Role",
    name,
    props: {
      name: `acme-${name}`,
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      ...props,
    },
  };
}

function rolePolicy(roleName: unknown, policy: unknown, from?: readonly string[]): ExampleResource {
  return {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "policy",
    props: { role: roleName, policy },
    ...(from === undefined ? {} : { from: { role: from } }),
  };
}

const EC2 = trust({ Service: "ec2.amazonaws.com" });
const START = policyDocument("ssm:StartSession");

describe("permissions are read", () => {
  it("from documents that aws.iam.getPolicyDocument wrote", () => {
    const policy = (document: string): ExampleResource => ({
      type: "aws:iam/policy:Policy",
      name: "policy",
      props: { policy: document },
    });
    assert.deepEqual(told(sessionAccessRequiresMfa, [policy(START)]), ["policy violation"]);
    assert.deepEqual(
      told(sessionAccessRequiresMfa, [policy(policyDocument("ssm:StartSession", { Condition: MFA }))]),
      [],
    );
  });

  it("and nothing from resources that only take other policies away", () => {
    for (const [type, props] of [
      ["aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", { roleName: "acme-app", policyNames: ["x"] }],
      ["aws:iam/userPoliciesExclusive:UserPoliciesExclusive", { userName: "jo", policyNames: ["x"] }],
      ["aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive", { groupName: "ops", policyNames: ["x"] }],
    ] as const) {
      assert.deepEqual(told(sessionAccessRequiresMfa, [{ type, name: "exclusive", props }]), [], type);
    }
  });

  it("from attachments that name every policy a holder has", () => {
    const exclusive: ExampleResource = {
      type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
      name: "exclusive",
      props: {
        roleName: "acme-app",
        policyArns: [
          "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
          "arn:aws:iam::aws:policy/AmazonSSMFullAccess",
        ],
      },
    };
    assert.deepEqual(told(instancesCannotStartSessions, [role("app", EC2), exclusive]), [
      "exclusive violation",
    ]);
    assert.deepEqual(
      told(noInstancePolicyOnPeople, [
        role("app", trust({ AWS: "arn:aws:iam::123456789012:root" })),
        exclusive,
      ]),
      ["exclusive violation"],
    );
  });

  it("within a permissions boundary, which AWS or the stack writes, or another stack", () => {
    const bounded = (permissionsBoundary: unknown, more: readonly ExampleResource[] = []) =>
      told(instancesCannotStartSessions, [
        role("app", EC2, { permissionsBoundary }),
        rolePolicy("acme-app", START),
        ...more,
      ]);
    assert.deepEqual(bounded("arn:aws:iam::aws:policy/AdministratorAccess"), ["policy violation"]);
    assert.deepEqual(bounded("arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"), []);
    assert.deepEqual(bounded("arn:aws:iam::123456789012:policy/elsewhere"), ["policy undecided"]);
    assert.deepEqual(bounded(UNKNOWN), ["policy undecided"]);
    const limits: ExampleResource = {
      type: "aws:iam/policy:Policy",
      name: "limits",
      props: { name: "limits", policy: policyDocument("ssm:*") },
    };
    assert.deepEqual(bounded("arn:aws:iam::123456789012:policy/limits", [limits]), ["policy violation"]);
  });

  it("of a role's trust policy while its identity provider does not exist yet", () => {
    const saml = (provider: unknown) =>
      told(
        sessionRolesTrustedWithMfa,
        [
          {
            type: "aws:iam/role:Role",
            name: "operator",
            props: {
              name: "acme-operator",
              // As an object, of which only the provider's ARN is unknown.
              assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [trust({ Federated: provider }, { Action: "sts:AssumeRoleWithSAML" })],
              },
            },
            from: { assumeRolePolicy: ["corporate"] },
          },
          { type: "aws:iam/samlProvider:SamlProvider", name: "corporate", props: { name: "corporate" } },
          rolePolicy("acme-operator", START),
        ],
        { trustedIdentityProviders: ["arn:aws:iam::*:saml-provider/corporate"] },
      );
    assert.deepEqual(saml(UNKNOWN), ["operator undecided"]);
    assert.deepEqual(saml("arn:aws:iam::123456789012:saml-provider/corporate"), []);
    assert.deepEqual(saml("arn:aws:iam::123456789012:saml-provider/other"), ["operator violation"]);
  });

  it("of roles of one name in two accounts, each by its own provider", () => {
    const provided = (account: string, resource: ExampleResource) => {
      const [made] = toStack([resource]);
      assert.ok(made !== undefined);
      return {
        ...made,
        urn: `${made.urn}-${account}`,
        name: `${made.name}-${account}`,
        provider: {
          urn: `urn:pulumi:test::project::pulumi:providers:aws::${account}`,
          inputs: { region: "eu-west-1", allowedAccountIds: JSON.stringify([account]) },
        },
      };
    };
    const machine = "111111111111";
    const people = "222222222222";
    const resources = [
      provided(machine, role("app", EC2)),
      provided(people, role("app", trust({ AWS: `arn:aws:iam::${people}:root` }, { Condition: MFA }))),
      provided(people, rolePolicy("acme-app", START)),
    ];
    const findings = runRules([instancesCannotStartSessions], resources);
    assert.deepEqual(findings, []);
    const other = runRules(
      [instancesCannotStartSessions],
      [...resources.slice(0, 2), provided(machine, rolePolicy("acme-app", START))],
    );
    assert.deepEqual(
      other.map(({ on, kind }) => `${on} ${kind}`),
      [`policy-${machine} violation`],
    );
  });
});
