import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

export const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

function startSession(condition: object): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Sessions",
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: "arn:aws:ec2:*:*:instance/*",
        Condition: condition,
      },
    ],
  };
}

function managedPolicy(document: object): ExampleResource {
  return {
    type: "aws:iam/policy:Policy",
    name: "operators",
    props: { name: "acme-prod-operators", policy: JSON.stringify(document) },
  };
}

function role(trustPolicy: object): ExampleResource {
  return {
    type: "aws:iam/role:Role",
    name: "operator",
    props: { name: "acme-prod-operator", assumeRolePolicy: JSON.stringify(trustPolicy) },
  };
}

function trust(principal: object, condition: object, action = "sts:AssumeRole"): object {
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "People", Effect: "Allow", Principal: principal, Action: action, Condition: condition },
    ],
  };
}

const ROOT = { AWS: "arn:aws:iam::123456789012:root" };
const SAML = { Federated: "arn:aws:iam::123456789012:saml-provider/corporate" };

const ROLE_POLICY: ExampleResource = {
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "sessions",
  props: { role: UNKNOWN, policy: JSON.stringify(startSession({})) },
  from: { role: ["operator"] },
};

export const EXAMPLES: readonly Example[] = [
  {
    title: "MFA in the Allow",
    resources: [managedPolicy(startSession(MFA))],
    expect: {},
  },
  {
    title: "an age of the MFA, which is absent without it",
    resources: [managedPolicy(startSession({ NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }))],
    expect: {},
  },
  {
    title: "a Deny that covers the absent key, too",
    resources: [
      managedPolicy({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "ssm:*", Resource: "*" },
          {
            Effect: "Deny",
            Action: "ssm:StartSession",
            Resource: "*",
            Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
          },
        ],
      }),
    ],
    expect: {},
  },
  {
    title: "no condition",
    resources: [managedPolicy(startSession({}))],
    expect: { operators: "violation" },
  },
  {
    title: "BoolIfExists in an Allow, which lets long-term keys in",
    resources: [managedPolicy(startSession({ BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }))],
    expect: { operators: "violation" },
  },
  {
    title: "a Deny with Bool, which long-term keys do not meet",
    resources: [
      managedPolicy({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "ssm:Start*", Resource: "*" },
          {
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
          },
        ],
      }),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "everything but IAM: the shape of PowerUserAccess",
    resources: [
      {
        type: "aws:iam/groupPolicy:GroupPolicy",
        name: "power",
        props: {
          group: "developers",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
          }),
        },
      },
    ],
    expect: { power: "violation" },
  },
  {
    title: "a role whose trust requires MFA, in a first preview",
    resources: [role(trust(ROOT, MFA)), ROLE_POLICY],
    expect: {},
  },
  {
    title: "a role whose trust lets long-term keys in",
    resources: [role(trust(ROOT, { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } })), ROLE_POLICY],
    expect: { sessions: "violation" },
  },
  {
    title: "a role of machines",
    resources: [role(trust({ Service: "ec2.amazonaws.com" }, {})), ROLE_POLICY],
    expect: { sessions: "violation" },
  },
  {
    title: "a role of federated people",
    resources: [role(trust(SAML, {}, "sts:AssumeRoleWithSAML")), ROLE_POLICY],
    expect: { sessions: "violation" },
  },
  {
    title: "a role of federated people whose provider asks for MFA",
    config: { trustedIdentityProviders: ["arn:aws:iam::*:saml-provider/corporate"] },
    resources: [role(trust(SAML, {}, "sts:AssumeRoleWithSAML")), ROLE_POLICY],
    expect: {},
  },
  {
    title: "a permission set",
    resources: [
      {
        type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
        name: "operators",
        props: {
          instanceArn: "arn:aws:sso:::instance/ssoins-1",
          permissionSetArn: UNKNOWN,
          inlinePolicy: JSON.stringify(startSession({})),
        },
      },
    ],
    expect: { operators: "violation" },
  },
  {
    title: "a permission set, where Identity Center asks for MFA",
    config: { identityCenterRequiresMfa: true },
    resources: [
      {
        type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
        name: "operators",
        props: {
          instanceArn: "arn:aws:sso:::instance/ssoins-1",
          permissionSetArn: UNKNOWN,
          inlinePolicy: JSON.stringify(startSession({})),
        },
      },
    ],
    expect: {},
  },
  {
    title: "AWS's AmazonSSMFullAccess on a user",
    resources: [
      {
        type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        name: "full",
        props: { user: "jo", policyArn: "arn:aws:iam::aws:policy/AmazonSSMFullAccess" },
      },
    ],
    expect: { full: "violation" },
  },
  {
    title:
      "AWS's AdministratorAccess on a role whose trust requires MFA, AmazonSSMManagedInstanceCore on machines'",
    resources: [
      {
        ...role(trust(ROOT, MFA)),
        props: {
          ...role(trust(ROOT, MFA)).props,
          managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        },
      },
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "core",
        props: { role: "machines", policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
      },
    ],
    expect: {},
  },
  {
    title: "AWS's PowerUserAccess on a role of machines",
    resources: [
      role(trust({ Service: "ec2.amazonaws.com" }, {})),
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "power",
        props: { role: UNKNOWN, policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
        from: { role: ["operator"] },
      },
    ],
    expect: { power: "violation" },
  },
  {
    title: "two policies, each harmless, which one group's member holds together",
    resources: [
      {
        type: "aws:iam/groupPolicy:GroupPolicy",
        name: "machines",
        props: {
          group: "people",
          policy: JSON.stringify(startSession({ Bool: { "ssm:SessionDocumentAccessCheck": "true" } })),
        },
      },
      {
        type: "aws:iam/user:User",
        name: "jo",
        props: { name: "jo" },
      },
      {
        type: "aws:iam/userPolicy:UserPolicy",
        name: "documents",
        props: {
          user: UNKNOWN,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: {
              Effect: "Allow",
              Action: "ssm:StartSession",
              Resource: "arn:aws:ssm:*:*:document/acme-*",
            },
          }),
        },
        from: { user: ["jo"] },
      },
      {
        type: "aws:iam/userGroupMembership:UserGroupMembership",
        name: "membership",
        props: { user: "jo", groups: ["people"] },
      },
    ],
    expect: { jo: "violation" },
  },
  {
    title: "a policy of AWS's that is newer than the pack",
    resources: [
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: "newer",
        props: { group: "people", policyArn: "arn:aws:iam::aws:policy/AWSYetToComeFullAccess" },
      },
    ],
    expect: { newer: "undecided" },
  },
  {
    title: "a policy of another stack",
    resources: [
      {
        type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        name: "elsewhere",
        props: { user: "jo", policyArn: "arn:aws:iam::123456789012:policy/elsewhere" },
      },
    ],
    expect: { elsewhere: "undecided" },
  },
  {
    title: "a policy of another stack that configuration vouches for",
    config: { trustedPolicies: ["arn:aws:iam::123456789012:policy/*"] },
    resources: [
      {
        type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        name: "elsewhere",
        props: { user: "jo", policyArn: "arn:aws:iam::123456789012:policy/elsewhere" },
      },
    ],
    expect: {},
  },
  {
    title: "a document that depends on a resource that does not exist yet",
    resources: [{ type: "aws:iam/policy:Policy", name: "later", props: { name: "later", policy: UNKNOWN } }],
    expect: { later: "undecided" },
  },
  {
    title: "a document that is not JSON",
    resources: [{ type: "aws:iam/policy:Policy", name: "broken", props: { policy: '{"Statement": [' } }],
    expect: { broken: "undecided" },
  },
];
