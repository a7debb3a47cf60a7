import type { Example, ExampleResource } from "./example.ts";
import {
  allow,
  deny,
  ELSEWHERE,
  groupPolicy,
  INSTANCES,
  LATER,
  managedPolicy,
  MFA,
  ofAws,
  PROD,
} from "./people.ts";

const SEND = "ssm:SendCommand";
const SCRIPT = "arn:aws:ssm:*::document/AWS-RunShellScript";
const BOTH = { ...MFA, ...PROD };

function roleOf(service: boolean): ExampleResource {
  return {
    type: "aws:iam/role:Role",
    name: "operator",
    props: {
      name: "acme-prod-operator",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Sid: "Who",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          ...(service
            ? { Principal: { Service: "lambda.amazonaws.com" } }
            : { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Condition: MFA }),
        },
      }),
      inlinePolicies: [
        {
          name: "commands",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              allow(SEND, { Resource: SCRIPT }),
              allow(SEND, { Resource: INSTANCES, Condition: PROD }),
            ],
          }),
        },
      ],
    },
  };
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "sessions and no other door",
    resources: [managedPolicy(allow("ssm:StartSession"), allow(["ssm:Describe*", "ec2:Describe*"]))],
    expect: {},
  },
  {
    title: "commands with MFA, on tagged machines, and their documents in a statement without tags",
    resources: [
      managedPolicy(
        allow(SEND, { Sid: "Documents", Resource: SCRIPT }),
        allow(SEND, { Sid: "Machines", Resource: INSTANCES, Condition: BOTH }),
      ),
    ],
    expect: {},
  },
  {
    title: "the documents of commands alone, which open nothing",
    resources: [managedPolicy(allow(SEND, { Resource: SCRIPT }))],
    expect: {},
  },
  {
    title: "commands without MFA",
    resources: [
      managedPolicy(
        allow(SEND, { Sid: "Documents", Resource: SCRIPT }),
        allow(SEND, { Sid: "Machines", Resource: INSTANCES, Condition: PROD }),
      ),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "commands on every machine",
    resources: [managedPolicy(allow(SEND, { Condition: MFA }))],
    expect: { operators: "violation" },
  },
  {
    title: "commands on every machine, which configuration allows",
    config: { allow: ["ssm:SendCommand"] },
    resources: [managedPolicy(allow(SEND))],
    expect: {},
  },
  {
    title: "a tag other than the one required",
    config: { tags: { Environment: ["prod"] } },
    resources: [
      managedPolicy(
        allow(SEND, {
          Condition: { ...MFA, StringEquals: { "aws:ResourceTag/Team": "payments" } },
        }),
      ),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "SSH keys for tagged machines, the tag under EC2's name",
    config: { tags: { Environment: ["prod"] } },
    resources: [
      managedPolicy(
        allow(
          ["ec2-instance-connect:SendSSHPublicKey", "ec2-instance-connect:SendSerialConsoleSSHPublicKey"],
          {
            Condition: { ...MFA, StringEquals: { "ec2:ResourceTag/Environment": "prod" } },
          },
        ),
      ),
    ],
    expect: {},
  },
  {
    title: "SSH keys for every machine",
    resources: [managedPolicy(allow("ec2-instance-connect:*"))],
    expect: { operators: "violation" },
  },
  {
    title: "associations, which run commands again and again",
    resources: [managedPolicy(allow("ssm:CreateAssociation"))],
    expect: { operators: "violation" },
  },
  {
    title: "a tunnel with MFA, which knows no tags of machines",
    resources: [
      managedPolicy(
        allow("ec2-instance-connect:OpenTunnel", {
          Condition: { ...MFA, StringEquals: { "aws:ResourceTag/Environment": "prod" } },
        }),
      ),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "a tunnel with MFA, where that is enough",
    config: { untaggedDoors: "mfa" },
    resources: [managedPolicy(allow("ec2-instance-connect:OpenTunnel", { Condition: MFA }))],
    expect: {},
  },
  {
    title: "a tunnel without MFA, where MFA would be enough",
    config: { untaggedDoors: "mfa" },
    resources: [managedPolicy(allow("ec2-instance-connect:OpenTunnel"))],
    expect: { operators: "violation" },
  },
  {
    title: "tasks of maintenance windows with MFA, whose targets no condition limits",
    resources: [managedPolicy(allow("ssm:RegisterTaskWithMaintenanceWindow", { Condition: MFA }))],
    expect: { operators: "violation" },
  },
  {
    title: "tasks of maintenance windows with MFA, where that is enough",
    config: { untaggedDoors: "mfa" },
    resources: [
      managedPolicy(
        allow(["ssm:RegisterTaskWithMaintenanceWindow", "ssm:UpdateMaintenanceWindowTask"], {
          Condition: MFA,
        }),
      ),
    ],
    expect: {},
  },
  {
    title: "change requests, which start automations",
    resources: [managedPolicy(allow("ssm:StartChangeRequestExecution", { Condition: MFA }))],
    expect: { operators: "violation" },
  },
  {
    title: "what runs again as somebody else wrote it, and what concerns no machine that is there",
    resources: [
      managedPolicy(
        allow([
          "ssm:StartAssociationsOnce",
          "ssm:RegisterTargetWithMaintenanceWindow",
          "ssm:SendAutomationSignal",
          "ssm:PutParameter",
          "ssm:CreateActivation",
          "ssm:UpdateServiceSetting",
        ]),
      ),
    ],
    expect: {},
  },
  {
    title: "shells in containers, without MFA",
    resources: [
      managedPolicy(
        allow("ecs:ExecuteCommand", {
          Condition: { StringEquals: { "aws:ResourceTag/Environment": "prod" } },
        }),
      ),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "shells in containers of tagged tasks, with MFA",
    resources: [
      managedPolicy(
        allow("ecs:ExecuteCommand", {
          Condition: { ...MFA, StringEquals: { "aws:ResourceTag/Environment": "prod" } },
        }),
      ),
    ],
    expect: {},
  },
  {
    title: "user data of machines that may be stopped and started, which runs as root",
    resources: [
      managedPolicy(allow(["ec2:ModifyInstanceAttribute", "ec2:StartInstances", "ec2:StopInstances"])),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "the size of machines that may be stopped and started, and their restart alone",
    resources: [
      managedPolicy(
        allow("ec2:ModifyInstanceAttribute", {
          Condition: { StringEquals: { "ec2:Attribute": "InstanceType" } },
        }),
        allow(["ec2:StartInstances", "ec2:StopInstances"]),
      ),
    ],
    expect: {},
  },
  {
    title: "user data of some machines, where others may be stopped and started",
    resources: [
      managedPolicy(
        allow("ec2:ModifyInstanceAttribute", {
          Condition: { StringEquals: { "aws:ResourceTag/Environment": "dev" } },
        }),
        allow(["ec2:StartInstances", "ec2:StopInstances"], {
          Condition: { StringEquals: { "aws:ResourceTag/Environment": "prod" } },
        }),
      ),
    ],
    expect: {},
  },
  {
    title: "new versions of the commands that others run",
    resources: [
      managedPolicy(allow(["ssm:UpdateDocument", "ssm:UpdateDocumentDefaultVersion"], { Condition: MFA })),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "new versions that nobody runs yet, and session documents, which run nothing of themselves",
    resources: [
      managedPolicy(
        allow("ssm:UpdateDocument"),
        allow("ssm:UpdateDocumentDefaultVersion", {
          Condition: { StringEquals: { "ssm:DocumentType": "Session" } },
        }),
      ),
    ],
    expect: {},
  },
  {
    title: "a token of just-in-time access, without MFA",
    resources: [managedPolicy(allow(["ssm:GetAccessToken", "ssm:StartAccessRequest"]))],
    expect: { operators: "violation" },
  },
  {
    title: "a token of just-in-time access without MFA, for a request with MFA",
    config: { untaggedDoors: "mfa" },
    resources: [
      managedPolicy(allow("ssm:GetAccessToken"), allow("ssm:StartAccessRequest", { Condition: MFA })),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "reading, which may get tokens and asks for none",
    resources: [managedPolicy(allow(["ssm:Get*", "ssm:Describe*", "ssm:List*"])), ofAws("ReadOnlyAccess")],
    expect: {},
  },
  {
    title: "requests in one policy of a group, and their tokens in another",
    resources: [
      groupPolicy("requests", "people", allow("ssm:StartAccessRequest")),
      groupPolicy("tokens", "people", allow("ssm:GetAccessToken")),
    ],
    expect: { tokens: "violation" },
  },
  {
    title: "commands in a role whose trust requires MFA",
    resources: [roleOf(false)],
    expect: {},
  },
  {
    title: "commands in a role of a function",
    resources: [roleOf(true)],
    expect: { operator: "violation" },
  },
  {
    title: "commands in a role of a function, which configuration exempts",
    config: { exemptPrincipals: ["acme-prod-operator"] },
    resources: [roleOf(true)],
    expect: {},
  },
  {
    title: "AWS's AmazonSSMFullAccess",
    resources: [ofAws("AmazonSSMFullAccess")],
    expect: { published: "violation" },
  },
  {
    title: "AWS's policy for Automation, which sends commands",
    resources: [ofAws("AmazonSSMAutomationRole")],
    expect: { published: "violation" },
  },
  {
    title: "the machines in one policy of a group, and the documents in another",
    resources: [
      groupPolicy("machines", "people", allow(SEND, { Resource: INSTANCES })),
      groupPolicy("documents", "people", allow(SEND, { Resource: SCRIPT })),
    ],
    expect: { machines: "violation" },
  },
  {
    title: "a Deny in another policy, where whole principals are asked",
    config: { scope: "principal" },
    resources: [
      groupPolicy("everything", "people", allow("*")),
      groupPolicy(
        "guard",
        "people",
        deny([
          "ssm:SendCommand",
          "ssm:StartAutomationExecution",
          "ssm:StartChangeRequestExecution",
          "ssm:*Association*",
          "ssm:*MaintenanceWindow*",
          "ssm:GetAccessToken",
          "ssm:UpdateDocument",
        ]),
        deny(["ec2-instance-connect:*", "ssm-guiconnect:*", "ecs:ExecuteCommand"]),
        deny("ec2:ModifyInstanceAttribute"),
      ),
    ],
    expect: {},
  },
  {
    title: "a document that depends on a resource that does not exist yet",
    resources: [LATER],
    expect: { later: "undecided" },
  },
  {
    title: "a policy of another stack",
    resources: [ELSEWHERE],
    expect: { elsewhere: "undecided" },
  },
];
