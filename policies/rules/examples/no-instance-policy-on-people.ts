import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };
const CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

function statements(...list: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: list });
}

function trust(principal: object, action = "sts:AssumeRole"): string {
  return statements({ Effect: "Allow", Principal: principal, Action: action });
}

function role(principal: object, props: object = {}, action?: string): ExampleResource {
  return {
    type: "aws:iam/role:Role",
    name: "app",
    props: { name: "acme-app", assumeRolePolicy: trust(principal, action), ...props },
  };
}

const EC2 = { Service: "ec2.amazonaws.com" };
const PEOPLE = { AWS: "arn:aws:iam::123456789012:root" };

const ON_ROLE: ExampleResource = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "core",
  props: { role: UNKNOWN, policyArn: CORE },
  from: { role: ["app"] },
};

const CHANNELS = {
  Sid: "Channels",
  Effect: "Allow",
  Action: ["ssmmessages:*Channel", "ssm:UpdateInstanceInformation"],
  Resource: "*",
};

function ofUser(...list: readonly object[]): ExampleResource {
  return {
    type: "aws:iam/userPolicy:UserPolicy",
    name: "permissions",
    props: { user: "jo", policy: statements(...list) },
  };
}

/** A machine's policy, on machines and on people. */
export const EXAMPLES: readonly Example[] = [
  {
    title: "AmazonSSMManagedInstanceCore on a role that EC2 assumes, in a first preview",
    resources: [role(EC2), ON_ROLE],
    expect: {},
  },
  {
    title: "AmazonSSMManagedInstanceCore on a user",
    resources: [
      {
        type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        name: "connect",
        props: { user: "jo", policyArn: CORE },
      },
    ],
    expect: { connect: "violation" },
  },
  {
    title: "AmazonEC2RoleforSSM on a group, in China",
    resources: [
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: "connect",
        props: {
          group: "operators",
          policyArn: "arn:aws-cn:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
        },
      },
    ],
    expect: { connect: "violation" },
  },
  {
    title: "AmazonSSMManagedEC2InstanceDefaultPolicy on a permission set",
    resources: [
      {
        type: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
        name: "connect",
        props: {
          instanceArn: "arn:aws:sso:::instance/ssoins-1",
          permissionSetArn: UNKNOWN,
          managedPolicyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy",
        },
      },
    ],
    expect: { connect: "violation" },
  },
  {
    title: "one attachment to machines and people alike",
    resources: [
      role(EC2),
      {
        type: "aws:iam/policyAttachment:PolicyAttachment",
        name: "everywhere",
        props: { roles: ["acme-app"], users: ["jo"], policyArn: CORE },
      },
    ],
    expect: { everywhere: "violation" },
  },
  {
    title: "a role that people assume",
    resources: [role(PEOPLE), ON_ROLE],
    expect: { core: "violation" },
  },
  {
    title: "a role that machines and people assume, in the role itself",
    resources: [role({ ...EC2, ...PEOPLE }, { managedPolicyArns: [CORE] })],
    expect: { app: "violation" },
  },
  {
    title: "a role of federated people",
    resources: [
      role({ Federated: "arn:aws:iam::123456789012:saml-provider/corporate" }, {}, "sts:AssumeRoleWithSAML"),
      ON_ROLE,
    ],
    expect: { core: "violation" },
  },
  {
    title: "a role of pods, which are machines to Systems Manager",
    resources: [
      role(
        {
          Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE",
        },
        {},
        "sts:AssumeRoleWithWebIdentity",
      ),
      ON_ROLE,
    ],
    expect: {},
  },
  {
    title: "the same actions in a user's own document",
    resources: [ofUser(CHANNELS)],
    expect: { permissions: "violation" },
  },
  {
    title: "the same actions beside sessions",
    resources: [ofUser(CHANNELS, { Effect: "Allow", Action: "ssm:StartSession", Resource: "*" })],
    expect: { permissions: "violation" },
  },
  {
    title: "the whole of ssmmessages, by which nobody connects",
    resources: [ofUser({ Effect: "Allow", Action: "ssmmessages:*", Resource: "*" })],
    expect: { permissions: "violation" },
  },
  {
    title: "the data channel of one's own sessions, which people need",
    resources: [
      ofUser({
        Effect: "Allow",
        Action: "ssmmessages:OpenDataChannel",
        Resource: "arn:aws:ssm:*:*:session/${aws:userid}-*",
      }),
    ],
    expect: {},
  },
  {
    title: "the same actions, denied",
    resources: [ofUser(CHANNELS, { ...CHANNELS, Sid: "NoChannels", Effect: "Deny" })],
    expect: {},
  },
  {
    title: "administrators, whom other rules are about",
    resources: [
      ofUser({ Effect: "Allow", Action: "*", Resource: "*" }),
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: "full",
        props: { group: "operators", policyArn: "arn:aws:iam::aws:policy/AmazonSSMFullAccess" },
      },
    ],
    expect: {},
  },
  {
    title: "a managed policy of the stack, on a group",
    resources: [
      {
        type: "aws:iam/policy:Policy",
        name: "agent",
        props: { name: "agent", policy: statements(CHANNELS) },
      },
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: "connect",
        props: { group: "operators", policyArn: UNKNOWN },
        from: { policyArn: ["agent"] },
      },
    ],
    expect: { connect: "violation" },
  },
  {
    title: "a user who tests the agent, whom configuration exempts",
    config: { exemptPrincipals: ["jo"] },
    resources: [ofUser(CHANNELS)],
    expect: {},
  },
  {
    title: "a user who is not known yet, whom configuration may exempt",
    config: { exemptPrincipals: ["jo"] },
    resources: [{ ...ofUser(CHANNELS), props: { user: UNKNOWN, policy: statements(CHANNELS) } }],
    expect: { permissions: "undecided" },
  },
  {
    title: "a role of another stack",
    resources: [
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "core",
        props: { role: "elsewhere", policyArn: CORE },
      },
    ],
    expect: { core: "undecided" },
  },
  {
    title: "a role whose trust is not known yet",
    resources: [role(EC2, { assumeRolePolicy: UNKNOWN }), ON_ROLE],
    expect: { core: "undecided" },
  },
  {
    title: "a policy of another stack on a group",
    resources: [
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: "elsewhere",
        props: { group: "operators", policyArn: "arn:aws:iam::123456789012:policy/elsewhere" },
      },
    ],
    expect: { elsewhere: "undecided" },
  },
  {
    title: "a policy of another stack on a role of machines",
    resources: [
      role(EC2),
      { ...ON_ROLE, props: { role: UNKNOWN, policyArn: "arn:aws:iam::123456789012:policy/elsewhere" } },
    ],
    expect: {},
  },
];
