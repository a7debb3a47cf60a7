import type { KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";
import type { InstanceTags } from "./args.ts";

type Condition = NonNullable<PolicyStatement["Condition"]>;

export interface AccessFacts {
  readonly identity: KnownIdentity;
  readonly regions: readonly string[];
  /** Names of the account's own documents. */
  readonly documentNames: readonly string[];
  readonly awsDocuments: readonly string[];
  readonly instanceTags: InstanceTags;
  readonly managedNodes: boolean;
  readonly ownDataChannels: boolean;
  readonly mfa: boolean;
  readonly denyGenericDocuments: boolean;
}

/** Documents that lead to any port or any command, and the account's default one. */
export const GENERIC_DOCUMENTS: readonly string[] = [
  "AWS-StartInteractiveCommand",
  "AWS-StartNonInteractiveCommand",
  "AWS-StartPortForwardingSession",
  "AWS-StartPortForwardingSessionToRemoteHost",
  "AWS-StartPortForwardingSessionToSocket",
  "AWS-StartSSHSession",
  "SSM-SessionManagerRunShell",
];

const MFA: Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

/** Makes AWS check the document too, also where none is named: it must stand in every statement about StartSession. */
const DOCUMENT_CHECK: Condition = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };

/** The conditions of a statement and further ones. All of them must hold. */
export function withConditions(
  statement: PolicyStatement,
  ...conditions: readonly Condition[]
): PolicyStatement {
  const merged: Record<string, Record<string, string | readonly string[]>> = {};
  for (const condition of [statement.Condition ?? {}, ...conditions]) {
    for (const [operator, keys] of Object.entries(condition)) {
      merged[operator] = { ...merged[operator], ...keys };
    }
  }
  return Object.keys(merged).length === 0 ? statement : { ...statement, Condition: merged };
}

/** MFA in every Allow, where MFA is asked for: a Deny must not be weakened by a condition. */
export function withMfa(statements: readonly PolicyStatement[], mfa: boolean): readonly PolicyStatement[] {
  return statements.map((statement) =>
    mfa && statement.Effect === "Allow" ? withConditions(statement, MFA) : statement,
  );
}

function arns(facts: AccessFacts, service: string, resources: readonly string[], account?: string): string[] {
  const owner = account ?? facts.identity.accountId;
  return facts.regions.flatMap((region) =>
    resources.map((resource) => `arn:${facts.identity.partition}:${service}:${region}:${owner}:${resource}`),
  );
}

function documentArns(facts: AccessFacts): readonly string[] {
  return [
    ...arns(
      facts,
      "ssm",
      facts.documentNames.map((name) => `document/${name}`),
    ),
    // AWS's own documents have no account in their ARN.
    ...arns(
      facts,
      "ssm",
      facts.awsDocuments.map((name) => `document/${name}`),
      "",
    ),
  ];
}

/** For operators and tunnels. Sources: Systems Manager User Guide, sample policies; Service Authorization Reference. */
export function connectStatements(facts: AccessFacts): readonly PolicyStatement[] {
  const tags = Object.fromEntries(
    Object.entries(facts.instanceTags).map(([key, values]) => [
      `ssm:resourceTag/${key}`,
      values.length === 1 && typeof values !== "string" ? values.join("") : values,
    ]),
  );
  const statements: PolicyStatement[] = [
    withConditions(
      {
        Sid: "StartSessionOnTaggedInstances",
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: [
          ...arns(facts, "ec2", ["instance/*"]),
          ...(facts.managedNodes ? arns(facts, "ssm", ["managed-instance/*"]) : []),
        ],
        Condition: { StringEquals: tags },
      },
      DOCUMENT_CHECK,
    ),
    // Documents stand apart: AWS's own carry no tags, and ours need not carry the instances'.
    {
      Sid: "StartSessionWithDocuments",
      Effect: "Allow",
      Action: "ssm:StartSession",
      Resource: documentArns(facts),
      Condition: DOCUMENT_CHECK,
    },
    {
      Sid: "ReadDocuments",
      Effect: "Allow",
      Action: ["ssm:DescribeDocument", "ssm:GetDocument"],
      Resource: documentArns(facts),
    },
    ownSessions(facts),
    ...(facts.ownDataChannels ? [ownDataChannels(facts)] : []),
    {
      Sid: "FindInstances",
      Effect: "Allow",
      Action: [
        "ec2:DescribeInstances",
        "ssm:DescribeInstanceInformation",
        "ssm:DescribeInstanceProperties",
        "ssm:DescribeSessions",
        "ssm:GetConnectionStatus",
      ],
      Resource: "*",
    },
  ];
  return [...withMfa(statements, facts.mfa), ...denyStatements(facts)];
}

/**
 * Ending and resuming one's own sessions and no others: a session is tagged with the user id of whoever started it, an
 * IAM user or a role's session. The other form in AWS's samples, `session/${aws:username}-*`, admits `jane` to the
 * sessions of `jane-2` too, and knows users alone. Custom tags do not apply to sessions.
 */
function ownSessions(facts: AccessFacts): PolicyStatement {
  return {
    Sid: "OwnSessions",
    Effect: "Allow",
    Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
    Resource: arns(facts, "ssm", ["session/*"]),
    Condition: { StringEquals: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}" } },
  };
}

/** As AWS's samples write it, whether or not the action knows this resource: it never reaches further than one's own. */
function ownDataChannels(facts: AccessFacts): PolicyStatement {
  return {
    Sid: "OwnDataChannels",
    Effect: "Allow",
    Action: "ssmmessages:OpenDataChannel",
    Resource: arns(facts, "ssm", ["session/${aws:userid}-*"]),
  };
}

function denyStatements(facts: AccessFacts): readonly PolicyStatement[] {
  const denied = GENERIC_DOCUMENTS.filter(
    (name) => !facts.awsDocuments.includes(name) && !facts.documentNames.includes(name),
  );
  return facts.denyGenericDocuments && denied.length > 0
    ? [
        {
          Sid: "DenyGenericDocuments",
          Effect: "Deny",
          Action: "ssm:StartSession",
          // In any Region, with an account in the ARN or without one.
          Resource: denied.map((name) => `arn:${facts.identity.partition}:ssm:*:*:document/${name}`),
        },
      ]
    : [];
}

/** For auditors: who started which session, with which document, on what. */
export function auditStatements(facts: AccessFacts): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [
    {
      Sid: "ReadSessions",
      Effect: "Allow",
      Action: [
        "cloudtrail:LookupEvents",
        "ec2:DescribeInstances",
        "ssm:DescribeInstanceInformation",
        "ssm:DescribeInstanceProperties",
        "ssm:DescribeSessions",
        "ssm:GetConnectionStatus",
        "ssm:ListDocuments",
      ],
      Resource: "*",
    },
  ];
  const documents = documentArns(facts);
  if (documents.length > 0) {
    statements.push({
      Sid: "ReadDocuments",
      Effect: "Allow",
      Action: ["ssm:DescribeDocument", "ssm:GetDocument", "ssm:ListDocumentVersions"],
      Resource: documents,
    });
  }
  return withMfa(statements, facts.mfa);
}

/** Who may assume the role: the principals named, with MFA in the call. */
export function trustStatements(principals: readonly string[]): readonly PolicyStatement[] {
  return [
    {
      Sid: "AssumeWithMfa",
      Effect: "Allow",
      Principal: { AWS: principals },
      Action: "sts:AssumeRole",
      Condition: MFA,
    },
  ];
}
