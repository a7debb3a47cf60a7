import type { KnownIdentity } from "../core/identity.ts";
import type { PolicyStatement } from "../core/policy-document.ts";
import type { InstanceTags } from "./args.ts";
import { type AccessLimits, type Condition, MFA, withConditions, withLimits } from "./conditions.ts";
import { GENERIC_DOCUMENTS, GENERIC_COMMANDS, SIDE_DOOR_ACTIONS } from "./side-doors.ts";

export interface AccessFacts extends AccessLimits {
  readonly identity: KnownIdentity;
  readonly regions: readonly string[];
  /** Names of the account's own Session documents. */
  readonly documentNames: readonly string[];
  readonly awsDocuments: readonly string[];
  /** Names of the account's own Command documents. */
  readonly commandDocumentNames: readonly string[];
  readonly awsCommandDocuments: readonly string[];
  readonly instanceTags: InstanceTags;
  /** Keys of tags that a machine shares with whoever connects. */
  readonly matchPrincipalTags: readonly string[];
  readonly managedNodes: boolean;
  readonly ownDataChannels: boolean;
  readonly denyGenericDocuments: boolean;
  readonly denyOtherRegions: boolean;
}

/** Makes AWS check the document too, also where none is named: it must stand in every statement about StartSession. */
const DOCUMENT_CHECK: Condition = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };

function arns(facts: AccessFacts, service: string, resources: readonly string[], account?: string): string[] {
  const owner = account ?? facts.identity.accountId;
  return facts.regions.flatMap((region) =>
    resources.map((resource) => `arn:${facts.identity.partition}:${service}:${region}:${owner}:${resource}`),
  );
}

/** Documents of the account, and AWS's own, which have no account in their ARN. */
function documentArns(
  facts: AccessFacts,
  own: readonly string[] = facts.documentNames,
  ofAws: readonly string[] = facts.awsDocuments,
): readonly string[] {
  return [
    ...arns(
      facts,
      "ssm",
      own.map((name) => `document/${name}`),
    ),
    ...arns(
      facts,
      "ssm",
      ofAws.map((name) => `document/${name}`),
      "",
    ),
  ];
}

function machineArns(facts: AccessFacts): readonly string[] {
  return [
    ...arns(facts, "ec2", ["instance/*"]),
    ...(facts.managedNodes ? arns(facts, "ssm", ["managed-instance/*"]) : []),
  ];
}

/** What a machine must carry; no condition at all where it may be any. */
function machineTags({ instanceTags, matchPrincipalTags }: AccessFacts): readonly Condition[] {
  const tags = [
    ...Object.entries(instanceTags).map(
      ([key, values]) =>
        [key, values.length === 1 && typeof values !== "string" ? values.join("") : values] as const,
    ),
    // A variable without a value matches nothing: somebody without the tag gets in nowhere.
    ...matchPrincipalTags.map((key) => [key, `\${aws:PrincipalTag/${key}}`] as const),
  ];
  return tags.length === 0
    ? []
    : [{ StringEquals: Object.fromEntries(tags.map(([key, value]) => [`ssm:resourceTag/${key}`, value])) }];
}

/** For whoever starts sessions. Sources: Systems Manager User Guide, sample policies; Service Authorization Reference. */
export function connectStatements(facts: AccessFacts): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [
    withConditions(
      {
        Sid: "StartSessionOnTaggedInstances",
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: machineArns(facts),
      },
      ...machineTags(facts),
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
    findInstances(facts, ["ssm:DescribeSessions", "ssm:GetConnectionStatus"]),
  ];
  return [...withLimits(statements, facts), ...denyStatements(facts)];
}

/**
 * For whoever runs commands. AWS checks SendCommand on the document and on every machine: documents carry no tags of
 * machines, and stand in a statement of their own, which alone runs nothing.
 */
export function commandStatements(facts: AccessFacts): readonly PolicyStatement[] {
  const documents = documentArns(facts, facts.commandDocumentNames, facts.awsCommandDocuments);
  const statements: PolicyStatement[] = [
    withConditions(
      {
        Sid: "RunCommandsOnTaggedInstances",
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: machineArns(facts),
      },
      ...machineTags(facts),
    ),
    { Sid: "RunCommandDocuments", Effect: "Allow", Action: "ssm:SendCommand", Resource: documents },
    {
      Sid: "ReadDocuments",
      Effect: "Allow",
      Action: ["ssm:DescribeDocument", "ssm:GetDocument"],
      Resource: documents,
    },
    findInstances(facts, ["ssm:GetCommandInvocation", "ssm:ListCommandInvocations", "ssm:ListCommands"]),
  ];
  return [...withLimits(statements, facts), ...denyStatements(facts)];
}

/** Actions that act on no resource: only their Region tells them apart. */
function findInstances(facts: AccessFacts, further: readonly string[]): PolicyStatement {
  return inRegions(facts, {
    Sid: "FindInstances",
    Effect: "Allow",
    Action: [
      "ec2:DescribeInstances",
      "ssm:DescribeInstanceInformation",
      "ssm:DescribeInstanceProperties",
      ...further,
    ],
    Resource: "*",
  });
}

function inRegions(facts: AccessFacts, statement: PolicyStatement): PolicyStatement {
  return facts.denyOtherRegions
    ? withConditions(statement, { StringEquals: { "aws:RequestedRegion": facts.regions } })
    : statement;
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
  return [
    ...denyDocuments(facts, "DenyGenericDocuments", "ssm:StartSession", GENERIC_DOCUMENTS),
    ...(facts.commandDocumentNames.length + facts.awsCommandDocuments.length > 0
      ? denyDocuments(facts, "DenyGenericCommands", "ssm:SendCommand", GENERIC_COMMANDS)
      : []),
    ...(facts.denyOtherRegions
      ? [
          {
            Sid: "DenyOtherRegions",
            Effect: "Deny" as const,
            Action: ["ssm:ResumeSession", "ssm:StartSession", ...SIDE_DOOR_ACTIONS],
            Resource: "*",
            Condition: { StringNotEquals: { "aws:RequestedRegion": facts.regions } },
          },
        ]
      : []),
  ];
}

function denyDocuments(
  facts: AccessFacts,
  sid: string,
  action: string,
  documents: readonly string[],
): readonly PolicyStatement[] {
  const denied = documents.filter(
    (name) => !facts.awsDocuments.includes(name) && !facts.documentNames.includes(name),
  );
  return facts.denyGenericDocuments && denied.length > 0
    ? [
        {
          Sid: sid,
          Effect: "Deny",
          Action: action,
          // In any Region, with an account in the ARN or without one.
          Resource: denied.map((name) => `arn:${facts.identity.partition}:ssm:*:*:document/${name}`),
        },
      ]
    : [];
}

/** For auditors: who started which session, with which document, on what, and which commands were run. */
export function auditStatements(facts: AccessFacts): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [
    inRegions(facts, {
      Sid: "ReadSessions",
      Effect: "Allow",
      Action: [
        "cloudtrail:LookupEvents",
        "ec2:DescribeInstances",
        "ssm:DescribeInstanceInformation",
        "ssm:DescribeInstanceProperties",
        "ssm:DescribeSessions",
        "ssm:GetConnectionStatus",
        "ssm:ListCommandInvocations",
        "ssm:ListCommands",
        "ssm:ListDocuments",
      ],
      Resource: "*",
    }),
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
  return [...withLimits(statements, facts), ...denyStatements({ ...facts, denyGenericDocuments: false })];
}

/**
 * Who may assume the role: the principals named, with MFA in the call.
 *
 * @param region the one Region whose STS may be asked, where only its events are heard; undefined: any
 */
export function trustStatements(principals: readonly string[], region?: string): readonly PolicyStatement[] {
  return [
    withConditions(
      {
        Sid: "AssumeWithMfa",
        Effect: "Allow",
        Principal: { AWS: principals },
        Action: "sts:AssumeRole",
        Condition: MFA,
      },
      ...(region === undefined ? [] : [{ StringEquals: { "aws:RequestedRegion": region } }]),
    ),
  ];
}
