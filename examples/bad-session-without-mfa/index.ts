import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Group } from "@pulumi/aws/iam/group.js";
import { GroupPolicyAttachment } from "@pulumi/aws/iam/groupPolicyAttachment.js";
import { Policy } from "@pulumi/aws/iam/policy.js";

const account = getCallerIdentityOutput().accountId;

// Looks like an MFA requirement. The key is absent, not false, for long-term access keys, and "IfExists" lets what is
// absent pass: whoever steals an access key gets a shell.
const mfa = { "aws:MultiFactorAuthPresent": "true" };

const policy = new Policy("operators", {
  name: "bad-session-without-mfa-operators",
  policy: account.apply((id) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "StartSessionsOnTaggedInstances",
          Effect: "Allow",
          Action: "ssm:StartSession",
          Resource: `arn:aws:ec2:eu-west-1:${id}:instance/*`,
          Condition: {
            StringEquals: { "ssm:resourceTag/Environment": "dev" },
            BoolIfExists: { ...mfa, "ssm:SessionDocumentAccessCheck": "true" },
          },
        },
        {
          Sid: "StartSessionsWithOneDocument",
          Effect: "Allow",
          Action: "ssm:StartSession",
          Resource: `arn:aws:ssm:eu-west-1:${id}:document/dev-shell`,
          Condition: { BoolIfExists: { ...mfa, "ssm:SessionDocumentAccessCheck": "true" } },
        },
        {
          Sid: "EndOwnSessions",
          Effect: "Allow",
          Action: ["ssm:TerminateSession", "ssm:ResumeSession"],
          Resource: `arn:aws:ssm:eu-west-1:${id}:session/*`,
          Condition: {
            // A variable of IAM, which it fills in itself.
            StringEquals: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}" },
          },
        },
      ],
    }),
  ),
});

const group = new Group("operators", { name: "bad-session-without-mfa-operators" });
new GroupPolicyAttachment("operators", { group: group.name, policyArn: policy.arn });

export const groupName = group.name;
