import type { Check, CredentialKind, KeyConstraint, Place, Question, Scenario } from "../decide/question.ts";
import { equals, outside } from "../decide/question.ts";
import { CREDENTIALS_WITHOUT_MFA } from "./credentials.ts";

/**
 * `ssm:StartSession`, as AWS checks it.
 *
 * A session that names a document is checked on the machine and on the document. One that names none is checked on the
 * machine alone, with `ssm:SessionDocumentAccessCheck` false, and opens the default document; where a policy insists
 * on that key, the default document is checked as if it had been named.
 *
 * Source: Systems Manager User Guide, "Enforce a session document permission check for the AWS CLI"; Service
 * Authorization Reference, Systems Manager.
 */

const DOCUMENT_CHECK_KEY = "ssm:SessionDocumentAccessCheck";

/** What a session can be opened on. */
export const SESSION_TARGETS = {
  instance: "arn:{partition}:ec2:{region}:{account}:instance/{instance}",
  "managed-instance": "arn:{partition}:ssm:{region}:{account}:managed-instance/{managed}",
  "ecs-task": "arn:{partition}:ecs:{region}:{account}:task/{name}",
} as const;

export type SessionTarget = keyof typeof SESSION_TARGETS;

export const OWN_DOCUMENT = "arn:{partition}:ssm:{region}:{account}:document/{id}";
export const AWS_DOCUMENT = "arn:{partition}:ssm:{region}::document/AW{id}";

export interface SessionQuestionOptions {
  /** Default: all of them. */
  readonly targets?: readonly SessionTarget[];
  readonly place?: Place;
}

/** Names of session documents that a session can be opened with, instead of any. */
export interface DocumentNames {
  /** Documents of the account. */
  readonly own?: readonly string[];
  /** Documents of AWS, whose ARNs name no account. */
  readonly aws?: readonly string[];
}

interface StartSession extends SessionQuestionOptions {
  readonly name: string;
  readonly machineKeys?: readonly KeyConstraint[];
  readonly credentials?: readonly CredentialKind[];
  /** ARN patterns of documents that the question is not about. */
  readonly otherThan?: readonly string[];
  /** The documents that the question is about. Default: all. */
  readonly documents?: DocumentNames;
  /** Whether a session without a named document counts. */
  readonly defaultDocument: boolean;
}

function startSession(options: StartSession): Question {
  const targets = options.targets ?? ["instance", "managed-instance", "ecs-task"];
  const machine: Check = {
    name: "machine",
    actions: ["ssm:StartSession"],
    resources: targets.map((target) => SESSION_TARGETS[target]),
    ...(options.machineKeys === undefined ? {} : { keys: options.machineKeys }),
  };
  const shared = options.credentials === undefined ? {} : { credentials: options.credentials };
  const notResources = options.otherThan === undefined ? {} : { notResources: options.otherThan };
  const named = (name: string, resources: readonly string[], untagged: boolean): readonly Scenario[] => {
    const document: Check = { name: "document", actions: ["ssm:StartSession"], resources, untagged };
    return resources.length === 0
      ? []
      : [
          {
            name,
            checks: [machine, { ...document, ...notResources }],
            keys: [equals(DOCUMENT_CHECK_KEY, "true")],
            ...shared,
          },
        ];
  };
  const { documents } = options;
  const own = documents === undefined ? [OWN_DOCUMENT] : (documents.own ?? []).map(ownDocument);
  const ofAws = documents === undefined ? [AWS_DOCUMENT] : (documents.aws ?? []).map(awsDocument);
  const scenarios = [
    ...named("a document of the account is named", own, false),
    ...named("a document of AWS is named", ofAws, true),
  ];
  if (options.defaultDocument) {
    scenarios.unshift({
      name: "no document is named",
      checks: [machine],
      keys: [equals(DOCUMENT_CHECK_KEY, "false")],
      ...shared,
    });
  }
  return {
    name: options.name,
    scenarios,
    ...(options.place === undefined ? {} : { place: options.place }),
  };
}

/** "Can a session be started?" */
export function anySession(
  options: SessionQuestionOptions & { readonly credentials?: readonly CredentialKind[] } = {},
): Question {
  return startSession({ ...options, name: "start a session", defaultDocument: true });
}

export interface WithoutMfaOptions extends SessionQuestionOptions {
  /** Credentials to ask about. Default: every kind without MFA. */
  readonly credentials?: readonly CredentialKind[];
}

/** "Can a session be started without MFA?" */
export function sessionWithoutMfa(options: WithoutMfaOptions = {}): Question {
  return startSession({
    ...options,
    name: "start a session without MFA",
    credentials: options.credentials ?? CREDENTIALS_WITHOUT_MFA,
    defaultDocument: true,
  });
}

/** Tag keys that a machine must carry, each with the value patterns it may have; an empty list: any value. */
export interface RequiredTags {
  readonly [tagKey: string]: readonly string[];
}

/**
 * "Can a session be started on a machine that lacks this tag, or has it with another value?", one question for each tag.
 *
 * `ssm:resourceTag/KEY` and `aws:ResourceTag/KEY` are the same tag: no request has two values for it.
 */
export function sessionOutsideTags(
  tags: RequiredTags,
  options: SessionQuestionOptions = {},
): readonly Question[] {
  return Object.entries(tags).map(([key, values]) =>
    startSession({
      ...options,
      name: `start a session on a machine outside the tag \`${key}\``,
      machineKeys: [outsideTag(key, values)],
      defaultDocument: true,
    }),
  );
}

/** The tag is absent, or has none of these values. */
export function outsideTag(key: string, values: readonly string[]): KeyConstraint {
  return outside(`aws:ResourceTag/${key}`, ...(values.length === 0 ? ["*"] : values));
}

function ownDocument(name: string): string {
  return `arn:{partition}:ssm:{region}:{account}:document/${name}`;
}

function awsDocument(name: string): string {
  return `arn:{partition}:ssm:{region}::document/${name}`;
}

/** "Can a session be started with one of these documents?" */
export function sessionWithDocument(
  documents: DocumentNames,
  options: SessionQuestionOptions = {},
): Question {
  return startSession({
    ...options,
    name: "start a session with one of these documents",
    documents,
    defaultDocument: false,
  });
}

/**
 * "Can a session be started with a document of the account other than these?"
 *
 * @param allowed ARN patterns, as of {@link sessionWithOtherDocument}.
 */
export function sessionWithOtherOwnDocument(
  allowed: readonly string[],
  options: SessionQuestionOptions = {},
): Question {
  return startSession({
    ...options,
    name: "start a session with another document of the account",
    documents: { own: ["{id}"] },
    otherThan: allowed,
    defaultDocument: false,
  });
}

/**
 * "Can a session be started with a document other than these?"
 *
 * @param allowed ARN patterns, such as `arn:*:ssm:*:*:document/acme-prod-*`.
 */
export function sessionWithOtherDocument(
  allowed: readonly string[],
  options: SessionQuestionOptions = {},
): Question {
  const isDefault = allowed.some(
    (pattern) => pattern === "*" || pattern.endsWith("document/SSM-SessionManagerRunShell"),
  );
  return startSession({
    ...options,
    name: "start a session with another document",
    otherThan: allowed,
    defaultDocument: !isDefault,
  });
}
