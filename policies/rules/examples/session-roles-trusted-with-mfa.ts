import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const ROOT = { AWS: "arn:aws:iam::123456789012:root" };
const SAML = { Federated: "arn:aws:iam::123456789012:saml-provider/corporate" };

function statements(...list: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: list });
}

function people(principal: unknown, condition: object = {}, action = "sts:AssumeRole"): object {
  return { Sid: "People", Effect: "Allow", Principal: principal, Action: action, Condition: condition };
}

function role(assumeRolePolicy: unknown, props: object = {}): ExampleResource {
  return {
    type: "aws:iam/role:Role",
    name: "operator",
    props: { name: "acme-operator", assumeRolePolicy, ...props },
  };
}

function sessions(condition: object = {}): string {
  return statements({
    Sid: "Sessions",
    Effect: "Allow",
    Action: "ssm:StartSession",
    Resource: "*",
    Condition: condition,
  });
}

const ON_ROLE: ExampleResource = {
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "sessions",
  props: { role: UNKNOWN, policy: sessions() },
  from: { role: ["operator"] },
};

/** The document asks for MFA itself; whether a role's session carries it is not certain. */
const WITH_MFA: ExampleResource = { ...ON_ROLE, props: { role: UNKNOWN, policy: sessions(MFA) } };

/** Who may assume a role that starts sessions. */
export const EXAMPLES: readonly Example[] = [
  {
    title: "the account's people, with MFA, in a first preview",
    resources: [role(statements(people(ROOT, MFA))), ON_ROLE],
    expect: {},
  },
  {
    title: "an age of the MFA",
    resources: [
      role(statements(people(ROOT, { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }))),
      ON_ROLE,
    ],
    expect: {},
  },
  {
    title: "a role that starts no session, open to the account",
    resources: [
      role(statements(people(ROOT))),
      {
        ...ON_ROLE,
        props: { role: UNKNOWN, policy: sessions().replace("ssm:StartSession", "s3:GetObject") },
      },
    ],
    expect: {},
  },
  {
    title: "the account's people, without MFA",
    resources: [role(statements(people(ROOT))), ON_ROLE],
    expect: { operator: "violation" },
  },
  {
    title: "MFA asked for in the role's document, and not in its trust policy",
    resources: [role(statements(people(ROOT))), WITH_MFA],
    expect: { operator: "violation" },
  },
  {
    title: "BoolIfExists, which lets long-term keys in, and a policy in the role itself",
    resources: [
      role(statements(people(ROOT, { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } })), {
        inlinePolicies: [{ name: "sessions", policy: sessions(MFA) }],
      }),
    ],
    expect: { operator: "violation" },
  },
  {
    title: "one user of several, without MFA",
    resources: [
      role(
        statements(people(ROOT, MFA), {
          Sid: "Jo",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:user/jo" },
          Action: "sts:AssumeRole",
        }),
      ),
      ON_ROLE,
    ],
    expect: { operator: "violation" },
  },
  {
    title: "a Deny that holds for absent keys, too",
    resources: [
      role(
        statements(people(ROOT), {
          Effect: "Deny",
          Principal: "*",
          Action: "sts:AssumeRole",
          Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
        }),
      ),
      ON_ROLE,
    ],
    expect: {},
  },
  {
    title: "anybody at all, with MFA",
    resources: [role(statements(people("*", MFA))), ON_ROLE],
    expect: { operator: "violation" },
  },
  {
    title: "anybody of the organisation, with MFA",
    resources: [
      role(statements(people({ AWS: "*" }, { ...MFA, StringEquals: { "aws:PrincipalOrgID": "o-example" } }))),
      ON_ROLE,
    ],
    expect: {},
  },
  {
    title: "another account, with MFA",
    resources: [role(statements(people({ AWS: "999988887777" }, MFA))), ON_ROLE],
    expect: {},
  },
  {
    title: "another account than those that configuration names",
    config: { trustedAccounts: ["123456789012"] },
    resources: [role(statements(people({ AWS: "999988887777" }, MFA))), ON_ROLE],
    expect: { operator: "violation" },
  },
  {
    title: "people of an identity provider",
    resources: [role(statements(people(SAML, {}, "sts:AssumeRoleWithSAML"))), ON_ROLE],
    expect: { operator: "violation" },
  },
  {
    title: "people of an identity provider that asks for MFA",
    config: { trustedIdentityProviders: ["*:saml-provider/corporate"] },
    resources: [role(statements(people(SAML, {}, "sts:AssumeRoleWithSAML"))), ON_ROLE],
    expect: {},
  },
  {
    title: "people of any identity provider, behind a star",
    resources: [
      role(
        statements(people("*", { StringEquals: { "saml:aud": "x" } }, "sts:AssumeRoleWithSAML"), {
          ...people(ROOT, MFA),
          Sid: "Account",
        }),
      ),
      ON_ROLE,
    ],
    expect: { operator: "violation" },
  },
  {
    title: "a function, which has no MFA",
    resources: [role(statements(people({ Service: "lambda.amazonaws.com" }))), ON_ROLE],
    expect: { operator: "violation" },
  },
  {
    title: "machines, which are another rule's",
    resources: [role(statements(people({ Service: "ec2.amazonaws.com" }))), ON_ROLE],
    expect: {},
  },
  {
    title: "a pipeline's role, which configuration exempts",
    config: { exemptPrincipals: ["acme-*"] },
    resources: [role(statements(people(ROOT))), ON_ROLE],
    expect: {},
  },
  {
    title: "a role whose name is not known yet, which configuration may exempt",
    config: { exemptPrincipals: ["acme-*"] },
    resources: [role(statements(people(ROOT)), { name: UNKNOWN }), ON_ROLE],
    expect: { operator: "undecided" },
  },
  {
    title: "AWS's AmazonSSMFullAccess, attached",
    resources: [
      role(statements(people(ROOT))),
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "full",
        props: { role: "acme-operator", policyArn: "arn:aws:iam::aws:policy/AmazonSSMFullAccess" },
      },
    ],
    expect: { operator: "violation" },
  },
  {
    title: "sessions that another of the role's policies denies",
    resources: [
      role(statements(people(ROOT))),
      ON_ROLE,
      {
        ...ON_ROLE,
        name: "none",
        props: {
          role: UNKNOWN,
          policy: statements({ Effect: "Deny", Action: "ssm:*", Resource: "*" }),
        },
      },
    ],
    expect: {},
  },
  {
    title: "an open role with sessions, beside a document that is not known yet",
    resources: [
      role(statements(people(ROOT))),
      ON_ROLE,
      { ...ON_ROLE, name: "later", props: { role: "acme-operator", policy: UNKNOWN }, from: {} },
    ],
    expect: { operator: "violation" },
  },
  {
    title: "a trust policy that is not known yet",
    resources: [role(UNKNOWN), ON_ROLE],
    expect: { operator: "undecided" },
  },
  {
    title: "a policy of another stack on an open role",
    resources: [
      role(statements(people(ROOT))),
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "elsewhere",
        props: { role: "acme-operator", policyArn: "arn:aws:iam::123456789012:policy/elsewhere" },
      },
    ],
    expect: { operator: "undecided" },
  },
  {
    title: "a policy of another stack on a role that asks for MFA",
    resources: [
      role(statements(people(ROOT, MFA))),
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "elsewhere",
        props: { role: "acme-operator", policyArn: "arn:aws:iam::123456789012:policy/elsewhere" },
      },
    ],
    expect: {},
  },
  {
    title: "a role of another stack",
    resources: [{ ...ON_ROLE, props: { role: "elsewhere", policy: sessions(MFA) }, from: {} }],
    expect: { sessions: "undecided" },
  },
  {
    title: "a role that is not known yet",
    resources: [{ ...ON_ROLE, from: {} }],
    expect: { sessions: "undecided" },
  },
];
