import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

function trust(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
  });
}

function role(service: string, props: object = {}): ExampleResource {
  return {
    type: "aws:iam/role:Role",
    name: "app",
    props: { name: "acme-app", assumeRolePolicy: trust(service), ...props },
  };
}

function allow(action: string | readonly string[], more: readonly object[] = []): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Machines", Effect: "Allow", Action: action, Resource: "*" }, ...more],
  });
}

function inline(policy: string, name = "permissions"): ExampleResource {
  return {
    type: "aws:iam/rolePolicy:RolePolicy",
    name,
    props: { role: UNKNOWN, policy },
    from: { role: ["app"] },
  };
}

function attached(policyArn: unknown): ExampleResource {
  return {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "attached",
    props: { role: "acme-app", policyArn },
  };
}

const EC2 = "ec2.amazonaws.com";
const PEOPLE = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::123456789012:root" },
    Action: "sts:AssumeRole",
    Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  },
});

/** Roles of machines, and what they reach. */
export const EXAMPLES: readonly Example[] = [
  {
    title: "what an instance needs, and no more, in a first preview",
    resources: [
      role(EC2),
      attached("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
      inline(allow(["s3:GetObject", "ssm:GetParameter"])),
    ],
    expect: {},
  },
  {
    title: "a role of people that starts sessions",
    resources: [role(EC2, { assumeRolePolicy: PEOPLE }), inline(allow("ssm:StartSession"))],
    expect: {},
  },
  {
    title: "an instance that starts sessions",
    resources: [role(EC2), inline(allow("ssm:StartSession"))],
    expect: { permissions: "violation" },
  },
  {
    title: "an instance in China that runs commands, by a policy in the role itself",
    resources: [
      role("ec2.amazonaws.com.cn", { inlinePolicies: [{ name: "run", policy: allow("ssm:Send*") }] }),
    ],
    expect: { app: "violation" },
  },
  {
    title: "a managed policy of the stack, attached",
    resources: [
      role(EC2),
      {
        type: "aws:iam/policy:Policy",
        name: "operators",
        props: { name: "operators", policy: allow("ec2-instance-connect:SendSSHPublicKey") },
      },
      { ...attached(UNKNOWN), from: { policyArn: ["operators"] } },
    ],
    expect: { attached: "violation" },
  },
  {
    title: "AWS's AmazonSSMMaintenanceWindowRole, which sends commands",
    resources: [role(EC2), attached("arn:aws:iam::aws:policy/service-role/AmazonSSMMaintenanceWindowRole")],
    expect: { attached: "violation" },
  },
  {
    title: "everything but IAM",
    resources: [
      role(EC2),
      inline(
        JSON.stringify({
          Version: "2012-10-17",
          Statement: { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
        }),
      ),
    ],
    expect: { permissions: "violation" },
  },
  {
    title: "one of two policies, which is told of that one alone",
    resources: [
      role(EC2),
      inline(allow("s3:GetObject"), "objects"),
      inline(allow("ssm:StartSession"), "sessions"),
    ],
    expect: { sessions: "violation" },
  },
  {
    title: "everything, beside a document that is not known yet and can add nothing",
    resources: [
      role(EC2),
      inline(allow("*")),
      { ...inline("", "later"), props: { role: "acme-app", policy: UNKNOWN }, from: {} },
    ],
    expect: { permissions: "violation" },
  },
  {
    title: "everything, with every way onto machines denied in another policy",
    resources: [
      role(EC2),
      inline(allow("*")),
      inline(
        JSON.stringify({
          Version: "2012-10-17",
          Statement: {
            Effect: "Deny",
            Action: [
              "ssm:StartSession",
              "ssm:SendCommand",
              "ssm:StartAutomationExecution",
              "ssm:StartChangeRequestExecution",
              "ssm:CreateAssociation",
              "ssm:CreateAssociationBatch",
              "ssm:RegisterTaskWithMaintenanceWindow",
              "ssm:UpdateAssociation",
              "ssm:UpdateMaintenanceWindowTask",
              "ssm:GetAccessToken",
              "ec2-instance-connect:*",
              "ecs:ExecuteCommand",
              "ssm-guiconnect:*",
            ],
            Resource: "*",
          },
        }),
        "denied",
      ),
    ],
    expect: {},
  },
  {
    title: "a permissions boundary that leaves no way",
    resources: [
      role(EC2, { permissionsBoundary: "arn:aws:iam::123456789012:policy/limits" }),
      {
        type: "aws:iam/policy:Policy",
        name: "limits",
        props: { name: "limits", policy: allow(["s3:*", "logs:*"]) },
      },
      inline(allow("*")),
    ],
    expect: {},
  },
  {
    title: "a role of another stack in an instance profile",
    resources: [
      {
        type: "aws:iam/instanceProfile:InstanceProfile",
        name: "profile",
        props: { role: "acme-app" },
      },
      attached("arn:aws:iam::aws:policy/AmazonSSMFullAccess"),
    ],
    expect: { attached: "violation" },
  },
  {
    title: "the role of Default Host Management, which may assume it through Systems Manager",
    resources: [
      role("ssm.amazonaws.com"),
      {
        type: "aws:ssm/serviceSetting:ServiceSetting",
        name: "default-host-management",
        props: {
          settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
          settingValue: "service-role/acme-app",
        },
      },
      inline(allow("ssm:SendCommand")),
    ],
    expect: { permissions: "violation" },
  },
  {
    title: "a hybrid machine's role",
    resources: [
      role("ssm.amazonaws.com"),
      {
        type: "aws:ssm/activation:Activation",
        name: "office",
        props: { iamRole: UNKNOWN },
        from: { iamRole: ["app"] },
      },
      inline(allow("ssm:StartAutomationExecution")),
    ],
    expect: { permissions: "violation" },
  },
  {
    title: "a maintenance window's role, which Systems Manager assumes, too",
    resources: [role("ssm.amazonaws.com"), inline(allow("ssm:SendCommand"))],
    expect: {},
  },
  {
    title: "a role that Systems Manager assumes, with everything: a machine's or an automation's",
    resources: [role("ssm.amazonaws.com"), inline(allow("*"))],
    expect: { permissions: "undecided" },
  },
  {
    title: "a runner that may send commands, which configuration exempts",
    config: { exemptPrincipals: ["acme-*"] },
    resources: [role(EC2), inline(allow("ssm:SendCommand"))],
    expect: {},
  },
  {
    title: "a runner whose name is not known yet, which configuration may exempt",
    config: { exemptPrincipals: ["acme-*"] },
    resources: [role(EC2, { name: UNKNOWN }), inline(allow("ssm:SendCommand"))],
    expect: { permissions: "undecided" },
  },
  {
    title: "Default Host Management with a role that is not known, and a role that could be it",
    resources: [
      role("ssm.amazonaws.com"),
      {
        type: "aws:ssm/serviceSetting:ServiceSetting",
        name: "default-host-management",
        props: {
          settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
          settingValue: UNKNOWN,
        },
      },
      inline(allow("ssm:SendCommand")),
    ],
    expect: { permissions: "undecided" },
  },
  {
    title: "a document of one of two roles, a machine's and people's",
    resources: [
      role(EC2),
      {
        type: "aws:iam/role:Role",
        name: "people",
        props: { name: "acme-people", assumeRolePolicy: PEOPLE },
      },
      { ...inline(allow("ssm:StartSession")), from: { role: ["app", "people"] } },
    ],
    expect: { permissions: "undecided" },
  },
  {
    title: "commands, where configuration asks about sessions only",
    config: { doors: ["ssm:StartSession"] },
    resources: [role(EC2), inline(allow("ssm:SendCommand"))],
    expect: {},
  },
  {
    title: "a policy of another stack on an instance's role",
    resources: [role(EC2), attached("arn:aws:iam::123456789012:policy/elsewhere")],
    expect: { attached: "undecided" },
  },
  {
    title: "a policy of another stack that configuration vouches for",
    config: { trustedPolicies: ["*:policy/elsewhere"] },
    resources: [role(EC2), attached("arn:aws:iam::123456789012:policy/elsewhere")],
    expect: {},
  },
  {
    title: "sessions for a role of another stack",
    resources: [
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "permissions",
        props: { role: "elsewhere", policy: allow("ssm:StartSession") },
      },
    ],
    expect: { permissions: "undecided" },
  },
  {
    title: "sessions for a role that is not known yet",
    resources: [
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "permissions",
        props: { role: UNKNOWN, policy: allow("ssm:StartSession") },
      },
    ],
    expect: { permissions: "undecided" },
  },
  {
    title: "a document that is not known yet",
    resources: [role(EC2), { ...inline(""), props: { role: "acme-app", policy: UNKNOWN } }],
    expect: { permissions: "undecided" },
  },
  {
    title: "a role of another provider, which is not read",
    resources: [{ type: "aws-native:iam:Role", name: "native", props: { policies: [] } }],
    expect: { native: "undecided" },
  },
];
